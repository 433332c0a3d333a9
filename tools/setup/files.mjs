/** Files and folders of the set-up: stamps that say from what a step was done, folders that are replaced whole. */
import { createHash } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { inProject } from "../paths.mjs";
import { explainFailure, SetupError } from "./failures.mjs";

/**
 * What a step left, or undefined.
 * @param {string} file
 */
export function readStamp(file) {
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}

/**
 * Says whether any of the files, or of the other values, has changed.
 * @param {readonly string[]} files
 * @param {unknown[]} values
 */
export function fingerprint(files, ...values) {
  const hash = createHash("sha256").update(JSON.stringify(values));
  for (const file of files) hash.update(readFileSync(inProject(file)));
  return hash.digest("hex");
}

/** @param {string} file @param {string} text */
export function writeFileIn(file, text) {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
}

/**
 * @param {string} folder
 * @throws SetupError if another program has something in it open, which Windows does not allow
 */
export function removeFolder(folder) {
  try {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  } catch (error) {
    throw new SetupError(explainFailure(String(error), `remove ${folder}`));
  }
}

/**
 * Puts a folder in the place of another, which is there again if that fails.
 * @param {string} from
 * @param {string} to
 * @throws SetupError if another program has something in one of them open
 */
export function replaceFolder(from, to) {
  const old = `${to}.old`;
  removeFolder(old);
  try {
    if (existsSync(to)) renameSync(to, old);
    try {
      moveFolder(from, to);
    } catch (error) {
      removeFolder(to);
      if (existsSync(old)) renameSync(old, to);
      throw error;
    }
  } catch (error) {
    throw new SetupError(explainFailure(String(error), `replace ${to}`));
  }
  removeFolder(old);
}

/**
 * A copy where Windows refuses to rename, because an editor watches the folder.
 * @param {string} from
 * @param {string} to
 */
function moveFolder(from, to) {
  try {
    renameSync(from, to);
  } catch {
    cpSync(from, to, { recursive: true });
    removeFolder(from);
  }
}
