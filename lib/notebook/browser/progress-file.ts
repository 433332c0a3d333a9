/** Where a learner's progress is kept by a page. */
import { page } from "./page.js";

/** Kept where the page keeps nothing. */
let kept = "";

/** Where it is, for messages. */
export function progressPlace(): string {
  return page.progress?.place ?? "this page, until it is closed";
}

/** All that is kept; empty if nothing is. */
export function readProgressText(): string {
  return page.progress ? page.progress.read() : kept;
}

/** @throws Error if it cannot be kept */
export function addProgressLine(line: string): void {
  if (page.progress) page.progress.add(line);
  else kept += `${line}\n`;
}

/** What a page keeps is nobody else's: it stays where it is. */
export function setProgressAside(): string {
  return progressPlace();
}
