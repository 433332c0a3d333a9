/**
 * What stands behind the exercises: runs a learner's functions on chosen inputs, compares with what
 * is expected, and says in words what came out. Knows nothing of the exercises themselves.
 */
import vm from "node:vm";
import { showMarkdown } from "../display.js";
import { notePassed } from "./progress.js";

/** Thrown by `todo()`: the part was not begun, which is neither right nor wrong. */
class NotAttempted extends Error {
  override readonly name = "NotAttempted";
}

/**
 * Stands in a stub where the learner's code belongs. The check reports the part as not attempted yet.
 * @throws always
 */
export function todo(): never {
  throw new NotAttempted("not attempted yet: replace todo() with your own code");
}

/** What a check can find. */
export type Outcome = "correct" | "wrong" | "notAttempted" | "threw" | "tooLong" | "notANumber";

/** A mistake that learners make, with an answer that makes it. */
export interface Mistake {
  /** What to tell the learner, as one or two sentences. */
  readonly says: string;
  answer(...args: unknown[]): unknown;
}

/** One function of an exercise. Answers get copies of the arguments. */
export interface Part {
  /** Names of the parameters, for messages. */
  readonly parameters: readonly string[];
  /** The arguments to try, in order: the first that goes wrong is shown. */
  readonly cases: readonly (readonly unknown[])[];
  /** A right answer. */
  expected(...args: unknown[]): unknown;
  /** Tried in order; the first that gives the learner's values in every case is named. */
  readonly mistakes: readonly Mistake[];
  /** From a nudge to almost the answer. */
  readonly hints: readonly string[];
  /** How to put an answer to work, where it is more than a call with the arguments. */
  use?(answer: unknown, args: unknown[]): unknown;
  /** Makes one of several ways to say the same out of what an answer gave. */
  accept?(value: unknown): unknown;
  /** The answer may change its first argument instead of returning a new one. */
  readonly inPlace?: boolean;
  /** The arguments in words, where the list of them would be long. */
  describe?(...args: unknown[]): string;
}

/** What one part's check found, with the words for it. */
export interface PartReport {
  readonly part: string;
  readonly outcome: Outcome;
  readonly message: string;
}

/** An exercise as the notebooks use it. Everything is printed below the cell. */
export interface Exercise<Answer> {
  readonly title: string;
  /** The names of the functions to write. */
  readonly parts: readonly (keyof Answer & string)[];
  /** Whether every part was correct when last checked in this kernel. */
  readonly passed: boolean;
  /**
   * Tries each function it is given and says what came out. Never throws because of an answer.
   * @param answer one or more functions by part; an object of a class with such methods will do
   * @param options.record whether to note in progress.json when all parts are correct, default true
   */
  check(answer: Partial<Answer>, options?: { record?: boolean }): void;
  /**
   * Shows one more hint.
   * @param part without it, the first part that is not yet correct
   */
  hint(part?: keyof Answer & string): void;
  /**
   * Shows the solution's code.
   * @param part without it, all parts
   */
  solution(part?: keyof Answer & string): void;
}

/** A learner's function is stopped after this many milliseconds. */
const TIME_LIMIT = 2000;
/** Relative. The sixth digit can depend on the order of a sum or on a numerical derivative. */
const TOLERANCE = 1e-6;
/** Relative, for an answer that is wrong and almost right. */
const NEARLY = 1e-3;

