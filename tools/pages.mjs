/** Makes a page of a notebook. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { keepPictures, NotebookError, readNotebook, runNotebook } from "./notebooks.mjs";
import { jupyterEnvironment, python } from "./paths.mjs";

/**
 * Runs the notebook in a fresh kernel and writes its page. The page there was is replaced only by a
 * whole one.
 * @param {string} source the notebook
 * @param {string} target the page
 * @throws {NotebookError} naming the notebook, the cell and the error
 */
export async function exportPage(source, target) {
  const notebook = await runNotebook(source);
  keepPictures(notebook, readNotebook(source));
  mkdirSync(path.dirname(target), { recursive: true });
  const aside = mkdtempSync(path.join(path.dirname(target), ".new-"));
  try {
    const ran = path.join(aside, path.basename(source));
    writeFileSync(ran, JSON.stringify(notebook));
    renameSync(convert(ran), target);
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
}

/** Makes the page beside the notebook, and returns where it is. */
function convert(notebook) {
  const { status, stderr } = spawnSync(python, ["-m", "nbconvert", "--to", "html", notebook], {
    env: jupyterEnvironment(),
    encoding: "utf8",
  });
  const page = notebook.replace(/\.ipynb$/, ".html");
  if (status !== 0 || !existsSync(page)) {
    throw new NotebookError(
      `${path.basename(notebook)} could not be made a page:\n${stderr.trim()}`,
    );
  }
  return page;
}
