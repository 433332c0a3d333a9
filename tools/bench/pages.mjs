/** What a reader's browser has to do for a page: bytes, the time to the first chart, the longest task, memory. */
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { gzipSync } from "node:zlib";
import sirv from "sirv";
import { findBrowser, launchBrowser } from "../browser.mjs";
import { chartsOf, readNotebook } from "../notebooks.mjs";
import { writePages } from "../pages.mjs";
import { inProject, listNotebooks } from "../paths.mjs";
import { megabytesOf } from "./memory.mjs";
import { spreadOf } from "./table.mjs";

const OPENINGS = 3;

const LAPTOP = { viewport: { width: 1280, height: 900 } };
const PHONE = {
  viewport: { width: 390, height: 844 },
  deviceScaleFactor: 2,
  hasTouch: true,
  isMobile: true,
};

/** @returns {Promise<import("./table.mjs").Row[]>} */
export async function benchPages() {
  if (!findBrowser()) return [["Pages", "no Chromium or Chrome"]];
  const folder = mkdtempSync(path.join(tmpdir(), "bench-"));
  const browser = await launchBrowser();
  const notebooks = new Map(
    listNotebooks().map((name) => [name, readNotebook(inProject("notebooks", name))]),
  );
  await writePages(folder, notebooks);
  const server = await serveZipped(folder);
  try {
    const pages = [...notebooks].filter(([, notebook]) => chartsOf(notebook).length > 0);
    /** @type {Record<"laptop" | "phone", Opening[]>} of each page the median opening */
    const openings = { laptop: [], phone: [] };
    for (const [name] of pages) {
      console.error(`pages: ${name} …`);
      const url = new URL(name.replace(/ipynb$/, "html"), server.address).href;
      for (const device of /** @type {const} */ (["laptop", "phone"])) {
        const own = [];
        for (let i = 0; i < OPENINGS; i++) own.push(await open(browser, url, device === "phone"));
        own.sort((a, b) => a.seconds - b.seconds);
        openings[device].push(own[Math.floor(OPENINGS / 2)]);
      }
    }
    const all = (/** @type {Opening[]} */ some, /** @type {keyof Opening} */ what) =>
      spreadOf(some.map((one) => one[what]));
    const { laptop, phone } = openings;
    return [
      ["Page: loaded until its first chart is drawn, KB as sent", all(phone, "kilobytes")],
      ["Page: until its first chart is drawn, laptop, s", all(laptop, "seconds")],
      ["Page: longest task until then, laptop, ms", all(laptop, "longestTask")],
      ["Page: until its first chart is drawn, phone, s", all(phone, "seconds")],
      ["Page: memory with all charts drawn, laptop, MB", all(laptop, "megabytes")],
    ];
  } finally {
    await browser.close();
    server.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Serves a folder as usual servers do, which send texts zipped.
 * @param {string} folder
 */
async function serveZipped(folder) {
  for (const file of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    if (!/\.(html|js|css|svg|json)$/.test(file)) continue;
    const place = path.join(folder, file);
    writeFileSync(`${place}.gz`, gzipSync(readFileSync(place)));
  }
  const server = createServer(sirv(folder, { gzip: true }));
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  return { address: `http://127.0.0.1:${port}/`, close: () => server.close() };
}

/**
 * What one opening of a page took.
 * @typedef {{ seconds: number, longestTask: number, kilobytes: number, megabytes: number }} Opening
 */

/**
 * Opens a page with an empty cache. The phone is four times slower, and has 1.6 Mbit/s and 150 ms.
 * @param {import("playwright-core").Browser} browser
 * @param {string} url
 * @param {boolean} isPhone
 * @returns {Promise<Opening>}
 */
async function open(browser, url, isPhone) {
  const context = await browser.newContext(isPhone ? PHONE : LAPTOP);
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send("Network.enable");
  let bytes = 0;
  session.on("Network.loadingFinished", ({ encodedDataLength }) => {
    bytes += encodedDataLength;
  });
  if (isPhone) {
    await session.send("Emulation.setCPUThrottlingRate", { rate: 4 });
    await session.send("Network.emulateNetworkConditions", {
      offline: false,
      latency: 150,
      downloadThroughput: 1.6e6 / 8,
      uploadThroughput: 0.75e6 / 8,
    });
  }
  await page.addInitScript(() => {
    let longestTask = 0;
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) longestTask = Math.max(longestTask, duration);
    }).observe({ type: "longtask", buffered: true });
    new MutationObserver((_, observer) => {
      if (!document.querySelector(".plot .main-svg")) return;
      observer.disconnect();
      const firstChart = performance.now();
      // The task that drew it is known once it is over.
      setTimeout(() => {
        Object.assign(document.documentElement.dataset, { longestTask, firstChart });
      }, 500);
    }).observe(document, { childList: true, subtree: true });
  });
  await page.goto(url);
  await page.evaluate(() => {
    for (const one of document.querySelectorAll("details.result")) one.setAttribute("open", "");
    document.querySelector(".chart")?.scrollIntoView();
  });
  await page.locator("html[data-first-chart]").waitFor({ state: "attached", timeout: 120_000 });
  const { firstChart, longestTask } = await page.evaluate(() => ({
    ...document.documentElement.dataset,
  }));
  const kilobytes = bytes / 1000;
  if (!isPhone)
    for (const chart of await page.locator(".chart").all()) {
      await chart.scrollIntoViewIfNeeded();
      await chart.and(page.locator(".drawn")).waitFor({ timeout: 60_000 });
    }
  const megabytes = await megabytesOf(browser);
  await context.close();
  return {
    seconds: Number(firstChart) / 1000,
    longestTask: Number(longestTask),
    kilobytes,
    megabytes,
  };
}
