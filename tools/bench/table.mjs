/** Medians, ratios and the Markdown table that the benchmark prints. */

/** @param {readonly number[]} values */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

/**
 * Three digits, as in 0.0123, 4.56 or 789.
 * @param {number} value
 */
export function digits(value) {
  return value >= 100 ? value.toFixed(0) : String(Number(value.toPrecision(3)));
}

/**
 * The median with the smallest and the largest: "4.56 (4.1–7.2)".
 * @param {readonly number[]} values
 */
export function spreadOf(values) {
  return `${digits(median(values))} (${digits(Math.min(...values))}–${digits(Math.max(...values))})`;
}

/**
 * The ratios of what was measured in the same repeat, with their spread.
 * @param {readonly number[]} numerators
 * @param {readonly number[]} denominators
 */
export function ratioOf(numerators, denominators) {
  const pairs = Math.min(numerators.length, denominators.length);
  return spreadOf(Array.from({ length: pairs }, (_, i) => numerators[i] / denominators[i]));
}

/**
 * A Markdown table whose columns are padded, so that it reads in a terminal too.
 * @param {string[]} header
 * @param {string[][]} rows
 */
export function markdownTable(header, rows) {
  const widths = header.map((name, i) =>
    Math.max(...[name, ...rows.map((r) => r[i])].map((s) => s.length)),
  );
  const line = (/** @type {string[]} */ cells) =>
    `| ${cells.map((cell, i) => cell.padEnd(widths[i])).join(" | ")} |`;
  return [line(header), line(widths.map((width) => "-".repeat(width))), ...rows.map(line)].join(
    "\n",
  );
}
