/** The course in a real JupyterLab, as `npm start` starts it. */
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { addressOf } from "../../tools/jupyterlab.mjs";
import { keepRun } from "../../tools/kept-runs.mjs";
import {
  chartsOf,
  codeCells,
  longestFirst,
  readNotebook,
  sourceOf,
} from "../../tools/notebooks.mjs";
import { inProject, listNotebooks, root } from "../../tools/paths.mjs";
import { mistakesIn, predictionsOf } from "../../tools/predictions.mjs";
import { assertSameOutputs, printedBy } from "../notebooks/support.mjs";
import { inParallel, needsBrowser, openPage, until } from "./support.mjs";

// Copies, so that nothing that JupyterLab saves reaches the course.
const folder = "tests/scratch/jupyterlab";

describe("JupyterLab", needsBrowser, () => {
  /** @type {import("node:child_process").ChildProcessWithoutNullStreams} */
  let lab;
  /** @type {Awaited<ReturnType<typeof openPage>>} */
  let browser;
  let start = new URL("http://localhost");

  before(
    async () => {
      for (const name of listNotebooks()) {
        mkdirSync(inProject(folder, path.dirname(name)), { recursive: true });
        cpSync(inProject("notebooks", name), inProject(folder, name));
      }
      lab = spawn(
        process.execPath,
        ["tools/run.mjs", "start", "--no-browser", "--ServerApp.port=0"],
        {
          cwd: root,
          // The learner's own is neither read nor written.
          env: { ...process.env, ACTIVATION_LAB_PROGRESS: inProject(folder, "progress.jsonl") },
        },
      );
      start = await addressOf(lab);
      browser = await openPage();
    },
    { timeout: 120_000 },
  );

  after(async () => {
    await browser?.browser.close();
    if (lab?.exitCode === null) {
      const ended = new Promise((resolve) => lab.on("close", resolve));
      // On Windows a signal ends only the process it is sent to, and JupyterLab would go on.
      if (process.platform === "win32") spawnSync("taskkill", ["/pid", `${lab.pid}`, "/t", "/f"]);
      else lab.kill("SIGTERM");
      await ended;
    }
    rmSync(inProject(folder), { recursive: true, force: true });
  });

  test("opens the first notebook, on this machine only and behind a token", async () => {
    assert.match(start.hostname, /^(localhost|127\.0\.0\.1)$/);
    assert.ok((start.searchParams.get("token")?.length ?? 0) >= 20);
    await browser.page.goto(start.href);
    const [first] = listNotebooks();
    await browser.page.getByRole("tab", { name: first }).waitFor();
  });

  // Each in a window of its own, as many at once as there are cores.
  describe("every notebook", inParallel, () => {
    for (const name of longestFirst(listNotebooks()))
      test(`${name}: Run All Cells draws every chart, and saves what is stored`, async () => {
        const page = await browser.context.newPage();
        await runAll(page, name);
        await page.close();
        assert.deepEqual(
          browser.requests.filter((url) => new URL(url).hostname !== start.hostname),
          [],
          "asks nobody but its own server",
        );
      });
  });
  test("an exercise is answered by a click and by the keyboard, and solved by typing", async () => {
    const { page } = browser;
    await open("exercises/1-prelu.ipynb");
    const cells = page.locator(".jp-CodeCell");
    const number = page.getByRole("spinbutton", { name: "Your answer:" });
    await number.fill("-7");
    await number.press("Enter");
    // The kernel has just started: what the answer needs runs before it.
    await page.getByText("unseen: not -7: it is more. ").waitFor({ timeout: 30_000 });
    const decay = page.getByRole("group", { name: /Why do He et al\. not use weight decay/ });
    const count = await page.locator(".jp-Notebook .jp-Cell").count();
    await decay.getByRole("radio", { name: "a) It would" }).click();
    await page.getByText("decay: not a. ").waitFor();
    // An arrow moves, and answers nothing; x would cut the cell.
    for (const key of ["ArrowDown", "x", "Enter"]) await page.keyboard.press(key);
    await page.getByText("decay: right. ").waitFor();
    assert.equal(await page.locator(":focus").inputValue(), "b");
    assert.equal(await page.locator(".jp-Notebook .jp-Cell").count(), count);
    // The cell is what counts, and what is saved.
    await cells.filter({ hasText: '"decay"' }).locator(".cm-content").click();
    for (const key of ["End", "ArrowLeft", "ArrowLeft", "ArrowLeft", "Backspace", "c"])
      await page.keyboard.press(key);
    await decay.getByRole("radio", { name: "c) Decay", checked: true }).waitFor();
    await page.keyboard.press("ControlOrMeta+s");
    const saved = () => codeCells(readNotebook(inProject(folder, "exercises/1-prelu.ipynb")));
    await until(
      async () => saved().map(sourceOf).join("\n"),
      (code) => code.includes('("unseen", -7);') && code.includes('("decay", "c");'),
      "what was chosen is not saved",
    );

    await choose(page, "Edit", "Clear Outputs of All Cells");
    await choose(page, "Run", "Run All Cells");
    const stub = cells.filter({ hasText: "function prelu(" }).first();
    const check = cells.filter({ hasText: "forward: prelu" }).first();
    const hint = cells.filter({ hasText: 'exercise.hint("forward"' }).first();
    await check.getByText("forward: not attempted yet").waitFor({ timeout: 60_000 });
    /** @param {string} before @param {string} after */
    const answer = async (before, after) => {
      await stub.getByText(before).first().click();
      await page.keyboard.press("End");
      await page.keyboard.press("Shift+Home");
      await page.keyboard.type(after);
      // The first goes on to the cell below, which checks it.
      await page.keyboard.press("Shift+Enter");
      await page.keyboard.press("Control+Enter");
    };
    await answer("return todo();", "return x > 0 ? x : -alpha * x;");
    await check.getByText(/sign/).first().waitFor({ timeout: 30_000 });
    await answer("return x > 0 ? x : -alpha * x;", 'return "a text";');
    await stub.getByText("Type 'string' is not assignable").waitFor({ timeout: 30_000 });
    await hint.locator(".cm-content").click();
    await page.keyboard.press("ControlOrMeta+A");
    await page.keyboard.type('exercise.hint("forward", 1);');
    await page.keyboard.press("Control+Enter");
    await hint.getByText("forward, hint 1 of 3").waitFor({ timeout: 30_000 });
    await answer('return "a text";', "return x > 0 ? x : alpha * x;");
    await check.getByText("forward: correct.").waitFor({ timeout: 30_000 });
  });

  test("a prediction is made and judged, its result hidden until its cell runs, and the notebook is not changed", async () => {
    const { page } = browser;
    const cell = { id: "question", cell_type: "markdown", metadata: {}, source: "" };
    /** @param {string} id @param {string} source @param {string} text that it prints */
    const answer = (id, source, text) => ({
      id,
      cell_type: "code",
      metadata: { jupyter: { outputs_hidden: true } },
      execution_count: null,
      source,
      outputs: [{ output_type: "stream", name: "stdout", text }],
    });
    // JupyterLab would write there what it learns of the kernel.
    const { metadata } = readNotebook(inProject("notebooks", "00-start-here.ipynb"));
    const notebook = {
      cells: [
        {
          ...cell,
          metadata: { predict: { answer: 2, check: "true" } },
          source: "**Predict:** how many?\n\n- [ ] one\n- [ ] two",
        },
        answer("result", 'console.log("It is", 1 + 1);', "It is 2\n"),
        {
          ...cell,
          id: "sketch",
          metadata: {
            predict: {
              sketch: {
                x: { title: "x", from: 0, to: 4 },
                y: { title: "y", from: 0, to: 1 },
                curve: [0, 0.25, 0.5, 0.75, 1],
              },
              within: 0.1,
              check: "[0, 0.25, 0.5, 0.75, 1]",
            },
          },
          source: "**Predict:** sketch it.",
        },
        answer("line", 'console.log("a line");', "a line\n"),
        { ...cell, id: "end", source: "The end." },
      ],
      metadata,
      nbformat: 4,
      nbformat_minor: 5,
    };
    writeFileSync(inProject(folder, "predict.ipynb"), JSON.stringify(notebook));
    await open("predict.ipynb");
    const one = page.getByRole("radio", { name: "one" });
    await page.getByRole("group", { name: "Predict: how many?" }).waitFor();
    // For a moment after it is opened JupyterLab takes a notebook for changed.
    await page.locator(".jp-mod-dirty").waitFor({ state: "detached" });
    await one.click();
    await page.keyboard.press("ArrowDown");
    // Would cut the cell, and do nothing to a choice.
    await page.keyboard.press("x");
    assert.ok(await page.getByRole("radio", { name: "two" }).isChecked());
    const plot = page.locator(".sketch svg");
    const box = await plot.boundingBox();
    assert.ok(box);
    await page.mouse.move(box.x, box.y + box.height);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width, box.y, { steps: 5 });
    await page.mouse.up();
    await page.mouse.dblclick(box.x + box.width, box.y);
    const end = page.getByRole("slider", { name: "at x = 4" });
    assert.equal(await end.getAttribute("aria-valuetext"), "1");
    // Would go to the cell above, cut it, and add one.
    await end.press("ArrowUp");
    for (const key of ["ArrowLeft", "x", "b"]) await page.keyboard.press(key);
    assert.match((await page.locator(":focus").getAttribute("aria-label")) ?? "", /x = 3/);
    assert.equal(await page.locator(".jp-Notebook .jp-Cell").count(), 5);
    assert.equal(await page.locator(".jp-mod-dirty").count(), 0);
    assert.equal(await page.getByText("It is 2").filter({ visible: true }).count(), 0);
    const tally = page.locator(".predict-tally strong");
    assert.equal(await tally.innerText(), "You have predicted none of 2 results yet.");
    await page.locator(".jp-CodeCell .cm-content").first().click();
    await page.keyboard.press("Control+Enter");
    await page.getByText("You predicted it: two").waitFor();
    await page.locator(".jp-OutputArea-output").getByText("It is 2").waitFor();
    assert.ok(await one.isDisabled());
    assert.equal(await tally.innerText(), "You predicted 1 of 1. One question is open.");
    await page.locator(".jp-CodeCell .cm-content").last().click();
    await page.keyboard.press("Control+Enter");
    await page.getByText("You saw it coming: your curve is off by 0").waitFor();
    await page.getByText("Dashed is your curve, solid the true one.").waitFor();
    assert.equal(await tally.innerText(), "You predicted 2 of 2.");
  });

  test("cells have line numbers, and Shift+Tab in a call shows the function", async () => {
    const { page } = browser;
    await open(/** @type {string} */ (listNotebooks()[0]));
    const cell = page.locator(".jp-CodeCell").first();
    assert.equal(await cell.locator(".cm-lineNumbers .cm-gutterElement").nth(1).innerText(), "1");
    await cell.locator(".cm-content").click();
    await page.keyboard.press("Control+End");
    await page.keyboard.type("\nMath.max(");
    await page.keyboard.press("Shift+Tab");
    const tooltip = page.locator(".jp-Tooltip");
    await tooltip.getByText("max(...values: number[]): number").waitFor({ timeout: 30_000 });
    assert.match(await tooltip.innerText(), /@param values/);
  });

  test("a figure to touch is drawn, and has the keys while it has the focus", async () => {
    const { page } = browser;
    await open("00-start-here.ipynb");
    const figure = page.locator(".jp-OutputArea .explorable").first();
    // The stored one: nothing has run.
    await figure.getByText(/^Epoch 0\./).waitFor({ timeout: 60_000 });
    await figure.getByRole("button", { name: "One step" }).click();
    await figure.getByText(/^Epoch 1\./).waitFor();
    const cells = await page.locator(".jp-Notebook .jp-Cell").count();
    const units = figure.getByRole("slider", { name: "Hidden units" });
    await units.focus();
    for (const key of ["Home", "ArrowRight", "b"]) await page.keyboard.press(key);
    await figure.getByText(/^Epoch 0\..* of 2 units dead/).waitFor();
    await figure.getByRole("button", { name: "Copy as code" }).click();
    await figure.getByText('explore("network", { units: 2 });').waitFor();
    assert.equal(await page.locator(".jp-Notebook .jp-Cell").count(), cells, "b adds no cell");
  });

  test("no button of a chart speaks to the network", async () => {
    const { page } = browser;
    await open("00-start-here.ipynb");
    await choose(page, "Run", "Run All Cells");
    const chart = page.locator(".jp-RenderedPlotly").first();
    const buttons = chart.locator(".modebar-btn");
    await chart.locator(".gtitle").waitFor({ timeout: 60_000 });
    assert.deepEqual(
      await buttons.evaluateAll((all) => all.map((one) => one.getAttribute("data-title"))),
      ["Download plot as a PNG", "Zoom", "Pan", "Zoom in", "Zoom out", "Autoscale", "Reset axes"],
    );
    await chart.hover();
    for (const button of await buttons.all()) await button.click();
    assert.deepEqual(
      browser.requests.filter((url) => new URL(url).hostname !== start.hostname),
      [],
    );
  });

  test("charts, and the pictures that stand for them, are dark in the dark theme", async () => {
    const { page } = browser;
    await open("00-start-here.ipynb");
    const chart = page.locator(".jp-RenderedPlotly").first();
    const paper = async () => {
      const { width = 0, height = 0 } = (await chart.boundingBox()) ?? {};
      assert.ok(width > 300 && height > 200);
      const screenshot = (await chart.screenshot()).toString("base64");
      return page.evaluate(async (png) => {
        const image = Object.assign(new Image(), { src: `data:image/png;base64,${png}` });
        await image.decode();
        const context = new OffscreenCanvas(1, 1).getContext("2d");
        // Left of the vertical axis, where nothing is drawn.
        context?.drawImage(image, -4, -image.height / 2);
        return Math.max(...(context?.getImageData(0, 0, 1, 1).data.slice(0, 3) ?? []));
      }, screenshot);
    };
    await theme("JupyterLab Light");
    assert.equal(await paper(), 255);
    await theme("JupyterLab Dark");
    try {
      assert.ok((await paper()) < 32, "the picture");
      await chart.hover();
      await chart.locator(".gtitle").waitFor({ timeout: 60_000 });
      assert.ok((await paper()) < 32, "the chart");
    } finally {
      await theme("JupyterLab Light");
    }
  });

  test("File → Save and Export Notebook As offers what works; HTML is the offline page", async () => {
    const { page } = browser;
    const [name] = listNotebooks();
    await open(name);
    await choose(page, "File");
    await page.locator(".lm-Menu-itemLabel", { hasText: "Save and Export Notebook As" }).hover();
    const labels = page.locator("#jp-mainmenu-file-notebookexport .lm-Menu-itemLabel");
    await labels.first().waitFor();
    assert.deepEqual(await labels.allTextContents(), ["HTML", "Markdown", "Executable Script"]);
    for (const [format, signs] of /** @type {[string, RegExp[]][]} */ ([
      ["html", [/<a class="skip" href="#content">/, /plotly\.js \(cartesian - minified\) v\d/]],
      // A zip of text and pictures.
      ["markdown", [/^PK/, /\.png/]],
      ["script", [/from "activation-lab";/]],
    ])) {
      const url = new URL(`/nbconvert/${format}/${folder}/${name}`, start);
      const response = await browser.context.request.get(
        `${url}?token=${start.searchParams.get("token")}`,
      );
      assert.equal(response.status(), 200, format);
      const text = (await response.body()).toString("latin1");
      for (const sign of signs) assert.match(text, sign);
      assert.doesNotMatch(text, /<(script|link|img)[^>]+(src|href)="https?:/);
    }
  });

  /**
   * Runs a notebook, saves it, and keeps the run for the tests that come after.
   * @param {import("playwright-core").Page} page
   * @param {string} name
   */
  async function runAll(page, name) {
    const file = inProject("notebooks", name);
    const notebook = readNotebook(file);
    const charts = chartsOf(notebook);
    const checks = predictionsOf(notebook).map(({ check }) => check);
    const copy = inProject(folder, "unrun", name);
    mkdirSync(path.dirname(copy), { recursive: true });
    // As tools/run_notebook.py asks in the end whether predictions are judged rightly.
    notebook.cells.push(
      ...checks.map((check, index) => ({
        cell_type: /** @type {const} */ ("code"),
        id: `check-${index}`,
        metadata: {},
        source: `console.log(JSON.stringify(${check}));`,
      })),
    );
    const cells = codeCells(notebook);
    for (const cell of cells) Object.assign(cell, { outputs: [], execution_count: null });
    writeFileSync(copy, JSON.stringify(notebook));
    await open(`unrun/${name}`, page);
    await choose(page, "Run", "Run All Cells");
    await page.waitForFunction(
      (count) => {
        const prompts = [
          ...document.querySelectorAll(".jp-Notebook .jp-CodeCell .jp-InputPrompt"),
        ].map(({ textContent }) => textContent ?? "");
        // Folded code has an empty one.
        return (
          prompts.length === count &&
          !prompts.some((prompt) => prompt.includes("*")) &&
          /\[\d+\]/.test(prompts.at(-1) ?? "")
        );
      },
      cells.length,
      // Long enough for the longest notebook on a busy machine.
      { timeout: 600_000 },
    );
    assert.equal(
      await page.locator('[data-mime-type="application/vnd.jupyter.stderr"]').count(),
      0,
    );
    // Every chart has a title: when it is there, plotly has drawn it.
    await page.waitForFunction(
      (count) =>
        [...document.querySelectorAll(".jp-Notebook .js-plotly-plot")].filter((plot) =>
          plot.querySelector(".main-svg .gtitle"),
        ).length >= count,
      charts.length,
      { timeout: 30_000 },
    );
    const drawn = await page.locator(".jp-Notebook .js-plotly-plot").count();
    assert.equal(drawn, charts.length);
    await page.keyboard.press("ControlOrMeta+s");
    const isSaved = () => {
      try {
        return codeCells(readNotebook(copy)).every((cell) => cell.execution_count);
      } catch {
        // A part of the file: JupyterLab is writing it.
        return false;
      }
    };
    for (const end = Date.now() + 60_000; !isSaved(); await page.waitForTimeout(100))
      assert.ok(Date.now() < end, `${name} is not saved`);
    const saved = readNotebook(copy);
    const said = codeCells({ ...saved, cells: saved.cells.splice(-checks.length, checks.length) });
    assert.deepEqual(mistakesIn(readNotebook(file), said.map(printedBy)), []);
    assertSameOutputs(saved, readNotebook(file), name);
    await keepRun(file, saved);
    const ofCopy = { headers: { Authorization: `token ${start.searchParams.get("token")}` } };
    const sessions = await browser.context.request.get(
      new URL("/api/sessions", start).href,
      ofCopy,
    );
    for (const { id, path: place } of await sessions.json())
      if (place === `${folder}/unrun/${name}`)
        await browser.context.request.delete(new URL(`/api/sessions/${id}`, start).href, ofCopy);
  }

  /** @param {string} name of the notebook */
  async function open(name, page = browser.page) {
    // Windows with one workspace would open each other's notebooks.
    const workspace = name.replaceAll(/\W/g, "-");
    const url = new URL(`/lab/workspaces/${workspace}/tree/${folder}/${name}`, start);
    await page.goto(`${url}?token=${start.searchParams.get("token")}&reset`);
    await page.locator(".jp-Notebook .jp-Cell").first().waitFor();
    await page.getByText(/TypeScript \(tslab\) \| Idle/).waitFor({ timeout: 60_000 });
  }

  /** @param {"JupyterLab Light" | "JupyterLab Dark"} name */
  async function theme(name) {
    const { page } = browser;
    await choose(page, "Settings");
    await page.locator(".lm-Menu-itemLabel", { hasText: /^Theme$/ }).hover();
    await page.locator(".lm-Menu-itemLabel", { hasText: name }).first().click();
    const light = name.includes("Light");
    await page.waitForSelector(`body[data-jp-theme-light=${light}]`, { state: "attached" });
  }

  /**
   * Chooses an entry of the menu bar.
   * @param {import("playwright-core").Page} page
   * @param {string[]} entries the menu, then the entry
   */
  async function choose(page, ...entries) {
    for (const entry of entries) {
      await page.getByRole("menuitem", { name: entry, exact: true }).click();
    }
  }
});
