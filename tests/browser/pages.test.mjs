/** The exported pages, opened from disk with the network off. */
import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { constants, inflateSync } from "node:zlib";
import { exercises } from "activation-lab/exercises";
import { launchBrowser } from "../../tools/browser.mjs";
import { chartsOf, PLOTLY_MIME, readNotebook, sourceOf } from "../../tools/notebooks.mjs";
import { writePages } from "../../tools/pages.mjs";
import { inProject, listNotebooks } from "../../tools/paths.mjs";
import {
  drawChart,
  htmlMistakes,
  inParallel,
  needsBrowser,
  openPage,
  openResults,
  until,
  violations,
} from "./support.mjs";

// A name as folders have it outside of test suites.
const folder = inProject("tests", "scratch", "für die Klasse");

/** Notebooks as they are: other tests say that they run, and that their outputs are the stored ones. */
const storedOne = (/** @type {string} */ name) => readNotebook(inProject("notebooks", name));
const stored = (/** @type {readonly string[]} */ names) =>
  new Map(names.map((name) => [name, storedOne(name)]));

const pageOf = (/** @type {string} */ name) => path.join(folder, name.replace(/\.ipynb$/, ".html"));

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

  describe("one by one", inParallel, () => {
    for (const name of ["index.html", ...listNotebooks()])
      test(`${name}, dark and light: no request, no complaint, every chart drawn, accessible`, async () => {
        const charts = name === "index.html" ? [] : chartsOf(storedOne(name));
        // Opened in the dark: the tests of charts open their pages in the light.
        const options = /** @type {const} */ ({ colorScheme: "dark" });
        const { context, page, requests, complaints } = await openPage(options, browser);
        try {
          await context.setOffline(true);
          await page.goto(pathToFileURL(pageOf(name)).href);
          await page.waitForSelector("html[data-charts=drawn]", {
            state: "attached",
            timeout: 60_000,
          });
          await openResults(page);
          assert.equal(await page.locator(".chart").count(), charts.length);
          // A third child makes a power look like an index.
          assert.equal(
            await page
              .locator(":is(msup, msub, mfrac):not(:has(> :nth-child(2):last-child))")
              .count(),
            0,
          );
          for (const colorScheme of /** @type {const} */ (["dark", "light"])) {
            await page.emulateMedia({ colorScheme });
            const background = await page.evaluate(
              () => getComputedStyle(document.documentElement).backgroundColor,
            );
            assert.equal(background === "rgb(255, 255, 255)", colorScheme === "light");
            for (const chart of await page.locator(".chart").all()) {
              await drawChart(chart);
              await chart
                .and(page.locator(`[data-appearance^=${colorScheme}]:has(.gtitle)`))
                .waitFor();
            }
            assert.deepEqual(await page.evaluate(tabStopsThatDoNotScroll), []);
            assert.deepEqual(await violations(page), []);
            for (const [index, { data }] of charts.entries())
              if (data[PLOTLY_MIME].layout.sliders) await moveSlider(page, index);
          }
          assert.deepEqual(requests, []);
          assert.deepEqual(complaints, []);
        } finally {
          await context.close();
        }
      });

    for (const name of listNotebooks()) {
      test(`${name}: readable without JavaScript on a phone, its links lead somewhere`, async () => {
        const notebook = storedOne(name);
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
          assert.equal(
            await page.locator("input:not([type=range])").count(),
            0,
            "choices that cannot be made",
          );
          await openResults(page);
          assert.deepEqual(
            await page
              .locator(".printed:not(.aligned)")
              .evaluateAll((all) => all.filter((one) => one.scrollWidth > one.clientWidth)),
            [],
            "what is printed is as wide as the screen, unless it is aligned",
          );
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
            const html = readFileSync(file, "utf8");
            // Browsers know the top of a page without an id.
            if (anchor && anchor !== "top")
              assert.ok(
                ['"', "'"].some((quote) => html.includes(`id=${quote}${anchor}${quote}`)),
                anchor,
              );
          }
          assert.ok(statSync(pageOf(name)).size < 700_000);
          assert.deepEqual(await htmlMistakes(pageOf(name)), []);
        } finally {
          await context.close();
        }
      });
    }
  });

  describe("together", inParallel, () => {
    test("the chosen colours are remembered on the next page, under a name that is the course's own", async () => {
      const { context, page } = await openPage({ colorScheme: "light" }, browser);
      await page.goto(pathToFileURL(pageOf("index.html")).href);
      // Pages opened from disk share their memory with all others of the disk.
      await page.evaluate(() => localStorage.setItem("theme", "dark"));
      await page.reload();
      await page.getByRole("button", { name: "Dark colours" }).press("Enter");
      assert.deepEqual(
        await page.evaluate(() => Object.keys(localStorage).filter((key) => key !== "theme")),
        ["activation-lab.theme"],
      );
      await page.getByRole("link", { name: "Start here" }).click();
      await page.getByRole("button", { name: "Light colours" }).waitFor();
      await context.close();
    });

    test("the index has the first path, a picture of each notebook, and what was done so far", async () => {
      const { context, page, complaints } = await openPage({}, browser);
      await page.goto(pathToFileURL(pageOf("index.html")).href);
      assert.deepEqual(await htmlMistakes(pageOf("index.html")), []);
      assert.match(await page.locator("#first-path + p").innerText(), /about \d\d minutes/);
      const entries = page.locator("li[data-notebook]");
      const solutions = listNotebooks().filter((name) => name.startsWith("solutions/"));
      assert.equal(await entries.count(), listNotebooks().length - solutions.length);
      const solution = page.locator('li[data-notebook^="exercises/"] a[href^="solutions/"]');
      assert.equal(await solution.count(), solutions.length);
      const notebooks = listNotebooks().filter((name) => !name.includes("/"));
      assert.equal(await page.locator(".picture-of svg").count(), notebooks.length);
      assert.ok(statSync(pageOf("index.html")).size < 60_000);
      const soFar = page.locator(".so-far");
      assert.ok(!(await soFar.isVisible()));
      await page.evaluate((parts) => {
        const kept = "activation-functions-course:";
        const predictions = { a: { predicted: 1, right: true }, b: { predicted: 2, right: false } };
        localStorage.setItem(`${kept}predicted:02-activations`, JSON.stringify(predictions));
        const done = ["elu.forward", ...parts.map((part) => `fiftyLayers.${part}`)];
        const date = "2026-11-26";
        const lines = done.map((part) => JSON.stringify({ part, event: "correct", date }));
        localStorage.setItem(`${kept}progress`, `${lines.join("\n")}\n`);
        localStorage.setItem("theme", "of another");
      }, exercises.fiftyLayers.parts);
      await page.reload();
      await page.getByText("So far you have predicted 1 of 2 and passed 1 exercise.").waitFor();
      const done = (/** @type {string} */ name) =>
        page.locator(`li[data-notebook="${name}"] .done`).allTextContents();
      assert.deepEqual(await done("02-activations"), ["You predicted 1 of 2"]);
      assert.deepEqual(await done("exercises/2-fifty-layers"), ["Passed"]);
      assert.match((await done("exercises/5-elu")).join(), /^1 of \d parts$/);
      assert.deepEqual(await violations(page), []);
      page.on("dialog", (dialog) => dialog.accept());
      await page.getByRole("button", { name: "Delete it" }).click();
      assert.ok(!(await soFar.isVisible()));
      assert.equal(await page.locator(".done").count(), 0);
      assert.deepEqual(await page.evaluate(() => Object.keys(localStorage)), ["theme"]);
      assert.deepEqual(complaints, []);
      await context.close();
    });

    test("the index shows a picture of the network where no script runs", async () => {
      const { context, page } = await openPage({ javaScriptEnabled: false }, browser);
      await page.goto(pathToFileURL(pageOf("index.html")).href);
      const still = page.locator(".explorable .still");
      assert.ok(await still.isVisible());
      const { naturalWidth, clientWidth, clientHeight } = await still.evaluate(
        (/** @type {HTMLImageElement} */ { naturalWidth, clientWidth, clientHeight }) => ({
          ...{ naturalWidth, clientWidth, clientHeight },
        }),
      );
      assert.ok(naturalWidth > 0 && clientWidth > clientHeight && clientHeight > 200);
      await context.close();
    });

    test("on a wide screen the text is in the middle, contents and references in the margins", async () => {
      const { context, page } = await openPage({ viewport: { width: 1600, height: 900 } }, browser);
      await page.goto(pathToFileURL(pageOf("02-activations.ipynb")).href);
      const box = async (/** @type {string} */ selector) => {
        const found = await page.locator(selector).first().boundingBox();
        assert.ok(found, selector);
        return { ...found, right: found.x + found.width };
      };
      const [text, contents] = [await box("main .text > p"), await box(".toc")];
      const reference = await box(".reference");
      const middle = (text.x + text.right) / 2;
      assert.ok(Math.abs(middle - 800) < 40, `the middle of the text is at ${middle}`);
      assert.ok(contents.right <= text.x && reference.x >= text.right);
      assert.ok(reference.right <= (await box(".code")).right + 1);
      const picture = await box(".take-along .picture-of svg");
      assert.ok(picture.x >= text.right && picture.right <= (await box(".code")).right + 1);
      await page.evaluate(() => scrollTo(0, 5000));
      assert.ok((await box(".toc")).y >= 0, "the contents go along");
      for (const name of [
        "02-activations.ipynb",
        "05-dead-neurons.ipynb",
        "08-claims-on-trial.ipynb",
      ]) {
        await page.goto(pathToFileURL(pageOf(name)).href);
        const left = await page.locator("main .text > p:has(.reference)").evaluateAll((all) =>
          all.map((one) => {
            const copy = /** @type {HTMLElement} */ (one.cloneNode(true));
            for (const moved of copy.querySelectorAll(".reference")) moved.remove();
            return copy.textContent ?? "";
          }),
        );
        assert.ok(left.length > 0, name);
        assert.deepEqual(
          left.filter((words) => /\(\s*\)|,\s*[).(]/.test(words)),
          [],
          "signs that were around a reference",
        );
      }
      await context.close();
    });

    test("on paper answers and hints are open, pictures stand for charts, and no page is empty", async () => {
      for (const name of ["02-activations.ipynb", "exercises/6-xor.ipynb", "index.html"]) {
        const { context, page } = await openPage({}, browser);
        await page.goto(pathToFileURL(pageOf(name)).href);
        await page.evaluate(() => {
          const all = /** @type {HTMLElement[]} */ ([
            ...document.querySelectorAll("details, .plot"),
          ]);
          addEventListener("beforeprint", () => {
            const isOpen = (/** @type {Element} */ one) => one.matches(".plot, .toc *, [open]");
            Object.assign(globalThis, { printed: all.filter((one) => !isOpen(one)).length });
          });
        });
        const open = () => page.locator("main details[open]").count();
        const earlier = await open();
        const pdf = await page.pdf({ format: "A4" });
        assert.equal(
          await page.evaluate(() => /** @type {any} */ (globalThis).printed),
          0,
          "what is closed on paper",
        );
        assert.equal(await open(), earlier, "closed again");
        const pages = drawnOn(pdf);
        assert.ok(pages.length > 1 || name === "index.html");
        assert.ok(
          pages.every(({ text, pictures }) => text + pictures > 0),
          `${name}: ${JSON.stringify(pages)}`,
        );
        // The index has the network that learns, which is drawn in several pieces, and no chart.
        if (name !== "index.html")
          assert.equal(
            pages.reduce((sum, { pictures }) => sum + pictures, 0),
            chartsOf(storedOne(name)).length,
          );
        await context.close();
      }
    });

    test("equations look the same with the smaller font as with the whole one", async () => {
      const sizes = () =>
        [...document.querySelectorAll("math, math *")].map((one) => {
          const { width, height } = one.getBoundingClientRect();
          return `${one.textContent}: ${width} × ${height}`;
        });
      const { context, page } = await openPage({}, browser);
      for (const name of listNotebooks()) {
        await page.goto(pathToFileURL(pageOf(name)).href);
        await page.evaluate(() => document.fonts.ready);
        const small = await page.evaluate(sizes);
        await page.evaluate(
          async (url) => {
            const whole = await new FontFace("Whole Math", `url("${url}")`).load();
            document.fonts.add(whole);
            const style = document.createElement("style");
            style.textContent = 'math { font-family: "Whole Math", math !important; }';
            document.head.append(style);
          },
          `data:font/woff2;base64,${readFileSync(inProject("node_modules", "@fontsource", "stix-two-math", "files", "stix-two-math-latin-400-normal.woff2"), "base64")}`,
        );
        assert.deepEqual(small, await page.evaluate(sizes), `${name}: see MATH_CHARACTERS`);
      }
      await context.close();
    });
  });

  /**
   * For each page of a PDF made by Chromium, how many pieces of text and pictures are drawn on it.
   * @param {Buffer} pdf
   */
  function drawnOn(pdf) {
    const bytes = pdf.toString("latin1");
    const objects = new Map(
      [...bytes.matchAll(/^(\d+) 0 obj\n(.*?)\nendobj/gms)].map(([, id, body]) => [id, body ?? ""]),
    );
    const pages = [...objects.values()].filter((body) => /\/Type \/Page\b/.test(body));
    return pages.map((page) => {
      const body = objects.get(page.match(/\/Contents (\d+) 0 R/)?.[1] ?? "") ?? "";
      const start = body.indexOf("stream\n") + "stream\n".length;
      const stream = Buffer.from(body.slice(start), "latin1");
      // A page with nothing on it is not worth packing.
      const drawing = body.includes("/FlateDecode")
        ? inflateSync(stream, { finishFlush: constants.Z_SYNC_FLUSH }).toString("latin1")
        : "";
      return {
        text: drawing.match(/\bT[jJ]\b/g)?.length ?? 0,
        pictures: drawing.match(/\/X\d+ Do\b/g)?.length ?? 0,
      };
    });
  }

  /** Runs in the page: what the Tab key stops at or passes over without cause. Code that can be run is a stop. */
  function tabStopsThatDoNotScroll() {
    const boxes =
      "main [tabindex]:not(input, .ex-handle[role=slider]), .printed, .table, .equation";
    return [.../** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(boxes))]
      .filter((element) => !element.closest(".chart, .code[data-cell]"))
      .filter((element) => element.scrollWidth > element.clientWidth !== (element.tabIndex === 0))
      .map((element) => element.outerHTML.slice(0, 200));
  }

  /** Runs in the page: the formulas whose punctuation begins the next line. */
  function formulasWithoutTheirFullStop() {
    return [...document.querySelectorAll("math:not([display=block])")]
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

  /**
   * The slider is moved by keyboard, and the chart must change.
   * @param {import("playwright-core").Page} page
   * @param {number} index
   */
  async function moveSlider(page, index) {
    const chart = page.locator(".chart").nth(index);
    // Of all its layers: where nothing else changes, the title still says so.
    const drawing = () =>
      chart.locator(".main-svg").evaluateAll((all) => all.map((one) => one.innerHTML).join());
    await chart.getByRole("slider").press("Home");
    await page.waitForTimeout(300);
    const atFirst = await drawing();
    await chart.getByRole("slider").press("End");
    await until(
      drawing,
      (now) => now !== atFirst,
      `the slider of chart ${index + 1} moves nothing`,
    );
  }

  /** @param {import("playwright-core").Locator} locator @param {string} attribute @param {string} name */
  async function address(locator, attribute, name) {
    return new URL((await locator.getAttribute(attribute)) ?? "", pathToFileURL(pageOf(name)));
  }
});

describe("kinds of export", inParallel, () => {
  const small = ["00-start-here.ipynb", "exercises/1-prelu.ipynb", "solutions/1-prelu.ipynb"];
  const scratch = inProject("tests", "scratch", "kinds");
  const read = (/** @type {string[]} */ ...parts) =>
    readFileSync(path.join(scratch, ...parts), "utf8");

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
    assert.match(page, /plotly\.js \(cartesian - minified\) v\d/);
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
