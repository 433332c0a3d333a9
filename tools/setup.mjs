/**
 * Sets the project up: npm packages, Python environment with the kernel, compiled library. Runs on plain
 * Node. A step whose inputs are as they were is skipped; one that was interrupted is done again,
 * because its stamp is written last.
 */
import { existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { requireNode } from "./node-version.mjs";
import { inProject, root } from "./paths.mjs";
import { explainFailure, SetupError } from "./setup/failures.mjs";
import { writeFileIn } from "./setup/files.mjs";
import { describeKernel, KERNEL } from "./setup/kernel.mjs";
import { buildLibrary, libraryIsDone } from "./setup/library.mjs";
import { installNpmPackages, npmIsDone } from "./setup/npm.mjs";
import { buildVenv, findPython, venvIsDone } from "./setup/python.mjs";

const steps = [
  { name: "npm packages", about: "about a minute", isDone: npmIsDone, run: installNpmPackages },
  {
    name: "Python environment with JupyterLab",
    about: "one to two minutes",
    isDone: venvIsDone,
    run: buildVenv,
  },
  { name: "the course's library", about: "a second", isDone: libraryIsDone, run: buildLibrary },
];

/**
 * Does what is left to do, saying what.
 * @throws SetupError
 */
export async function setUp() {
  requireNode();
  requireWritableFolder();
  requireLockFile();
  const left = steps.filter((step) => !step.isDone());
  // Better to hear that Python is missing at once than after a minute of downloading.
  if (left.some(({ run }) => run === buildVenv)) findPython();
  for (const [index, step] of left.entries()) {
    const label = `Set-up ${index + 1} of ${left.length}: ${step.name}`;
    console.log(`${label} (${step.about}) …`);
    const start = Date.now();
    await step.run();
    console.log(`${label}: done in ${((Date.now() - start) / 1000).toFixed(1)} s`);
  }
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
  writeFileIn(path.join(prefix, ...KERNEL), describeKernel(inProject("tools", "kernel.cjs")));
  for (const name of ["jupyter_config.py", "labconfig/default_setting_overrides.json"]) {
    const link = path.join(prefix, "etc", "jupyter", name);
    mkdirSync(path.dirname(link), { recursive: true });
    rmSync(link, { force: true });
    // A link, because jupyter_config.py looks for the export's template beside where it really is.
    symlinkSync(inProject("tools", "jupyter", name), link);
  }
}

/**
 * Runs `main` after the set-up, and ends with one clear message if a SetupError comes.
 * @param {() => unknown} main
 */
export async function afterSetUp(main) {
  await explained(async () => {
    await setUp();
    await main();
  });
}

/**
 * Runs `work`; a SetupError ends it with one clear message.
 * @param {() => unknown} work
 */
export async function explained(work) {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    console.error(`\n${error.message}\n`);
    process.exitCode = 1;
  }
}

function requireWritableFolder() {
  const probe = inProject(`.writable-${process.pid}`);
  try {
    writeFileSync(probe, "");
    rmSync(probe);
  } catch (error) {
    throw new SetupError(explainFailure(String(error), `write in ${root}`));
  }
}

function requireLockFile() {
  if (existsSync(inProject("package-lock.json"))) return;
  throw new SetupError(
    "package-lock.json is missing: it says which versions to install.\n" +
      "Bring it back with `git checkout package-lock.json`, then run the command again.",
  );
}
