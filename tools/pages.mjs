/** Makes the course's pages: a small site, or pages that each carry everything. */
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { buildLive } from "./live/build.mjs";
import {
  inParallel,
  keepPictures,
  NotebookError,
  readNotebook,
  runNotebook,
  runPython,
} from "./notebooks.mjs";
import { inProject, listNotebooks } from "./paths.mjs";
import { replaceFolder } from "./setup/files.mjs";

/**
 * Runs notebooks in fresh kernels, as many at once as there are cores.
 * @param {readonly string[]} names relative to notebooks/
 * @param {{ signal?: AbortSignal, onDone?: (name: string, seconds: number) => void }} [options]
 * @returns {Promise<Map<string, any>>} the notebooks with their new outputs, by name
 * @throws {NotebookError} naming each notebook, cell and error
 */
export async function runNotebooks(names, { signal, onDone } = {}) {
  const failures = [];
  const ran = new Map();
  // The later notebooks of the course take longest: begun last, they would run alone in the end.
  const depth = (name) => name.split("/").length;
  const order = [...names].sort((a, b) => depth(a) - depth(b) || b.localeCompare(a));
  await inParallel(order, async (name) => {
    const start = Date.now();
    const source = inProject("notebooks", name);
    try {
      const notebook = await runNotebook(source, { signal });
      keepPictures(notebook, readNotebook(source));
      ran.set(name, notebook);
      onDone?.(name, (Date.now() - start) / 1000);
    } catch (error) {
      if (!(error instanceof NotebookError)) throw error;
      failures.push(error.message);
    }
  });
  if (failures.length > 0) throw new NotebookError(failures.join("\n\n"));
  return ran;
}

/**
 * Writes pages aside and then puts them in the place of the folder.
 * @param {string} folder where the pages go
 * @param {Map<string, any>} notebooks with their outputs, by name
 * @param {{ singleFile?: boolean, keep?: boolean, isStatic?: boolean, signal?: AbortSignal,
 *   settings?: { repository?: string, homepage?: string } }} [options] `keep`: the other pages of the folder stay
 *   as they are; `isStatic`: the cells do not run in their pages; `settings`: in the place of those in package.json
 */
export async function writePages(
  folder,
  notebooks,
  { singleFile = false, keep = false, isStatic = false, signal, settings = {} } = {},
) {
  const aside = `${folder}.new`;
  const old = `${folder}.old`;
  // What an interrupted run may have left.
  if (!existsSync(folder) && existsSync(old)) renameSync(old, folder);
  for (const left of [aside, old]) rmSync(left, { recursive: true, force: true });
  const course = listNotebooks();
  const pageOf = (name) => path.join(folder, name.replace(/\.ipynb$/, ".html"));
  const exported = course.filter(
    (name) => notebooks.has(name) || (keep && existsSync(pageOf(name))),
  );
  const scratch = mkdtempSync(path.join(tmpdir(), "pages-"));
  try {
    if (keep && existsSync(folder)) cpSync(folder, aside, { recursive: true });
    else mkdirSync(aside, { recursive: true });
    const files = [...notebooks].map(([name, notebook], index) => {
      const file = path.join(scratch, `${index}.ipynb`);
      writeFileSync(file, JSON.stringify(notebook));
      return [name, file];
    });
    const job = {
      target: aside,
      singleFile,
      notebooks: Object.fromEntries(files),
      course,
      exported,
      settings,
      live: isStatic ? null : await buildLive(),
    };
    // One Python for all pages: to start nbconvert takes longer than to make a page.
    const script = inProject("tools", "export", "make_pages.py");
    await runPython([script], { input: JSON.stringify(job), signal }).catch((error) => {
      if (!(error instanceof NotebookError)) throw error;
      throw new NotebookError(`The pages could not be made:\n${error.message}`);
    });
    replaceFolder(aside, folder);
  } finally {
    for (const left of [aside, scratch]) rmSync(left, { recursive: true, force: true });
  }
}
