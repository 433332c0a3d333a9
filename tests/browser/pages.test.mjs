/** The exported pages, opened from disk with the network off. */
import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { launchBrowser } from "../../tools/browser.mjs";
import { codeCells, PLOTLY_MIME, readNotebook, sourceOf } from "../../tools/notebooks.mjs";
import { writePages } from "../../tools/pages.mjs";
import { inProject, listNotebooks } from "../../tools/paths.mjs";
import { needsBrowser, openPage } from "./support.mjs";

// A name as folders have it outside of test suites.
const folder = inProject("tests", "scratch", "für die Klasse");
const axe = readFileSync(inProject("node_modules", "axe-core", "axe.min.js"), "utf8");

/** Notebooks as they are: other tests say that they run, and that their outputs are the stored ones. */
const stored = (names) =>
  new Map(names.map((name) => [name, readNotebook(inProject("notebooks", name))]));

const chartsOf = (notebook) =>
  codeCells(notebook)
    .flatMap(({ outputs }) => outputs)
    .flatMap(({ data }) => (data?.[PLOTLY_MIME] ? [{ data }] : []));

const pageOf = (name) => path.join(folder, name.replace(/\.ipynb$/, ".html"));

describe("exported pages", needsBrowser, () => {
  /** @type {import("playwright-core").Browser} */
  let browser;

  before(async () => {
    await writePages(folder, stored(listNotebooks()));
    browser = await launchBrowser();
  });

  after(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  for (const name of ["index.html", ...listNotebooks()]) {
    for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
      test(`${name}, ${colorScheme}: no request, no complaint, every chart drawn, accessible`, async () => {
        const charts = name === "index.html" ? [] : chartsOf(stored([name]).get(name));
        const { context, page, requests, complaints } = await openPage({ colorScheme }, browser);
        try {
          await context.setOffline(true);
          await page.goto(pathToFileURL(pageOf(name)).href);
          await page.waitForSelector("html[data-charts=drawn]", {
            state: "attached",
            timeout: 60_000,
          });
          assert.equal(await page.locator(".chart .plot .gtitle").count(), charts.length);
          const background = await page.evaluate(
            () => getComputedStyle(document.documentElement).backgroundColor,
          );
          assert.equal(background === "rgb(255, 255, 255)", colorScheme === "light");
          for (const [index, { data }] of charts.entries())
            if (data[PLOTLY_MIME].layout.sliders) await moveSlider(page, index);
          // A third child makes a power look like an index.
          assert.equal(
            await page
              .locator(":is(msup, msub, mfrac):not(:has(> :nth-child(2):last-child))")
              .count(),
            0,
          );
          assert.deepEqual(await violations(page), []);
          assert.deepEqual(requests, []);
          assert.deepEqual(complaints, []);
        } finally {
          await context.close();
        }
      });
    }
  }

  for (const name of listNotebooks()) {
    test(`${name}: readable without JavaScript on a phone, its links lead somewhere`, async () => {
      const notebook = stored([name]).get(name);
      const { context, page } = await openPage(
        { javaScriptEnabled: false, viewport: { width: 360, height: 740 } },
        browser,
      );
      try {
        await page.goto(pathToFileURL(pageOf(name)).href);
        assert.equal(await page.title(), sourceOf(notebook.cells[0]).match(/^# (.+)$/m)?.[1]);
        const equations = notebook.cells
          .filter(({ cell_type }) => cell_type === "markdown")
          .some((cell) => /\$[^$]+\$/.test(sourceOf(cell)));
        assert.equal((await page.locator("math").count()) > 0, equations);
        assert.deepEqual(await page.evaluate(formulasWithoutTheirFullStop), []);
        const pictures = page.locator(".picture:visible");
        assert.equal(await pictures.count(), chartsOf(notebook).length);
        for (const picture of await pictures.all()) {
          assert.match((await picture.getAttribute("alt")) ?? "", /^Chart: \S/);
          assert.ok(existsSync(fileURLToPath(await address(picture, "src", name))));
        }
        for (const link of await page.locator("a[href]").all()) {
          const target = await address(link, "href", name);
          if (target.protocol !== "file:") continue;
          const anchor = decodeURIComponent(target.hash.slice(1));
          target.hash = "";
          const file = fileURLToPath(target);
          assert.ok(existsSync(file), `${file} is not there`);
          if (anchor) assert.ok(readFileSync(file, "utf8").includes(`id="${anchor}"`), anchor);
        }
        assert.ok(statSync(pageOf(name)).size < 700_000);
      } finally {
        await context.close();
      }
    });
  }

  test("nothing jumps when charts appear, on a desk and on a phone", async () => {
    const name = "06-training-comparison.ipynb";
    for (const width of [1280, 360]) {
      const { context, page } = await openPage({ viewport: { width, height: 800 } }, browser);
      await page.addInitScript(() => {
        const shifts = Object.assign(globalThis, { shifted: 0 });
        new PerformanceObserver((list) => {
          // @ts-expect-error layout-shift is not in the types
          for (const { value } of list.getEntries()) shifts.shifted += value;
        }).observe({ type: "layout-shift", buffered: true });
      });
      await page.goto(pathToFileURL(pageOf(name)).href);
      await page.waitForSelector("html[data-charts=drawn]", { state: "attached" });
      assert.ok((await page.evaluate(() => globalThis.shifted)) < 0.01);
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width);
      await context.close();
    }
  });

  test("plotly knows every property of every chart, and accepts its value", async () => {
    const { context, page } = await openPage({}, browser);
    try {
      await page.addScriptTag({
        path: inProject("node_modules", "plotly.js-dist-min", "plotly.min.js"),
      });
      for (const name of listNotebooks()) {
        for (const { data } of chartsOf(stored([name]).get(name))) {
          assert.deepEqual(await page.evaluate(mistakesIn, data[PLOTLY_MIME]), [], name);
        }
      }
    } finally {
      await context.close();
    }
  });

  test("every colour of every chart has one for dark paper", async () => {
    const { context, page } = await openPage({ colorScheme: "dark" }, browser);
    try {
      await page.goto(pathToFileURL(pageOf("index.html")).href);
      for (const name of listNotebooks()) {
        const figures = JSON.stringify(
          chartsOf(stored([name]).get(name)).map(({ data }) => data[PLOTLY_MIME]),
        );
        const colours = figures.match(/#[0-9a-f]{6}|rgba\([\d, ]+,/g) ?? [];
        const unknown = await page.evaluate(
          (all) => {
            const { inTheme } = /** @type {any} */ (globalThis);
            return all.filter((colour) => inTheme(colour) === colour);
          },
          [...new Set(colours)],
        );
        assert.deepEqual(unknown, [], `${name}: add them to darkColours in page.js`);
      }
    } finally {
      await context.close();
    }
  });

  test("the chosen colours are remembered on the next page", async () => {
    const { context, page } = await openPage({ colorScheme: "light" }, browser);
    await page.goto(pathToFileURL(pageOf("index.html")).href);
    await page.getByRole("button", { name: "Dark colours" }).press("Enter");
    await page.getByRole("link", { name: "Start here" }).click();
    await page.getByRole("button", { name: "Light colours" }).waitFor();
    await context.close();
  });

  /** Runs in the page. Of legends and sliders plotly.js 4.1.1 complains without cause. */
  function mistakesIn({ data, layout: { legend, sliders, ...layout } }) {
    const { Plotly } = /** @type {any} */ (globalThis);
    const found = Plotly.validate(data, layout) ?? [];
    return found.filter(({ code }) => code !== "unused").map(({ msg }) => msg);
  }

  /** Runs in the page: the formulas whose punctuation begins the next line. */
  function formulasWithoutTheirFullStop() {
    return [...document.querySelectorAll("math[display=inline]")]
      .filter((formula) => {
        const after = formula.nextSibling;
        if (!(after instanceof Text) || !/^[.,;:?!)]/.test(after.data)) return false;
        const punctuation = new Range();
        punctuation.setStart(after, 0);
        punctuation.setEnd(after, 1);
        const { top, height } = punctuation.getBoundingClientRect();
        return height > 0 && top >= formula.getBoundingClientRect().bottom;
      })
      .map((formula) => formula.parentElement?.textContent);
  }

  /** The slider is moved by keyboard, and the chart must change. */
  async function moveSlider(page, index) {
    const chart = page.locator(".chart").nth(index);
    const drawing = () => chart.locator(".main-svg").first().innerHTML();
    const earlier = await drawing();
    await chart.getByRole("slider").press("Home");
    await page.waitForTimeout(300);
    assert.notEqual(await drawing(), earlier, `the slider of chart ${index + 1} moves nothing`);
  }

  async function violations(page) {
    await page.evaluate(axe);
    return page.evaluate(async () => {
      const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
      const { violations } = await globalThis.axe.run({ runOnly: tags, preload: false });
      return violations.map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 200)}`);
    });
  }

  async function address(locator, attribute, name) {
    return new URL(await locator.getAttribute(attribute), pathToFileURL(pageOf(name)));
  }
});

describe("kinds of export", () => {
  const small = ["00-start-here.ipynb", "exercises/1-prelu.ipynb", "solutions/1-prelu.ipynb"];
  const scratch = inProject("tests", "scratch", "kinds");
  const read = (...parts) => readFileSync(path.join(scratch, ...parts), "utf8");

  before(() => mkdirSync(scratch, { recursive: true }));
  after(() => rmSync(scratch, { recursive: true, force: true }));

  test("twice the same bytes", async () => {
    for (const one of ["a", "b"]) await writePages(path.join(scratch, one), stored(small));
    const files = readdirSync(path.join(scratch, "a"), { recursive: true, encoding: "utf8" });
    assert.ok(files.length > small.length);
    for (const file of files.filter((one) => /\.\w+$/.test(one)))
      assert.ok(
        readFileSync(path.join(scratch, "a", file)).equals(
          readFileSync(path.join(scratch, "b", file)),
        ),
        file,
      );
  });

  test("a page that carries everything, and one that shares", async () => {
    await writePages(path.join(scratch, "single"), stored(small), { singleFile: true });
    const page = read("single", "00-start-here.html");
    assert.match(page, /plotly\.js v\d/);
    assert.doesNotMatch(page, /<(script|img)[^>]+src="(?!data:)|<link rel="stylesheet"/);
    assert.ok(!existsSync(path.join(scratch, "single", "assets")));
  });

  test("without solutions nothing links to one; one page more leaves the others", async () => {
    await writePages(path.join(scratch, "part"), stored(small.slice(0, 2)));
    assert.doesNotMatch(read("part", "exercises", "1-prelu.html"), /href="[^"]*solutions/);
    assert.doesNotMatch(read("part", "index.html"), /solutions\//);
    const earlier = read("part", "00-start-here.html");
    await writePages(path.join(scratch, "part"), stored(small.slice(2)), { keep: true });
    assert.equal(read("part", "00-start-here.html"), earlier);
    assert.match(read("part", "index.html"), /href="solutions\/1-prelu\.html"/);
  });

  test("what fails or is interrupted leaves the earlier pages whole, and nothing beside them", async () => {
    const target = path.join(scratch, "whole");
    await writePages(target, stored(small.slice(0, 1)));
    const broken = new Map([["00-start-here.ipynb", { cells: "none" }]]);
    await assert.rejects(writePages(target, broken), /pages could not be made/);
    const signal = AbortSignal.timeout(100);
    await assert.rejects(writePages(target, stored(small), { signal }), { name: "AbortError" });
    assert.ok(existsSync(path.join(target, "index.html")));
    assert.deepEqual(
      readdirSync(scratch).filter((name) => name.startsWith("whole")),
      ["whole"],
    );
  });
});
