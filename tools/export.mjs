/**
 * `npm run export [notebook …]`: runs notebooks in fresh kernels and writes each as a page to
 * `exports/`, which needs nothing else. Without arguments, all notebooks.
 */
import path from "node:path";
import { inParallel, NotebookError } from "./notebooks.mjs";
import { exportPage } from "./pages.mjs";
import { inProject, listNotebooks } from "./paths.mjs";
import { afterSetUp, SetupError } from "./setup.mjs";

await afterSetUp(async () => {
  const names = chooseNotebooks(process.argv.slice(2));
  const failures = (await inParallel(names, tryToExport)).filter(
    (failure) => failure !== undefined,
  );
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

/** Returns what went wrong, if anything did: the other pages are still made. */
async function tryToExport(name) {
  const start = Date.now();
  const page = name.replace(/\.ipynb$/, ".html");
  try {
    await exportPage(inProject("notebooks", name), inProject("exports", page));
    console.log(`exports/${page}: ${((Date.now() - start) / 1000).toFixed(1)} s`);
  } catch (error) {
    if (!(error instanceof NotebookError)) throw error;
    return error.message;
  }
}
