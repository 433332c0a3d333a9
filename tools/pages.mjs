/** Makes the course's pages: a small site, or pages that each carry everything. */
import { cpSync, existsSync, writeFileSync } from "node:fs";
import path from "node:path";
import { onePage } from "activation-lab/course";
import { exercises } from "activation-lab/exercises";
import { runOrRecall } from "./kept-runs.mjs";
import { buildLive } from "./live/build.mjs";
import {
  inParallel,
  keepPictures,
  longestFirst,
  NotebookError,
  readNotebook,
  runPython,
} from "./notebooks.mjs";
import { inProject, listNotebooks } from "./paths.mjs";
import { buildReference } from "./reference.mjs";
import { withAside } from "./setup/files.mjs";
import { replaceSite } from "./site-folder.mjs";

/**
 * Runs notebooks in fresh kernels, as many at once as there are cores, or recalls what they gave if nothing has
 * changed. One that fails stops no other.
 * @param {readonly string[]} names relative to notebooks/
 * @param {{ fresh?: boolean, signal?: AbortSignal, onDone?: (name: string, seconds: number) => void }} [options]
 * @returns {Promise<{ notebooks: Map<string, any>, failures: string[] }>} the notebooks with their new
 *   outputs, by name, and for each of the others which cell failed, and why
 */
export async function runNotebooks(names, { fresh, signal, onDone } = {}) {
  /** @type {string[]} */
  const failures = [];
  const ran = new Map();
  await inParallel(longestFirst(names), async (name) => {
    const start = Date.now();
    const source = inProject("notebooks", name);
    try {
      const notebook = await runOrRecall(source, { fresh, signal });
      keepPictures(notebook, readNotebook(source));
      ran.set(name, notebook);
      onDone?.(name, (Date.now() - start) / 1000);
    } catch (error) {
      if (!(error instanceof NotebookError)) throw error;
      failures.push(error.message);
    }
  });
  return { notebooks: ran, failures };
}

/**
 * Writes pages aside and then puts them in the place of the folder. A notebook that cannot be shown stops
 * its own page only.
 * @param {string} folder where the pages go
 * @param {Map<string, any>} notebooks with their outputs, by name
 * @param {{ singleFile?: boolean, keep?: boolean, isStatic?: boolean, signal?: AbortSignal,
 *   settings?: { repository?: string, homepage?: string }, withReference?: boolean,
 *   course?: { folder: string, names: readonly string[] } }}
 *   [options] `keep`: the other pages of the folder stay as they are; `isStatic`: the cells do not run in their
 *   pages; `settings`: in the place of those in package.json; `withReference`: the
 *   library's API reference is part of the site; `course`: where the notebooks are, and all their
 *   names in reading order
 * @returns {Promise<{ failures: string[], notes: string[] }>} why a page is not there, and what the others do
 *   not show as JupyterLab does, each with notebook and cell
 * @throws {NotebookError} if no page could be made
 */
export async function writePages(
  folder,
  notebooks,
  {
    singleFile = false,
    keep = false,
    isStatic = false,
    signal,
    settings = {},
    withReference = false,
    course = { folder: inProject("notebooks"), names: listNotebooks() },
  } = {},
) {
  const pageOf = (/** @type {string} */ name) =>
    path.join(folder, name.replace(/\.ipynb$/, ".html"));
  const exported = course.names.filter(
    (name) => notebooks.has(name) || (keep && existsSync(pageOf(name))),
  );
  const job = {
    singleFile,
    folder: course.folder,
    course: course.names,
    exported,
    settings,
    reference: withReference,
    onePage: onePage(),
    exercises: Object.fromEntries(
      Object.entries(exercises).map(([key, { parts }]) => [key, parts]),
    ),
    live: isStatic ? null : await buildLive(),
  };
  try {
    return await withAside(inProject("pages"), (scratch) => {
      const files = [...notebooks].map(([name, notebook], index) => {
        const file = path.join(scratch, `${index}.ipynb`);
        writeFileSync(file, JSON.stringify(notebook));
        return [name, file];
      });
      return replaceSite(folder, keep, async (target) => {
        const input = { ...job, target, notebooks: Object.fromEntries(files) };
        // One Python for all pages: to start nbconvert takes longer than to make a page.
        const script = inProject("tools", "export", "make_pages.py");
        const pages = runPython([script], { input: JSON.stringify(input), signal });
        const reference = withReference && addReference(target);
        // Both have ended before what they write is used or removed.
        await Promise.allSettled([pages, reference]);
        await reference;
        const { made, failures, notes } = JSON.parse(await pages);
        if (made.length === 0) throw new NotebookError(failures.join("\n"));
        return { failures, notes };
      });
    });
  } catch (error) {
    if (!(error instanceof NotebookError)) throw error;
    throw new NotebookError(`The pages could not be made:\n${error.message}`);
  }
}

/** @param {string} site */
async function addReference(site) {
  cpSync(await buildReference(), path.join(site, "reference"), {
    recursive: true,
    filter: (source) => !path.basename(source).startsWith("."),
  });
}
