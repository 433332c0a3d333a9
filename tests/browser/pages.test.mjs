/** The exported pages, opened from disk with the network off. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { before, describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { codeCells, PLOTLY_MIME, readNotebook, sourceOf } from "../../tools/notebooks.mjs";
import { exportPage } from "../../tools/pages.mjs";
import { inProject, listNotebooks, root } from "../../tools/paths.mjs";
import { needsBrowser, openPage } from "./support.mjs";

function exportPages(...args) {
  return spawnSync(process.execPath, ["tools/export.mjs", ...args], {
    cwd: root,
    encoding: "utf8",
  });
}

function pageOf(name) {
  return inProject("exports", name.replace(/\.ipynb$/, ".html"));
}

describe("exported pages", needsBrowser, () => {
  before(() => {
    const { status, stderr } = exportPages();
    assert.equal(status, 0, stderr);
  });

  for (const name of listNotebooks()) {
    for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
      test(`${name}, ${colorScheme}: no request, no complaint, every chart drawn`, async () => {
        const notebook = readNotebook(inProject("notebooks", name));
        const charts = codeCells(notebook)
          .flatMap(({ outputs }) => outputs)
          .filter(({ data }) => data?.[PLOTLY_MIME]);
        const { browser, context, page, requests, complaints } = await openPage({ colorScheme });
        try {
          await context.setOffline(true);
          await page.goto(pathToFileURL(pageOf(name)).href);
          await page.waitForSelector("html[data-charts=drawn]", {
            state: "attached",
            timeout: 60_000,
          });
          assert.equal(
            await page.locator(".chart .js-plotly-plot .main-svg").first().count(),
            Math.min(1, charts.length),
          );
          assert.equal(await page.locator(".chart .js-plotly-plot").count(), charts.length);
          assert.deepEqual(requests, []);
          assert.deepEqual(complaints, []);
          assert.equal(await page.title(), sourceOf(notebook.cells[0]).match(/^# (.+)$/m)?.[1]);
          const background = await page.evaluate(
            () => getComputedStyle(document.documentElement).backgroundColor,
          );
          assert.equal(background === "rgb(255, 255, 255)", colorScheme === "light");
          const equations = notebook.cells
            .filter(({ cell_type }) => cell_type === "markdown")
            .some((cell) => /\$[^$]+\$/.test(sourceOf(cell)));
          assert.equal((await page.locator("math").count()) > 0, equations);
          assert.equal(await page.locator("math merror, math mtext:text('\\\\')").count(), 0);
          for (let index = 0; index < charts.length; index++) {
            if (charts[index].data[PLOTLY_MIME].layout.sliders) await moveSlider(page, index);
          }
        } finally {
          await browser.close();
        }
      });
    }
  }

  /** The chart's picture must change when its slider goes to the end. */
  async function moveSlider(page, index) {
    const chart = page.locator(".chart").nth(index);
    await chart.scrollIntoViewIfNeeded();
    const drawing = () => chart.locator(".main-svg").first().innerHTML();
    const earlier = await drawing();
    const rail = await chart.locator(".slider-rail-touch-rect").boundingBox();
    await page.mouse.click(rail.x + rail.width - 2, rail.y + rail.height / 2);
    await page.waitForTimeout(300);
    assert.notEqual(await drawing(), earlier, `the slider of chart ${index + 1} moves nothing`);
  }
});

describe("export", () => {
  test("an argument that is no notebook is refused, with what there is", () => {
    const { status, stderr } = exportPages("notebooks/none.ipynb");
    assert.equal(status, 1);
    assert.match(stderr, /none\.ipynb is no notebook of the course\. There are:\n {2}notebooks\//);
  });

  test("a notebook that fails leaves the page as it was, and nothing beside it", async () => {
    const folder = inProject("tests", "scratch", "export");
    mkdirSync(folder, { recursive: true });
    const source = path.join(folder, "failing.ipynb");
    const target = path.join(folder, "pages", "failing.html");
    mkdirSync(path.dirname(target));
    writeFileSync(target, "the earlier page");
    const cell = { cell_type: "code", id: "a", execution_count: null, metadata: {}, outputs: [] };
    writeFileSync(
      source,
      JSON.stringify({
        cells: [{ ...cell, source: 'throw new Error("on purpose")' }],
        metadata: {},
        nbformat: 4,
        nbformat_minor: 5,
      }),
    );
    try {
      await assert.rejects(
        exportPage(source, target),
        /failing\.ipynb, code cell 1 failed.*on purpose/s,
      );
      assert.equal(readFileSync(target, "utf8"), "the earlier page");
      assert.deepEqual(readdirSync(path.dirname(target)), ["failing.html"]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
