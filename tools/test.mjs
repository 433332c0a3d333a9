/** `npm test [file …]`: the set-up, then every check, quickest first. With files, only those tests. */
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import path from "node:path";
import { inProject, root, tsc } from "./paths.mjs";
import { setUp } from "./setup.mjs";

const biome = inProject("node_modules", "@biomejs", "biome", "bin", "biome");

/** @param {string[]} chosen */
export async function main(chosen) {
  await setUp();
  if (chosen.length === 0) {
    check("Format and lint", [biome, "check", "--error-on-warnings"]);
    // Those of the library have been checked by the set-up, which compiles it.
    check("Types of tools and tests", [tsc, "-p", "tests"]);
    check("Types of what runs in pages", [tsc, "-p", "tests/tsconfig.live.json"]);
  }
  // spec says at its end once more what failed: of a long log, the end is what is kept and read.
  const reporters = ["spec", "./tools/slowest.mjs"].flatMap((name) => [
    `--test-reporter=${name}`,
    "--test-reporter-destination=stdout",
  ]);
  const files = chosen.length > 0 ? chosen : testFiles();
  check("Tests", ["--test", "--test-concurrency=1", ...reporters, ...files]);
}

/** Unit tests first, then those that start kernels, then those that start browsers. */
function testFiles() {
  const names = readdirSync(inProject("tests"), { recursive: true, encoding: "utf8" });
  return names
    .filter((name) => name.endsWith(".test.mjs"))
    .sort((a, b) => slowness(a) - slowness(b) || a.localeCompare(b))
    .map((name) => path.join("tests", name));
}

/**
 * Which of them start something, in the order in which they are run.
 * @param {string} name
 */
function slowness(name) {
  return ["notebooks", "browser"].indexOf(name.split(path.sep)[0]);
}

/**
 * @param {string} name
 * @param {string[]} args
 */
function check(name, args) {
  console.log(`\n${name}`);
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: "inherit" });
  if (status !== 0) {
    console.error(`\n${name}: failed, see above.`);
    process.exit(1);
  }
}
