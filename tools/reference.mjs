/** The library's API reference, made by TypeDoc from the doc comments. */
import { createRequire } from "node:module";
import path from "node:path";
import { inProject } from "./paths.mjs";
import { fingerprint, isAsStamped, replace, writeStamp } from "./setup/files.mjs";
import { libraryInputs } from "./setup/library.mjs";
import { run } from "./setup/run.mjs";

const requireThere = createRequire(inProject("tools", "reference", "package.json"));
const typedoc = path.join(requireThere.resolve("typedoc"), "..", "..", "bin", "typedoc");

const pages = inProject("tools", "reference", "dist");
const stamp = path.join(pages, ".course-reference");

/**
 * Makes the reference's pages if they are not there as the library is now.
 * @returns {Promise<string>} their folder
 * @throws {import("./setup/failures.mjs").SetupError} if a name or a tag of a comment is amiss
 */
export async function buildReference() {
  const inputs = fingerprint(["lib/README.md", "tools/reference/typedoc.json"], libraryInputs());
  if (isAsStamped(stamp, inputs)) return pages;
  await replace(pages, (aside) => writeReference({ out: aside }));
  await writeStamp(stamp, inputs);
  return pages;
}

/**
 * Writes the reference as web pages, or as data.
 * @param {{ out: string } | { json: string }} where a folder, which is replaced, or a file
 * @returns {Promise<void>}
 * @throws {import("./setup/failures.mjs").SetupError} if a name or a tag of a comment is amiss
 */
export async function writeReference(where) {
  const options = Object.entries(where).flatMap(([name, value]) => [`--${name}`, value]);
  await run(
    process.execPath,
    [typedoc, "--options", inProject("tools", "reference", "typedoc.json"), ...options],
    {
      explain: (output) =>
        `The API reference cannot be made from the comments in lib/:\n${output}\nMend what it names, then run the command again.`,
    },
  );
}
