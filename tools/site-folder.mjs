/** The folder that an export replaces: one that an export has made, and nothing else. */
import { existsSync, lstatSync, readdirSync, realpathSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { root } from "./paths.mjs";
import { SetupError } from "./setup/failures.mjs";

/** Stands in every exported site. */
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

/** @param {string} folder of a site that has been made */
export function markSite(folder) {
  if (!existsSync(path.join(folder, MARKER))) writeFileSync(path.join(folder, MARKER), "");
}

/** @param {string} folder @param {string} place */
function contains(folder, place) {
  const way = path.relative(realpathSync.native(folder), realpathSync.native(place));
  return way !== ".." && !way.startsWith(`..${path.sep}`) && !path.isAbsolute(way);
}
