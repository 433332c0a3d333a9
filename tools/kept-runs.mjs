/** Runs of notebooks are kept: one whose code, library, data, kernel and Node are as they were is not run again. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { codeCells, readNotebook, runNotebook, sourceOf } from "./notebooks.mjs";
import { inProject, root } from "./paths.mjs";
import { fingerprint, writeFileIn } from "./setup/files.mjs";
import { libraryInputs } from "./setup/library.mjs";

/** @import { Notebook } from "./notebooks.mjs" */

/**
 * Gives a notebook the outputs of a fresh kernel, from the kept run if that would give the same.
 * @param {string} file in the project
 * @param {{ fresh?: boolean, signal?: AbortSignal }} [options] `fresh`: it runs in any case
 * @returns {Promise<Notebook>} the notebook as its file is now, with the outputs
 * @throws {import("./notebooks.mjs").NotebookError}
 */
export async function runOrRecall(file, { fresh = false, signal } = {}) {
  const inputs = inputsOf(file);
  const kept = fresh ? undefined : recall(placeOf(file));
  if (kept && kept.inputs === inputs) return withOutputs(readNotebook(file), kept);
  const ran = await runNotebook(file, { signal });
  await keepRun(file, ran, inputs);
  return ran;
}

/**
 * Keeps what a notebook gave in a fresh kernel, unless something was changed meanwhile.
 * @param {string} file in the project
 * @param {Notebook} ran
 * @param {string} [before] what it came from
 */
export async function keepRun(file, ran, before = inputsOf(file)) {
  const inputs = runInputs(ran);
  if (inputs !== before || inputs !== inputsOf(file)) return;
  const outputs = codeCells(ran).map(({ outputs, execution_count }) => ({
    outputs,
    execution_count,
  }));
  await writeFileIn(placeOf(file), JSON.stringify({ inputs, metadata: ran.metadata, outputs }));
}

/** @param {string} file */
function placeOf(file) {
  return inProject(".runs", `${path.relative(root, file)}.json`);
}

/**
 * @param {string} file
 * @returns {string | undefined} nothing for a broken notebook: what runs it says what is wrong with it
 */
function inputsOf(file) {
  try {
    return runInputs(readNotebook(file));
  } catch {
    return undefined;
  }
}

/**
 * Changes with everything that a notebook's outputs come from.
 * @param {Notebook} notebook
 */
export function runInputs(notebook) {
  const code = codeCells(notebook).map((cell) => [sourceOf(cell), cell.metadata.tags]);
  // Those of questions are evaluated after the run.
  const checks = notebook.cells.flatMap(({ metadata }) => metadata.predict ?? []);
  const { version, platform, arch } = process;
  return fingerprint(kernelFiles(), libraryInputs(), code, checks, version, platform, arch);
}

function kernelFiles() {
  const kernel = readdirSync(inProject("tools", "kernel")).map((name) => `tools/kernel/${name}`);
  return [
    ...kernel.sort(),
    ...[
      "kernel.cjs",
      "setup/kernel.mjs",
      "run_notebook.py",
      "predictions.mjs",
      "requirements.txt",
    ].map((name) => `tools/${name}`),
  ];
}

/**
 * @typedef {{ inputs: string, metadata: Notebook["metadata"], outputs: object[] }} Kept
 *
 * @param {string} place
 * @returns {Kept | undefined}
 */
function recall(place) {
  try {
    return JSON.parse(readFileSync(place, "utf8"));
  } catch {
    return undefined;
  }
}

/**
 * @param {Notebook} notebook
 * @param {Kept} kept
 */
function withOutputs(notebook, { metadata, outputs }) {
  // The kernel says in the run what language it speaks; the rest may have been edited since.
  notebook.metadata = { ...notebook.metadata, language_info: metadata.language_info };
  for (const [index, cell] of codeCells(notebook).entries()) Object.assign(cell, outputs[index]);
  return notebook;
}
