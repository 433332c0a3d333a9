/** Numbers for people to read. */

/**
 * Three digits, all of a whole number below 100,000, or a power of ten: 0.034, 1969, 9.37·10⁻⁷.
 * @example shortNumber(9.5367e-7) // '9.54·10⁻⁷'
 */
export function shortNumber(value: number): string {
  const size = Math.abs(value);
  if (!Number.isFinite(value)) return String(value).replace("-", "−");
  const isPlain = value === 0 || (size >= 1e-3 && size < 1e5);
  if (isPlain && Number.isInteger(value)) return String(value).replace("-", "−");
  if (isPlain) return String(Number(value.toPrecision(3))).replace("-", "−");
  const [digits, exponent] = value.toExponential(2).split("e");
  const raised = String(Number(exponent))
    .replace("-", "⁻")
    .replace(/\d/g, (digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(digit)]);
  return `${Number(digits)}·10${raised}`.replace("-", "−");
}
