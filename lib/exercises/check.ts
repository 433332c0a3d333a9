/**
 * Judges one part of an answer: runs the learner's function on the part's cases, compares with what is
 * expected, and reports what came out. Knows nothing of the exercises themselves.
 */
import { runWithin } from "../notebook/time-limit.js";
import { type Difference, findDifference, isSame, isUnchanged } from "./comparison.js";
import {
  describeFields,
  describeWrongInputs,
  type GeneralMistakeId,
  generalMistake,
} from "./feedback.js";
import type { Mistake, Part } from "./part.js";
import { copy, formatValue, isClass, isRecord, shorten, toPlainValue } from "./values.js";

/** Thrown by `todo()`: the part was not begun, which is neither right nor wrong. */
class NotAttempted extends Error {
  override readonly name = "NotAttempted";
}

/**
 * Stands in a stub where the learner's code belongs. The check reports the part as not attempted yet.
 * @throws always
 * @example
 * const cube = (x: number): number => todo();
 */
export function todo(): never {
  throw new NotAttempted("not attempted yet: replace todo() with your own code");
}

/** How a part stands after a check. */
export type Outcome = "correct" | "wrong" | "notAttempted" | "threw" | "tooLong" | "notANumber";

/** What a check can find, apart from the mistakes that a part knows by their own ids. */
export type FindingId =
  | "correct"
  | "changes-argument"
  | "missing"
  | "not-begun"
  | "calls-todo"
  | "not-a-function"
  | "not-yours"
  | "threw"
  | "too-long"
  | "not-a-number"
  | "shape"
  | "unrecognised"
  | GeneralMistakeId;

/** What one part's check found, with the words for it. */
export interface PartReport {
  readonly part: string;
  readonly outcome: Outcome;
  /** What exactly: a finding of any part, or the id of one of the part's own mistakes. */
  readonly id: FindingId | Mistake["id"];
  readonly message: string;
}

/**
 * A learner's function is stopped after this many milliseconds. Answers need one or two; a loop that
 * fills a list would end the kernel in a few seconds.
 */
const TIME_LIMIT = 500;

/** Tries one part of an answer. Never throws because of the answer. */
export function checkPart(name: string, part: Part, answers: unknown): PartReport {
  const report = (outcome: Outcome, id: PartReport["id"], words: string): PartReport => ({
    part: name,
    outcome,
    id,
    message: `${name}: ${words}`,
  });
  const answer = memberOf(answers, name);
  if (answer === undefined) {
    const words = "not attempted yet. Write the function and hand it to check.";
    return report("notAttempted", "missing", words);
  }
  if (typeof answer !== "function") {
    const words = `wrong. It must be a function, and is ${formatValue(answer)}.`;
    return report("wrong", "not-a-function", words);
  }

  const own = (answers as Record<string, unknown>)[name];
  if ([part.expected, ...(part.inLibrary ?? [])].includes(own)) {
    const words = `wrong. This is ${answer.name.replace("bound ", "")}, which the course has already. Write one of your own.`;
    return report("wrong", "not-yours", words);
  }

  const expected = part.cases.map((args) =>
    callAnswer(part, part.expected, copy(args) as unknown[]),
  );
  let run = runCases(part, answer);
  // Once more, in case that not the answer was slow but the machine, for a moment.
  if (run.problem === "tooLong") run = runCases(part, answer);
  const at = (index: number) => describeInput(part, index);
  if (run.problem === "notAttempted" || isEmpty(answer)) {
    return isEmpty(answer) || isCalledIn(answer, "todo")
      ? report(
          "notAttempted",
          "not-begun",
          "not attempted yet. Replace todo() with your code and run the cell again.",
        )
      : report(
          "notAttempted",
          "calls-todo",
          "not attempted yet: it calls a function that is still todo(). Write that one first.",
        );
  }
  if (run.problem === "tooLong") {
    const words =
      "ran for more than half a second and was stopped. Is there a loop that never ends?";
    return report("tooLong", "too-long", `${words}${at(run.received.length)}`);
  }

  const index = run.received.findIndex((value, i) => !isSame(value, expected[i], part.tolerance));
  if (index < 0 && run.problem === "threw") {
    return report(
      "threw",
      "threw",
      `stopped with an error: ${run.error}${at(run.received.length)}`,
    );
  }
  if (index < 0 && run.changed) {
    const words = `correct. It changes ${run.changed}, which belongs to the caller: better work on a copy.`;
    return report("correct", "changes-argument", words);
  }
  if (index < 0) return report("correct", "correct", "correct.");

  const found = findDifference(run.received[index], expected[index], part.tolerance) as Difference;
  const values = `${at(index)}\n    expected: ${found.expected}\n    received: ${found.received}`;
  const where =
    describeFields(part, run.received, expected) ??
    describeWrongInputs(part, run.received, expected);
  if (found.notANumber) {
    const words =
      "gave NaN, which is what 0 / 0, 0 · ∞, ∞ − ∞, the log of a negative number, a missing list entry or a missing argument turn into.";
    return report("notANumber", "not-a-number", `${words} ${where}${values}`);
  }
  const known = run.problem ? undefined : knownMistake(part, run.received);
  const likely = known ?? (found.shape ? undefined : generalMistake(part, run.received, expected));
  if (likely) return report("wrong", likely.id, `wrong. Likely mistake: ${likely.says}${values}`);
  if (found.shape) return report("wrong", "shape", `wrong. ${found.shape}${values}`);
  const words = `wrong. ${where} Compare the two values, or take a hint.`;
  return report("wrong", "unrecognised", `${words}${values}`);
}

