/** Workers that call a function given as source text. */
import { callWork } from "../work.js";
import { page, type Worker } from "./page.js";

export interface Threads {
  /** Calls `source` with the item and with what the module exports, in the next worker that is free. */
  run(source: string, item: unknown): Promise<unknown>;
  /** Ends the workers, whatever they are doing. */
  close(): Promise<void>;
}

/** What the workers give to the function. */
export interface ThreadModule {
  /** A page's workers have it from the beginning. */
  readonly name: string;
  /** Loads it where there are no workers. */
  load(): Promise<unknown>;
}

interface Job {
  readonly source: string;
  readonly item: unknown;
  resolve(result: unknown): void;
  reject(error: unknown): void;
}

/** Answers the jobs of a page's worker: what each worker of `newWorker` calls. */
export function serveThread(
  scope: Pick<Worker, "postMessage" | "onmessage">,
  module: unknown,
): void {
  scope.onmessage = async ({ data }) => {
    const { source, item } = data as { source: string; item: unknown };
    try {
      scope.postMessage({ result: await callWork(source, item, module) });
    } catch (error) {
      const { name, message, stack } = Object(error);
      scope.postMessage({ error: { name, message: message ?? String(error), stack } });
    }
  };
}

/**
 * Starts as many workers as there are cores and jobs for. Where the page has none, or the browser refuses them, the
 * jobs are done here, one after the other.
 * @param module what each worker gives to the function
 */
export function openThreads(module: ThreadModule): Threads {
  const waiting: Job[] = [];
  const idle: Worker[] = [];
  const started = new Set<Worker>();
  let limit = cores();
  // The jobs that are done here wait for one another.
  let last: Promise<void> | undefined;

  function doHere({ source, item, resolve, reject }: Job): void {
    last = (last ?? Promise.resolve())
      .then(async () => callWork(source, structuredClone(item), await module.load()))
      .then(resolve, reject);
  }

  function startWorker(): Worker | undefined {
    if (started.size >= limit) return undefined;
    try {
      const worker = page.newWorker?.();
      if (worker) started.add(worker);
      return worker;
    } catch {
      return undefined;
    }
  }

  /** Gives the next job to a worker that is free. */
  function next(): void {
    while (waiting.length > 0) {
      const job = waiting[0] as Job;
      const worker = idle.pop() ?? startWorker();
      if (!worker && started.size > 0) return;
      waiting.shift();
      if (worker) give(worker, job);
      else doHere(job);
    }
  }

  function rest(worker: Worker): void {
    idle.push(worker);
    // What a job has left behind, a timer say, may fail now. Another worker takes its place.
    worker.onerror = () => {
      idle.splice(idle.indexOf(worker), 1);
      started.delete(worker);
      worker.terminate();
    };
  }

  function give(worker: Worker, job: Job): void {
    const { source, item, resolve, reject } = job;
    worker.onmessage = ({ data }) => {
      const { result, error } = data as { result?: unknown; error?: Error };
      rest(worker);
      if (error) reject(Object.assign(new Error(error.message), error));
      else resolve(result);
      next();
    };
    // A worker that the browser refuses says so here.
    worker.onerror = () => {
      started.delete(worker);
      worker.terminate();
      limit = started.size;
      waiting.unshift(job);
      next();
    };
    try {
      worker.postMessage({ source, item });
    } catch (error) {
      rest(worker);
      reject(error);
    }
  }

  open.add(started);
  return {
    run: (source, item) =>
      new Promise((resolve, reject) => {
        waiting.push({ source, item, resolve, reject });
        next();
      }),
    async close() {
      waiting.length = 0;
      for (const worker of started) worker.terminate();
      open.delete(started);
    },
  };
}

/** Firefox forgets a worker that nothing refers to, although it is at work. */
const open = new Set<Set<Worker>>();

function cores(): number {
  const { navigator } = globalThis as { navigator?: { hardwareConcurrency?: number } };
  return navigator?.hardwareConcurrency ?? 1;
}
