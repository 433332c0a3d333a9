/** Files and folders that are made aside and then put in their place, and stamps that say from what they were made. */
import { createHash } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statfsSync,
  statSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { inProject, root } from "../paths.mjs";
import { explainFailure, SetupError } from "./failures.mjs";
import { isAlive } from "./processes.mjs";

/**
 * Puts a file or a folder in a place, whole or not at all: it is made aside, on the same disk. If that fails, or the
 * disk is full, or the process is killed, what was in the place is still there.
 * @template Result
 * @param {string} place
 * @param {(aside: string) => Result | Promise<Result>} make writes the new one where it is told
 * @returns {Promise<Result>} what `make` gives
 * @throws SetupError if another program has something in the place open, which Windows does not allow
 */
export async function replace(place, make) {
  // A link stays a link.
  const target = existsSync(place) ? realpathSync(place) : path.resolve(place);
  return withAside(target, async (aside) => {
    const result = await make(path.join(aside, "new"));
    changePlaces(aside, target);
    return result;
  });
}

/**
 * Writes a text file, whole or not at all.
 * @param {string} file
 * @param {string} text
 */
export async function writeFileIn(file, text) {
  mkdirSync(path.dirname(file), { recursive: true });
  const mode = existsSync(file) ? statSync(file).mode : undefined;
  await replace(file, (aside) => writeFileSync(aside, text, { flush: true, mode }));
}

/**
 * Calls `work` with a new folder beside `place`, on the same disk. What killed processes have left there is removed;
 * what they were about to replace is put back.
 * @template Result
 * @param {string} place
 * @param {(aside: string) => Promise<Result>} work
 * @returns {Promise<Result>}
 */
export async function withAside(place, work) {
  const parent = path.dirname(place);
  const prefix = `.${path.basename(place)}.new-`;
  mkdirSync(parent, { recursive: true });
  for (const name of readdirSync(parent).filter((one) => one.startsWith(prefix))) {
    const maker = /^(\d+)-\w{6}$/.exec(name.slice(prefix.length))?.[1];
    if (!maker || isAlive(Number(maker))) continue;
    clearAway(path.join(parent, name), place);
  }
  const aside = mkdtempSync(path.join(parent, `${prefix}${process.pid}-`));
  try {
    return await work(aside);
  } finally {
    clearAway(aside, place);
  }
}

/**
 * Removes what was made aside. An old one that is still there was not replaced: it comes back into its place. What
 * another program has open stays until the next time.
 * @param {string} aside
 * @param {string} place
 */
function clearAway(aside, place) {
  const old = path.join(aside, "old");
  try {
    if (existsSync(old)) {
      if (existsSync(place)) renameSync(place, path.join(aside, "half"));
      renameSync(old, place);
    }
    rmSync(aside, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  } catch {}
}

/**
 * @param {string} aside
 * @param {string} place
 */
function changePlaces(aside, place) {
  const made = path.join(aside, "new");
  const old = path.join(aside, "old");
  try {
    // A file takes the place of another at once.
    if (statSync(made).isDirectory() && existsSync(place)) renameSync(place, old);
    move(made, place);
    if (existsSync(old)) renameSync(old, path.join(aside, "replaced"));
  } catch (error) {
    throw new SetupError(explainFailure(String(error), `replace ${place}`));
  }
}

/**
 * A copy where Windows refuses to rename a folder, because an editor watches it.
 * @param {string} from
 * @param {string} to
 */
function move(from, to) {
  try {
    renameSync(from, to);
  } catch (error) {
    if (!statSync(from).isDirectory()) throw error;
    cpSync(from, to, { recursive: true });
  }
}

/**
 * @param {number} megabytes
 * @throws SetupError if the disk has less room than the set-up needs
 */
export function requireSpace(megabytes, folder = root, free = freeSpace(folder)) {
  if (free >= megabytes) return;
  throw new SetupError(
    `The disk has ${Math.floor(free)} MB free, and the set-up needs ${megabytes}. Free some, then run the command again.`,
  );
}

/** @param {string} folder */
function freeSpace(folder) {
  const { bavail, blocks, bsize } = statfsSync(folder);
  // Some network disks do not say.
  return blocks === 0 ? Number.POSITIVE_INFINITY : (bavail * bsize) / 1e6;
}

/**
 * Says whether any of the files, or of the other values, has changed.
 * @param {readonly string[]} files
 * @param {unknown[]} values
 */
export function fingerprint(files, ...values) {
  const hash = createHash("sha256").update(JSON.stringify(values));
  for (const file of files) {
    const content = readFileSync(inProject(file));
    // With what is whose: a line that moves from one file to the next is a change.
    hash.update(`\0${file}\0${content.length}\0`).update(content);
  }
  return hash.digest("hex");
}

/**
 * Notes from what a step made its folders and which files are in them. Written last, so that a step that was
 * interrupted is done again.
 * @param {string} stamp the note's file
 * @param {string} inputs
 * @param {{ folders?: string[], except?: string[] }} [options]
 */
export async function writeStamp(
  stamp,
  inputs,
  { folders = [path.dirname(stamp)], except = [] } = {},
) {
  const files = folders
    .flatMap(filesBelow)
    .sort()
    .filter((file) => !except.includes(file))
    .map((file) => [path.relative(root, file), statSync(file).size]);
  await writeFileIn(stamp, JSON.stringify({ inputs, files }));
}

/**
 * Whether the step was done from the same inputs, and no file that it made has gone or become another size.
 * @param {string} stamp
 * @param {string} inputs
 */
export function isAsStamped(stamp, inputs) {
  try {
    /** @type {{ inputs: string, files: [string, number][] }} */
    const noted = JSON.parse(readFileSync(stamp, "utf8"));
    const isAsNoted = (/** @type {[string, number]} */ [file, size]) =>
      statSync(inProject(file)).size === size;
    return noted.inputs === inputs && noted.files.every(isAsNoted);
  } catch {
    return false;
  }
}

/**
 * The files of a folder, but hidden ones and what Python writes as it runs.
 * @param {string} folder
 * @returns {string[]}
 */
function filesBelow(folder) {
  const files = [];
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const place = path.join(folder, entry.name);
    if (entry.name.startsWith(".") || entry.name === "__pycache__") continue;
    if (entry.isDirectory()) files.push(...filesBelow(place));
    else if (entry.isFile()) files.push(place);
  }
  return files;
}
