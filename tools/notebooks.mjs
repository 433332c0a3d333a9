/** Reads and runs the notebooks. */
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import path from "node:path";
import { inProject, jupyterEnvironment, python } from "./paths.mjs";
import { mistakesIn } from "./predictions.mjs";
import { withAside } from "./setup/files.mjs";

/** MIME type of a chart: a plotly figure as JSON. */
export const PLOTLY_MIME = "application/vnd.plotly.v1+json";

/** MIME type of a figure to touch: its name and what is set, see lib/course/explore.ts. */
export const FIGURE_MIME = "application/vnd.activation-lab.figure+json";

/** A notebook could not be run; the message names the cell and the error. */
export class NotebookError extends Error {}

/**
 * A notebook's file, as far as the course looks into it (nbformat 4.5).
 * @typedef {object} Notebook
 * @property {Cell[]} cells
 * @property {Record<string, unknown>} metadata
 *
 * @typedef {object} Cell
 * @property {"code" | "markdown" | "raw"} cell_type
 * @property {string} [id] stays the cell's, whatever is changed in it
 * @property {Lines} source
 * @property {Record<string, any>} metadata
 * @property {number | null} [execution_count]
 * @property {Output[]} [outputs] a code cell's
 *
 * @typedef {Cell & { outputs: Output[] }} CodeCell
 *
 * @typedef {object} Output
 * @property {string} [name] the stream that the text was written to
 * @property {Lines} [text]
 * @property {Record<string, any>} [data] what is shown, by MIME type
 *
 * @typedef {string | string[]} Lines
 */

/**
 * @param {string} file
 * @returns {Notebook}
 */
export function readNotebook(file) {
  return JSON.parse(readFileSync(file, "utf8"));
}

/**
 * A text of a notebook as one string.
 * @param {Lines} [lines]
 */
export function joined(lines = "") {
  return Array.isArray(lines) ? lines.join("") : lines;
}

/**
 * A cell's source as one string.
 * @param {Pick<Cell, "source">} cell
 */
export function sourceOf({ source }) {
  return joined(source);
}

/**
 * The code cells with something in them.
 * @param {Notebook} notebook
 */
export function codeCells({ cells }) {
  return cells.filter(
    /** @type {(cell: Cell) => cell is CodeCell} */
    (cell) => cell.cell_type === "code" && sourceOf(cell).trim() !== "",
  );
}

/**
 * The outputs that show a chart.
 * @param {Notebook} notebook
 */
export function chartsOf({ cells }) {
  return cells
    .flatMap(({ outputs }) => outputs ?? [])
    .flatMap(({ data }) => (data?.[PLOTLY_MIME] ? [{ data }] : []));
}

/**
 * The later notebooks of the course take longest: begun last, they would run alone in the end.
 * @param {readonly string[]} names relative to notebooks/
 */
export function longestFirst(names) {
  const depth = (/** @type {string} */ name) => name.split("/").length;
  return [...names].sort((a, b) => depth(a) - depth(b) || b.localeCompare(a));
}

/**
 * Runs a notebook in a fresh kernel and leaves its file as it is.
 * @param {string} file where the notebook is
 * @param {{ signal?: AbortSignal, progress?: string }} [options] `progress`: the file that says which exercises are
 *   passed. Without one the outputs are those of somebody who begins, whatever this learner has passed.
 * @returns {Promise<any>} the notebook with its new outputs
 * @throws {NotebookError}
 */
export function runNotebook(file, { signal, progress } = {}) {
  return withAside(inProject("run"), async (folder) => {
    const target = path.join(folder, path.basename(file));
    const said = await runPython([inProject("tools", "run_notebook.py"), file, target], {
      env: {
        ACTIVATION_LAB_PROGRESS: progress ?? path.join(folder, "progress.jsonl"),
        FORCE_COLOR: undefined,
        // What Jupyter leaves when it is killed goes with the folder.
        ...{ TMPDIR: folder, TEMP: folder, TMP: folder },
      },
      signal,
    });
    const notebook = readNotebook(target);
    const mistakes = mistakesIn(notebook, JSON.parse(said));
    if (mistakes.length === 0) return notebook;
    const what = `${path.basename(file)}: what it says of predictions does not hold:`;
    throw new NotebookError([what, ...mistakes].join("\n"));
  });
}

/**
 * Runs a Python script with Jupyter's packages and configuration. Without input, its stdin stays open while this
 * process lives.
 * @param {string[]} args
 * @param {{ input?: string, env?: NodeJS.ProcessEnv, signal?: AbortSignal }} [options]
 * @returns {Promise<string>} what the script writes to stdout
 * @throws {NotebookError} with what the script says on stderr
 */
export function runPython(args, { input, env = {}, signal } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(python, args, {
      env: { ...jupyterEnvironment(), ...env },
      stdio: "pipe",
      signal,
    });
    let output = "";
    child.stdout.setEncoding("utf8").on("data", (text) => {
      output += text;
    });
    let message = "";
    child.stderr.setEncoding("utf8").on("data", (text) => {
      message += text;
    });
    child.on("error", reject);
    child.on("close", (code) =>
      code === 0 ? resolve(output) : reject(new NotebookError(message.trim())),
    );
    // A script that ends before it has read all says why on stderr.
    child.stdin.on("error", () => {});
    if (input !== undefined) child.stdin.end(input);
  });
}

/**
 * Calls `work` on each item, as many at once as there are cores. After a failure none is begun any more.
 * @template Item, Result
 * @param {readonly Item[]} items
 * @param {(item: Item) => Promise<Result>} work
 * @returns {Promise<Result[]>} in the order of the items
 * @throws the first failure, when those at work have ended
 */
export async function inParallel(items, work, limit = availableParallelism()) {
  /** @type {Result[]} */
  const results = [];
  const queue = [...items.entries()];
  const worker = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      try {
        results[next[0]] = await work(next[1]);
      } catch (error) {
        queue.length = 0;
        throw error;
      }
    }
  };
  const workers = Array.from({ length: Math.min(limit, items.length) }, worker);
  await Promise.allSettled(workers);
  await Promise.all(workers);
  return results;
}

/**
 * Gives each chart and figure of a freshly run notebook the picture it has in `old`, if it is still the same.
 * @param {Notebook} notebook changed in place
 * @param {Notebook} old
 * @returns the outputs that still lack a picture
 */
export function keepPictures(notebook, old) {
  const drawn = (/** @type {Record<string, any>} */ data) => data[PLOTLY_MIME] ?? data[FIGURE_MIME];
  const bundlesOf = (/** @type {Notebook} */ { cells }) =>
    cells
      .flatMap(({ outputs }) => outputs ?? [])
      .flatMap(({ data }) => (data && drawn(data) ? [{ data }] : []));
  const pictures = new Map(
    bundlesOf(old)
      .filter(({ data }) => data["image/png"])
      .map(({ data }) => [JSON.stringify(drawn(data)), data["image/png"]]),
  );
  const bundles = bundlesOf(notebook);
  for (const { data } of bundles) {
    const picture = pictures.get(JSON.stringify(drawn(data)));
    if (picture) data["image/png"] = picture;
  }
  return bundles.filter(({ data }) => !data["image/png"]);
}
