/**
 * Where a learner's progress is kept: `progress.jsonl` in the project's folder. Lines are only ever added, which the
 * system does as a whole, so that several kernels at once lose nothing, and what is not understood stays.
 */
import { appendFileSync, existsSync, lstatSync, readFileSync, renameSync, statSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

/** Thousands of lines. What is larger is something else. */
const MOST_BYTES = 1_000_000;

/** Where it is, for messages. The environment variable `ACTIVATION_LAB_PROGRESS` names another file. */
export function progressPlace(): string {
  return (
    process.env.ACTIVATION_LAB_PROGRESS ||
    fileURLToPath(new URL("../../../../progress.jsonl", import.meta.url))
  );
}

/**
 * All that is kept, with what the course's first version left in `progress.json`; empty if nothing is.
 * @throws Error if there is something that cannot be read
 */
export function readProgressText(): string {
  const place = progressPlace();
  return readText(path.join(path.dirname(place), "progress.json")) + readText(place);
}

/** @throws Error if it cannot be added; what was there is then as it was */
export function addProgressLine(line: string): void {
  const place = progressPlace();
  const before = readText(place);
  // A full disk may have left half a line. If another kernel is just writing one, an empty line comes after it.
  const start = before === "" || before.endsWith("\n") ? "" : "\n";
  appendFileSync(place, `${start}${line}\n`);
}

/**
 * Puts what is there, and is something else, out of the way.
 * @returns where it is now
 * @throws Error if that cannot be done
 */
export function setProgressAside(): string {
  const place = progressPlace();
  if (lstatSync(place).isSymbolicLink()) {
    throw new Error("it is a symbolic link to a file that holds something else");
  }
  for (let number = 1; ; number++) {
    const aside = `${place}.copy-${number}`;
    if (existsSync(aside)) continue;
    renameSync(place, aside);
    return aside;
  }
}

function readText(place: string): string {
  const found = statSync(place, { throwIfNoEntry: false });
  if (!found) return "";
  // To read from a pipe would be to wait.
  if (!found.isFile()) throw new Error(`${place} is no file`);
  if (found.size > MOST_BYTES) throw new Error(`${place} is too large to be anyone's progress`);
  return readFileSync(place, "utf8");
}
