/** Charts in the exported pages, opened from disk: drawn when seen, under fingers, in both themes, and without a network. */
import assert from "node:assert/strict";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { isDeepStrictEqual } from "node:util";
import { launchBrowser } from "../../tools/browser.mjs";
import { inDark } from "../../tools/export/course/scripts/colours.mjs";
import { chartsOf, PLOTLY_MIME, readNotebook } from "../../tools/notebooks.mjs";
import { writePages } from "../../tools/pages.mjs";
import { inProject, listNotebooks } from "../../tools/paths.mjs";
import { comeToRest, drawChart, needsBrowser, openPage, until } from "./support.mjs";

const folder = inProject("tests", "scratch", "charts");
// Has panels side by side, a slider, and a chart taller than a phone.
const name = "06-training-comparison.ipynb";
// Has long labels.
const other = "08-claims-on-trial.ipynb";
const file = path.join(folder, name.replace("ipynb", "html"));
const address = pathToFileURL(file).href;
const WITH_SLIDER = 2;

/** @typedef {import("playwright-core").BrowserContextOptions} Options */
/** @typedef {[x: number, y: number]} Point */

/** @satisfies {Options} */
const phone = { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true };

/** @param {string} notebook */
const figuresOf = (notebook) =>
  chartsOf(readNotebook(inProject("notebooks", notebook))).map(({ data }) => data[PLOTLY_MIME]);

