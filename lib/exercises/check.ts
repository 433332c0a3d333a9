/**
 * What stands behind the exercises: runs a learner's functions on chosen inputs, compares with what
 * is expected, and reports what came out. Knows nothing of the exercises themselves.
 */
import { showMarkdown } from "../course/display.js";
import { runWithin } from "../notebook/time-limit.js";
import {
  type Difference,
  difference,
  fieldByField,
  inWords,
  isPromise,
  isRecord,
  nearMiss,
  shorten,
  whereWrong,
} from "./feedback.js";
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
  /** The answer may change its first argument, which has fields, instead of returning a new one. */
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

/**
 * A learner's function is stopped after this many milliseconds. Answers need one or two; a loop that
 * fills a list would end the kernel in a few seconds.
 */
const TIME_LIMIT = 500;
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
  /** What the learner's function for a part is called. */
  const functionNames = new Map<string, string>();

  /** The part that this one's function calls and that is not correct yet, as a line that says so. */
  const cause = (answer: unknown, part: string): string[] => {
    const earlier = names.slice(0, names.indexOf(part as keyof Answer & string));
    return earlier.flatMap((name) => {
      const called = functionNames.get(name);
      if (called === undefined || correct.has(name) || !isCalledIn(answer, called)) return [];
      return [`    It calls ${called}, and ${name} is not correct yet: start there.`];
    });
  };

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
        const member = memberOf(answer, part);
        if (typeof member === "function")
          functionNames.set(part, member.name.replace("bound ", ""));
        if (outcome === "correct") correct.add(part);
        else correct.delete(part);
      }
      const said = reports.flatMap(({ part, outcome, message }) =>
        outcome === "correct" ? [message] : [message, ...cause(memberOf(answer, part), part)],
      );
      const lines = [...misfits(answer, names), ...said];
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
  let run = runCases(part, answer);
  // Once more, in case that not the answer was slow but the machine, for a moment.
  if (run.problem === "tooLong") run = runCases(part, answer);
  const at = (index: number) => inputOf(part, index);
  if (run.problem === "notAttempted" || isEmpty(answer)) {
    return report(
      "notAttempted",
      isEmpty(answer) || isCalledIn(answer, "todo")
        ? "not attempted yet. Replace todo() with your code and run the cell again."
        : "not attempted yet: it calls a function that is still todo(). Write that one first.",
    );
  }
  if (run.problem === "tooLong") {
    return report(
      "tooLong",
      `ran for more than half a second and was stopped. Is there a loop that never ends?${at(run.received.length)}`,
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
  const where =
    fieldByField(part, run.received, expected) ?? whereWrong(part, run.received, expected);
  if (found.notANumber) {
    return report(
      "notANumber",
      `gave NaN, which is what 0 / 0, 0 · ∞, ∞ − ∞, the log of a negative number, a missing list entry or a missing argument turn into. ${where}${values}`,
    );
  }
  const known = run.problem ? undefined : recognise(part, run.received);
  const likely = known ?? (found.shape ? undefined : nearMiss(part, run.received, expected));
  const reason = likely
    ? `Likely mistake: ${likely}`
    : (found.shape ?? `${where} Compare the two values, or take a hint.`);
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

function runCases(part: Part, answer: unknown): Run {
  const run: Run = { received: [], mutated: 0 };
  const runAll = () => {
    for (const args of part.cases) {
      const given = copy(args) as unknown[];
      run.received.push(plain(attempt(part, answer, given)));
      if (part.inPlace || run.mutated > 0) continue;
      run.mutated = 1 + given.findIndex((value, i) => difference(value, args[i]) !== undefined);
    }
  };
  try {
    if (!runWithin(TIME_LIMIT, runAll)) run.problem = "tooLong";
  } catch (error) {
    if (error instanceof NotAttempted) run.problem = "notAttempted";
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
  if (!part.inPlace) return value;
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

function errorInWords(error: unknown): string {
  const { name, message } = isRecord(error) ? error : { name: undefined, message: String(error) };
  const text = typeof name === "string" ? `${name}: ${String(message)}` : String(message);
  return shorten(text.replaceAll(/\s+/g, " "), 200);
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

/** Whether the code of a function calls another one, or hands it over, by this name. */
function isCalledIn(answer: unknown, name: string): boolean {
  return /^\w+$/.test(name) && new RegExp(`\\b${name}\\b\\)?\\s*[(),]`).test(String(answer));
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
export function plain(value: unknown, depth = 0): unknown {
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
