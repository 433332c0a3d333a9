/** The compiled library. */
import { readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { inProject, tsc } from "../paths.mjs";
import { fingerprint, readStamp, removeFolder, replaceFolder } from "./files.mjs";
import { npmInputs } from "./npm.mjs";
import { run } from "./run.mjs";

const libraryStamp = inProject("lib", "dist", ".course-setup");

/** Whether a file of `lib/`, named relative to it, is one that is compiled. */
export function isLibrarySource(name) {
  return name.endsWith(".ts") && !/^(dist|\.dist-new|dist\.old|node_modules)[\\/]/.test(name);
}

function libraryInputs() {
  const sources = readdirSync(inProject("lib"), { recursive: true, encoding: "utf8" })
    .filter(isLibrarySource)
    .map((name) => `lib/${name.split(path.sep).join("/")}`);
  const files = [...sources.sort(), "lib/package.json", "tsconfig.json"];
  return fingerprint(files, npmInputs());
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
