/** Where a learner's progress is kept by a page. */
import { page } from "./page.js";

/** Kept where the page keeps nothing. */
let kept: string | undefined;

/** Where it is, for messages. */
export function progressPlace(): string {
  return page.progress?.place ?? "this page, until it is closed";
}

/** What was written last; undefined if nothing was. */
export function readProgressText(): string | undefined {
  return page.progress ? page.progress.read() : kept;
}

/** @throws Error if it cannot be kept */
export function writeProgressText(text: string): void {
  if (page.progress) page.progress.write(text);
  else kept = text;
}
