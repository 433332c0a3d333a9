/** The exported pages in Firefox, opened from disk. What needs no second browser is tested in Chromium. */
import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { readNotebook } from "../../tools/notebooks.mjs";
import { writePages } from "../../tools/pages.mjs";
import { inProject, listNotebooks } from "../../tools/paths.mjs";
import { launchFirefox, needsFirefox, openResults } from "./support.mjs";

const folder = inProject("tests", "scratch", "firefox");

describe("pages in Firefox", needsFirefox, () => {
  /** @type {import("puppeteer-core").Browser} */
  let browser;

  before(
    async () => {
      const notebooks = listNotebooks().filter((name) => /^0[0267]|1-prelu/.test(name));
      await writePages(
        folder,
        new Map(notebooks.map((name) => [name, readNotebook(inProject("notebooks", name))])),
      );
      browser = await launchFirefox();
    },
    { timeout: 120_000 },
  );

  after(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /**
   * A page that counts what must not happen.
   * @param {string} name
   */
  async function open(name) {
    const page = await browser.newPage();
    await page.setViewport({ width: 1280, height: 900 });
    /** @type {string[]} */
    const complaints = [];
    page.on("console", (message) => complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(String(error)));
    page.on("request", (request) => {
      if (!/^(file|data|blob|about):/.test(request.url())) complaints.push(request.url());
    });
    await page.goto(pathToFileURL(path.join(folder, name)).href);
    await openResults(page);
    return { page, complaints };
  }

  test("every chart is drawn, nothing complains, nothing is asked of a network", async () => {
    for (const name of [
      "00-start-here.html",
      "02-activations.html",
      "06-training-comparison.html",
    ]) {
      const { page, complaints } = await open(name);
      const charts = await page.$$(".chart");
      assert.ok(charts.length > 0);
      for (const chart of charts) {
        await chart.scrollIntoView();
        await page.waitForFunction((one) => one.matches(".drawn"), { timeout: 60_000 }, chart);
      }
      assert.equal((await page.$$(".chart .gtitle")).length, charts.length);
      assert.deepEqual(complaints, []);
      await page.close();
    }
  });

  test("the theme is switched, remembered, and the charts follow", async () => {
    const { page } = await open("00-start-here.html");
    const chart = await page.waitForSelector(".chart.drawn");
    const paper = () => page.$eval(".plot", (/** @type {any} */ plot) => plot.layout.paper_bgcolor);
    assert.equal(await paper(), "#ffffff");
    await page.click("#theme");
    await chart?.scrollIntoView();
    await page.waitForSelector('.chart[data-appearance^="dark"]');
    await page.waitForSelector("html[data-charts=drawn]");
    assert.equal(await paper(), "#14181d");
    await page.goto(pathToFileURL(path.join(folder, "index.html")).href);
    assert.equal(await page.$eval("#theme", (one) => one.textContent), "Light colours");
    await page.click("#theme");
    await page.close();
  });

  test("sliders and buttons of charts answer to the keyboard", async () => {
    const { page } = await open("06-training-comparison.html");
    const chart = await page.waitForSelector(".chart:has(.slider)");
    assert.ok(chart);
    await chart.scrollIntoView();
    await page.waitForFunction((one) => one.matches(".drawn"), {}, chart);
    const slider = await chart.$("input");
    await slider?.press("Home");
    assert.equal(await chart.$eval("output", (one) => one.textContent), "0");
    await slider?.press("Tab");
    await page.keyboard.press("ArrowRight");
    const button = () => page.evaluate(() => document.activeElement?.getAttribute("data-title"));
    assert.equal(await button(), "Zoom in");
    await page.keyboard.press("Enter");
    const range = await chart.$eval(".plot", (/** @type {any} */ plot) => plot.layout.xaxis.range);
    assert.deepEqual(range, [-1, 1]);
    await page.close();
  });

  test("the search finds pages and goes there, by keyboard", async () => {
    const { page, complaints } = await open("exercises/1-prelu.html");
    await page.click("#search");
    await page.keyboard.type("temperature of softmax");
    await page.waitForSelector(".search li");
    const first = await page.$eval(".search li", (one) => one.textContent ?? "");
    assert.match(first, /^Deeper: temperature/);
    await page.keyboard.press("ArrowDown");
    await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
    assert.match(page.url(), /02-activations\.html#./);
    assert.deepEqual(complaints, []);
    await page.close();
  });
});