/** Makes an exercise of its parts. `solutionOf` gives the code of a part. */
export function makeExercise<Answer>(options: {
  key: string;
  title: string;
  parts: Readonly<Record<keyof Answer & string, Part>>;
  solutionOf(part: string): string;
}): Exercise<Answer> {
  const { key, title, parts, solutionOf } = options;
  const names = Object.keys(parts) as (keyof Answer & string)[];
  const correct = new Set<string>();
  const hintsShown = new Map<string, number>();

  return {
    title,
    parts: names,
    get passed() {
      return correct.size === names.length;
    },
    check(answer, { record = true } = {}) {
      const given = names.filter((name) => isRecord(answer) && name in answer);
      const reports = given.map((name) => checkPart(name, parts[name], answer));
      for (const { part, outcome } of reports) {
        if (outcome === "correct") correct.add(part);
        else correct.delete(part);
      }
      const lines = [...misfits(answer, names), ...reports.map(({ message }) => message)];
      if (correct.size < names.length) {
        lines.push(`${correct.size} of ${names.length} parts correct so far.`);
      } else {
        lines.push(`All ${names.length} parts are correct: you have passed exercise ${title}.`);
        if (record) lines.push(...notePassed(key));
      }
      console.log(lines.join("\n"));
    },
    hint(part) {
      const name = part ?? names.find((candidate) => !correct.has(candidate)) ?? names.at(-1);
      if (name === undefined || !isPart(name, names)) return;
      const { hints } = parts[name];
      const shown = hintsShown.get(name) ?? 0;
      hintsShown.set(name, shown + 1);
      console.log(
        shown < hints.length
          ? `${name}, hint ${shown + 1} of ${hints.length}: ${hints[shown]}`
          : `${name}: you have seen all ${hints.length} hints. The code: exercise.solution("${name}")`,
      );
    },
    solution(part) {
      if (part !== undefined && !isPart(part, names)) return;
      const code = (part === undefined ? names : [part]).map(solutionOf).join("\n\n");
      showMarkdown(`\`\`\`ts\n${code}\n\`\`\``, code);
    },
  };
}

/** Tries one part of an answer. */
export function checkPart(name: string, part: Part, answers: unknown): PartReport {
  const report = (outcome: Outcome, words: string): PartReport => ({
    part: name,
    outcome,
    message: `${name}: ${words}`,
  });
  const answer = memberOf(answers, name);
  if (answer === undefined) {
    return report("notAttempted", "not attempted yet. Write the function and hand it to check.");
  }
  if (typeof answer !== "function") {
    return report("wrong", `wrong. It must be a function, and is ${inWords(answer)}.`);
  }

  const expected = part.cases.map((args) => attempt(part, part.expected, copy(args) as unknown[]));
  const run = runCases(part, answer);
  const at = (index: number) => inputOf(part, index);
  if (run.problem === "notAttempted" || isEmpty(answer)) {
    return report(
      "notAttempted",
      "not attempted yet. Replace todo() with your code and run the cell again.",
    );
  }
  if (run.problem === "tooLong") {
    return report(
      "tooLong",
      `ran for more than ${TIME_LIMIT / 1000} seconds and was stopped. Is there a loop that never ends?${at(run.received.length)}`,
    );
  }

  const index = run.received.findIndex((value, i) => difference(value, expected[i]) !== undefined);
  if (index < 0 && run.problem === "threw") {
    return report("threw", `stopped with an error: ${run.error}${at(run.received.length)}`);
  }
  if (index < 0) {
    return report("correct", `correct.${run.mutated ? changedItsInput(part, run.mutated) : ""}`);
  }

  const found = difference(run.received[index], expected[index]) as Difference;
  const values = `${at(index)}\n    expected: ${found.expected}\n    received: ${found.received}`;
  if (found.notANumber) {
    return report(
      "notANumber",
      `gave NaN, which is what 0 / 0, 0 · ∞, a missing list entry or a missing argument turn into.${values}`,
    );
  }
  const known = run.problem ? undefined : recognise(part, run.received);
  const likely = known ?? (found.shape ? undefined : nearMiss(run.received, expected));
  const reason = likely
    ? `Likely mistake: ${likely}`
    : (found.shape ??
      "This is none of the mistakes that the check knows: compare the two values, or take a hint.");
  return report("wrong", `wrong. ${reason}${values}`);
}

interface Run {
  /** What came out, case by case, up to the first problem. */
  received: unknown[];
  problem?: "notAttempted" | "threw" | "tooLong";
  error?: string;
  /** Index of the first parameter that the answer changed, plus 1; 0 for none. */
  mutated: number;
}

// One context for all checks: its only use is that code called from it can be stopped.
const job: { run: () => void } = { run: () => {} };
const context = vm.createContext({ job });
const script = new vm.Script("job.run()");

