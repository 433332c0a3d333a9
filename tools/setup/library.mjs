/** The compiled library. */
import { existsSync, readdirSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import path from "node:path";
import { inProject, tsc } from "../paths.mjs";
import { fingerprint, isAsStamped, replace, writeStamp } from "./files.mjs";
import { npmInputs } from "./npm.mjs";
import { run } from "./run.mjs";

const dist = inProject("lib", "dist");
const stamp = path.join(dist, ".course-setup");
const link = inProject("node_modules", "activation-lab");

/**
 * Whether a file of `lib/`, named relative to it, is one that is compiled.
 * @param {string} name
 */
export function isLibrarySource(name) {
  return /\.(ts|json)$/.test(name) && !/^(dist[\\/]|node_modules[\\/]|\.)/.test(name);
}

/** Changes with the library's sources, the data in it, and the packages. */
export function libraryInputs() {
  // The library has the data in it.
  const sources = ["lib", "data"].flatMap((folder) =>
    readdirSync(inProject(folder), { recursive: true, encoding: "utf8" })
      .filter(isLibrarySource)
      .map((name) => `${folder}/${name.split(path.sep).join("/")}`),
  );
  return fingerprint([...sources.sort(), "tsconfig.json"], npmInputs());
}

export function libraryIsDone() {
  return isAsStamped(stamp, libraryInputs()) && isLinked();
}

/** npm's link breaks on Windows, where it has the whole path, when the project or the packages are moved. */
function isLinked() {
  return existsSync(link) && realpathSync(link) === realpathSync(inProject("lib"));
}

/**
 * Compiles `lib/` to `lib/dist/`. A notebook that is starting finds the old library or the new one.
 * @throws SetupError with the compiler's messages
 */
export async function buildLibrary() {
  const inputs = libraryInputs();
  await replace(dist, (aside) =>
    run(process.execPath, [tsc, "--pretty", "false", "--outDir", aside], {
      explain: (output) =>
        `lib/ does not compile:\n${output}\nMend what it names, then run the command again.`,
    }),
  );
  if (!isLinked()) {
    rmSync(link, { recursive: true, force: true });
    symlinkSync(inProject("lib"), link, "junction");
  }
  await writeStamp(stamp, inputs);
}