interface Run {
  /** What came out, case by case, up to the first problem. */
  received: unknown[];
  problem?: "notAttempted" | "threw" | "tooLong";
  error?: string;
  /** The first parameter whose argument the answer changed. */
  changed?: string;
}

function runCases(part: Part, answer: unknown): Run {
  const run: Run = { received: [] };
  const runAll = () => {
    for (const args of part.cases) {
      const given = copy(args) as unknown[];
      run.received.push(toPlainValue(callAnswer(part, answer, given)));
      if (part.inPlace) continue;
      run.changed ??= part.parameters[given.findIndex((value, i) => !isUnchanged(value, args[i]))];
    }
  };
  try {
    if (!runWithin(TIME_LIMIT, runAll)) run.problem = "tooLong";
  } catch (error) {
    if (error instanceof NotAttempted) run.problem = "notAttempted";
    else Object.assign(run, { problem: "threw", error: formatError(error) });
  }
  return run;
}

/** Puts an answer to work on arguments that it may change. */
function callAnswer(part: Part, answer: unknown, args: unknown[]): unknown {
  const before = part.inPlace ? copy(args[0]) : undefined;
  const value = part.use
    ? part.use(answer, args)
    : (answer as (...args: unknown[]) => unknown)(...args);
  if (!part.inPlace) return value;
  // A new value, or nothing (or, say, the loss) and the first argument changed.
  if (isRecord(value)) return value;
  return value === undefined || !isUnchanged(args[0], before) ? args[0] : value;
}

/** The first mistake whose values are the ones received. */
function knownMistake(part: Part, received: readonly unknown[]): Mistake | undefined {
  const gives = (answer: unknown) =>
    part.cases.every((args, i) => {
      try {
        const value = toPlainValue(callAnswer(part, answer, copy(args) as unknown[]));
        return isSame(received[i], value, part.tolerance);
      } catch {
        return false;
      }
    });
  return part.mistakes.find(({ answers }) => answers.some(gives));
}

function describeInput(part: Part, index: number): string {
  const args = part.cases[index] ?? [];
  const text = part.describe
    ? part.describe(...args)
    : part.parameters.map((name, i) => `${name} = ${formatValue(args[i])}`).join(", ");
  return `\n    input:    ${text}`;
}

function formatError(error: unknown): string {
  const { name, message } = isRecord(error) ? error : { name: undefined, message: String(error) };
  const text = typeof name === "string" ? `${name}: ${String(message)}` : String(message);
  return shorten(text.replaceAll(/\s+/g, " "), 200);
}

/** A member of an answer, bound to it, so that an object of a class can be handed over. */
export function memberOf(answers: unknown, name: string): unknown {
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

/** Whether the code of a function calls another one, or hands it over, by this name. */
export function isCalledIn(answer: unknown, name: string): boolean {
  return /^\w+$/.test(name) && new RegExp(`\\b${name}\\b\\)?\\s*[(),]`).test(String(answer));
}

/** A function without a statement was not begun. */
function isEmpty(answer: object): boolean {
  const source = String(answer).replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "");
  return /(\)|=>)\s*\{\s*\}\s*$/.test(source);
}
