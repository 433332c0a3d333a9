/**
 * Keeps the runs of cells apart: what a run prints and shows goes below its own cell, however late it comes, and a
 * run that is interrupted stops for good.
 *
 * With tslab alone a cell that is interrupted while it awaits something goes on in the background. Here each of its
 * awaits throws; code that catches that and goes on waits forever at a later one. A library can stop at once: it
 * finds an AbortSignal of the run that calls it as `globalThis[Symbol.for("kernel.interrupt")]`.
 */
const { AsyncLocalStorage } = require("node:async_hooks");
const { inspect } = require("node:util");

/** @import { CreateExecutor, Stops } from "./types.d.ts" */
/** @typedef {"stdout" | "stderr" | "display"} Output */

const SIGNAL = Symbol.for("kernel.interrupt");

/** So many awaits of an interrupted run throw, which lets it clean up. */
const MOST_ERRORS = 10;

const BOOKKEEPING = /^(kResourceStore|(trigger_)?async_id_symbol)$/;

class Interruption extends Error {
  /** @override */
  name = "Interruption";
  /** @override */
  message = "the cell was interrupted";
}

class Run {
  #controller = new AbortController();
  #errors = 0;

  /** @param {Record<Output, (...args: any[]) => any>} outputs where it prints and shows */
  constructor(outputs) {
    this.outputs = outputs;
  }

  get signal() {
    return this.#controller.signal;
  }

  stop() {
    this.#controller.abort(new Interruption());
  }

  /**
   * Called with what it awaits.
   * @param {unknown} promise
   */
  waits(promise) {
    if (!this.signal.aborted) return promise;
    if (this.#errors++ < MOST_ERRORS) throw this.signal.reason;
    return new Promise(() => {});
  }

  /** Called when that is there. */
  goesOn() {
    this.signal.throwIfAborted();
  }

  /**
   * What writes to one of its outputs.
   * @param {Output} name
   */
  output(name) {
    return (/** @type {any[]} */ ...args) => this.signal.aborted || this.outputs[name](...args);
  }
}

/** Before Node 24, AsyncLocalStorage writes on what it follows, and a printed promise would show it. */
function hideBookkeeping() {
  const timer = setTimeout(() => {});
  const immediate = setImmediate(() => {});
  for (const { prototype } of [Promise, timer.constructor, immediate.constructor]) {
    Object.defineProperty(prototype, inspect.custom, {
      configurable: true,
      writable: true,
      value() {
        for (const key of Object.getOwnPropertySymbols(this)) {
          if (BOOKKEEPING.test(key.description ?? ""))
            Object.defineProperty(this, key, { enumerable: false });
        }
        return this;
      },
    });
  }
}

module.exports = function createRuns() {
  hideBookkeeping();
  /** @type {AsyncLocalStorage<Run>} */
  const storage = new AsyncLocalStorage();
  const current = () => storage.getStore();
  /**
   * What is from no run goes where the latest one's does.
   * @type {Run}
   */
  let latest;
  /**
   * Where a cell shows things, as tslab has set it.
   * @type {(...args: any[]) => void}
   */
  let display;

  /** @param {object} jupyter tslab's module of this name, where the library finds how to show things */
  function share(jupyter) {
    Object.defineProperty(jupyter, "lastWriteDisplayData", {
      get: () => current()?.output("display") ?? display,
      set: (write) => {
        display = write;
      },
    });
  }

  /**
   * For `repair`.
   * @type {Stops}
   */
  const stops = {
    waits: (promise) => current()?.waits(promise) ?? promise,
    goesOn(value) {
      current()?.goesOn();
      return value;
    },
    stop: () => latest.stop(),
  };

  /**
   * What is to be called in place of `createExecutor`.
   * @type {(createExecutor: CreateExecutor) => CreateExecutor}
   */
  const executorWith = (createExecutor) => (folder, converters, console) => {
    // The kernel's own words about a run that is stopped are shown.
    const error = (/** @type {unknown[]} */ ...args) => storage.exit(() => console.error(...args));
    const executor = createExecutor(folder, converters, { ...console, error });
    let isAtWork = false;
    return {
      ...executor,
      async execute(source) {
        isAtWork = true;
        latest = begin();
        try {
          return await storage.run(latest, () => executor.execute(source));
        } finally {
          isAtWork = false;
        }
      },
      interrupt() {
        if (isAtWork) latest.stop();
        executor.interrupt();
      },
    };
  };

  /** tslab has just set where the cell that begins prints and shows. */
  function begin() {
    const { stdout, stderr } = process;
    const run = new Run({ stdout: stdout.write, stderr: stderr.write, display });
    for (const name of /** @type {const} */ (["stdout", "stderr"])) {
      process[name].write = (/** @type {any[]} */ ...args) =>
        (current()?.output(name) ?? latest.outputs[name])(...args);
    }
    return run;
  }

  /** A stopped run leaves errors behind that nothing catches. */
  function silence() {
    /** @type {NodeJS.EventEmitter} */
    const emitter = process;
    for (const event of ["uncaughtException", "unhandledRejection"]) {
      const listeners = emitter.listeners(event);
      emitter.removeAllListeners(event);
      emitter.on(event, (error, ...rest) => {
        if (error instanceof Interruption) return;
        for (const listener of listeners) listener.call(process, error, ...rest);
      });
    }
  }

  Object.defineProperty(globalThis, SIGNAL, { get: () => (current() ?? latest)?.signal });

  return { stops, share, executorWith, silence };
};
