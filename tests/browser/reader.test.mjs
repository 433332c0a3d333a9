/** What a reader of the exported site has besides the text, opened from disk. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { existsSync, readFileSync, rmSync, statSync } from "node:fs";
import { createServer } from "node:http";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { launchBrowser } from "../../tools/browser.mjs";
import { readNotebook } from "../../tools/notebooks.mjs";
import { writePages } from "../../tools/pages.mjs";
import { inProject } from "../../tools/paths.mjs";
import { needsBrowser, openPage, tap, violations } from "./support.mjs";

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
        await button.filter({ hasText: "Copied" }).waitFor();
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

  test("on a phone the button that copies covers no code", () =>
    reading(
      "exercises/1-prelu.html",
      async (page) => {
        const covered = await page.locator(".with-copy").evaluateAll((all) =>
          all.filter((one) => {
            const bottom = one.querySelector(".code")?.getBoundingClientRect().bottom ?? Infinity;
            return Number(one.querySelector(".copy")?.getBoundingClientRect().top) < bottom;
          }),
        );
        assert.deepEqual(covered, []);
      },
      { viewport: { width: 360, height: 740 } },
    ));

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
      await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
      await page.locator(".toc li:last-child a[aria-current]").waitFor();
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

  test("finds in the head what others show of a page: what it is about, a picture, a sign", () =>
    reading("00-start-here.html", async (page) => {
      const said = new Set();
      for (const name of ["index.ipynb", ...names]) {
        await page.goto(address(name.replace("ipynb", "html")));
        const content = (/** @type {string} */ selector) =>
          page.locator(selector).getAttribute("content");
        const description = await content('meta[name="description"]');
        assert.ok(description && description.length > 30, name);
        said.add(description);
        assert.equal(await content('meta[property="og:description"]'), description);
        assert.equal(await content('meta[property="og:title"]'), await page.title());
        const picture = await content('meta[property="og:image"]');
        assert.ok(existsSync(new URL(picture ?? "", page.url())), `${name}: ${picture}`);
        const icon = page.locator('link[rel="icon"]');
        assert.match((await icon.getAttribute("href")) ?? "", /^data:image\/svg\+xml,%3Csvg/);
      }
      assert.equal(said.size, names.length + 1);
    }));

  for (const place of [".", "single"]) {
    test(`takes a notebook along, as one begins with it, from ${place}/`, async () => {
      if (place === "single")
        await writePages(path.join(folder, place), stored, { singleFile: true });
      await reading(`${place}/exercises/1-prelu.html`, async (page) => {
        const [download] = await Promise.all([
          page.waitForEvent("download"),
          page.getByRole("link", { name: "Download this notebook" }).click(),
        ]);
        assert.equal(download.suggestedFilename(), "1-prelu.ipynb");
        expectBeginning(readNotebook(await download.path()), "exercises/1-prelu.ipynb");
      });
    });
  }

  test("takes a notebook along from a server without scripts", () => {
    expectBeginning(
      readNotebook(path.join(folder, "exercises", "1-prelu.ipynb")),
      "exercises/1-prelu.ipynb",
    );
  });

  test("finds licence and source; Binder, source and site where package.json says where they are", async () => {
    await reading("exercises/1-prelu.html", async (page) => {
      const licence = page.getByRole("contentinfo").getByRole("link", { name: "MIT licence" });
      const target = new URL((await licence.getAttribute("href")) ?? "", page.url());
      assert.match(readFileSync(target, "utf8"), /^MIT License/);
      assert.equal(await page.locator('a:text("Binder"), a:text("Source")').count(), 0);
    });
    const placed = path.join(folder, "placed");
    await writePages(placed, stored, {
      settings: { repository: "github:someone/course", homepage: "https://someone.example/course" },
    });
    await reading("placed/exercises/1-prelu.html", async (page) => {
      const href = (/** @type {string} */ name) =>
        page.getByRole("link", { name }).getAttribute("href");
      assert.equal(await href("Source"), "https://github.com/someone/course");
      assert.equal(
        await href("Open in Binder"),
        "https://mybinder.org/v2/gh/someone/course/HEAD?urlpath=lab%2Ftree%2Fnotebooks%2Fexercises%2F1-prelu.ipynb",
      );
      assert.equal(
        await page.locator('meta[property="og:image"]').getAttribute("content"),
        "https://someone.example/course/assets/preview.png",
      );
      assert.equal(
        await page.locator('link[rel="canonical"]').getAttribute("href"),
        "https://someone.example/course/exercises/1-prelu.html",
      );
    });
  });

  test("is led back from addresses that lead nowhere, on any server", async () => {
    const server = createServer((request, response) => {
      const file = path.join(folder, new URL(request.url ?? "", "http://a").pathname.slice(7));
      const found = existsSync(file) && statSync(file).isFile();
      response.writeHead(found ? 200 : 404, { "content-type": "text/html" });
      response.end(readFileSync(found ? file : path.join(folder, "404.html")));
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
    const { context, page } = await openPage({}, browser);
    try {
      for (const lost of ["nowhere.html", "exercises/nowhere.html", "solutions/deep/nowhere"]) {
        await page.goto(`http://127.0.0.1:${port}/course/${lost}`);
        await page.getByRole("heading", { name: "There is no page at this address" }).waitFor();
        await page.getByRole("link", { name: "the contents" }).click();
        await page.waitForURL(`http://127.0.0.1:${port}/course/index.html`);
      }
    } finally {
      await context.close();
      server.close();
    }
  });

  test("searches the whole site from any page, by keyboard, and goes where it is said", () =>
    reading("exercises/1-prelu.html", async (page) => {
      await page.keyboard.press("Control+k");
      const dialog = page.getByRole("dialog", { name: "Search the course" });
      const results = dialog.getByRole("listitem");
      await page.keyboard.type("temperature of softmax");
      await results.first().waitFor();
      assert.match((await results.first().textContent()) ?? "", /^Deeper: temperature/);
      assert.ok((await results.first().locator("mark").count()) > 1);
      assert.match((await dialog.getByRole("status").textContent()) ?? "", /^\d+ .*sections?$/);
      assert.deepEqual(await violations(page), []);
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("Enter");
      await page.waitForURL(/\/02-activations\.html#/);
      const heading = page.locator(":target");
      assert.equal(await heading.textContent(), "Deeper: temperature");
      const box = await heading.boundingBox();
      assert.ok(box && box.y >= 0 && box.y < 300);
    }));

  test("finds code and misspelt words, and no answer before it is opened", () =>
    reading("index.html", async (page) => {
      await page.getByRole("button", { name: "Search" }).click();
      const dialog = page.getByRole("dialog");
      const find = async (/** @type {string} */ query) => {
        await dialog.getByRole("searchbox").fill(query);
        await page.waitForFunction(
          () =>
            !/on its way|^$/.test(
              document.querySelector(".search [role=status]")?.textContent ?? "",
            ),
        );
        return dialog.getByRole("listitem").allTextContents();
      };
      assert.ok((await find("largestDifference")).length > 0, "a function that a cell defines");
      assert.match((await find("sigmoyd")).join(), /Sigmoid/);
      assert.deepEqual(await find("zzyzx"), []);
      assert.equal(await dialog.getByRole("status").textContent(), "Nothing found.");
      const answers = stored
        .get("01-why-nonlinearity.ipynb")
        ?.cells.map(({ source }) => [source].flat().join(""))
        .join("\n")
        .match(/<details>.*?<\/details>/gs);
      const text = readFileSync(path.join(folder, "assets", "search.js"), "utf8");
      const sentences = (answers ?? []).flatMap((one) => one.match(/[A-Z][a-z ,]{30,}/g) ?? []);
      assert.ok(sentences.length > 3);
      for (const sentence of sentences) assert.ok(!text.includes(sentence), sentence);
      await page.keyboard.press("Escape");
      assert.ok(!(await dialog.isVisible()));
    }));

  test("is told when the index is missing", async () => {
    const { context, page } = await openPage({}, browser);
    await context.route(/search\.js/, (route) => route.abort());
    await page.goto(address("index.html"));
    await page.getByRole("button", { name: "Search" }).click();
    await page.getByText("The search is not there").waitFor();
    await context.close();
  });

  test("is told what a term means where it first stands in a section, on hover and on focus", () =>
    reading("01-why-nonlinearity.html", async (page) => {
      const terms = page.locator(".term");
      await terms.first().waitFor();
      const bySection = await page.locator("main").evaluate((main) => {
        /** @type {string[][]} */
        const sections = [[]];
        for (const one of main.querySelectorAll("h2, .term"))
          if (one.matches("h2")) sections.push([]);
          else sections.at(-1)?.push(/** @type {HTMLAnchorElement} */ (one).hash);
        return sections;
      });
      assert.ok(bySection.flat().length > 10);
      for (const section of bySection) assert.equal(new Set(section).size, section.length);
      assert.equal(
        await page.locator(":is(a, code, pre, h2, details, fieldset, math) .term").count(),
        0,
      );

      const tooltip = page.getByRole("tooltip");
      const term = page.locator('.term[href$="#xor"]').first();
      await term.hover();
      await tooltip.getByText("Exclusive or").waitFor();
      assert.match((await tooltip.textContent()) ?? "", /^XOR .*perceptron/);
      assert.deepEqual(await violations(page), []);
      await tooltip.hover();
      await page.waitForTimeout(400);
      assert.ok(await tooltip.isVisible(), "the pointer can go there");
      await page.keyboard.press("Escape");
      assert.ok(!(await tooltip.isVisible()));
      await page.mouse.move(0, 0);
      await term.focus();
      await tooltip.waitFor();
      assert.equal(await term.getAttribute("aria-describedby"), await tooltip.getAttribute("id"));
      await page.keyboard.press("Enter");
      await page.waitForURL(/glossary\.html#xor/);
      assert.equal(await page.locator(":target").textContent(), "XOR");
    }));

  test("a finger shows the meaning first, and follows the link then", () =>
    reading(
      "01-why-nonlinearity.html",
      async (page) => {
        const term = page.locator('.term[href$="#xor"]').first();
        await tap(term);
        await page.getByRole("tooltip").getByText("Exclusive or").waitFor();
        const box = await page.getByRole("tooltip").boundingBox();
        assert.ok(box && box.x >= 0 && box.x + box.width <= 360, "inside the screen");
        await tap(term);
        await page.waitForURL(/glossary\.html#xor/);
      },
      { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true },
    ));

  test("finds the twelve key terms, and others, in the glossary", () =>
    reading("glossary.html", async (page) => {
      const { cells } = readNotebook(inProject("notebooks", "07-choosing-an-activation.ipynb"));
      const source = cells.map((cell) => [cell.source].flat().join("")).join("\n");
      const [table] = source.match(/^## Key terms.*?^## /ms) ?? [""];
      const keyTerms = [...table.matchAll(/^\| ([A-Z][\w ]+?)(?:, \w+)? \|/gm)]
        .map(([, term]) => term)
        .filter((term) => term !== "Term");
      assert.equal(keyTerms.length, 12);
      const listed = await page.locator("main h2").allTextContents();
      assert.deepEqual(
        keyTerms.filter((term) => !listed.includes(term ?? "")),
        [],
      );
      assert.ok(listed.length > 24);
      assert.equal(await page.locator(".said q").count(), listed.length);
      assert.deepEqual(await violations(page), []);
    }));

  for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
    test(`finds the course on one page, which prints as one sheet, in ${colorScheme} colours`, () =>
      reading(
        "index.html",
        async (page) => {
          await page.click('main a[href="one-page.html"]');
          await page.getByRole("heading", { name: "The functions" }).waitFor();
          assert.equal(await page.locator("tbody tr").count(), 6);
          assert.equal(await page.locator("tbody math").count(), 12);
          assert.deepEqual(await violations(page), []);
          const wide = await page.evaluate(() => document.documentElement.scrollWidth);
          assert.ok(wide <= 360, `${wide} pixels wide`);
          const pdf = await page.pdf({ preferCSSPageSize: true });
          assert.equal(pdf.toString("latin1").match(/\/Type\s*\/Page\b/g)?.length, 1);
        },
        { viewport: { width: 360, height: 740 }, colorScheme },
      ));
  }

  test("gets to the end of a page, and nothing there moves when the way to the top comes along", () =>
    reading(
      "glossary.html",
      async (page) => {
        const end = () => page.locator("footer").evaluate((one) => one.scrollHeight);
        const before = await end();
        await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
        await page.locator(".below-top .to-top").waitFor();
        assert.equal(await end(), before);
      },
      { viewport: { width: 360, height: 740 } },
    ));

  /**
   * The notebook's cells without what running it gave.
   * @param {import("../../tools/notebooks.mjs").Notebook} notebook
   * @param {string} name
   */
  function expectBeginning(notebook, name) {
    const cells = stored.get(name)?.cells ?? [];
    assert.ok(cells.length > 5);
    assert.deepEqual(
      notebook.cells.map(({ cell_type, source }) => [cell_type, [source].flat().join("")]),
      cells.map(({ cell_type, source }) => [cell_type, [source].flat().join("")]),
    );
    assert.ok(notebook.cells.every(({ outputs = [] }) => outputs.length === 0));
  }
});
