/** Whether an answer is the learner's own, or calls what the course has already. */
import { runWithin } from "../notebook/time-limit.js";
import type { Part } from "./part.js";
import { withPrintsKept } from "./printing.js";
import { callAnswer, TIME_LIMIT } from "./run.js";
import { isRecord } from "./values.js";

/** V8 has these; other engines write stacks in their own way, which is as good. */
const stacks = Error as { prepareStackTrace?: unknown; stackTraceLimit?: number };

/**
 * The name of the function that does an answer's work, if it is one of these, however the answer comes to call it.
 *
 * The arguments note where in the code they are used. If that is a place in such a function, it was called.
 */
export function borrowedFrom(part: Part, answer: unknown): string | undefined {
  const others = [part.expected, ...(part.inLibrary ?? [])] as { name: string }[];
  const used = withPrintsKept(false, () => placesOfUse(part, answer));
  return others.find((other) => {
    const own = new RegExp(`^[^(@]*\\b${other.name}\\b`);
    return [...placesOfUse(part, other)].some((place) => own.test(place) && used.has(place));
  })?.name;
}

/** Lines of the stack, wherever the arguments of the first cases are used. */
function placesOfUse(part: Part, answer: unknown): Set<string> {
  const places = new Set<string>();
  const note = (error: unknown) => {
    const { stack } = Object(error) as { stack?: unknown };
    for (const line of String(stack).split("\n")) places.add(line.trim());
  };
  const { prepareStackTrace, stackTraceLimit } = stacks;
  stacks.prepareStackTrace = undefined;
  stacks.stackTraceLimit = 30;
  try {
    for (const args of part.cases.slice(0, 3)) {
      const watched = watch(args, () => note(new Error()));
      try {
        runWithin(TIME_LIMIT, () => callAnswer(part, answer, watched as readonly unknown[]));
      } catch (error) {
        // A function that refuses such arguments says where.
        note(error);
      }
    }
  } finally {
    stacks.prepareStackTrace = prepareStackTrace;
    stacks.stackTraceLimit = stackTraceLimit;
  }
  return places;
}

/** The same value, but each number and function in it tells when it is used. */
function watch(value: unknown, note: () => void): unknown {
  if (typeof value === "number") {
    return {
      valueOf() {
        note();
        return value;
      },
    };
  }
  if (typeof value === "function") {
    return (...args: unknown[]) => {
      note();
      return value(...args);
    };
  }
  if (Array.isArray(value)) return value.map((item) => watch(item, note));
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, watch(item, note)]));
}
