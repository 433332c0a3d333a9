/**
 * What can be said about a wrong answer without knowing its exercise: a mistake of a general kind, and
 * what the cases or fields that went wrong have in common.
 */
import { isClose, isSame, type Tolerance, usualTolerance } from "./comparison.js";
import type { Part } from "./part.js";
import { formatValue, isRecord, numbersIn } from "./values.js";

/** Relative, for an answer that is wrong and almost right. */
const NEARLY = 1e-3;
/** By how much two factors may differ and still be one: each is a quotient of small differences. */
const ONE_FACTOR = 1e-6;

/** The kinds of mistakes that any part can have. */
export type GeneralMistakeId =
  | "constant"
  | "returns-argument"
  | "swapped-parameters"
  | "nearly"
  | "rounded"
  | "shifted-back"
  | "shifted-on"
  | "reversed"
  | "every-sign"
  | "factor";

/** A mistake that needs no example, such as a constant, a rounding, an order or one factor. */
export function generalMistake(
  part: Part,
  received: readonly unknown[],
  expected: readonly unknown[],
): { id: GeneralMistakeId; says: string } | undefined {
  const isEach = (of: (i: number) => unknown) =>
    received.length > 1 && received.every((value, i) => isSame(value, of(i), part.tolerance));
  if (isEach(() => received[0])) {
    return {
      id: "constant",
      says: `it is always ${formatValue(received[0])}, whatever the input.`,
    };
  }
  const areNumbers = part.cases.flat().every((value) => typeof value === "number");
  const swapped = (i: number) => part.expected(...[...part.cases[i]].reverse());
  if (areNumbers && part.parameters.length === 2 && isEach(swapped)) {
    const [first, second] = part.parameters;
    return {
      id: "swapped-parameters",
      says: `the parameters are in the wrong order: the first is ${first}, the second ${second}.`,
    };
  }

  const returned = part.parameters.find((_, p) => isEach((i) => part.cases[i][p]));
  if (returned !== undefined) {
    return { id: "returns-argument", says: `it is the argument ${returned} as it came in.` };
  }

  const [got, wanted] = [numbersIn(received), numbersIn(expected)];
  if (got.length === 0 || got.length !== wanted.length) return undefined;
  const tolerance = part.tolerance ?? usualTolerance;
  const nearly = { ...tolerance, relative: NEARLY };
  if (got.every((value, i) => isClose(value, wanted[i], nearly))) {
    return {
      id: "nearly",
      says: "a rounding: the first three digits are right. Use the formula, without rounding and without nudging an input.",
    };
  }
  const digits = [0, 1, 2, 3, 4, 5, 6].find((count) =>
    got.every((value, i) => isRounded(value, wanted[i], 10 ** -count)),
  );
  if (digits !== undefined) {
    return {
      id: "rounded",
      says: `the results are rounded, to ${digits} digits after the point. Return them as they are.`,
    };
  }
  const areMoved = (place: Place) =>
    received.every((list, i) => isMoved(list, expected[i], place, tolerance));
  if (areMoved((i) => i - 1)) {
    return {
      id: "shifted-back",
      says: "shifted by one: [1] holds what belongs in [0], and so on.",
    };
  }
  if (areMoved((i) => i + 1)) {
    return { id: "shifted-on", says: "shifted by one: [0] holds what belongs in [1], and so on." };
  }
  if (areMoved((i, length) => length - 1 - i)) {
    return { id: "reversed", says: "the order is reversed." };
  }

  const first = wanted.findIndex((value) => value !== 0 && Number.isFinite(value));
  const factor = got[first] / wanted[first];
  if (factor === 0 || !Number.isFinite(factor)) return undefined;
  if (!got.every((value, i) => isClose(value, factor * wanted[i], part.tolerance)))
    return undefined;
  if (isClose(factor, -1)) {
    return { id: "every-sign", says: "every sign is the wrong way round." };
  }
  return {
    id: "factor",
    says: `every value is ${formatValue(Number(factor.toPrecision(4)))} times what it should be.`,
  };
}

/** Whether a value is the wanted one, rounded to a multiple of `unit`. */
function isRounded(value: number, wanted: number, unit: number): boolean {
  if (!Number.isFinite(wanted)) return Object.is(value, wanted);
  const off = Math.abs(value / unit - Math.round(value / unit));
  return off < 1e-6 && Math.abs(value - wanted) <= 0.500001 * unit;
}

type Place = (i: number, length: number) => number;

