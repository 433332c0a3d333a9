/** The course as a whole: its cells, its export and its size. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { codeCells, readNotebook } from "../notebooks.mjs";
import { runNotebooks, writePages } from "../pages.mjs";
import { inProject, jupyterEnvironment, listNotebooks, python } from "../paths.mjs";
import { SetupError } from "../setup/failures.mjs";
import { digits, spreadOf } from "./table.mjs";

/** @returns {Promise<import("./table.mjs").Row[]>} */
export async function benchCourse() {
  const folder = mkdtempSync(path.join(tmpdir(), "bench-"));
  try {
    const names = listNotebooks();
    const plainStart = performance.now();
    const cells = names.flatMap((name) => plainExport(name, folder));
    const plain = (performance.now() - plainStart) / 1000;

    console.error("course: export …");
    const site = path.join(folder, "site");
    const start = performance.now();
    await writePages(site, (await runNotebooks(names, { fresh: true })).notebooks);
    const ours = (performance.now() - start) / 1000;

    const slowest = cells.reduce((a, b) => (b.seconds > a.seconds ? b : a));
    const files = readdirSync(site, { recursive: true, encoding: "utf8" });
    const pages = files.filter((file) => file.endsWith(".html"));
    return [
      [`A cell of the ${cells.length}, s`, spreadOf(cells.map(({ seconds }) => seconds))],
      ["The slowest cell", `${slowest.notebook}, code cell ${slowest.number}`],
      [`Export of ${names.length} notebooks, s (one run)`, digits(ours)],
      [
        "jupyter execute and nbconvert, one after the other / export (one run)",
        digits(plain / ours),
        "more",
      ],
      ["The notebooks, MB", digits(sum(sizesOf(inProject("notebooks"), names)) / 1e6)],
      ["The exported site, MB", digits(sum(sizesOf(site, files)) / 1e6)],
      ["The largest page's own HTML, KB", digits(Math.max(...sizesOf(site, pages)) / 1000)],
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * What a teacher would do without `npm run export`; the seconds of each cell.
 * @param {string} name of the notebook
 * @param {string} folder where it may be put
 */
function plainExport(name, folder) {
  console.error(`course: jupyter execute and nbconvert, ${name} …`);
  const executed = path.join(folder, path.basename(name));
  jupyter(folder, "execute", `--output=${executed}`, inProject("notebooks", name));
  jupyter(folder, "nbconvert", "--to", "html", executed);
  return codeCells(readNotebook(executed)).map(({ metadata }, index) => {
    const { "iopub.status.busy": busy, "iopub.status.idle": idle } = metadata.execution;
    const seconds = (Date.parse(idle) - Date.parse(busy)) / 1000;
    return { notebook: name, number: index + 1, seconds };
  });
}

/**
 * @param {string} folder where progress may be kept
 * @param {string[]} args
 */
function jupyter(folder, ...args) {
  const { status, stderr } = spawnSync(python, ["-m", "jupyter", ...args], {
    env: { ...jupyterEnvironment(), ACTIVATION_LAB_PROGRESS: path.join(folder, "progress.jsonl") },
    encoding: "utf8",
  });
  if (status !== 0) throw new SetupError(`jupyter ${args.join(" ")} failed:\n${stderr.trim()}`);
}

/**
 * Bytes of each, 0 for a folder.
 * @param {string} folder
 * @param {string[]} files
 */
function sizesOf(folder, files) {
  return files
    .map((file) => statSync(path.join(folder, file)))
    .map((stats) => (stats.isFile() ? stats.size : 0));
}

/** @param {number[]} values */
function sum(values) {
  return values.reduce((total, value) => total + value, 0);
}
