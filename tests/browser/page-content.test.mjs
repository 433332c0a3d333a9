/** What JupyterLab shows, the page shows: each kind of thing that a notebook can have. */
import assert from "node:assert/strict";
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { launchBrowser } from "../../tools/browser.mjs";
import { PLOTLY_MIME } from "../../tools/notebooks.mjs";
import { writePages } from "../../tools/pages.mjs";
import { inProject } from "../../tools/paths.mjs";
import { drawChart, needsBrowser, openPage, violations } from "./support.mjs";

const scratch = inProject("tests", "scratch", "page content");
const notebooks = path.join(scratch, "notebooks");
const site = path.join(scratch, "site");

const PIXEL =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
const DRAWING =
  '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20"><rect width="9" height="9"/></svg>';

const markdown = (/** @type {string[]} */ ...lines) => ({
  cell_type: "markdown",
  metadata: {},
  source: lines.join("\n"),
});
const asking = (/** @type {object} */ predict, /** @type {string[]} */ ...lines) => ({
  ...markdown(...lines),
  metadata: { predict: { ...predict, check: "true" } },
});
/** @param {string} source @param {object[]} outputs */
const code = (source, outputs = [], more = {}) => ({
  cell_type: "code",
  execution_count: outputs.length > 0 ? 1 : null,
  metadata: {},
  source,
  outputs,
  ...more,
});
const stream = (/** @type {string} */ text, name = "stdout") => ({
  output_type: "stream",
  name,
  text,
});
const shown = (/** @type {Record<string, unknown>} */ data, metadata = {}) => ({
  output_type: "display_data",
  data,
  metadata,
});
const chart = (/** @type {object} */ figure) =>
  shown({ [PLOTLY_MIME]: figure, "text/plain": "A chart</figure><!--." });

