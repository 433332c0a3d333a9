/** Where a learner's progress is kept: `progress.json` in the project's folder. */
import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Where it is, for messages. The environment variable `ACTIVATION_LAB_PROGRESS` names another file. */
export function progressPlace(): string {
  return (
    process.env.ACTIVATION_LAB_PROGRESS ||
    fileURLToPath(new URL("../../../../progress.json", import.meta.url))
  );
}

/**
 * What was written last; undefined if nothing was.
 * @throws Error if there is something that cannot be read
 */
export function readProgressText(): string | undefined {
  try {
    return readFileSync(progressPlace(), "utf8");
  } catch (error) {
    if (Object(error).code === "ENOENT") return undefined;
    throw error;
  }
}

/** @throws Error if it cannot be written; what was there is then as it was */
export function writeProgressText(text: string): void {
  const place = progressPlace();
  const aside = `${place}.${process.pid}`;
  try {
    // Written aside first: whoever reads finds the old file or the new one, never half of it.
    writeFileSync(aside, text);
    renameSync(aside, place);
  } catch (error) {
    rmSync(aside, { force: true });
    throw error;
  }
}
