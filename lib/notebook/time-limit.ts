/** Stops code that does not end by itself. */
import vm from "node:vm";

// One context for all: its only use is that code called from it can be stopped.
const job: { run: () => void } = { run: () => {} };
const context = vm.createContext({ job });
const script = new vm.Script("job.run()");

/**
 * Runs `work` for no longer than this.
 * @returns whether it came to its end
 * @throws what `work` throws
 */
export function runWithin(milliseconds: number, work: () => void): boolean {
  job.run = work;
  try {
    script.runInContext(context, { timeout: milliseconds });
    return true;
  } catch (error) {
    if (Object(error).code === "ERR_SCRIPT_EXECUTION_TIMEOUT") return false;
    throw error;
  }
}
