/**
 * What a page may have for the library: all of it can be missing. A page that has something puts it here, before
 * or after the library is loaded: `(globalThis.activationLabPage ??= {}).show = …`.
 */
export interface Page {
  /** Shows what a cell sends, like a notebook's front end. Without it, text is printed. */
  show?(data: Record<string, unknown>, options: { id?: string; update: boolean }): void;
  /** Source files of the library by their path, such as "exercises/elu.ts". */
  sources?: Readonly<Record<string, string>>;
  /** Keeps a learner's progress. Without it, progress lasts until the page is closed. */
  progress?: {
    /** Where it is kept, for messages. */
    readonly place: string;
    /** All that was added, line by line. */
    read(): string;
    add(line: string): void;
  };
  /** Starts a worker that does the work of one thread: see `serveThread`. Without it, there is one core. */
  newWorker?(): Worker;
  /** What the loops of a cell ask, so that they can be stopped: `performance.now()` after which they must end. */
  deadline?: number;
}

/** The part of a web worker that is used here. */
export interface Worker {
  postMessage(message: unknown): void;
  terminate(): void;
  onmessage: ((event: { data: unknown }) => void) | null;
  onerror: ((event: { message: string }) => void) | null;
}

const home = globalThis as { activationLabPage?: Page };

// On globalThis, because a page may have the library and what stands around it in two scripts.
home.activationLabPage ??= {};

export const page: Page = home.activationLabPage;
