/** The compiled library. */
import { readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { inProject, tsc } from "../paths.mjs";
import { fingerprint, readStamp, removeFolder, replaceFolder } from "./files.mjs";
import { npmInputs } from "./npm.mjs";
import { run } from "./run.mjs";

const libraryStamp = inProject("lib", "dist", ".course-setup");

/**
 * Whether a file of `lib/`, named relative to it, is one that is compiled.
 * @param {string} name
 */
export function isLibrarySource(name) {
  return /\.(ts|json)$/.test(name) && !/^(dist|\.dist-new|dist\.old|node_modules)[\\/]/.test(name);
}

function libraryInputs() {
  // The library has the data in it.
  const sources = ["lib", "data"].flatMap((folder) =>
    readdirSync(inProject(folder), { recursive: true, encoding: "utf8" })
      .filter(isLibrarySource)
      .map((name) => `${folder}/${name.split(path.sep).join("/")}`),
  );
  return fingerprint([...sources.sort(), "tsconfig.json"], npmInputs());
}

export function libraryIsDone() {
  return readStamp(libraryStamp) === libraryInputs();
}

/**
 * Compiles `lib/` to `lib/dist/`.
 * @throws SetupError with the compiler's messages
 */
export async function buildLibrary() {
  const inputs = libraryInputs();
  // Written aside, so that a notebook that is starting finds the old library or the new one, but for an instant.
  const aside = inProject("lib", ".dist-new");
  removeFolder(aside);
  await run(process.execPath, [tsc, "--pretty", "false", "--outDir", aside], {
    explain: (output) =>
      `lib/ does not compile:\n${output}\nMend what it names, then run the command again.`,
  });
  replaceFolder(aside, inProject("lib", "dist"));
  writeFileSync(libraryStamp, inputs);
}