/** The notebooks, each a kind; `50 % #1` is there to be linked to. */
const CELLS = {
  "00-titles.ipynb": [
    markdown("# Is a<b, `Array<T>` or $x^2$ & <!-- more -->?", "", "About 1 minutes."),
  ],
  "01-50 % #1 ü.ipynb": [
    markdown("# </title><script>hasRun = true</script>"),
    markdown(
      "[back](00-titles.ipynb) [on](exercises/it's%2040%25.ipynb#Twice) [away](https://example.org/a?b=1&c=2)",
    ),
    markdown("<a href='00-titles.ipynb'>HTML</a> [gone](none.ipynb) [file](../data/circle.csv)"),
    markdown(
      "[one](javascript:alert(1)) [two](vbscript:x) [three](file:///etc/passwd)",
      "",
      "<a href='JAVA&#10;script:alert(1)'>four</a>",
    ),
  ],
  "02-headings.ipynb": [
    markdown("# Headings", "", "[up](#Usage) [party](#🎉) [math](#Why-$x^2$-matters)"),
    markdown("## Usage", "", "A.", "", "## 🎉", "", "B.", "", "## Usage", "", "C."),
    markdown("## Why $x^2$ *matters*", "", "## content", "", "## theme"),
  ],
  "03-equations.ipynb": [
    markdown("$\\text{50\\% of}$ and $a_{\\text{a\\_b}}$ and 50\\% a\\_b"),
    markdown("$$\\operatorname*{argmin}_x f(x)$$"),
    markdown("\\begin{equation}\\label{eq:one}x = 1\\end{equation}", "", "See $\\eqref{eq:one}$."),
    markdown("$\\newcommand{\\loss}{\\mathcal{L}}\\loss$"),
    markdown("$\\loss + \\text{if } \\text{$y>0$}$ <div>$z_1$</div>"),
    markdown("| a | b |", "|---|---|", "| $|x|$ | `x\\|y` |", "| 1 |", "| 2 | 3 | 4 |"),
    markdown("Code stays: `$a$`", "", "```", "$b$ |", "```"),
  ],
  "04-pictures.ipynb": [
    {
      ...markdown("![pasted](attachment:my%20shot.png)"),
      attachments: { "my shot.png": { "image/png": PIXEL } },
    },
    markdown("![beside](images/50%25%20%231.png) <img src='images/50%25%20%231.png' alt='HTML'>"),
    code("all", [
      ...["png", "jpeg", "gif", "webp", "bmp"].map((kind) => shown({ [`image/${kind}`]: PIXEL })),
      shown({ "image/svg+xml": DRAWING }),
      shown({ "image/png": PIXEL }, { "image/png": { width: 40, height: 30, alt: 'A "dot"' } }),
      shown({ "text/html": `<p>inline ${DRAWING}</p>` }),
    ]),
  ],
  "05-outputs.ipynb": [
    code("loop", [stream("1\n"), stream("2\n"), stream("10 %\r100 %\n"), stream("ab\bc\n")]),
    code("halves", [stream("\ud83d"), stream("\ude42 \ud83d\n")]),
    code("mixed", [stream("out\n"), stream("err\n", "stderr"), stream("again\n")]),
    code("colours", [stream("\u001b[31mred\u001b[0m \u001b[1;44mbold\u001b[0m <b>\n")]),
    code("thrown", [
      {
        output_type: "error",
        ename: "Error",
        evalue: "no",
        traceback: ["\u001b[31mError\u001b[0m: no", "  at 1:2"],
      },
    ]),
    code("result", [
      {
        output_type: "execute_result",
        execution_count: 1,
        metadata: {},
        data: { "text/plain": "a < b" },
      },
    ]),
    code("latex", [shown({ "text/latex": "Sum: $\\sum_i x_i$ <b>" })]),
    code("json", [shown({ "application/json": { a: ["<b>"] }, "text/plain": "dict" })]),
    code("html", [
      shown({
        "text/html": "<table><tr><th></th><th>$y$</th></tr></table>",
        "text/plain": "table",
      }),
    ]),
    code("folded", [stream("folded away\n")], { metadata: { jupyter: { outputs_hidden: true } } }),
    code("not run"),
    { cell_type: "raw", metadata: {}, source: "raw <b> text" },
  ],
  "06-charts.ipynb": [
    code("charts", [
      chart({ data: [{ y: [1, 2] }] }),
      chart({ data: [{ y: [1, 2] }], layout: { title: '1 <2 and 3> "1"</script><!--<script>' } }),
      chart({
        data: [{ y: [1, 2] }, { y: [10, 5], yaxis: "y2", xaxis: "x2" }],
        layout: {
          title: { text: "Two<br><b>axes</b>" },
          xaxis: { domain: [0, 1] },
          xaxis2: { overlaying: "x", side: "top", domain: [0, 1] },
          yaxis2: { overlaying: "y", side: "right", anchor: "x2", domain: [0, 1] },
        },
      }),
      chart({
        data: [{ y: [1, 2] }],
        layout: {
          title: { text: "Its own slider" },
          sliders: [
            {
              steps: [
                { label: "<1>", method: "restyle", args: ["y", [[2, 1]]] },
                { label: "2", method: "skip" },
              ],
            },
          ],
        },
      }),
    ]),
  ],
  "07-missing.ipynb": [
    markdown(
      "# Missing",
      "",
      "![far](https://example.org/x.png) ![gone](images/none.png) ![no](attachment:none.png)",
    ),
    markdown("```mermaid", "graph TD; A-->B", "```"),
    code("outputs", [
      shown({ "application/pdf": "JVBERi0=" }),
      shown({
        "application/vnd.jupyter.widget-view+json": { model_id: "1" },
        "text/plain": "IntSlider()",
      }),
      shown({ "text/vnd.mermaid": "graph TD; C-->D", "text/plain": "graph TD; C-->D" }),
      shown({ "text/html": "<p>seen</p><script>hasRun = true</script><iframe src='x'></iframe>" }),
      shown({ "text/latex": "$\\nosuchcommand$" }),
    ]),
  ],
  "08-predictions.ipynb": [
    markdown("# Predictions"),
    asking({ answer: 2 }, "**Predict:** how many?", "", "- [ ] one, or $x_1$", "- [ ] two"),
    code("one", [stream("2\n")], { metadata: { jupyter: { outputs_hidden: true } } }),
    asking({ number: 0.29, within: 0.1 }, "**Predict:** what share of them?"),
    code("two", [stream("0.29\n")], { metadata: { jupyter: { outputs_hidden: true } } }),
    asking(
      { answer: [1, 2], sure: true },
      "**Predict:** which?",
      "",
      "- [ ] `a`",
      "- [ ] b",
      "- [ ] c",
    ),
    code("three", [stream("a, b\n")], { metadata: { jupyter: { outputs_hidden: true } } }),
  ],
  "09-sketch.ipynb": [
    markdown("# A sketch"),
    asking(
      {
        sketch: {
          x: { title: "x", from: 0, to: 4 },
          y: { title: "height", from: 0, to: 1 },
          curve: [0, 0.25, 0.5, 0.75, 1],
          given: [1, 0],
        },
        within: 0.1,
      },
      "**Predict:** how high? Sketch it from 0 to 4, here or on paper.",
    ),
    code("one", [stream("a line\n")], { metadata: { jupyter: { outputs_hidden: true } } }),
    markdown("Text to scroll to. ".repeat(400)),
  ],
  "exercises/it's 40%.ipynb": [
    markdown("# It's 40%"),
    markdown("## Twice", "", "[up](../00-titles.ipynb)"),
  ],
};
const NAMES = Object.keys(CELLS);

