/** Whether what came out is what was expected, and if not, where it differs first. */
import { formatValue, isPromise, isRecord } from "./values.js";

/** Relative. The sixth digit can depend on the order of a sum or on a numerical derivative. */
export const TOLERANCE = 1e-6;

/** The first place at which a value is not the expected one. */
export interface Difference {
  readonly expected: string;
  readonly received: string;
  readonly notANumber?: boolean;
  /** What kind of value is needed, as a sentence; set if already that is wrong. */
  readonly shape?: string;
}

/** Where and how a value differs from the expected one; undefined if it does not. */
export function findDifference(
  received: unknown,
  expected: unknown,
  path = "",
): Difference | undefined {
  const label = path ? `${path} = ` : "";
  const differs = (more: Partial<Difference> = {}): Difference => ({
    expected: label + formatValue(expected),
    received: label + formatValue(received),
    ...more,
  });
  const shape = (needed: string) =>
    differs({
      shape: `${path || "What it returns"} must be ${needed}, and is ${describeKind(received)}.`,
    });

  if (expected === undefined) {
    return received === undefined || received === null ? undefined : shape("undefined here");
  }
  if (typeof expected === "number") {
    if (typeof received !== "number") return shape("a number");
    if (Number.isNaN(received) && !Number.isNaN(expected)) return differs({ notANumber: true });
    return isClose(received, expected) ? undefined : differs();
  }
  if (Array.isArray(expected)) {
    if (!Array.isArray(received)) return shape("a list");
    if (received.length !== expected.length) {
      return shape(expected.length === 0 ? "an empty list" : `a list of ${expected.length}`);
    }
    return firstOf(expected, (value, i) => findDifference(received[i], value, `${path}[${i}]`));
  }
  if (isRecord(expected)) {
    if (!isRecord(received) || Array.isArray(received) || isPromise(received)) {
      return shape(`an object with ${Object.keys(expected).join(", ")}`);
    }
    return firstOf(Object.entries(expected), ([key, value]) =>
      received[key] === undefined
        ? differs({
            shape: `${path || "What it returns"} has no ${key}; it has ${Object.keys(received).join(", ") || "nothing"}.`,
          })
        : findDifference(received[key], value, path ? `${path}.${key}` : key),
    );
  }
  if (typeof received !== typeof expected) return shape(`like ${formatValue(expected)}`);
  return received === expected ? undefined : differs();
}

/** Whether there is no difference that counts. */
export function isSame(received: unknown, expected: unknown): boolean {
  return findDifference(received, expected) === undefined;
}

export function isClose(a: number, b: number, tolerance = TOLERANCE): boolean {
  if (Object.is(a, b) || a === b) return true;
  return Number.isFinite(b) && Math.abs(a - b) <= tolerance * Math.abs(b);
}

function firstOf<Item, Result>(
  items: readonly Item[],
  find: (item: Item, index: number) => Result | undefined,
): Result | undefined {
  for (const [index, item] of items.entries()) {
    const result = find(item, index);
    if (result !== undefined) return result;
  }
  return undefined;
}

/** A value's kind as the end of a sentence, with a cause where there is a usual one. */
function describeKind(value: unknown): string {
  if (value === undefined)
    return "undefined (is there a path without return? A return inside forEach leaves only the inner function)";
  if (value === null) return "null";
  if (isPromise(value)) return "a promise (leave out async)";
  if (typeof value === "string") return `the text ${formatValue(value)}`;
  if (typeof value === "number") return `the number ${formatValue(value)}`;
  if (typeof value === "function") return "a function (is it to be called once more?)";
  if (Array.isArray(value))
    return value.length === 0 ? "an empty list" : `a list of ${value.length}`;
  return typeof value === "object" ? "an object" : `${typeof value} ${String(value)}`;
}
