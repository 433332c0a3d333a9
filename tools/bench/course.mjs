/** The course as a whole: its cells, its export, its size, and how soon a page shows a chart. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { findBrowser, launchBrowser } from "../browser.mjs";
import { codeCells, readNotebook } from "../notebooks.mjs";
import { runNotebooks, writePages } from "../pages.mjs";
import { inProject, jupyterEnvironment, listNotebooks, python } from "../paths.mjs";
import { SetupError } from "../setup/failures.mjs";
import { digits, median, spreadOf } from "./table.mjs";

const OPENINGS = 5;

/** @returns {Promise<string[][]>} rows of the table: what, result */
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
      ],
      ["The notebooks, MB", digits(sum(sizesOf(inProject("notebooks"), names)) / 1e6)],
      ["The exported site, MB", digits(sum(sizesOf(site, files)) / 1e6)],
      ["The largest page's own HTML, KB", digits(Math.max(...sizesOf(site, pages)) / 1000)],
      ...(await firstCharts(site, pages)),
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
 * From the opening of a page, with an empty profile, to its first chart.
 * @param {string} site
 * @param {string[]} pages
 */
async function firstCharts(site, pages) {
  const what = "A page opened until its first chart is drawn";
  if (!findBrowser()) return [[what, "no browser"]];
  const browser = await launchBrowser();
  try {
    const times = [];
    for (const name of pages) {
      console.error(`course: first chart, ${name} …`);
      const own = [];
      for (let opening = 0; opening < OPENINGS; opening++) {
        const seconds = await firstChart(browser, pathToFileURL(path.join(site, name)).href);
        if (seconds !== undefined) own.push(seconds);
      }
      if (own.length > 0) times.push(median(own));
    }
    return [[`${what}, s: the pages' medians`, spreadOf(times)]];
  } finally {
    await browser.close();
  }
}

/**
 * Seconds; undefined for a page without charts.
 * @param {import("playwright-core").Browser} browser
 * @param {string} address
 */
async function firstChart(browser, address) {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    await page.addInitScript(() => {
      new MutationObserver((_, observer) => {
        if (!document.querySelector(".plot .main-svg")) return;
        document.documentElement.dataset.firstChart = String(performance.now());
        observer.disconnect();
      }).observe(document, { childList: true, subtree: true });
    });
    await page.goto(address);
    if ((await page.locator(".plot").count()) === 0) return undefined;
    const drawn = page.locator("html[data-first-chart]");
    await drawn.waitFor({ state: "attached" });
    return Number(await drawn.getAttribute("data-first-chart")) / 1000;
  } finally {
    await context.close();
  }
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