describe("charts in pages", needsBrowser, () => {
  /** @type {import("playwright-core").Browser} */
  let browser;

  before(async () => {
    const notebooks = new Map(
      [name, other].map((one) => [one, readNotebook(inProject("notebooks", one))]),
    );
    // All charts in view, also those that answer a question.
    for (const { cells } of notebooks.values())
      for (const { metadata } of cells) delete metadata.jupyter?.outputs_hidden;
    await writePages(folder, notebooks);
    browser = await launchBrowser();
  });

  after(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test("are drawn when they come near the view, those far below are not", async () => {
    const { context, page } = await openPage({}, browser);
    await page.goto(address);
    await page.waitForSelector("html[data-charts=drawn]", { state: "attached" });
    const drawn = () => page.locator(".chart.drawn").count();
    assert.ok((await drawn()) >= 1, "at least the first");
    assert.ok((await drawn()) < (await page.locator(".chart").count()) / 2);
    await drawChart(page.locator(".chart").last());
    await context.close();
  });

  test("the picture stands there until plotly has loaded, and takes no more room than the chart", async () => {
    const { context, page, complaints } = await openPage(phone, browser);
    let arrive = () => {};
    const arrived = new Promise((resolve) => {
      arrive = () => resolve(undefined);
    });
    await context.route(/plotly-cartesian\.js/, (route) => arrived.then(() => route.continue()));
    // Deferred scripts wait for plotly: the page is there, but has not loaded.
    await page.goto(address, { waitUntil: "commit" });
    const chart = page.locator(".chart").nth(WITH_SLIDER);
    const picture = chart.locator(".picture");
    await chart.scrollIntoViewIfNeeded();
    await page.waitForFunction(
      (image) => image instanceof HTMLImageElement && image.naturalWidth > 0,
      await picture.elementHandle(),
    );
    assert.ok(await picture.isVisible());
    assert.ok(!(await chart.locator(".slider").isVisible()), "a slider that moves nothing yet");
    const height = async () => (await chart.boundingBox())?.height;
    const earlier = await height();
    arrive();
    await drawChart(chart);
    assert.ok(!(await picture.isVisible()));
    assert.ok(await chart.locator(".slider").isVisible());
    assert.equal(await height(), earlier);
    assert.deepEqual(complaints, []);
    await context.close();
  });

  test("where plotly cannot be had, the pictures stay, and one warning says so", async () => {
    const { context, page, complaints } = await openPage({}, browser);
    await context.route(/plotly-cartesian\.js/, (route) => route.abort());
    await page.goto(address);
    await page.waitForSelector("html.pictures");
    assert.equal(await page.locator(".picture:visible").count(), figuresOf(name).length);
    assert.equal(await page.locator(".slider:visible").count(), 0);
    const [lost, warning, ...more] = complaints;
    assert.match(lost ?? "", /^error: Failed to load resource/);
    assert.match(warning ?? "", /^warning: Charts are shown as pictures\. .*plotly did not arrive/);
    assert.deepEqual(more, []);
    await context.close();
  });

  test("a chart that cannot be drawn leaves its picture, and the others are drawn", async () => {
    const broken = path.join(folder, "broken.html");
    writeFileSync(
      broken,
      readFileSync(file, "utf8").replace('<script type="application/json">{', '$&"'),
    );
    const { context, page, complaints } = await openPage({}, browser);
    await page.goto(pathToFileURL(broken).href);
    const first = page.locator(".chart").first();
    // It is tried when it comes into view.
    const told = page.waitForEvent("console");
    await first.scrollIntoViewIfNeeded();
    await told;
    await drawChart(page.locator(".chart").nth(1));
    assert.ok(await first.locator(".picture").isVisible());
    assert.equal(complaints.length, 1);
    assert.match(complaints[0] ?? "", /A chart could not be drawn/);
    await context.close();
  });

  test("every button of every chart, pressed: nothing goes to a network, and none is for sharing", async () => {
    const { context, page, requests, complaints } = await openPage({}, browser);
    await page.goto(address);
    for (const chart of await page.locator(".chart").all()) {
      await drawChart(chart);
      const buttons = chart.locator(".modebar-btn");
      assert.deepEqual(
        await buttons.evaluateAll((all) => all.map((one) => one.getAttribute("data-title"))),
        ["Download plot as a PNG", "Zoom", "Pan", "Zoom in", "Zoom out", "Autoscale", "Reset axes"],
      );
      for (const button of await buttons.all()) await button.click();
      assert.equal(await page.locator("dialog[open], [role=dialog]").count(), 0);
    }
    assert.equal(context.pages().length, 1);
    assert.deepEqual(requests, []);
    assert.deepEqual(complaints, []);
    await context.close();
  });

  test("the buttons are one stop of the Tab key, and arrows go from one to the next", async () => {
    const { context, page } = await openPage({}, browser);
    await page.goto(address);
    const chart = page.locator(".chart").nth(WITH_SLIDER);
    await drawChart(chart);
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute("data-title"));
    await chart.getByRole("slider").focus();
    await page.keyboard.press("Tab");
    assert.equal(await focused(), "Download plot as a PNG");
    await page.keyboard.press("ArrowRight");
    assert.equal(await focused(), "Zoom");
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("ArrowLeft");
    assert.equal(await focused(), "Reset axes");
    await page.keyboard.press("Tab");
    assert.equal(await focused(), null);
    await context.close();
  });

  test("the buttons cover neither title nor plot, at any width", async () => {
    for (const options of /** @type {Options[]} */ ([{}, phone])) {
      const { context, page } = await openPage(options, browser);
      await page.goto(address);
      for (const chart of await page.locator(".chart").all()) {
        await drawChart(chart);
        const [bar, drawing, caption] = await Promise.all(
          [".modebar", ".main-svg >> nth=0", "figcaption"].map(async (part) => {
            const box = await chart.locator(part).boundingBox();
            assert.ok(box, part);
            return box;
          }),
        );
        assert.ok(bar && drawing && caption);
        assert.ok(bar.y >= drawing.y + drawing.height);
        assert.ok(bar.y + bar.height <= caption.y + 1);
        assert.ok(bar.x >= 0 && bar.x + bar.width <= (options.viewport?.width ?? 1280));
      }
      await context.close();
    }
  });

  test("a finger scrolls the page, a pinch zooms the panel under it, a double tap goes back", async () => {
    const { context, page } = await openPage(phone, browser);
    const cdp = await context.newCDPSession(page);
    /**
     * @param {"touchStart" | "touchMove" | "touchEnd"} type
     * @param {Point[]} points
     */
    const touch = (type, ...points) =>
      cdp.send("Input.dispatchTouchEvent", {
        type,
        touchPoints: points.map(([x, y], id) => ({ x, y, id })),
      });
    /** @param {[from: Point, to: Point][]} paths of the fingers */
    const move = async (...paths) => {
      await touch("touchStart", ...paths.map(([start]) => start));
      for (let step = 1; step <= 8; step++) {
        const at = paths.map(
          ([[x0, y0], [x1, y1]]) =>
            /** @type {Point} */ ([x0 + ((x1 - x0) * step) / 8, y0 + ((y1 - y0) * step) / 8]),
        );
        await touch("touchMove", ...at);
        await page.waitForTimeout(50);
      }
      await touch("touchEnd");
      await page.waitForTimeout(300);
    };
    await page.goto(address);
    const chart = page.locator(".chart").nth(WITH_SLIDER);
    await drawChart(chart);
    await comeToRest(chart.locator(".nsewdrag").nth(1));
    const state = () =>
      chart.evaluate((one) => {
        const { layout } = /** @type {any} */ (one.querySelector(".plot"));
        const ranges = [layout.xaxis2.range, layout.yaxis2.range, layout.xaxis.range];
        return { top: scrollY, scale: visualViewport?.scale, ranges };
      });
    const middle = async () => {
      const box = await chart.locator(".nsewdrag").nth(1).boundingBox();
      assert.ok(box);
      return [box.x + box.width / 2, box.y + box.height / 2];
    };
    const start = await state();
    let [x, y] = await middle();
    await move([
      [x, y],
      [x, y - 100],
    ]);
    const scrolled = await state();
    assert.ok(scrolled.top > start.top + 50, "the page has moved");
    assert.deepEqual(scrolled.ranges, start.ranges);

    [x, y] = await middle();
    await move(
      [
        [x - 20, y - 20],
        [x - 60, y - 60],
      ],
      [
        [x + 20, y + 20],
        [x + 60, y + 60],
      ],
    );
    const pinched = await state();
    assert.equal(pinched.scale, 1, "the chart zooms, not the page");
    assert.equal(pinched.top, scrolled.top);
    for (const [low, high] of pinched.ranges.slice(0, 2)) {
      assert.ok(Math.abs(high - low - 4 / 3) < 0.05, `three times as large, got ${low} to ${high}`);
      assert.ok(Math.abs(high + low) < 0.05, `around the fingers, got ${low} to ${high}`);
    }
    assert.deepEqual(pinched.ranges[2], start.ranges[2], "the other panel is as it was");

    await page.touchscreen.tap(x, y);
    await page.touchscreen.tap(x, y);
    await until(state, (now) => isDeepStrictEqual(now.ranges, start.ranges));

    await chart.locator('[data-title="Zoom in"]').tap();
    assert.notDeepEqual((await state()).ranges, start.ranges);
    await chart.locator('[data-title="Reset axes"]').tap();
    assert.deepEqual((await state()).ranges, start.ranges);
    await context.close();
  });

  test("a title that is broken for phones stands on longer lines where there is room", async () => {
    const titles = figuresOf(name).map(({ layout }) => layout.title.text);
    const index = titles.findIndex((/** @type {string} */ title) => title.includes("<br>"));
    for (const options of [{}, phone]) {
      const { context, page } = await openPage(options, browser);
      await page.goto(address);
      const chart = page.locator(".chart").nth(index);
      await drawChart(chart);
      const lines = await chart.locator(".gtitle tspan.line").count();
      assert.equal(lines, options === phone ? titles[index].split("<br>").length : 0);
      await context.close();
    }
  });

  test("on a phone the slider of a tall chart stays on the screen", async () => {
    const { context, page } = await openPage(phone, browser);
    await page.goto(address);
    const chart = page.locator(".chart").nth(WITH_SLIDER);
    await drawChart(chart);
    await chart.locator(".legend").scrollIntoViewIfNeeded();
    const box = await chart.getByRole("slider").boundingBox();
    assert.ok(box && box.y >= 0 && box.y + box.height <= 740 && box.x >= 0);
    assert.ok(box.x + box.width <= 360);
    await context.close();
  });

  test("another theme keeps what was zoomed, hidden and moved", async () => {
    const { context, page } = await openPage({ colorScheme: "light" }, browser);
    await page.goto(address);
    const state = (/** @type {import("playwright-core").Locator} */ chart) =>
      chart.evaluate((one) => {
        const { layout, data } = /** @type {any} */ (one.querySelector(".plot"));
        return {
          range: layout.xaxis.range,
          visible: data.map((/** @type {any} */ trace) => trace.visible),
          paper: layout.paper_bgcolor,
          position: one.querySelector("output")?.textContent,
        };
      });
    const chart = page.locator(".chart").nth(WITH_SLIDER);
    await drawChart(chart);
    await chart.getByRole("slider").press("Home");
    await chart.locator('[data-title="Zoom in"]').click();
    await chart.locator(".legendtoggle").first().click();
    // Plotly waits whether the click becomes a double one.
    const light = await until(
      () => state(chart),
      ({ visible }) => visible.includes("legendonly"),
    );
    assert.equal(light.position, "0");
    assert.deepEqual(light.range, [-1, 1]);
    await page.getByRole("button", { name: "Dark colours" }).click();
    // The button is at the top of the page: the chart is drawn anew when it comes back into view.
    await chart.scrollIntoViewIfNeeded();
    await page.locator('.chart[data-appearance^="dark"]').nth(1).waitFor();
    await page.waitForSelector("html[data-charts=drawn]", { state: "attached" });
    assert.deepEqual(await state(chart), { ...light, paper: "#14181d" });
    await chart.locator('[data-title="Reset axes"]').click();
    assert.deepEqual((await state(chart)).range, [-2, 2]);
    await context.close();
  });

  test("nothing jumps when charts appear, on a desk and on a phone", async () => {
    for (const [options, one] of /** @type {[Options, string][]} */ ([
      [{}, name],
      [phone, name],
      [phone, other],
    ])) {
      const { context, page } = await openPage(options, browser);
      await page.addInitScript(() => {
        const shifts = Object.assign(globalThis, { shifted: 0 });
        new PerformanceObserver((list) => {
          // @ts-expect-error layout-shift is not in the types
          for (const { value } of list.getEntries()) shifts.shifted += value;
        }).observe({ type: "layout-shift", buffered: true });
      });
      await page.goto(new URL(one.replace("ipynb", "html"), address).href);
      for (const chart of await page.locator(".chart").all()) await drawChart(chart);
      const shifted = () => /** @type {any} */ (globalThis).shifted;
      assert.ok((await page.evaluate(shifted)) < 0.01);
      const width = options.viewport?.width ?? 1280;
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width);
      await context.close();
    }
  });

  test("the pages' smaller plotly draws every chart exactly as the whole one does", async () => {
    const draw = async (/** @type {string[]} */ script) => {
      const { context, page } = await openPage({}, browser);
      // Plotly numbers parts of a drawing at random.
      await page.addInitScript(() => {
        let state = 1;
        Math.random = () => {
          state = (state * 48_271) % 2_147_483_647;
          return state / 2_147_483_647;
        };
      });
      await page.goto("about:blank");
      await page.addScriptTag({ path: inProject("node_modules", ...script) });
      const drawings = [];
      for (const notebook of listNotebooks()) {
        for (const figure of figuresOf(notebook)) {
          const drawing = await page.evaluate(
            (one) =>
              /** @type {any} */ (globalThis).Plotly.toImage(one, {
                format: "svg",
                width: 700,
                height: one.layout.height,
              }),
            figure,
          );
          drawings.push([notebook, figure.layout.title.text, drawing]);
        }
      }
      await context.close();
      return drawings;
    };
    const small = await draw(["plotly.js-cartesian-dist-min", "plotly-cartesian.min.js"]);
    const whole = await draw(["plotly.js-dist-min", "plotly.min.js"]);
    assert.ok(small.length > 60);
    assert.equal(whole.length, small.length);
    const { context, page } = await openPage({}, browser);
    for (const [index, [notebook, title, drawing]] of small.entries())
      assert.ok(
        await page.evaluate(isSameDrawing, [drawing, whole[index][2]]),
        `${notebook}: ${title}`,
      );
    await context.close();
  });

  /**
   * Whether two drawings have the same elements, in the same order, with the same attributes: these have no order, and
   * plotly's differs from time to time.
   * @param {string[]} drawings as addresses of data
   */
  function isSameDrawing(drawings) {
    const [one, other] = drawings.map((address) => {
      const text = decodeURIComponent(address.slice(address.indexOf(",") + 1));
      return new DOMParser().parseFromString(text, "image/svg+xml");
    });
    if (one.querySelector("parsererror") || !one.querySelector("svg > *"))
      throw new Error("a drawing cannot be read");
    return one.isEqualNode(other);
  }

  test("a page with a chart that the smaller plotly does not know has the whole one", async () => {
    const whole = path.join(folder, "whole");
    const figure = {
      data: [{ type: "scatterpolar", r: [1, 2, 3], theta: [0, 90, 180] }],
      layout: { title: { text: "A spiral" } },
    };
    const output = {
      output_type: "display_data",
      data: { [PLOTLY_MIME]: figure, "text/plain": "Three points." },
      metadata: {},
    };
    const notebook = readNotebook(inProject("notebooks", name));
    const code = notebook.cells.filter(({ cell_type }) => cell_type === "code").slice(0, 1);
    notebook.cells = [
      ...notebook.cells.slice(0, 1),
      ...code.map((cell) => ({ ...cell, outputs: [output] })),
    ];
    await writePages(whole, new Map([[name, notebook]]));
    const { context, page, complaints } = await openPage({}, browser);
    await page.goto(pathToFileURL(path.join(whole, path.basename(file))).href);
    await drawChart(page.locator(".chart"));
    assert.equal(await page.locator(".polarlayer .scatterlayer path.point").count(), 3);
    assert.deepEqual(complaints, []);
    await context.close();
  });

  test("plotly knows every property of every chart, and accepts its value", async () => {
    const { context, page } = await openPage({}, browser);
    await page.addScriptTag({
      path: inProject("node_modules", "plotly.js-dist-min", "plotly.min.js"),
    });
    for (const notebook of listNotebooks())
      for (const figure of figuresOf(notebook))
        assert.deepEqual(await page.evaluate(mistakesIn, figure), [], notebook);
    await context.close();
  });

  /**
   * Runs in the page. Of legends and sliders plotly.js 4.1.1 complains without cause.
   * @param {import("../../tools/export/course/scripts/types.d.ts").Figure} figure
   */
  function mistakesIn({ data, layout: { legend, sliders, ...layout } }) {
    const { Plotly } = /** @type {any} */ (globalThis);
    /** @type {{ code: string, msg: string }[]} */
    const found = Plotly.validate(data, layout) ?? [];
    return found.filter(({ code }) => code !== "unused").map(({ msg }) => msg);
  }
});

describe("colours of charts", () => {
  for (const notebook of listNotebooks()) {
    test(`${notebook}: every one has another for dark paper`, () => {
      const colours =
        JSON.stringify(figuresOf(notebook)).match(/#[0-9a-f]{6}|rgba\([\d, ]+,/g) ?? [];
      const unknown = [...new Set(colours)].filter((colour) => inDark(colour) === colour);
      assert.deepEqual(unknown, [], "add them to lib/charts/look.json");
    });
  }
});
