/** `npm test [file …]`: the set-up, then every check, quickest first. With files, only those tests. */
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { availableParallelism } from "node:os";
import path from "node:path";
import { inProject, root, tsc } from "./paths.mjs";
import { setUp } from "./setup.mjs";

/** Their own tests run side by side. What has run in JupyterLab is not run again for its outputs. */
const ON_ALL_CORES = [
  "browser/jupyterlab",
  "notebooks/outputs",
  "browser/live",
  "browser/pages",
  "notebooks/second-block",
].map((name) => path.join("tests", `${name}.test.mjs`));

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
  if (chosen.length > 0) return check("Tests", testing(chosen, 1));
  const files = testFiles();
  const alone = files.filter(standsAlone);
  const others = files.filter((file) => !alone.includes(file) && !ON_ALL_CORES.includes(file));
  const cores = availableParallelism();
  check("Tests of the library, the exercises and the tools", testing(alone, cores));
  check("Tests of pages, kernels and commands", testing(others, cores));
  check("Tests of every notebook and page", testing(ON_ALL_CORES, 1));
}

/**
 * @param {string[]} files
 * @param {number} concurrency how many of them at once
 */
function testing(files, concurrency) {
  // spec says at its end once more what failed: of a long log, the end is what is kept and read.
  const reporters = ["spec", "./tools/slowest.mjs"].flatMap((name) => [
    `--test-reporter=${name}`,
    "--test-reporter-destination=stdout",
  ]);
  return ["--test", `--test-concurrency=${concurrency}`, ...reporters, ...files];
}

function testFiles() {
  const names = readdirSync(inProject("tests"), { recursive: true, encoding: "utf8" });
  return names
    .filter((name) => name.endsWith(".test.mjs"))
    .map((name) => path.join("tests", name))
    .sort();
}

/** Whether it needs neither a kernel nor a browser of the course. @param {string} file */
function standsAlone(file) {
  return !["browser", "notebooks"].includes(file.split(path.sep)[1]);
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
