/**
 * `npm run export [notebook …]`: runs notebooks in fresh kernels and writes each as a page to
 * `exports/`, which needs nothing else. Without arguments, all notebooks.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import {
  inParallel,
  keepPictures,
  NotebookError,
  readNotebook,
  runNotebook,
} from "./notebooks.mjs";
import { inProject, jupyterEnvironment, listNotebooks, python } from "./paths.mjs";
import { afterSetUp, SetupError } from "./setup.mjs";

await afterSetUp(async () => {
  const names = chooseNotebooks(process.argv.slice(2));
  const failures = (await inParallel(names, exportPage)).filter((failure) => failure !== undefined);
  if (failures.length > 0) {
    throw new SetupError(
      `${failures.join("\n\n")}\n\n${failures.length} of ${names.length} pages were not written; ` +
        "what was in exports/ for them is as it was.",
    );
  }
});

/** Names relative to notebooks/, from arguments that are paths as a shell completes them. */
function chooseNotebooks(paths) {
  const all = listNotebooks();
  if (paths.length === 0) return all;
  return paths.map((argument) => {
    const name = path
      .relative(inProject("notebooks"), path.resolve(argument))
      .split(path.sep)
      .join("/");
    if (all.includes(name)) return name;
    throw new SetupError(
      `${argument} is no notebook of the course. There are:\n${all.map((one) => `  notebooks/${one}`).join("\n")}`,
    );
  });
}

/** Returns what went wrong, if anything did. */
async function exportPage(name) {
  const start = Date.now();
  const source = inProject("notebooks", name);
  const target = inProject("exports", name.replace(/\.ipynb$/, ".html"));
  mkdirSync(path.dirname(target), { recursive: true });
  const aside = mkdtempSync(inProject("exports", ".new-"));
  try {
    const notebook = await runNotebook(source);
    keepPictures(notebook, readNotebook(source));
    const ran = path.join(aside, path.basename(name));
    writeFileSync(ran, JSON.stringify(notebook));
    const page = convert(ran);
    renameSync(page, target);
    console.log(
      `exports/${name.replace(/\.ipynb$/, ".html")}: ${((Date.now() - start) / 1000).toFixed(1)} s`,
    );
  } catch (error) {
    if (!(error instanceof NotebookError)) throw error;
    return error.message;
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
      `${path.basename(notebook)} could not be converted to a page:\n${stderr.trim()}`,
    );
  }
  return page;
}
