/** What a reader of the exported site has besides the text, opened from disk. */
import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { launchBrowser } from "../../tools/browser.mjs";
import { readNotebook } from "../../tools/notebooks.mjs";
import { writePages } from "../../tools/pages.mjs";
import { inProject } from "../../tools/paths.mjs";
import { needsBrowser, openPage } from "./support.mjs";

const folder = inProject("tests", "scratch", "reader");
const names = [
  "00-start-here.ipynb",
  "01-why-nonlinearity.ipynb",
  "02-activations.ipynb",
  "exercises/1-prelu.ipynb",
  "solutions/1-prelu.ipynb",
];
const stored = new Map(names.map((name) => [name, readNotebook(inProject("notebooks", name))]));
/** @param {string} page */
const address = (page) => pathToFileURL(path.join(folder, page)).href;

describe("a reader of the site", needsBrowser, () => {
  /** @type {import("playwright-core").Browser} */
  let browser;

  before(async () => {
    await writePages(folder, stored);
    browser = await launchBrowser();
  });

  after(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /**
   * Opens a page, and asks in the end that nothing complained and nothing was asked of a network.
   * @param {string} name
   * @param {(page: import("playwright-core").Page) => Promise<void>} read
   * @param {import("playwright-core").BrowserContextOptions} [options]
   */
  async function reading(name, read, options = {}) {
    const { context, page, requests, complaints } = await openPage(options, browser);
    try {
      await page.goto(address(name));
      await read(page);
      assert.deepEqual(requests, []);
      assert.deepEqual(complaints, []);
    } finally {
      await context.close();
    }
  }

  test("copies the code of a cell as it was written", () =>
    reading(
      "02-activations.html",
      async (page) => {
        const button = page.getByRole("button", { name: "Copy the code of cell 2", exact: true });
        await button.click();
        assert.equal(await button.textContent(), "Copied");
        const cells = stored.get("02-activations.ipynb")?.cells ?? [];
        const sources = cells.flatMap(({ cell_type, source }) =>
          cell_type === "code" ? [source].flat().join("").trim() : [],
        );
        assert.equal(await page.evaluate(() => navigator.clipboard.readText()), sources[1]);
      },
      { permissions: ["clipboard-read", "clipboard-write"] },
    ));

  test("without a clipboard the code is selected", () =>
    reading("02-activations.html", async (page) => {
      await page.evaluate(() => {
        Object.defineProperty(navigator, "clipboard", { value: undefined });
      });
      await page.getByRole("button", { name: "Copy the code of cell 1", exact: true }).click();
      const selected = await page.evaluate(() => String(getSelection()));
      assert.match(selected.trim(), /^import .*;$/m);
    }));

  test("every heading is a link to itself", () =>
    reading("02-activations.html", async (page) => {
      const headings = page.locator("main :is(h2, h3)");
      assert.ok((await headings.count()) > 5);
      assert.equal(await headings.locator("a.anchor").count(), await headings.count());
      await headings.nth(3).locator("a").click();
      const id = await headings.nth(3).getAttribute("id");
      assert.equal(decodeURIComponent(new URL(page.url()).hash), `#${id}`);
      const box = await headings.nth(3).boundingBox();
      assert.ok(box && box.y < 100);
    }));

  test("the contents show which section is on the screen", () =>
    reading("02-activations.html", async (page) => {
      const current = page.locator(".toc a[aria-current]");
      assert.equal(await current.count(), 0, "above the first section");
      for (const index of [4, 2]) {
        const link = page.locator(".toc a").nth(index);
        await link.click();
        await page.locator(`.toc li:nth-child(${index + 1}) a[aria-current]`).waitFor();
        assert.equal(await current.count(), 1);
        assert.equal(await current.textContent(), await link.textContent());
      }
    }));

  test("a link leads back to the top, and goes along", () =>
    reading("02-activations.html", async (page) => {
      const link = page.getByRole("link", { name: "Back to top" });
      const isInView = async () => ((await link.boundingBox())?.y ?? Infinity) < 900;
      assert.ok(!(await isInView()), "not while the top is there");
      await page.evaluate(() => scrollTo(0, 3000));
      await page.waitForSelector("html.below-top");
      assert.ok(await isInView());
      await link.click();
      assert.equal(await page.evaluate(() => scrollY), 0);
    }));

  test("arrow keys turn the pages, unless they have something else to do", () =>
    reading("exercises/1-prelu.html", async (page) => {
      await page.goto(address("00-start-here.html"));
      await page.keyboard.press("ArrowRight");
      await page.waitForURL(/01-why-nonlinearity/);
      await page.keyboard.press("ArrowRight");
      await page.waitForURL(/02-activations/);
      await page.keyboard.press("ArrowLeft");
      await page.waitForURL(/01-why-nonlinearity/);
      await page.keyboard.press("Control+ArrowRight");
      await page.locator(".code").first().focus();
      await page.keyboard.press("ArrowRight");
      await page.locator("#theme").focus();
      await page.keyboard.press("ArrowRight");
      await page.waitForTimeout(300);
      assert.match(page.url(), /01-why-nonlinearity/);
      await page.goto(address("solutions/1-prelu.html"));
      await page.keyboard.press("ArrowLeft");
      await page.waitForURL(/exercises\/1-prelu/);
    }));
});
