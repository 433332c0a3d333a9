/** The notebook's front end, which shows what a cell sends. */
import { createRequire } from "node:module";

/** One thing in several forms, by MIME type: the front end takes the richest that it can show. */
export type MimeBundle = Record<string, unknown>;

type WriteDisplayData = (
  content: { data: MimeBundle; metadata: object; transient: object },
  update: boolean,
) => void;

/**
 * Shows data below the running cell.
 * @param options.id by which it can be shown anew
 * @param options.update whether it takes the place of what was shown under the same id
 * @returns false where there is no notebook
 */
export function sendToNotebook(
  data: MimeBundle,
  { id, update = false }: { id?: string; update?: boolean } = {},
): boolean {
  const write = tslabWriter();
  if (!write) return false;
  write({ data, metadata: {}, transient: id ? { display_id: id } : {} }, update);
  return true;
}

/** Lets the kernel send what is shown: it does so between two turns of the event loop. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Aborted when the running cell is interrupted. Only the course's own kernel has it. */
export function interruptSignal(): AbortSignal | undefined {
  return (globalThis as { [key: symbol]: AbortSignal | undefined })[Symbol.for("kernel.interrupt")];
}

/**
 * tslab's public `display` sends one MIME type at a time, and a chart needs two that belong together.
 * This is tslab's private way to send both.
 */
function tslabWriter(): WriteDisplayData | null | undefined {
  const require = createRequire(import.meta.url);
  try {
    return require.cache[require.resolve("tslab/dist/jupyter.js")]?.exports.lastWriteDisplayData;
  } catch {
    return undefined;
  }
}