function runCases(part: Part, answer: unknown): Run {
  const run: Run = { received: [], mutated: 0 };
  job.run = () => {
    for (const args of part.cases) {
      const given = copy(args) as unknown[];
      run.received.push(plain(attempt(part, answer, given)));
      if (part.inPlace || run.mutated > 0) continue;
      run.mutated = 1 + given.findIndex((value, i) => difference(value, args[i]) !== undefined);
    }
  };
  try {
    script.runInContext(context, { timeout: TIME_LIMIT });
  } catch (error) {
    if (error instanceof NotAttempted) run.problem = "notAttempted";
    else if (codeOf(error) === "ERR_SCRIPT_EXECUTION_TIMEOUT") run.problem = "tooLong";
    else Object.assign(run, { problem: "threw", error: errorInWords(error) });
  }
  return run;
}

/** Puts an answer to work on arguments that it may change. */
function attempt(part: Part, answer: unknown, args: unknown[]): unknown {
  const before = part.inPlace ? copy(args[0]) : undefined;
  const value = part.use
    ? part.use(answer, args)
    : (answer as (...args: unknown[]) => unknown)(...args);
  if (!part.inPlace) return part.accept ? part.accept(value) : value;
  // A new value, or nothing (or, say, the loss) and the first argument changed.
  if (isRecord(value)) return value;
  return value === undefined || difference(args[0], before) ? args[0] : value;
}

/** The first mistake whose values are the ones received. */
function recognise(part: Part, received: readonly unknown[]): string | undefined {
  return part.mistakes.find((mistake) =>
    part.cases.every((args, i) => {
      try {
        const values = plain(attempt(part, mistake.answer, copy(args) as unknown[]));
        return difference(received[i], values) === undefined;
      } catch {
        return false;
      }
    }),
  )?.says;
}

/** A mistake that needs no example: everything is nearly right, or off by one factor. */
function nearMiss(received: readonly unknown[], expected: readonly unknown[]): string | undefined {
  const [got, wanted] = [numbersIn(received), numbersIn(expected)];
  if (got.length === 0 || got.length !== wanted.length) return undefined;
  if (got.every((value, i) => isClose(value, wanted[i] ?? 0, NEARLY))) {
    return "a rounding: the first three digits are right. Use the formula, without rounding and without nudging an input.";
  }
  const first = wanted.findIndex((value) => value !== 0 && Number.isFinite(value));
  const factor = (got[first] ?? 0) / (wanted[first] ?? 1);
  if (factor === 0 || !Number.isFinite(factor)) return undefined;
  if (!got.every((value, i) => isClose(value, factor * (wanted[i] ?? 0)))) return undefined;
  if (isClose(factor, -1)) return "every sign is the wrong way round.";
  return `every value is ${inWords(Number(factor.toPrecision(4)))} times what it should be.`;
}

interface Difference {
  expected: string;
  received: string;
  notANumber?: boolean;
  /** Set if already the kind of value is wrong. */
  shape?: string;
}

