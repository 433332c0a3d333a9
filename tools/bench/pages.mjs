/** What a reader's browser has to do for a page: bytes, the time to the first chart, the longest task, memory. */
import { spawn } from "node:child_process";
import { EventEmitter, once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { gzipSync } from "node:zlib";
import sirv from "sirv";
import { findBrowser, launchBrowser, QUIET } from "../browser.mjs";
import { chartsOf, readNotebook } from "../notebooks.mjs";
import { writePages } from "../pages.mjs";
import { inProject, listNotebooks } from "../paths.mjs";
import { megabytesOf } from "./memory.mjs";
import { spreadOf } from "./table.mjs";

const OPENINGS = 3;

const LAPTOP = { width: 1280, height: 900 };
const PHONE = {
  viewport: { width: 390, height: 844 },
  deviceScaleFactor: 2,
  hasTouch: true,
  isMobile: true,
};

/** What a page says of itself once it has drawn a chart. @typedef {{ seconds: number, longestTask: number }} Opening */

/** @returns {Promise<import("./table.mjs").Row[]>} */
export async function benchPages() {
  const program = findBrowser();
  if (!program) return [["Pages", "no Chromium or Chrome"]];
  const folder = mkdtempSync(path.join(tmpdir(), "bench-"));
  const notebooks = new Map(
    listNotebooks().map((name) => [name, readNotebook(inProject("notebooks", name))]),
  );
  await writePages(path.join(folder, "site"), notebooks);
  const server = await serveWatched(path.join(folder, "site"));
  const browser = await launchBrowser();
  try {
    const withCharts = [...notebooks].filter(([, notebook]) => chartsOf(notebook).length > 0);
    const urls = withCharts.map(([name]) => server.address + name.replace(/ipynb$/, "html"));
    console.error("pages: a laptop …");
    const profile = path.join(folder, "profile");
    const laptop = await openAlone(program, profile, urls, server);
    const phone = [];
    const kilobytes = [];
    const megabytes = [];
    for (const url of urls) {
      console.error(`pages: ${url.slice(server.address.length)} …`);
      const own = [];
      for (let i = 0; i < OPENINGS; i++) {
        const { bytes, seconds } = await openOnPhone(browser, url, server.openings);
        own.push(seconds);
        kilobytes.push(bytes / 1000);
      }
      phone.push(middleOf(own));
      megabytes.push(await memoryOf(browser, url));
    }
    return [
      ["Page: loaded until its first chart is drawn, KB as sent", spreadOf(kilobytes)],
      [
        "Page: until its first chart is drawn, laptop, s",
        spreadOf(laptop.map((own) => middleOf(own.map(({ seconds }) => seconds)))),
      ],
      [
        "Page: longest task until then, laptop, ms",
        spreadOf(laptop.map((own) => middleOf(own.map(({ longestTask }) => longestTask)))),
      ],
      ["Page: until its first chart is drawn, phone, s", spreadOf(phone)],
      ["Page: memory with all charts drawn, laptop, MB", spreadOf(megabytes)],
    ];
  } finally {
    await browser.close();
    server.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** @param {number[]} values */
function middleOf(values) {
  return values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/**
 * Serves a folder as usual servers do, which send texts zipped, and hears what its pages say of their openings.
 * @param {string} folder
 */
async function serveWatched(folder) {
  for (const file of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    if (!/\.(html|js|css|svg|json)$/.test(file)) continue;
    const place = path.join(folder, file);
    const text = readFileSync(place, "utf8");
    const watched = text.replace("<head>", `<head><script>(${watchOpening})()</script>`);
    if (file.endsWith(".html")) writeFileSync(place, watched);
    writeFileSync(`${place}.gz`, gzipSync(readFileSync(place)));
  }
  const openings = new EventEmitter();
  /** Where a page goes on to. @type {string[]} */
  const queue = [];
  const serve = sirv(folder, {
    gzip: true,
    // Each opening is a first one.
    setHeaders: (response) => response.setHeader("Cache-Control", "no-store"),
  });
  const server = createServer(async (request, response) => {
    if (request.method !== "POST") return serve(request, response);
    openings.emit("opening", JSON.parse(String(Buffer.concat(await request.toArray()))));
    response.end(queue.shift());
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  const close = () => {
    server.close();
    server.closeAllConnections();
  };
  return { address: `http://127.0.0.1:${port}/`, openings, queue, close };
}

/** Runs in a page: brings its first chart into view, and tells the server what came before it was drawn. */
function watchOpening() {
  let longestTask = 0;
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) longestTask = Math.max(longestTask, duration);
  }).observe({ type: "longtask", buffered: true });
  new MutationObserver((_, observer) => {
    if (!document.querySelector(".plot .main-svg")) return;
    observer.disconnect();
    const seconds = performance.now() / 1000;
    // The task that drew it is known once it is over.
    setTimeout(async () => {
      const body = JSON.stringify({ seconds, longestTask });
      const next = await (await fetch("/", { method: "POST", body })).text();
      if (next) location.href = next;
    }, 500);
  }).observe(document, { childList: true, subtree: true });
  addEventListener("DOMContentLoaded", () => {
    for (const one of document.querySelectorAll("details.result")) one.setAttribute("open", "");
    document.querySelector(".chart")?.scrollIntoView();
  });
}

/** @param {EventEmitter} openings @returns {Promise<Opening>} */
async function nextOf(openings) {
  const [opening] = await once(openings, "opening", { signal: AbortSignal.timeout(120_000) });
  return opening;
}

/**
 * Opens each page OPENINGS times in a browser that nobody watches: to a debugger, such as Playwright, V8 tells where in
 * plotly an error arose, which takes longer than all else that its script does first.
 * @param {string} program
 * @param {string} profile
 * @param {string[]} urls
 * @param {{ openings: EventEmitter, queue: string[] }} server
 * @returns {Promise<Opening[][]>} OPENINGS a page
 */
async function openAlone(program, profile, urls, { openings, queue }) {
  const [first = "", ...others] = urls.flatMap((url) => new Array(OPENINGS).fill(url));
  queue.push(...others);
  const size = `--window-size=${LAPTOP.width},${LAPTOP.height}`;
  const options = ["--headless=new", ...QUIET, size, `--user-data-dir=${profile}`];
  const browser = spawn(program, [...options, first], { stdio: "ignore" });
  try {
    const all = [];
    for (const _ of urls) {
      const own = [];
      while (own.length < OPENINGS) own.push(await nextOf(openings));
      all.push(own);
    }
    return all;
  } finally {
    browser.kill("SIGKILL");
    await once(browser, "exit");
  }
}

/**
 * Opens a page with an empty cache, on a phone that is four times slower, and has 1.6 Mbit/s and 150 ms.
 * @param {import("playwright-core").Browser} browser
 * @param {string} url
 * @param {EventEmitter} openings
 */
async function openOnPhone(browser, url, openings) {
  const context = await browser.newContext(PHONE);
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send("Network.enable");
  let bytes = 0;
  session.on("Network.loadingFinished", ({ encodedDataLength }) => {
    bytes += encodedDataLength;
  });
  await session.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  await session.send("Network.emulateNetworkConditions", {
    offline: false,
    latency: 150,
    downloadThroughput: 1.6e6 / 8,
    uploadThroughput: 0.75e6 / 8,
  });
  const coming = nextOf(openings);
  await page.goto(url);
  const opening = await coming;
  await context.close();
  return { ...opening, bytes };
}

/**
 * With all charts of a page drawn, in MB.
 * @param {import("playwright-core").Browser} browser
 * @param {string} url
 */
async function memoryOf(browser, url) {
  const context = await browser.newContext({ viewport: LAPTOP });
  const page = await context.newPage();
  await page.goto(url);
  for (const chart of await page.locator(".chart").all()) {
    await chart.scrollIntoViewIfNeeded();
    await chart.and(page.locator(".drawn")).waitFor({ timeout: 60_000 });
  }
  const megabytes = await megabytesOf(browser);
  await context.close();
  return megabytes;
}
