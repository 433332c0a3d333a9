/** Long work with a bar that says how far it is. */
import { interruptSignal, nextTurn } from "../notebook/front-end.js";
import { send } from "./output.js";

/** Milliseconds between two looks of the bar: more often would flood the notebook. */
const INTERVAL = 100;
const WIDTH = 20;

/**
 * Calls `work` on each item in turn, with a progress bar below the cell and the time that is left. When the
 * cell is interrupted it stops at once and for good.
 * @param label what is being done, such as "Training 100 networks"
 * @returns what the calls returned, in the order of the items
 * @throws what `work` throws, and the interrupt
 * @example await withProgress("Squaring", [1, 2, 3], (n) => n * n) // [ 1, 4, 9 ]
 */
export async function withProgress<Item, Result>(
  label: string,
  items: readonly Item[],
  work: (item: Item, index: number) => Result | Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const id = `progress-${++bars}`;
  const total = items.length;
  const interrupted = interruptSignal();
  const begunAt = Date.now();
  let shownAt = begunAt;
  send({ "text/plain": progressLine(label, 0, total) }, { id });
  for (const [index, item] of items.entries()) {
    interrupted?.throwIfAborted();
    results.push(await unlessAborted(work(item, index), interrupted));
    const now = Date.now();
    if (now - shownAt > INTERVAL) {
      const done = index + 1;
      const left = done < total ? `, ${timeLeft(((now - begunAt) / done) * (total - done))}` : "";
      send({ "text/plain": progressLine(label, done, total) + left }, { id, update: true });
      await nextTurn();
      shownAt = Date.now();
    }
  }
  send({ "text/plain": progressLine(label, total, total) }, { id, update: true });
  return results;
}

let bars = 0;

/** What is awaited, or the reason of the signal if that is aborted before. */
async function unlessAborted<Result>(
  work: Result | Promise<Result>,
  signal: AbortSignal | undefined,
): Promise<Result> {
  if (!signal) return work;
  let stop = () => {};
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason);
    signal.addEventListener("abort", stop);
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener("abort", stop);
  }
}

function progressLine(label: string, done: number, total: number): string {
  const filled = total === 0 ? WIDTH : Math.round((done / total) * WIDTH);
  return `${label}: ${"█".repeat(filled)}${"░".repeat(WIDTH - filled)} ${done} of ${total}`;
}

function timeLeft(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1000);
  return seconds < 100
    ? `about ${seconds} s left`
    : `about ${Math.round(seconds / 60)} minutes left`;
}
