/** Runs an answer on a part's cases and on arguments drawn at random, and notes what came out. */
import * as fc from "fast-check";
import { runWithin } from "../notebook/time-limit.js";
import { restoreBuiltIns } from "./built-ins.js";
import { isSame, isUnchanged, type Tolerance, usualTolerance } from "./comparison.js";
import type { Part } from "./part.js";
import { withPrintsKept } from "./printing.js";
import { copy, isRecord, shorten, toPlainValue } from "./values.js";

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

/**
 * A learner's function is stopped after this many milliseconds. Answers need one or two; a loop that
 * fills a list would end the kernel in a few seconds.
 */
export const TIME_LIMIT = 500;

/** Why an answer gave no value. */
export interface Problem {
  readonly kind: "notAttempted" | "threw" | "tooLong" | "async";
  /** What was thrown. */
  readonly error?: string;
}

/** What came of a part's cases. */
export interface Run {
  /** What came out, case by case, up to the first problem. */
  readonly received: readonly unknown[];
  readonly problem?: Problem;
  /** The first parameter whose argument the answer changed. */
  readonly changed?: string;
}

/** Runs an answer on the part's cases, until there is a problem. */
export function runCases(part: Part, answer: unknown): Run {
  const run = withPrintsKept(true, () => runCasesOnce(part, answer));
  if (run.problem?.kind !== "tooLong") return run;
  // Once more, in case that not the answer was slow but the machine, for a moment. So below.
  return withPrintsKept(false, () => runCasesOnce(part, answer));
}

function runCasesOnce(part: Part, answer: unknown): Run {
  const received: unknown[] = [];
  let changed: string | undefined;
  const runAll = () => {
    for (const args of part.cases) {
      const given = copy(args);
      received.push(toPlainValue(callAnswer(part, answer, given)));
      if (part.inPlace) continue;
      changed ??= part.parameters[given.findIndex((value, i) => !isUnchanged(value, args[i]))];
    }
  };
  try {
    const ending = runWithin(TIME_LIMIT, runAll);
    if (ending === "done") {
      return { received: received.map((one, i) => outcomeOf(part, one, part.cases[i])), changed };
    }
    // A page does not stop there at once: from which case it came is not known.
    return { received: ending === "async" ? [] : received, problem: { kind: ending } };
  } catch (error) {
    return { received, problem: problemOf(error) };
  } finally {
    restoreBuiltIns(); // What is stopped has not come to do it.
  }
}

/** Arguments on which an answer is not right. */
export interface Counterexample {
  readonly args: readonly unknown[];
  readonly received?: unknown;
  readonly expected?: unknown;
  readonly problem?: Problem;
}

/** Looks for arguments on which an answer is not right: the smallest, or undefined if there are none. */
export function findCounterexample(part: Part, answer: unknown): Counterexample | undefined {
  const { random } = part;
  if (!random) return undefined;
  const search = () => withPrintsKept(false, () => searchOnce(part, random, answer));
  const found = search();
  return found?.problem?.kind === "tooLong" ? search() : found;
}

function searchOnce(
  part: Part,
  random: fc.Arbitrary<readonly unknown[]>,
  answer: unknown,
): Counterexample | undefined {
  let smallest: Counterexample | undefined;
  let current: readonly unknown[] = [];
  const isRight = (args: readonly unknown[]): boolean => {
    current = args;
    const found = counterexampleFrom(part, answer, args);
    if (found) smallest = found; // fast-check goes on with smaller ones, for as long as they fail
    return found === undefined;
  };
  const search = () => {
    // Half of the time at most, so that what is stopped is the answer and not the search.
    const options = { seed: 1, numRuns: 200, interruptAfterTimeLimit: TIME_LIMIT / 2 };
    fc.check(fc.property(random, isRight), options);
  };
  const ending = runWithin(TIME_LIMIT, search);
  restoreBuiltIns();
  if (smallest || ending === "done") return smallest;
  return { args: current, problem: { kind: ending } };
}

/** Drawn arguments can cancel, so that tiny numbers are rounding. */
export function randomTolerance({ tolerance = usualTolerance }: Part): Tolerance {
  return {
    relative: Math.max(tolerance.relative, usualTolerance.relative),
    absolute: Math.max(tolerance.absolute, usualTolerance.absolute),
  };
}

function counterexampleFrom(
  part: Part,
  answer: unknown,
  args: readonly unknown[],
): Counterexample | undefined {
  const expected = outcomeOf(part, callAnswer(part, part.expected, copy(args)), args);
  try {
    const received = outcomeOf(part, toPlainValue(callAnswer(part, answer, copy(args))), args);
    const isRight = isSame(received, expected, randomTolerance(part));
    return isRight ? undefined : { args, received, expected };
  } catch (error) {
    return { args, problem: problemOf(error) };
  }
}

/** What counts of an answer's value: that itself, or what it leads to. */
export function outcomeOf(part: Part, value: unknown, args: readonly unknown[]): unknown {
  return part.outcome ? part.outcome(value, args) : value;
}

/** Puts an answer to work on arguments that it may change. */
export function callAnswer(part: Part, answer: unknown, args: readonly unknown[]): unknown {
  const before = part.inPlace ? copy(args[0]) : undefined;
  let value: unknown;
  try {
    value = part.use
      ? part.use(answer, args)
      : (answer as (...args: unknown[]) => unknown)(...args);
  } finally {
    restoreBuiltIns();
  }
  if (!part.inPlace) return value;
  // A new value, or nothing (or, say, the loss) and the first argument changed.
  if (isRecord(value)) return value;
  return value === undefined || !isUnchanged(args[0], before) ? args[0] : value;
}

function problemOf(error: unknown): Problem {
  if (error instanceof NotAttempted) return { kind: "notAttempted" };
  const { name, message } = isRecord(error) ? error : { name: undefined, message: String(error) };
  const text = typeof name === "string" ? `${name}: ${String(message)}` : String(message);
  return { kind: "threw", error: shorten(text.replaceAll(/\s+/g, " "), 200) };
}
