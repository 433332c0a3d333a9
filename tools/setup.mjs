/**
 * Sets the project up: npm packages, Python environment with the kernel, compiled library. Runs on plain
 * Node. A step whose inputs and files are as they were is skipped; one that was interrupted is done again.
 */
import { existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { inProject, root } from "./paths.mjs";
import { SetupError } from "./setup/failures.mjs";
import { requireSpace, writeFileIn } from "./setup/files.mjs";
import { describeKernel, KERNEL } from "./setup/kernel.mjs";
import { buildLibrary, libraryIsDone } from "./setup/library.mjs";
import { withLock } from "./setup/lock.mjs";
import { installNpmPackages, npmIsDone } from "./setup/npm.mjs";
import { buildVenv, findPython, venvIsDone } from "./setup/python.mjs";
import { runSteps } from "./setup/steps.mjs";

/** From two registries, so they can be fetched side by side. */
const packages = [
  { name: "npm packages", about: "half a minute", isDone: npmIsDone, run: installNpmPackages },
  { name: "Python with JupyterLab", about: "a minute or two", isDone: venvIsDone, run: buildVenv },
];
/** Compiled by one of the packages. */
const library = {
  name: "the library",
  about: "a second",
  isDone: libraryIsDone,
  run: buildLibrary,
};

/** What two steps put on the disk, with the caches of npm and pip. */
const MEGABYTES = 600;

/**
 * Does what is left to do, saying what. If another command is at work, it waits for it.
 * @throws SetupError
 */
export async function setUp() {
  requireUsableFolder();
  requireLockFile();
  if (left().length > 0) await withLock(setUpLocked);
}

/**
 * Runs `work` after the set-up while no other command sets the course up or makes something of all of it.
 * @param {() => Promise<void>} work
 * @throws SetupError
 */
export async function setUpAndHold(work) {
  requireUsableFolder();
  requireLockFile();
  await withLock(async () => {
    await setUpLocked();
    await work();
  });
}

function left() {
  return [...packages, library].filter(({ isDone }) => !isDone());
}

async function setUpLocked() {
  const steps = packages.filter(({ isDone }) => !isDone());
  if (steps.length > 0) {
    requireSpace(MEGABYTES * steps.length);
    // Better to hear that Python is missing at once than after half a minute of downloading.
    if (steps.some(({ run }) => run === buildVenv)) findPython();
    await runSteps(steps);
  }
  if (!libraryIsDone()) await runSteps([library]);
}

/**
 * The set-up for a Python that has `tools/requirements.txt` already, as in an image for Binder or JupyterHub:
 * no `.venv`, and Jupyter finds the kernel and the course's configuration without `npm start`'s environment.
 * @param {string} prefix the folder of that Python, `sys.prefix`
 * @throws SetupError
 */
export async function setUpImage(prefix) {
  await installNpmPackages();
  await buildLibrary();
  // Here, because what is installed first makes it.
  const { buildFigures } = await import("./figures/build.mjs");
  await buildFigures();
  await writeFileIn(path.join(prefix, ...KERNEL), describeKernel(inProject("tools", "kernel.cjs")));
  for (const name of ["jupyter_config.py", "labconfig/default_setting_overrides.json"]) {
    const link = path.join(prefix, "etc", "jupyter", name);
    mkdirSync(path.dirname(link), { recursive: true });
    rmSync(link, { force: true });
    // A link, because jupyter_config.py looks for the export's template beside where it really is.
    symlinkSync(inProject("tools", "jupyter", name), link);
  }
}

/** @throws SetupError saying what is the matter with the project's folder */
export function requireUsableFolder(folder = root, environment = process.env) {
  if (path.delimiter === ":" && folder.includes(":"))
    throw new SetupError(
      `This folder is ${folder}, and Python's environments cannot be in a folder with ":" in its name. Rename it.`,
    );
  // As Python's expandvars does it, through which Jupyter reads paths.
  const variable = folder
    .match(/\$(?:\w+|\{[^}]*\})|%[^%]+%/g)
    ?.find((one) => environment[one.replace(/[${}%]/g, "")] !== undefined);
  if (variable)
    throw new SetupError(
      `This folder is ${folder}, and Jupyter takes ${variable} in its name for a variable. Rename it.`,
    );
  const probe = path.join(folder, `.writable-${process.pid}`);
  writeFileSync(probe, "");
  rmSync(probe);
}

function requireLockFile() {
  if (existsSync(inProject("package-lock.json"))) return;
  throw new SetupError(
    "package-lock.json is missing: it says which versions to install.\n" +
      "Bring it back with `git checkout package-lock.json`, then run the command again.",
  );
}
