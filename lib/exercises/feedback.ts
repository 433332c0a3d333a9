/**
 * What an answer has wrong, in words: where it differs from what is expected, and what the differences
 * have in common. Knows nothing of the exercises.
 */
import type { Part } from "./check.js";

/** Relative. The sixth digit can depend on the order of a sum or on a numerical derivative. */
const TOLERANCE = 1e-6;
/** Relative, for an answer that is wrong and almost right. */
const NEARLY = 1e-3;

export interface Difference {
  expected: string;
  received: string;
  notANumber?: boolean;
  /** Set if already the kind of value is wrong. */
  shape?: string;
}

/** Where and how a value differs from the expected one; undefined if it does not. */
export function difference(
  received: unknown,
  expected: unknown,
  path = "",
): Difference | undefined {
  const label = path ? `${path} = ` : "";
  const differs = (more: Partial<Difference> = {}): Difference => ({
    expected: label + inWords(expected),
    received: label + inWords(received),
    ...more,
  });
  const shape = (needed: string) =>
    differs({
      shape: `${path || "What it returns"} must be ${needed}, and is ${kindOf(received)}.`,
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
    return firstOf(expected, (value, i) => difference(received[i], value, `${path}[${i}]`));
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
        : difference(received[key], value, path ? `${path}.${key}` : key),
    );
  }
  if (typeof received !== typeof expected) return shape(`like ${inWords(expected)}`);
  return received === expected ? undefined : differs();
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

function isClose(a: number, b: number, tolerance = TOLERANCE): boolean {
  if (Object.is(a, b) || a === b) return true;
  return Number.isFinite(b) && Math.abs(a - b) <= tolerance * Math.abs(b);
}

// Explanations

/** A mistake that needs no example, such as a constant, a rounding, an order or one factor. */
export function nearMiss(
  part: Part,
  received: readonly unknown[],
  expected: readonly unknown[],
): string | undefined {
  const isEach = (of: (i: number) => unknown) =>
    received.length > 1 && received.every((value, i) => difference(value, of(i)) === undefined);
  if (isEach(() => received[0])) {
    return `it is always ${inWords(received[0])}, whatever the input.`;
  }
  const same = part.parameters.find((_, p) => isEach((i) => part.cases[i][p]));
  if (same !== undefined) return `it is the argument ${same} as it came in.`;

  const [got, wanted] = [numbersIn(received), numbersIn(expected)];
  if (got.length === 0 || got.length !== wanted.length) return undefined;
  if (got.every((value, i) => isClose(value, wanted[i], NEARLY))) {
    return "a rounding: the first three digits are right. Use the formula, without rounding and without nudging an input.";
  }
  const digits = [0, 1, 2, 3, 4, 5, 6].find((count) =>
    got.every((value, i) => isRounded(value, wanted[i], 10 ** -count)),
  );
  if (digits !== undefined) {
    return `the results are rounded, to ${digits} digits after the point. Return them as they are.`;
  }
  if (isMoved(received, expected, (i) => i - 1)) {
    return "shifted by one: [1] holds what belongs in [0], and so on.";
  }
  if (isMoved(received, expected, (i) => i + 1)) {
    return "shifted by one: [0] holds what belongs in [1], and so on.";
  }
  if (isMoved(received, expected, (i, length) => length - 1 - i)) return "the order is reversed.";

  const first = wanted.findIndex((value) => value !== 0 && Number.isFinite(value));
  const factor = got[first] / wanted[first];
  if (factor === 0 || !Number.isFinite(factor)) return undefined;
  if (!got.every((value, i) => isClose(value, factor * wanted[i]))) return undefined;
  if (isClose(factor, -1)) return "every sign is the wrong way round.";
  return `every value is ${inWords(Number(factor.toPrecision(4)))} times what it should be.`;
}

/** Whether a value is the wanted one, rounded to a multiple of `unit`. */
function isRounded(value: number, wanted: number, unit: number): boolean {
  if (!Number.isFinite(wanted)) return Object.is(value, wanted);
  const off = Math.abs(value / unit - Math.round(value / unit));
  return off < 1e-6 && Math.abs(value - wanted) <= 0.500001 * unit;
}

/** Whether each list has at `i` what belongs at `place(i)`; places outside of it do not count. */
function isMoved(
  received: readonly unknown[],
  expected: readonly unknown[],
  place: (i: number, length: number) => number,
): boolean {
  return received.every((list, c) => {
    const wanted = expected[c];
    if (!Array.isArray(list) || !Array.isArray(wanted) || list.length !== wanted.length) {
      return false;
    }
    return list.every((value, i) => isClose(value, wanted[place(i, list.length)] ?? value));
  });
}

/** On how many inputs an answer is right, and for numbers what the others have in common. */
export function whereWrong(
  part: Part,
  received: readonly unknown[],
  expected: readonly unknown[],
): string {
  const wrong = received.map((value, i) => difference(value, expected[i]) !== undefined);
  const right = wrong.filter((isWrong) => !isWrong).length;
  if (right === 0) return "It is right on none of the inputs tried.";
  const inputs = part.cases.slice(0, wrong.length);
  const isNumeric = inputs.flat().every((value) => typeof value === "number");
  const conditions = part.parameters.flatMap((name, p) => {
    const values = inputs.map((args) => args[p] as number);
    const words =
      isNumeric && inCommon(new Set(values.filter((_, i) => wrong[i])), new Set(values));
    return words ? [`${name} ${words}`] : [];
  });
  const only = conditions.length > 0 ? `, wrong only where ${conditions.join(" and ")}` : "";
  return `It is right on ${right} of ${wrong.length} inputs${only}.`;
}

/** What some numbers have in common that no other one of the set has, such as "< 0". */
function inCommon(some: Set<number>, all: Set<number>): string | undefined {
  const others = [...all].filter((value) => !some.has(value));
  if (others.length === 0) return undefined;
  if (some.size === 1) return `= ${inWords([...some][0])}`;
  const signs: [string, (value: number) => boolean][] = [
    ["< 0", (value) => value < 0],
    ["> 0", (value) => value > 0],
    ["≤ 0", (value) => value <= 0],
    ["≥ 0", (value) => value >= 0],
  ];
  const sign = signs.find(([, has]) => [...all].every((value) => has(value) === some.has(value)));
  if (sign) return sign[0];
  if (others.length === 1) return `≠ ${inWords(others[0])}`;
  return some.size === 2 ? `= ${[...some].map((value) => inWords(value)).join(" or ")}` : undefined;
}

/** What is right and what is wrong with an answer that has fields; undefined if it has none. */
export function fieldByField(
  part: Part,
  received: readonly unknown[],
  expected: readonly unknown[],
): string | undefined {
  const [first] = expected;
  if (!isRecord(first) || Array.isArray(first) || !received.every(isRecord)) return undefined;
  const groups = new Map<string, string[]>([["Right", []]]);
  for (const field of Object.keys(first)) {
    const of = (values: readonly unknown[]) => values.map((one) => (one as typeof first)[field]);
    const [got, wanted] = [of(received), of(expected)];
    const isRight = got.every((value, i) => difference(value, wanted[i]) === undefined);
    const step = part.inPlace
      ? stepInWords(part, of(part.cases.map(([one]) => one)), got, wanted)
      : "Wrong";
    const words = isRight ? "Right" : step;
    groups.set(words, [...(groups.get(words) ?? []), field]);
  }
  const said = [...groups].filter(([, fields]) => fields.length > 0);
  const text = said.map(([words, fields]) => `${words}: ${fields.join(", ")}.`).join(" ");
  return said.length > 1 ? text : `${text} As this is so for all of them, look at what they share.`;
}

/** How a field has moved from where it was, in comparison with how it should have. */
function stepInWords(
  part: Part,
  before: readonly unknown[],
  received: readonly unknown[],
  expected: readonly unknown[],
): string {
  const factors = received.map((value, i) => {
    const start = numbersIn(before[i]);
    const [got, wanted] = [value, expected[i]].map((end) =>
      numbersIn(end).map((number, k) => number - start[k]),
    );
    const factor = dot(got, wanted) / dot(wanted, wanted);
    const fits = got.every((step, k) => Math.abs(step - factor * wanted[k]) < 1e-9);
    return fits && got.length === wanted.length ? factor : Number.NaN;
  });
  if (factors.some(Number.isNaN)) return "Wrong";
  const isSame = (values: readonly number[]) =>
    values.every((value) => Math.abs(value - values[0]) < TOLERANCE);
  if (isSame(factors)) {
    if (Math.abs(factors[0]) < TOLERANCE) return "Does not move";
    if (isClose(factors[0], -1)) return "Moves the wrong way";
    return `Moves ${inWords(Number(factors[0].toPrecision(3)))} times as far as it should`;
  }
  const ignored = part.parameters.find((_, p) =>
    isSame(factors.map((factor, i) => factor * Number(part.cases[i][p]))),
  );
  return ignored === undefined ? "Wrong" : `Does not follow ${ignored}`;
}

// Words

/** A value as short text, which for numbers and lists can be pasted into a cell. */
export function inWords(value: unknown, depth = 0): string {
  if (typeof value === "number") return String(Number(value.toPrecision(7)));
  if (typeof value === "string") return JSON.stringify(shorten(value, 60));
  if (typeof value === "function") return `function ${value.name || "without a name"}`;
  if (isPromise(value)) return "a promise";
  if (Array.isArray(value)) {
    if (depth > 2) return "[…]";
    const shown = value.slice(0, 8).map((item) => inWords(item, depth + 1));
    if (value.length > shown.length) shown.push(`… ${value.length - shown.length} more`);
    return `[${shown.join(", ")}]`;
  }
  if (isRecord(value)) {
    if (depth > 2) return "{…}";
    const shown = Object.entries(value).map(([key, item]) => `${key}: ${inWords(item, depth + 1)}`);
    return shorten(`{ ${shown.join(", ")} }`, 300);
  }
  return String(value);
}

/** A value's kind as the end of a sentence, with a cause where there is a usual one. */
function kindOf(value: unknown): string {
  if (value === undefined)
    return "undefined (is there a path without return? A return inside forEach leaves only the inner function)";
  if (value === null) return "null";
  if (isPromise(value)) return "a promise (leave out async)";
  if (typeof value === "string") return `the text ${inWords(value)}`;
  if (typeof value === "number") return `the number ${inWords(value)}`;
  if (typeof value === "function") return "a function (is it to be called once more?)";
  if (Array.isArray(value))
    return value.length === 0 ? "an empty list" : `a list of ${value.length}`;
  return typeof value === "object" ? "an object" : `${typeof value} ${String(value)}`;
}

export function shorten(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length - 1)}…` : text;
}

// Values

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, i) => sum + value * b[i], 0);
}

function numbersIn(value: unknown): number[] {
  if (typeof value === "number") return [value];
  if (Array.isArray(value)) return value.flatMap(numbersIn);
  return isRecord(value) ? Object.values(value).flatMap(numbersIn) : [];
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

export function isPromise(value: unknown): boolean {
  return isRecord(value) && typeof value.then === "function";
}
