/** Whether what came out is what was expected, and if not, where it differs first. */
import { formatValue, isPromise, isRecord } from "./values.js";

/** How far apart two numbers may be and still count as the same: either of the two is enough. */
export interface Tolerance {
  /** As a share of the expected number. */
  readonly relative: number;
  readonly absolute: number;
}

/**
 * The sixth digit can depend on the order of a sum or on a numerical derivative, and what should come
 * to 0 step by step, as 1 − 0.2 − 0.2 − 0.2 − 0.2 − 0.2, ends at 5.6e-17.
 */
export const usualTolerance: Tolerance = { relative: 1e-6, absolute: 1e-12 };

const exactly: Tolerance = { relative: 0, absolute: 0 };

/** The first place at which a value is not the expected one. */
export interface Difference {
  /** Where it is, such as "[3].mean"; empty for the value itself. */
  readonly path: string;
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
  tolerance: Tolerance = usualTolerance,
  path = "",
): Difference | undefined {
  const label = path ? `${path} = ` : "";
  const differs = (more: Partial<Difference> = {}): Difference => ({
    path,
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
    return isClose(received, expected, tolerance) ? undefined : differs();
  }
  if (Array.isArray(expected)) {
    if (!Array.isArray(received)) return shape("a list");
    if (received.length !== expected.length) {
      return shape(expected.length === 0 ? "an empty list" : `a list of ${expected.length}`);
    }
    return firstOf(expected, (value, i) =>
      findDifference(received[i], value, tolerance, `${path}[${i}]`),
    );
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
        : findDifference(received[key], value, tolerance, path ? `${path}.${key}` : key),
    );
  }
  if (typeof received !== typeof expected) return shape(`like ${formatValue(expected)}`);
  return received === expected ? undefined : differs();
}

/** Whether there is no difference that counts. */
export function isSame(received: unknown, expected: unknown, tolerance?: Tolerance): boolean {
  return findDifference(received, expected, tolerance) === undefined;
}

/** Whether nothing about a value has changed, be it ever so little. */
export function isUnchanged(now: unknown, before: unknown): boolean {
  return isSame(now, before, exactly);
}

export function isClose(received: number, expected: number, tolerance = usualTolerance): boolean {
  if (Object.is(received, expected) || received === expected) return true;
  const { relative, absolute } = tolerance;
  const off = Math.abs(received - expected);
  return Number.isFinite(expected) && off <= Math.max(absolute, relative * Math.abs(expected));
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
  if (value === undefined) return "undefined";
  if (value === null) return "null";
  if (isPromise(value)) return "a promise (leave out async)";
  if (typeof value === "string") return `the text ${formatValue(value)}`;
  if (typeof value === "number") return `the number ${formatValue(value)}`;
  if (typeof value === "function") return "a function (is it to be called once more?)";
  if (Array.isArray(value))
    return value.length === 0 ? "an empty list" : `a list of ${value.length}`;
  return typeof value === "object" ? "an object" : `${typeof value} ${String(value)}`;
}
