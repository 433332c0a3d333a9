/** Checks of arguments that only the experiments need. */
import { requireNumbers } from "../checks.js";

export function requireFunction(name: string, value: unknown): void {
  if (typeof value !== "function") {
    throw new TypeError(`${name} must be a function, got ${String(value)}`);
  }
}

/** At least one row of finite numbers, all of the length of the first, or of the one asked for. */
export function requireRows(
  name: string,
  rows: readonly (readonly number[])[],
  length?: number,
): void {
  if (!Array.isArray(rows) || rows.length === 0) {
    throw new RangeError(`${name} must have at least one row, got ${String(rows)}`);
  }
  // entries() goes through the holes of a sparse list too, which forEach leaves out.
  for (const [index, row] of rows.entries()) {
    requireNumbers(`${name}[${index}]`, row, index === 0 ? length : rows[0].length);
  }
}

export function requireOneOf(name: string, value: unknown, allowed: readonly unknown[]): void {
  if (allowed.includes(value)) return;
  throw new RangeError(`${name} must be one of ${allowed.join(", ")}, got ${String(value)}`);
}
