/** What the tests share. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { inProject, root, tsc } from "../tools/paths.mjs";

/** The library's doors, as they are imported. */
export const doors = [
  "activation-lab",
  "activation-lab/charts",
  "activation-lab/course",
  "activation-lab/exercises",
  "activation-lab/digits",
];

/** For folders that are to find the project's packages; git ignores it. */
export const scratch = inProject("tests", "scratch");

/**
 * TypeScript as a library, which version 7 is not yet; the API reference brings it along.
 * @returns {typeof import("@tslab/typescript-for-tslab")} the kernel's, of which as much is true of later ones
 */
export function loadTypeScript() {
  return createRequire(inProject("tools", "reference", "package.json"))("typescript");
}

/**
 * Gets a value past the type checker: a wrong argument, or a figure whose inside is looked at.
 * @param {unknown} value
 * @returns {any}
 */
export const untyped = (value) => value;

/**
 * Asserts that a number is no further than `tolerance` from what was expected.
 * @param {number} got
 * @param {number} expected
 * @param {number} tolerance
 * @param {string} [what]
 */
export function near(got, expected, tolerance, what = "value") {
  assert.ok(
    Math.abs(got - expected) <= tolerance,
    `${what}: got ${got}, expected ${expected} within ${tolerance}`,
  );
}

/**
 * The slope of a function by central differences.
 * @param {(x: number) => number} f
 * @param {number} at
 * @param {number} h half the distance between the two points
 */
export function slopeOf(f, at, h = 1e-5) {
  return (f(at + h) - f(at - h)) / (2 * h);
}

/**
 * An empty folder, which is removed when the test is over.
 * @param {{ after: (remove: () => void) => void }} context the test's; for a whole file, `after` of node:test
 * @param {string} [place] what it is made in
 */
export function temporaryFolder(context, place = tmpdir()) {
  mkdirSync(place, { recursive: true });
  const folder = mkdtempSync(path.join(place, "test-"));
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/**
 * Gives a test, or the whole file, a progress file of its own, which does not exist yet.
 * @param {Parameters<typeof temporaryFolder>[0]} context
 * @returns where it is
 */
export function ownProgressFile(context) {
  const before = process.env.ACTIVATION_LAB_PROGRESS;
  const file = path.join(temporaryFolder(context), "progress.jsonl");
  process.env.ACTIVATION_LAB_PROGRESS = file;
  context.after(() => {
    if (before === undefined) delete process.env.ACTIVATION_LAB_PROGRESS;
    else process.env.ACTIVATION_LAB_PROGRESS = before;
  });
  return file;
}

/**
 * Runs a script of the project with Node.
 * @param {string[]} args
 * @param {import("node:child_process").SpawnSyncOptions} [options]
 */
export function runNode(args, options) {
  return spawnSync(process.execPath, args, { cwd: root, ...options, encoding: "utf8" });
}

/**
 * Asserts that a TypeScript file passes the compiler, as strictly as the library.
 * @param {string} file
 * @param {string[]} options further ones
 */
export function assertCompiles(file, ...options) {
  const strict = ["--ignoreConfig", "--noEmit", "--strict", "--skipLibCheck"];
  const modules = ["--module", "NodeNext", "--target", "ES2022"];
  const { status, stdout } = runNode([tsc, ...strict, ...modules, ...options, file]);
  assert.equal(status, 0, stdout);
}