const notebook = (/** @type {readonly object[]} */ cells) => ({
  cells: cells.map((cell, index) => ({ id: `id-${index}`, ...cell })),
  metadata: { language_info: { name: "typescript" } },
  nbformat: 4,
  nbformat_minor: 5,
});

describe("what JupyterLab shows, the page shows", needsBrowser, () => {
  /** @type {import("playwright-core").Browser} */
  let browser;
  /** @type {Awaited<ReturnType<typeof openPage>>} */
  let opened;
  /** @type {string[]} */
  let notes;

  before(async () => {
    mkdirSync(path.join(notebooks, "images"), { recursive: true });
    mkdirSync(path.join(notebooks, "exercises"), { recursive: true });
    cpSync(
      inProject("notebooks", "images", "jupyterlab.png"),
      path.join(notebooks, "images", "50% #1.png"),
    );
    const all = new Map(Object.entries(CELLS).map(([name, cells]) => [name, notebook(cells)]));
    for (const [name, content] of all)
      writeFileSync(path.join(notebooks, name), JSON.stringify(content));
    const outcome = await writePages(site, all, { course: { folder: notebooks, names: NAMES } });
    assert.deepEqual(outcome.failures, []);
    notes = outcome.notes;
    browser = await launchBrowser();
    opened = await openPage({}, browser);
  });

  after(async () => {
    assert.deepEqual(opened.requests, []);
    await browser?.close();
    rmSync(scratch, { recursive: true, force: true });
  });

  const addressOf = (/** @type {string} */ name) =>
    pathToFileURL(path.join(site, name.replace(/\.ipynb$/, ".html")));

  /** @param {string} name */
  async function open(name) {
    const { page } = opened;
    await page.goto(addressOf(name).href);
    await page.waitForSelector("html[data-charts=drawn]", { state: "attached", timeout: 60_000 });
    return page;
  }

  /**
   * The texts of all that is found, as the reader sees them.
   * @param {import("playwright-core").Page} page
   * @param {string} selector
   */
  const texts = (page, selector) => page.locator(selector).allInnerTexts();

  test("a title says the same in the tab, on the page, in the index and beside its neighbours", async () => {
    let page = await open("00-titles.ipynb");
    assert.equal(await page.title(), "Is a<b, Array<T> or x^2 & ?");
    assert.equal(await page.locator("h1 code").innerText(), "Array<T>");
    assert.equal(await page.locator("h1 math msup").count(), 1);
    page = await open("01-50 % #1 ü.ipynb");
    assert.equal(await page.evaluate(() => "hasRun" in globalThis), false);
    assert.match((await texts(page, ".neighbours a"))[0] ?? "", /^Previous\s*Is a<b, Array<T> or/);
    page = await open("index.html");
    assert.match((await texts(page, "h3"))[0] ?? "", /Is a<b, Array<T> or/);
    assert.equal(await page.locator("h3 a msup").count(), 1);
    assert.match(await page.locator("main").innerText(), /1 minute\n/);
  });

  test("links lead where the notebook's do, whatever their names; those that would run or leave do not", async () => {
    const page = await open("01-50 % #1 ü.ipynb");
    const links = await page
      .locator(".text a")
      .evaluateAll((all) =>
        all.map((link) => [
          link.textContent,
          /** @type {HTMLAnchorElement} */ (link).href.replace("%27", "'"),
        ]),
      );
    assert.deepEqual(links, [
      ["back", addressOf("00-titles.ipynb").href],
      ["on", `${addressOf("exercises/it's 40%.ipynb").href}#Twice`],
      ["away", "https://example.org/a?b=1&c=2"],
      ["HTML", addressOf("00-titles.ipynb").href],
    ]);
    for (const [, href] of links.filter(([, one]) => one?.startsWith("file:"))) {
      const file = new URL(href ?? "");
      file.hash = "";
      assert.ok(existsSync(fileURLToPath(file)), href ?? "");
    }
    for (const text of ["gone", "file", "one", "two", "three", "four"])
      assert.ok((await page.locator("main").innerText()).includes(text));
    for (const target of [
      "none.ipynb",
      "../data/circle.csv",
      "javascript:",
      "vbscript:x",
      "file:///etc/passwd",
    ])
      assert.ok(
        notes.some((note) => note.startsWith("01-50 % #1 ü.ipynb") && note.includes(target)),
        target,
      );
    await page.locator(".neighbours a", { hasText: "It's 40%" }).waitFor({ state: "detached" });
    await (await open("index.html")).getByRole("link", { name: "It's 40%" }).click();
    await page.getByRole("link", { name: "up" }).click();
    assert.equal(page.url(), addressOf("00-titles.ipynb").href);
  });

  test("headings have the ids that JupyterLab's links name, each its own", async () => {
    const page = await open("02-headings.ipynb");
    const ids = await page
      .locator("main :is(h1, h2)")
      .evaluateAll((all) => all.map(({ id }) => id));
    assert.deepEqual(ids, [
      "Headings",
      "Usage",
      "🎉",
      "Usage-1",
      "Why-$x^2$-matters",
      "content-1",
      "theme-1",
    ]);
    for (const [name, heading] of [
      ["party", "🎉"],
      ["math", "Why"],
    ]) {
      await page.getByRole("link", { name }).click();
      assert.match(
        await page.evaluate(() => document.querySelector(":target")?.textContent ?? ""),
        new RegExp(heading ?? ""),
      );
    }
    const contents = (await texts(page, ".toc a")).map((one) =>
      one.normalize("NFKC").replace(/\s/g, ""),
    );
    assert.deepEqual(contents, ["Usage", "🎉", "Usage", "Whyx2matters", "content", "theme"]);
    assert.equal(await page.locator(".toc a msup").count(), 1);
    // A link to a cell, as JupyterLab makes it.
    await page.goto(`${addressOf("02-headings.ipynb").href}#cell-id=id-1`);
    assert.match((await page.locator(":target").innerText()) ?? "", /^Usage/);
  });

  test("equations: percent signs, operators, labels, own commands, tables, and code that stays code", async () => {
    const page = await open("03-equations.ipynb");
    const found = await texts(page, "main section");
    assert.equal(found[0]?.normalize("NFKC").replace(/\s+/g, " "), "50% of and a a_b and 50% a_b");
    assert.equal(await page.locator("math munder").count(), 1);
    assert.match(found[2] ?? "", /\(1\)[\s\S]*See \(1\)\.$/);
    await page.getByRole("link", { name: "(1)" }).click();
    assert.equal(await page.locator("mtr:target").count(), 1);
    assert.equal((await page.locator("section:nth-of-type(1) math").count()) > 0, true);
    assert.match(found[4] ?? "", /ℒ\s*\+\s*if\s*𝑦\s*>\s*0/);
    assert.equal(await page.locator("div > math msub").count(), 1);
    const table = await page
      .locator("table tr")
      .evaluateAll((rows) =>
        rows.map((row) =>
          [...row.querySelectorAll("td, th")].map(({ textContent }) => textContent),
        ),
      );
    assert.deepEqual(table, [
      ["a", "b"],
      ["|x|", "x|y"],
      ["1", ""],
      ["2", "3"],
    ]);
    assert.deepEqual(await texts(page, "section code"), ["x|y", "$a$", "$b$ |\n"]);
  });

  test("pictures: pasted, beside the notebook, of every type, with their size and words", async () => {
    const page = await open("04-pictures.ipynb");
    const pictures = await page.locator("main img").evaluateAll((all) =>
      all.map((one) => {
        const { alt, naturalWidth, width, src } = /** @type {HTMLImageElement} */ (one);
        return {
          alt,
          width,
          drawn: naturalWidth > 0,
          place: src.replace(/[,;].*/, "").replace(/.*assets/, "assets"),
        };
      }),
    );
    assert.deepEqual(
      pictures.map(({ alt }) => alt),
      ["pasted", "beside", "HTML", ...Array(6).fill("Output of code cell 1"), 'A "dot"'],
    );
    assert.ok(
      pictures.every(({ drawn }) => drawn),
      JSON.stringify(pictures),
    );
    assert.equal(pictures.at(-1)?.width, 40);
    assert.equal(pictures[0]?.place, "assets/04-pictures/image-1.png");
    assert.equal(pictures[8]?.place, "data:image/svg+xml");
    assert.equal(await page.locator(".table svg rect").count(), 1);
  });

  test("outputs: prints as one block with returns and colours, errors, results, equations, data, raw cells", async () => {
    const page = await open("05-outputs.ipynb");
    assert.deepEqual(
      (await texts(page, ".printed:not(details *)")).map((one) => one.trimEnd()),
      [
        "1\n2\n100 %\nac",
        "🙂 \ufffd",
        "out",
        "err",
        "again",
        "red bold <b>",
        "Error: no\n  at 1:2",
        "a < b",
        '{\n  "a": [\n    "<b>"\n  ]\n}',
        "raw <b> text",
      ],
    );
    const colour = (/** @type {string} */ selector) =>
      page
        .locator(selector)
        .first()
        .evaluate((one) => getComputedStyle(one).color);
    assert.notEqual(await colour(".ansi-red-fg"), await colour("main"));
    assert.equal(
      (await page.locator(".text munder, .text msub, .text munderover").count()) > 0,
      true,
    );
    assert.match(await page.locator("main").innerText(), /Sum: [\s\S]*<b>/);
    assert.deepEqual(
      await page
        .locator("table :is(td, th)")
        .evaluateAll((all) => all.map(({ tagName }) => tagName)),
      ["TD", "TH"],
    );
    assert.equal(await page.locator("th math").count(), 1);
    assert.equal(await page.getByText("folded away").isVisible(), false);
    await page.getByText("Show the result").click();
    await page.getByText("folded away").waitFor();
    assert.equal(
      await page.locator(".code[aria-label='Code of cell 11']").innerText(),
      "not run\n",
    );
  });

  test("charts that say less than the course's are drawn too", async () => {
    const page = await open("06-charts.ipynb");
    for (const one of await page.locator(".chart").all()) await drawChart(one);
    assert.equal(await page.locator(".chart .plot .main-svg .trace").count(), 5);
    assert.deepEqual(
      await page
        .locator(".chart")
        .evaluateAll((all) => all.map((one) => one.getAttribute("aria-label"))),
      ["Chart", '1 <2 and 3> "1"</script><!--<script>', "Two axes", "Its own slider"],
    );
    assert.equal((await texts(page, "figcaption"))[0], "A chart</figure><!--.");
    // The page's slider would not understand what this one does.
    assert.equal(await page.locator(".chart .slider").count(), 0);
    assert.equal(await page.locator(".chart .slider-container").count(), 1);
    await page.getByRole("button", { name: "Dark colours" }).click();
    for (const one of await page.locator(".chart").all()) {
      await one.scrollIntoViewIfNeeded();
      await one.and(page.locator('[data-appearance^="dark"].drawn')).waitFor();
    }
    await page.waitForSelector("html[data-charts=drawn]", { state: "attached" });
    assert.deepEqual(opened.complaints, []);
    await page.setViewportSize({ width: 360, height: 740 });
    await open("06-charts.ipynb");
    for (const one of await page.locator(".chart").all()) await drawChart(one);
    assert.equal(await page.locator(".chart .plot .main-svg .trace").count(), 5);
    await page.setViewportSize({ width: 1280, height: 900 });
    assert.deepEqual(opened.complaints, []);
  });

  test("predictions: a choice or a number, told beside the result, counted, kept, and forgotten", async () => {
    let page = await open("08-predictions.ipynb");
    const verdicts = () => texts(page, ".predict-verdict");
    const tally = page.locator(".predict-tally strong");
    const results = page.locator("details.result > summary");
    const radio = (/** @type {string} */ name) => page.getByRole("radio", { name });
    assert.equal(await tally.innerText(), "You have predicted none of 3 results yet.");
    await page.getByRole("group", { name: "Predict: how many?" }).waitFor();
    await page.setViewportSize({ width: 360, height: 740 });
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 360);
    await page.setViewportSize({ width: 1280, height: 900 });
    assert.equal(await page.locator("label math msub").count(), 1);
    assert.deepEqual(await violations(page), []);
    // By keyboard, and changed before the result is seen.
    await radio("two").focus();
    await page.keyboard.press("Space");
    await page.keyboard.press("ArrowUp");
    assert.ok(await radio("one, or").isChecked());
    await page.keyboard.press("ArrowDown");
    await page.getByRole("spinbutton", { name: "Your prediction:" }).fill("0.5");
    assert.equal(await tally.innerText(), "You have predicted none of 3 results yet.");
    await results.nth(0).press("Enter");
    await page.getByText("You predicted it: two").waitFor();
    assert.ok(await radio("one, or").isDisabled());
    await results.nth(1).click();
    await page.getByText("It is: 0.29").waitFor();
    assert.equal(await tally.innerText(), "You predicted 1 of 2. One question is open.");
    // Who has seen the result may still say what it would have been.
    await results.nth(2).click();
    assert.equal((await verdicts())[2], "");
    await page.getByLabel("How sure are you?").selectOption("80 %");
    await radio("b").check();
    assert.deepEqual(await verdicts(), [
      "You predicted it: two",
      "You predicted: 0.5\nIt is: 0.29",
      "You predicted it: b",
    ]);
    assert.equal(await tally.innerText(), "You predicted 2 of 3.");
    assert.match(
      await page.locator(".predict-tally").innerText(),
      /You were 80 % sure on average, and right in 100 %: in 1 of 1 when 80 % sure\./,
    );
    assert.deepEqual(await violations(page), []);
    page = await open("08-predictions.ipynb");
    await tally.filter({ hasText: "You predicted 2 of 3." }).waitFor();
    assert.ok(await radio("two").isChecked());
    assert.deepEqual(await texts(page, "details.result[open]"), []);
    await page.getByRole("button", { name: "Predict anew" }).click();
    assert.equal(await tally.innerText(), "You have predicted none of 3 results yet.");
    assert.equal(await page.locator("input:checked").count(), 0);
    const kept = await page.evaluate(() => Object.keys(localStorage));
    assert.deepEqual(
      kept.filter((key) => key.includes("predicted")),
      [],
    );
  });

  describe("a sketch", () => {
    const plotOf = (/** @type {import("playwright-core").Page} */ page) =>
      page.locator(".predict-fields .sketch svg");
    const words = (/** @type {import("playwright-core").Page} */ page) =>
      page.locator(".sketch [role=status]").innerText();
    const heights = (/** @type {import("playwright-core").Page} */ page) =>
      page
        .getByRole("slider")
        .evaluateAll((all) => all.map((one) => one.getAttribute("aria-valuetext")));

    /**
     * Places on the axes as pixels: shares of the width, and of the height from below.
     * @param {import("playwright-core").Page} page
     * @param {[right: number, up: number][]} points
     */
    async function pixels(page, points) {
      const box = await plotOf(page).boundingBox();
      assert.ok(box);
      return points.map(([right, up]) => ({
        x: box.x + right * box.width,
        y: box.y + (1 - up) * box.height,
      }));
    }

    /** @param {import("playwright-core").Page} page @param {...[right: number, up: number]} points */
    async function draw(page, ...points) {
      await plotOf(page).scrollIntoViewIfNeeded();
      const [start, ...others] = await pixels(page, points);
      await page.mouse.move(start.x, start.y);
      await page.mouse.down();
      for (const { x, y } of others) await page.mouse.move(x, y);
      await page.mouse.up();
    }

    test("is drawn with the mouse, mended by keyboard, judged, kept, and forgotten", async () => {
      let page = await open("09-sketch.ipynb");
      const tally = page.locator(".predict-tally strong");
      await page.getByRole("group", { name: "Predict: how high?" }).waitFor();
      assert.deepEqual(await violations(page), []);
      await draw(page, [0.4, 1], [0.6, 1], [1.2, 0.5]);
      assert.equal(await words(page), "Draw on to the left edge.");
      assert.equal(await heights(page).then((all) => all[0]), "nothing drawn");
      await draw(page, [0.05, 0.2], [0.5, 1]);
      assert.equal(await words(page), "");
      const drawn = await heights(page);
      assert.deepEqual([drawn[0], drawn[2]], ["0.2", "1"]);
      // One stop of the Tab key; the arrow keys go along and up.
      await page.getByRole("button", { name: "Clear" }).focus();
      await page.keyboard.press("Shift+Tab");
      const focused = () => page.locator(":focus").getAttribute("aria-label");
      assert.equal(await focused(), "at x = 0");
      assert.equal(await words(page), "← and → go along the curve, ↑ and ↓ move it.");
      for (const key of ["Home", "ArrowRight", "ArrowRight", "Home", "ArrowUp", "ArrowUp"])
        await page.keyboard.press(key);
      assert.equal(await focused(), "at x = 2");
      assert.deepEqual((await heights(page)).slice(0, 3), ["0", drawn[1], "0.02"]);
      assert.deepEqual(await violations(page), []);
      assert.equal(await tally.innerText(), "You have predicted none of 1 result yet.");
      await page.getByText("Show the result").click();
      const judged = page.locator(".predict-verdict .sketch-truth");
      await judged.waitFor();
      const verdict = async () =>
        (await page.locator(".predict-verdict").innerText()).split("\n")[0];
      assert.match(
        (await verdict()) ?? "",
        /^Your curve is off by 0\.\d+ on average, most at x = (2|4): you drew 0\.\d+, it is (0\.5|1)\.$/,
      );
      assert.ok(await page.getByText("Dashed is your curve, solid the true one.").isVisible());
      assert.equal((await heights(page))[2], "0.02, in truth 0.5");
      assert.ok(await page.getByRole("slider").first().isDisabled());
      await draw(page, [0, 0], [1, 1]);
      assert.equal((await heights(page))[2], "0.02, in truth 0.5");
      assert.equal(await tally.innerText(), "You predicted 0 of 1.");
      assert.deepEqual(await violations(page), []);

      page = await open("09-sketch.ipynb");
      assert.equal((await heights(page))[2], "0.02");
      await page.getByRole("button", { name: "Clear" }).click();
      assert.equal(await tally.innerText(), "You have predicted none of 1 result yet.");
      await page.getByText("Show the result").click();
      assert.equal(await verdict(), "");
      // From edge to edge by keyboard alone, after the result.
      await page.getByRole("slider", { name: "at x = 0" }).press("Home");
      await page.getByRole("slider", { name: "at x = 4" }).press("End");
      assert.equal(await verdict(), "You saw it coming: your curve is off by 0 on average.");
      await page.getByRole("button", { name: "Predict anew" }).click();
      assert.equal((await heights(page))[0], "nothing drawn");

      // A choice that was made when the question still had choices.
      const key = "activation-functions-course:predicted:09-sketch";
      await page.evaluate((key) => localStorage.setItem(key, '{"id-1":{"predicted":1}}'), key);
      page = await open("09-sketch.ipynb");
      await page.getByText("Show the result").click();
      await draw(page, [0, 0], [1, 1]);
      assert.equal(await verdict(), "You saw it coming: your curve is off by 0 on average.");
      await page.getByRole("button", { name: "Predict anew" }).click();
    });

    test("is drawn with a finger while the page stays, which scrolls beside it", async () => {
      const { context, page, complaints } = await openPage(
        { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true },
        browser,
      );
      await page.goto(addressOf("09-sketch.ipynb").href);
      await plotOf(page).waitFor();
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 360);
      const cdp = await context.newCDPSession(page);
      const swipe = async (/** @type {[number, number][]} */ ...points) => {
        const places = await pixels(page, points);
        const send = (/** @type {any} */ type, /** @type {any[]} */ touchPoints) =>
          cdp.send("Input.dispatchTouchEvent", { type, touchPoints });
        await send("touchStart", [places[0]]);
        for (const place of places.slice(1)) await send("touchMove", [place]);
        await send("touchEnd", []);
      };
      await swipe([0.02, 0.9], [0.5, 0.4], [1, 0.1]);
      assert.equal(await page.evaluate(() => scrollY), 0);
      assert.equal((await heights(page)).includes("nothing drawn"), false);
      assert.equal((await heights(page))[0], "0.9");
      await swipe([1.08, 0.2], [1.08, 0.4], [1.08, 0.6], [1.08, 0.8], [1.08, 1]);
      await page.waitForFunction(() => scrollY > 20);
      assert.equal((await heights(page))[4], "0.1");
      assert.deepEqual(complaints, []);
      await context.close();
    });

    test("that its notebook does not describe is named, and stops nothing else on the page", async () => {
      const broken = path.join(site, "broken-sketch.html");
      const html = readFileSync(addressOf("09-sketch.ipynb"), "utf8");
      writeFileSync(broken, html.replace('"curve":', '"kurve":'));
      const { context, page, complaints } = await openPage({}, browser);
      await page.goto(pathToFileURL(broken).href);
      await page.getByText("These axes cannot be drawn.").waitFor();
      await page.locator(".predict-tally").waitFor();
      assert.match(complaints.join(), /A sketch cannot be drawn/);
      await page.keyboard.press("Control+k");
      await page.getByRole("dialog").waitFor();
      await context.close();
    });

    test("is on paper: axes to draw on, or what was drawn beside the truth", async () => {
      const page = await open("09-sketch.ipynb");
      await page.emulateMedia({ media: "print" });
      assert.ok(await plotOf(page).isVisible());
      assert.equal(await page.locator(".sketch [role=status]").isVisible(), false);
      await page.emulateMedia({ media: "screen" });
      await draw(page, [0, 0.1], [1, 1]);
      await page.getByText("Show the result").click();
      await page.locator(".sketch-truth").waitFor();
      await page.emulateMedia({ media: "print" });
      await page.getByText("Dashed is your curve").waitFor();
      assert.equal(await page.getByRole("button", { name: "Clear" }).isVisible(), false);
      await page.emulateMedia({ media: "screen" });
      await page.getByRole("button", { name: "Predict anew" }).click();
    });
  });

  test("what cannot be shown is named, on the page and with notebook and cell", async () => {
    const page = await open("07-missing.ipynb");
    const text = await page.locator("main").innerText();
    for (const part of [
      "far",
      "gone",
      "no",
      "graph TD; A-->B",
      "Not on this page: application/pdf",
      "IntSlider()",
      "graph TD; C-->D",
      "seen",
      "$\\nosuchcommand$",
    ])
      assert.ok(text.includes(part), part);
    assert.equal(await page.evaluate(() => "hasRun" in globalThis), false);
    assert.deepEqual(
      notes
        .filter((note) => note.startsWith("07-missing.ipynb"))
        .map((note) => note.replace("07-missing.ipynb, ", "")),
      [
        "the cell that begins “# Missing”: not on the page: https://example.org/x.png, which needs a network",
        "the cell that begins “# Missing”: not on the page: images/none.png, which is no picture of the course",
        "the cell that begins “# Missing”: not on the page: the attachment none.png, which is not in the cell",
        "the cell that begins “```mermaid”: a Mermaid diagram is shown as its source",
        "code cell 1: its output application/pdf is not shown",
        "code cell 1: its output application/vnd.jupyter.widget-view+json is shown as text",
        "code cell 1: its output text/vnd.mermaid is shown as text",
        "code cell 1: left out: <iframe>, <script>",
        "code cell 1: shown as its source: the equation \\nosuchcommand cannot be shown: Unsupported function name: \\nosuchcommand",
      ],
    );
  });
});

