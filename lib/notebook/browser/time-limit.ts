/**
 * Stops code that does not end by itself. Nothing in a browser stops a loop from outside without ending all
 * that its worker knows. So a page that wants this lets each turn of a learner's loops call `turn`.
 */
import { page } from "./page.js";

class TimeIsUp extends Error {}

let turns = 0;

/** Throws when the time is up. The clock is asked now and then only: it takes longer than most turns. */
export function turn(): void {
  turns += 1;
  if ((turns & 1023) === 0 && performance.now() > (page.deadline ?? Number.POSITIVE_INFINITY)) {
    throw new TimeIsUp("stopped");
  }
}

/**
 * Runs `work` for no longer than this, if its loops call `turn`.
 * @returns whether it came to its end
 * @throws what `work` throws
 */
export function runWithin(milliseconds: number, work: () => void): boolean {
  page.deadline = performance.now() + milliseconds;
  try {
    work();
    return true;
  } catch (error) {
    if (error instanceof TimeIsUp) return false;
    throw error;
  } finally {
    page.deadline = undefined;
  }
}
