/** How long a learner waits after `npm start`, with nothing left to set up, for JupyterLab, a notebook and a chart. */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { findBrowser, launchBrowser } from "../browser.mjs";
import { addressOf } from "../jupyterlab.mjs";
import { root } from "../paths.mjs";
import { spreadOf } from "./table.mjs";

const REPEATS = 3;

/** @returns {Promise<import("./table.mjs").Row[]>} */
export async function benchJupyterLab() {
  if (!findBrowser()) return [["JupyterLab", "no Chromium or Chrome"]];
  const browser = await launchBrowser();
  try {
    const all = [];
    for (let repeat = 0; repeat < REPEATS; repeat++) {
      console.error(`jupyterlab: ${repeat + 1} of ${REPEATS} …`);
      all.push(await waits(browser));
    }
    return [
      ["npm start until JupyterLab answers, s", spreadOf(all.map(({ server }) => server))],
      ["then until the notebook is shown, s", spreadOf(all.map(({ shown }) => shown))],
      ["then until its kernel is ready, s", spreadOf(all.map(({ kernel }) => kernel))],
      ["then, all cells run, until a chart is drawn, s", spreadOf(all.map(({ chart }) => chart))],
      ["npm start until the first chart, s", spreadOf(all.map(({ sum }) => sum))],
    ];
  } finally {
    await browser.close();
  }
}

/** @param {import("playwright-core").Browser} browser */
async function waits(browser) {
  const folder = mkdtempSync(path.join(tmpdir(), "bench-"));
  let last = performance.now();
  const lap = () => {
    const now = performance.now();
    const seconds = (now - last) / 1000;
    last = now;
    return seconds;
  };
  const lab = spawn("npm", ["start", "--", "--no-browser", "--ServerApp.port=0"], {
    cwd: root,
    env: { ...process.env, ACTIVATION_LAB_PROGRESS: path.join(folder, "progress.jsonl") },
    // A group of its own, to be ended as one.
    detached: true,
  });
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  try {
    const address = await addressOf(lab);
    const server = lap();
    const page = await context.newPage();
    await page.goto(`${address.href}&reset`);
    await page.locator(".jp-Notebook .jp-Cell").first().waitFor();
    const shown = lap();
    await page.getByText(/TypeScript \(tslab\) \| Idle/).waitFor({ timeout: 60_000 });
    const kernel = lap();
    await page.getByRole("menuitem", { name: "Run", exact: true }).click();
    await page.getByRole("menuitem", { name: "Run All Cells", exact: true }).click();
    const drawn = ".jp-Notebook .js-plotly-plot .main-svg .gtitle";
    await page.locator(drawn).first().waitFor({ timeout: 60_000 });
    const chart = lap();
    return { server, shown, kernel, chart, sum: server + shown + kernel + chart };
  } finally {
    await context.close();
    const ended = new Promise((resolve) => lab.on("close", resolve));
    process.kill(-Number(lab.pid), "SIGTERM");
    await ended;
    rmSync(folder, { recursive: true, force: true });
  }
}