/** Where and how a value differs from the expected one; undefined if it does not. */
function difference(received: unknown, expected: unknown, path = ""): Difference | undefined {
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

  if (typeof expected === "number") {
    if (typeof received !== "number") return shape("a number");
    if (Number.isNaN(received) && !Number.isNaN(expected)) return differs({ notANumber: true });
    return isClose(received, expected) ? undefined : differs();
  }
  if (Array.isArray(expected)) {
    if (!Array.isArray(received)) return shape("a list");
    if (received.length !== expected.length) return shape(`a list of ${expected.length}`);
    return firstOf(expected, (value, i) => difference(received[i], value, `${path}[${i}]`));
  }
  if (isRecord(expected)) {
    if (!isRecord(received) || Array.isArray(received) || isPromise(received)) {
      return shape(`an object with ${Object.keys(expected).join(", ")}`);
    }
    return firstOf(Object.entries(expected), ([key, value]) =>
      difference(received[key], value, path ? `${path}.${key}` : key),
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

// Words

function inputOf(part: Part, index: number): string {
  const args = part.cases[index] ?? [];
  const text = part.describe
    ? part.describe(...args)
    : part.parameters.map((name, i) => `${name} = ${inWords(args[i])}`).join(", ");
  return `\n    input:    ${text}`;
}

function changedItsInput(part: Part, mutated: number): string {
  return ` It changes ${part.parameters[mutated - 1]}, which belongs to the caller: better work on a copy.`;
}

/** A value as short text. */
export function inWords(value: unknown, depth = 0): string {
  if (typeof value === "number") return numberInWords(value);
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
    return shorten(`{ ${shown.join(", ")} }`, 200);
  }
  return String(value);
}

/** A value's kind as the end of a sentence, with a cause where there is a usual one. */
function kindOf(value: unknown): string {
  if (value === undefined) return "undefined (is there a path without return?)";
  if (value === null) return "null";
  if (isPromise(value)) return "a promise (leave out async)";
  if (typeof value === "string") return `the text ${inWords(value)}`;
  if (typeof value === "number") return `the number ${inWords(value)}`;
  if (typeof value === "function") return "a function (is it to be called once more?)";
  if (Array.isArray(value))
    return value.length === 0 ? "an empty list" : `a list of ${value.length}`;
  return typeof value === "object" ? "an object" : `${typeof value} ${String(value)}`;
}

function numberInWords(value: number): string {
  if (!Number.isFinite(value)) return String(value).replace("Infinity", "∞").replace("-", "−");
  return String(Number(value.toPrecision(7))).replaceAll("-", "−");
}

function errorInWords(error: unknown): string {
  const { name, message } = isRecord(error) ? error : { name: undefined, message: String(error) };
  const text = typeof name === "string" ? `${name}: ${String(message)}` : String(message);
  return shorten(text.replaceAll(/\s+/g, " "), 200);
}

function shorten(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length - 1)}…` : text;
}

/** What check was given and cannot use, as a line that says so. */
function misfits(answer: unknown, names: readonly string[]): string[] {
  const parts = `the parts are ${names.join(", ")}`;
  if (!isRecord(answer)) {
    return [
      `check needs an object, as in exercise.check({ ${names[0]}: yourFunction }); ${parts}.`,
    ];
  }
  // An object of a class may have more than what is asked for.
  const keys = Object.getPrototypeOf(answer) === Object.prototype ? Object.keys(answer) : [];
  const strange = keys.filter((key) => !names.includes(key));
  if (strange.length > 0) return [`check knows no ${strange.join(", ")}: ${parts}.`];
  return names.some((name) => name in answer) ? [] : [`There is nothing to check: ${parts}.`];
}

function isPart(name: string, names: readonly string[]): boolean {
  if (names.includes(name)) return true;
  console.log(`There is no part ${inWords(name)}: the parts are ${names.join(", ")}.`);
  return false;
}

// Values

/** A member of an answer, bound to it, so that an object of a class can be handed over. */
function memberOf(answers: unknown, name: string): unknown {
  if (!isRecord(answers)) return undefined;
  try {
    const member = answers[name];
    if (typeof member !== "function" || isClass(member)) return member;
    const bound = member.bind(answers);
    Object.defineProperty(bound, "toString", {
      value: () => Function.prototype.toString.call(member),
    });
    return bound;
  } catch {
    return undefined;
  }
}

/** Whether it has to be called with new. */
export function isClass(value: unknown): value is new () => unknown {
  return typeof value === "function" && /^class\b/.test(Function.prototype.toString.call(value));
}

/** A function without a statement was not begun. */
function isEmpty(answer: object): boolean {
  const source = String(answer).replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "");
  return /(\)|=>)\s*\{\s*\}\s*$/.test(source);
}

/** A copy that shares nothing but functions. */
function copy(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copy);
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, copy(item)]));
}

/** What was returned, with its getters read and its typed arrays as lists, three levels deep. */
function plain(value: unknown, depth = 0): unknown {
  if (isPromise(value)) return hushed(value);
  if (depth > 3) return value;
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) {
    return Array.from(value as unknown as ArrayLike<number>);
  }
  if (Array.isArray(value)) {
    return value.length > 10_000 ? value : value.map((item) => plain(item, depth + 1));
  }
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.keys(value).map((key) => [key, plain(value[key], depth + 1)]));
}

/** The same value; if it is a promise that fails, nobody waits for it, and that would end the kernel. */
export function hushed(value: unknown): unknown {
  if (isPromise(value)) Promise.resolve(value).catch(() => {});
  return value;
}

function numbersIn(value: unknown): number[] {
  if (typeof value === "number") return [value];
  if (Array.isArray(value)) return value.flatMap(numbersIn);
  return isRecord(value) ? Object.values(value).flatMap(numbersIn) : [];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function isPromise(value: unknown): boolean {
  return isRecord(value) && typeof value.then === "function";
}

function codeOf(error: unknown): unknown {
  return isRecord(error) ? error.code : undefined;
}
