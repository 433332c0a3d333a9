/** Threads that call a function given as source text. */
import { availableParallelism } from "node:os";
import { Tinypool } from "tinypool";

export interface Threads {
  /** Calls `source` with the item and with what the module exports, in the next thread that is free. */
  run(source: string, item: unknown): Promise<unknown>;
  /** Ends the threads, whatever they are doing. */
  close(): Promise<void>;
}

/** What the threads give to the function. */
export interface ThreadModule {
  /** By which a thread finds it: one of the `imports` of this package. */
  readonly name: string;
  /** Loads it where there are no threads. */
  load(): Promise<unknown>;
}

/**
 * Starts as many threads as there are cores and work for.
 * @param module what each thread loads
 */
export function openThreads(module: ThreadModule): Threads {
  const pool = new Tinypool({
    filename: new URL("./thread.js", import.meta.url).href,
    minThreads: 0,
    maxThreads: availableParallelism(),
    // For the next experiment; one that does not come leaves no thread behind.
    idleTimeout: 60_000,
    // The kernel's own arguments are not for these threads.
    execArgv: [],
  });
  return {
    run: (source, item) => pool.run({ source, item, module: module.name }),
    close: () => pool.destroy(),
  };
}