/** Whether a list has at `i` what belongs at `place(i)`; places outside of it do not count. */
function isMoved(list: unknown, wanted: unknown, place: Place, tolerance: Tolerance): boolean {
  if (!Array.isArray(list) || !Array.isArray(wanted) || list.length !== wanted.length) return false;
  return list.every((value, i) =>
    isClose(value, wanted[place(i, list.length)] ?? value, tolerance),
  );
}

/** On how many inputs an answer is right, and for numbers what the others have in common. */
export function describeWrongInputs(
  part: Part,
  received: readonly unknown[],
  expected: readonly unknown[],
): string {
  const wrong = received.map((value, i) => !isSame(value, expected[i], part.tolerance));
  const right = wrong.filter((isWrong) => !isWrong).length;
  if (right === 0) return "It is right on none of the inputs tried.";
  const inputs = part.cases.slice(0, wrong.length);
  const isNumeric = inputs.flat().every((value) => typeof value === "number");
  const conditions = part.parameters.flatMap((name, p) => {
    const values = inputs.map((args) => args[p] as number);
    const condition =
      isNumeric && sharedCondition(new Set(values.filter((_, i) => wrong[i])), new Set(values));
    return condition ? [`${name} ${condition}`] : [];
  });
  const only = conditions.length > 0 ? `, wrong only where ${conditions.join(" and ")}` : "";
  return `It is right on ${right} of ${wrong.length} inputs${only}.`;
}

/** What some numbers have in common that no other one of the set has, such as "< 0". */
function sharedCondition(some: Set<number>, all: Set<number>): string | undefined {
  const others = [...all].filter((value) => !some.has(value));
  if (others.length === 0) return undefined;
  if (some.size === 1) return `= ${formatValue([...some][0])}`;
  const signs: [string, (value: number) => boolean][] = [
    ["< 0", (value) => value < 0],
    ["> 0", (value) => value > 0],
    ["≤ 0", (value) => value <= 0],
    ["≥ 0", (value) => value >= 0],
  ];
  const sign = signs.find(([, has]) => [...all].every((value) => has(value) === some.has(value)));
  if (sign) return sign[0];
  if (others.length === 1) return `≠ ${formatValue(others[0])}`;
  if (some.size === 2) return `= ${[...some].map((value) => formatValue(value)).join(" or ")}`;
  const [from, to] = [Math.min(...some), Math.max(...some)];
  const isBetween = others.every((value) => !(from <= value && value <= to));
  return isBetween && from < to ? `from ${formatValue(from)} to ${formatValue(to)}` : undefined;
}

/** What is right and what is wrong with an answer that has fields; undefined if it has none. */
export function describeFields(
  part: Part,
  received: readonly unknown[],
  expected: readonly unknown[],
): string | undefined {
  const [first] = expected;
  if (!isRecord(first) || Array.isArray(first) || !received.every(isRecord)) return undefined;
  const fieldsBy = new Map<string, string[]>([["Right", []]]);
  for (const field of Object.keys(first)) {
    const of = (values: readonly unknown[]) => values.map((one) => (one as typeof first)[field]);
    const [got, wanted] = [of(received), of(expected)];
    const isRight = got.every((value, i) => isSame(value, wanted[i], part.tolerance));
    const wrong = part.inPlace
      ? describeStep(part, of(part.cases.map(([one]) => one)), got, wanted)
      : "Wrong";
    const verdict = isRight ? "Right" : wrong;
    fieldsBy.set(verdict, [...(fieldsBy.get(verdict) ?? []), field]);
  }
  const said = [...fieldsBy].filter(([, fields]) => fields.length > 0);
  const text = said.map(([verdict, fields]) => `${verdict}: ${fields.join(", ")}.`).join(" ");
  return said.length > 1 ? text : `${text} As this is so for all of them, look at what they share.`;
}

/** How a field has moved from where it was, in comparison with how it should have. */
function describeStep(
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
  const areEqual = (values: readonly number[]) =>
    values.every((value) => Math.abs(value - values[0]) < ONE_FACTOR);
  if (areEqual(factors)) {
    if (Math.abs(factors[0]) < ONE_FACTOR) return "Does not move";
    if (isClose(factors[0], -1)) return "Moves the wrong way";
    return `Moves ${formatValue(Number(factors[0].toPrecision(3)))} times as far as it should`;
  }
  const ignored = part.parameters.find((_, p) =>
    areEqual(factors.map((factor, i) => factor * Number(part.cases[i][p]))),
  );
  return ignored === undefined ? "Wrong" : `Does not follow ${ignored}`;
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((total, value, i) => total + value * b[i], 0);
}
