/** The folder that an export writes: it may replace what an export has written, and nothing else. */
import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  statSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { root } from "./paths.mjs";
import { SetupError } from "./setup/failures.mjs";
import { replace } from "./setup/files.mjs";

/** In an exported site: which of its files the export wrote, as a list. */
const MARKER = ".course-export";

/**
 * @param {string} folder
 * @throws SetupError if an export must not replace the folder
 */
export function requireSiteFolder(folder) {
  if (!lstatSync(folder, { throwIfNoEntry: false })) return;
  const instead = "Name a folder that is new, empty or an earlier export.";
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    throw new SetupError(`${folder} is no folder. ${instead}`);
  if (contains(folder, root))
    throw new SetupError(`${folder} is this project, or has it inside. ${instead}`);
  const names = readdirSync(folder);
  if (names.length > 0 && !names.includes(MARKER))
    throw new SetupError(
      `${folder} has files that no export wrote, such as ${names[0]}. ${instead}\n` +
        `(Exports before this version had no file ${MARKER}: delete such a one.)`,
    );
}

/**
 * @param {string} folder
 * @param {string} place
 */
function contains(folder, place) {
  const way = path.relative(realpathSync.native(folder), realpathSync.native(place));
  return way !== ".." && !way.startsWith(`..${path.sep}`) && !path.isAbsolute(way);
}

/**
 * Makes a site in the place of an earlier one. What others have put into that stays, and with `keep` all of it
 * that is not made anew.
 * @template Result
 * @param {string} folder
 * @param {boolean} keep
 * @param {(target: string) => Promise<Result>} make
 * @returns {Promise<Result>} what `make` gives
 * @throws SetupError if the folder is no earlier site
 */
export async function replaceSite(folder, keep, make) {
  requireSiteFolder(folder);
  const before = existsSync(folder) ? filesOf(folder) : [];
  const made = before.includes(MARKER) ? readMarker(folder) : [];
  const foreign = before.filter((file) => file !== MARKER && !made.includes(file));
  return replace(folder, async (target) => {
    mkdirSync(target);
    for (const file of keep ? before : foreign)
      cpSync(path.join(folder, file), path.join(target, file), { verbatimSymlinks: true });
    const result = await make(target);
    const files = filesOf(target).filter((file) => file !== MARKER && !foreign.includes(file));
    writeFileSync(path.join(target, MARKER), `${JSON.stringify(files.sort(), null, 1)}\n`);
    return result;
  });
}

/** @param {string} folder */
function readMarker(folder) {
  try {
    return JSON.parse(readFileSync(path.join(folder, MARKER), "utf8"));
  } catch {
    // Whatever is there may be somebody's.
    return [];
  }
}

/**
 * The files in a folder and below, with forward slashes.
 * @param {string} folder
 */
function filesOf(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .map((file) => file.split(path.sep).join("/"));
}
