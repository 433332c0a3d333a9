/** Pages that run: what the first run loads, how soon the first result is there, and how fast cells are. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { findBrowser, launchBrowser } from "../browser.mjs";
import { readNotebook } from "../notebooks.mjs";
import { writePages } from "../pages.mjs";
import { inProject } from "../paths.mjs";
import { megabytesOf } from "./memory.mjs";
import { digits, ratioOf, spreadOf } from "./table.mjs";

/** @import { Browser } from "playwright-core" */

const OPENINGS = 5;
const EDITS = 10;

/** With the small library alone, so that the same code runs in a cell and here. */
const TRAINING = `const begun = performance.now();
const network = new TwoLayerNetwork({ activation: activations.NAME, hiddenSize: 8, seed: 1 });
network.train(lessonCircle(), { epochs: 1000 });
const took = performance.now() - begun;`;

/** @returns {Promise<import("./table.mjs").Row[]>} */
export async function benchLive() {
  if (!findBrowser()) return [["Pages that run", "no Chromium or Chrome"]];
  const folder = mkdtempSync(path.join(tmpdir(), "bench-"));
  const browser = await launchBrowser();
  try {
    const name = "exercises/1-prelu.ipynb";
    await writePages(folder, new Map([[name, readNotebook(inProject("notebooks", name))]]));
    const address = pathToFileURL(path.join(folder, "exercises", "1-prelu.html")).href;
    console.error("live: first results …");
    const fast = await firstResults(browser, address, 1);
    const slow = await firstResults(browser, address, 4);
    console.error("live: cells …");
    const { edited, trained } = await cells(browser, address);
    console.error("live: memory …");
    const memory = await memoryOf(browser, address);
    const size = (/** @type {string} */ part) =>
      gzipSync(readFileSync(path.join(folder, "assets", "live", part))).length;
    return [
      ["Page: its script before any click, KB gzip", digits(size("live.js") / 1000)],
      ["Page: kernel, MB gzip", digits(size("kernel.js") / 1e6)],
      ["Page: editor, MB gzip", digits(size("editor.js") / 1e6)],
      ["Page: from click to first result, s", spreadOf(fast)],
      ["Page: the same, the page's thread four times slower, s", spreadOf(slow)],
      ["Page: an edited cell, ms", spreadOf(edited)],
      ...trained,
      ...memory,
    ];
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Seconds, each in a fresh page.
 * @param {Browser} browser
 * @param {string} address
 * @param {number} slowness how much slower the page's thread is
 */
async function firstResults(browser, address, slowness) {
  const seconds = [];
  for (let i = 0; i < OPENINGS; i++) {
    const context = await browser.newContext();
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    await session.send("Emulation.setCPUThrottlingRate", { rate: slowness });
    await page.goto(address);
    const start = performance.now();
    await page.click('.run[data-cell="1"] button');
    await page.waitForSelector('.code[data-cell="1"][data-state="ran"]', { timeout: 120_000 });
    seconds.push((performance.now() - start) / 1000);
    await context.close();
  }
  return seconds;
}

/**
 * What a page needs before it runs anything and after.
 * @param {Browser} browser
 * @param {string} address
 * @returns {Promise<import("./table.mjs").Row[]>}
 */
async function memoryOf(browser, address) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(address);
  const before = await megabytesOf(browser);
  await page.click('.run[data-cell="1"] button');
  await page.waitForSelector('.code[data-cell="1"][data-state="ran"]', { timeout: 120_000 });
  const after = await megabytesOf(browser);
  await context.close();
  return [
    [
      "Page: memory, MB, before the first click and after it",
      `${digits(before)}, ${digits(after)}`,
    ],
  ];
}

/**
 * Milliseconds of edited cells, and rows of the table on training.
 * @param {Browser} browser
 * @param {string} address
 */
async function cells(browser, address) {
  const lab = await import("activation-lab");
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(address);
  await page.click('.run[data-cell="1"] button');
  await page.waitForSelector('.code[data-cell="1"][data-state="ran"]', { timeout: 120_000 });
  await page.click('.run[data-cell="2"] button + button');
  await page.waitForSelector(".cm-content");
  const run = async (/** @type {string} */ code) => {
    await page.keyboard.press("ControlOrMeta+A");
    await page.keyboard.insertText(code);
    const start = performance.now();
    await page.keyboard.press("ControlOrMeta+Enter");
    await page.waitForSelector('.code[data-cell="2"][data-state="ran"]', { timeout: 120_000 });
    const milliseconds = performance.now() - start;
    return { milliseconds, text: await page.innerText('.outputs[data-cell="2"]') };
  };
  const edited = [];
  for (let i = 0; i < EDITS; i++)
    edited.push((await run(`const edited = ${i};\nconsole.log(edited);`)).milliseconds);
  /** @type {import("./table.mjs").Row[]} */
  const trained = [];
  for (const name of ["sigmoid", "relu", "gelu"]) {
    const code = TRAINING.replace("NAME", name);
    const here = new Function(...Object.keys(lab), `${code} return took;`);
    const ours = () => here(...Object.values(lab));
    /** @type {Record<"here" | "page", number[]>} */
    const times = { here: [], page: [] };
    // The first of each lets the compilers warm up.
    for (let i = 0; i < 4; i++) {
      const there = Number((await run(`{ ${code} console.log(took); }`)).text);
      const at = ours();
      if (i === 0) continue;
      times.here.push(at);
      times.page.push(there);
    }
    trained.push([
      `Page: training, ${name}, Node's time / the page's`,
      ratioOf(times.here, times.page),
      "more",
    ]);
  }
  await context.close();
  return { edited, trained };
}
