/** The page, which shows what a cell sends. */
import { page } from "./page.js";

/** One thing in several forms, by MIME type: the page takes the richest that it can show. */
export type MimeBundle = Record<string, unknown>;

/**
 * Shows data below the running cell.
 * @param options.id by which it can be shown anew
 * @param options.update whether it takes the place of what was shown under the same id
 * @returns false where the page shows nothing
 */
export function sendToNotebook(
  data: MimeBundle,
  { id, update = false }: { id?: string; update?: boolean } = {},
): boolean {
  if (!page.show) return false;
  page.show(data, { id, update });
  return true;
}

/** Lets the page show what was sent. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}

/** What is stopped in a page ends as a whole: nothing has to be told. */
export function interruptSignal(): AbortSignal | undefined {
  return undefined;
}
