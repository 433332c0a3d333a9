/** The project's own files. */
import { readFileSync, writeFileSync } from "node:fs";

/** Text of a source file of this package, such as "exercises/elu.ts". */
export function readSource(path: string): string {
  // This file runs as lib/dist/lib/notebook/files.js.
  return readFileSync(new URL(`../../../${path}`, import.meta.url), "utf8");
}

/**
 * Puts new results in the place of `data/claims.json`, if the environment says UPDATE_CLAIMS=1.
 * @returns whether it did
 */
export function replaceClaims(text: string): boolean {
  if (process.env.UPDATE_CLAIMS !== "1") return false;
  writeFileSync(new URL("../../../../data/claims.json", import.meta.url), text);
  return true;
}