describe("a broken notebook", () => {
  const folder = path.join(scratch, "broken");
  const good = notebook([markdown("# Good", "", "[next](02-equation.ipynb)")]);

  before(() => mkdirSync(folder, { recursive: true }));
  after(() => rmSync(scratch, { recursive: true, force: true }));

  test("stops its own page only, and is named", async () => {
    const all = new Map([
      ["01-good.ipynb", good],
      ["02-equation.ipynb", notebook([markdown("# Sums", "", "Then $\\nosuch{x}$.")])],
      ["03-no-cells.ipynb", notebook([])],
      ["04-other.ipynb", notebook([markdown("# Other")])],
      ["index.ipynb", good],
    ]);
    for (const [name, content] of all)
      writeFileSync(path.join(folder, name), JSON.stringify(content));
    // Not to be exported, and read for the neighbours' titles.
    writeFileSync(path.join(folder, "05-conflict.ipynb"), "<<<<<<< HEAD\n{}\n=======\n");
    const target = path.join(scratch, "site of good");
    const course = { folder, names: [...all.keys(), "05-conflict.ipynb"].sort() };
    const { failures } = await writePages(target, all, { course });
    assert.deepEqual(failures, [
      "02-equation.ipynb, the cell that begins “# Sums”: the equation \\nosuch{x} cannot be shown: Unsupported function name: \\nosuch",
      "03-no-cells.ipynb has no cells: write one, or delete the notebook",
      "index.ipynb, its page would take the place of index.html: give the notebook another name",
    ]);
    assert.deepEqual(
      readdirSync(target).filter((name) => name.endsWith(".html")),
      ["01-good.html", "04-other.html", "404.html", "glossary.html", "index.html", "one-page.html"],
    );
  });
});
