/** Stops code that does not end by itself. */
import { promiseHooks } from "node:v8";
import vm from "node:vm";

/** How work came to its end: it did all, the time was up, or it would have gone on later. */
export type Ending = "done" | "tooLong" | "async";

// One context for all: its only use is that code called from it can be stopped.
const job: { run: () => void } = { run: () => {} };
const context = vm.createContext({ job });
const script = new vm.Script("job.run()");

/**
 * Runs `work` for no longer than this. It is stopped at its first promise, too: what goes on after an
 * await is out of reach of any clock.
 * @throws what `work` throws
 */
export function runWithin(milliseconds: number, work: () => void): Ending {
  let isAsync = false;
  job.run = work;
  const stopWatching = promiseHooks.onInit(() => {
    isAsync = true;
    // Nothing that is thrown here arrives anywhere; only the clock ends what has made the promise.
    for (;;);
  });
  try {
    script.runInContext(context, { timeout: milliseconds });
    return "done";
  } catch (error) {
    if (Object(error).code !== "ERR_SCRIPT_EXECUTION_TIMEOUT") throw error;
    return isAsync ? "async" : "tooLong";
  } finally {
    stopWatching();
  }
}
