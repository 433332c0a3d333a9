/**
 * Stops code that does not end by itself. Nothing in a browser stops a loop from outside without ending all
 * that its worker knows. So a page that wants this lets each turn of a learner's loops call `turn`, and each async
 * function `isStopped` as it begins.
 */
import { page } from "./page.js";

/** How work came to its end: it did all, the time was up, or it would have gone on later. */
export type Ending = "done" | "tooLong" | "async";

class TimeIsUp extends Error {}

let turns = 0;
let isAsync = false;

/** Throws when the time is up. The clock is asked now and then only: it takes longer than most turns. */
export function turn(): void {
  turns += 1;
  if ((turns & 1023) === 0 && performance.now() > (page.deadline ?? Number.POSITIVE_INFINITY)) {
    throw new TimeIsUp("stopped");
  }
}

/** Whether an async function must return at once: what goes on after an await is out of reach of any clock. */
export function isStopped(): boolean {
  if (page.deadline === undefined) return false;
  isAsync = true;
  return true;
}

/**
 * Runs `work` for no longer than this, if its loops call `turn`.
 * @throws what `work` throws
 */
export function runWithin(milliseconds: number, work: () => void): Ending {
  page.deadline = performance.now() + milliseconds;
  isAsync = false;
  try {
    work();
    return isAsync ? "async" : "done";
  } catch (error) {
    if (isAsync) return "async";
    if (error instanceof TimeIsUp) return "tooLong";
    throw error;
  } finally {
    page.deadline = undefined;
  }
}
