/** Numbers as figures say them. */
import { shortNumber } from "activation-lab/course";

const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** A power of ten: 10⁻³ @param {number} power */
export function powerOfTen(power) {
  const digits = [...String(Math.abs(power))].map((digit) => SUPERSCRIPTS[Number(digit)]);
  return `10${power < 0 ? "⁻" : ""}${digits.join("")}`;
}

/** Two digits of a number, which may be very small or large. @param {number} value */
export function short(value) {
  if (Number.isNaN(value)) return "not measured";
  return Number.isFinite(value) ? shortNumber(Number(value.toPrecision(2))) : "beyond all numbers";
}
