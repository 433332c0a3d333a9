/** Pages whose cells run: what a reader does with them, in Chromium and in Firefox, from disk and without a network. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { gunzipSync, gzipSync } from "node:zlib";
import axe from "axe-core";
import { launchBrowser } from "../../tools/browser.mjs";
import {
  codeCells,
  FIGURE_MIME,
  joined,
  longestFirst,
  PLOTLY_MIME,
  readNotebook,
  sourceOf,
} from "../../tools/notebooks.mjs";
import { writePages } from "../../tools/pages.mjs";
import { inProject, listNotebooks } from "../../tools/paths.mjs";
import {
  clickMore,
  inParallel,
  launchFirefox,
  needsBrowser,
  needsFirefox,
  openPage,
} from "./support.mjs";

const folder = mkdtempSync(path.join(tmpdir(), "live-"));
const site = path.join(folder, "site");
/** @param {readonly string[]} names */
const stored = (names) =>
  new Map(names.map((name) => [name, readNotebook(inProject("notebooks", name))]));
/** @param {string} name */
const addressOf = (name, within = site) =>
  pathToFileURL(path.join(within, name.replace(/\.ipynb$/, ".html"))).href;

/** Long enough for the longest notebook on a busy machine. */
const PATIENCE = 600_000;

before(() => writePages(site, stored(listNotebooks())));
after(() => rmSync(folder, { recursive: true, force: true }));

/**
 * What a notebook has stored, cell by cell, as `shownOutputs` gives it.
 * @param {string} name
 */
function storedOutputs(name) {
  const cells = codeCells(readNotebook(inProject("notebooks", name)));
  return cells.map(({ outputs }) =>
    merged(
      outputs.map(({ name: stream, text, data }) => {
        if (!data) return { stream, text: joined(text) };
        const figure = data[PLOTLY_MIME] ?? data[FIGURE_MIME];
        if (figure) return { figure, text: joined(data["text/plain"]) };
        if (data["text/html"]) return { html: joined(data["text/html"]) };
        return { stream: "stdout", text: joined(data["text/plain"]) };
      }),
    ),
  );
}

/**
 * Prints in turn are one print, however they were sent.
 * @param {readonly any[]} outputs
 */
function merged(outputs) {
  const all = [];
  for (const output of outputs) {
    const last = all.at(-1);
    if (output.stream && last?.stream === output.stream) last.text += output.text;
    else all.push({ ...output });
  }
  return all;
}

/** Runs in the page: what it shows below each cell. */
function shownOutputs() {
  return [...document.querySelectorAll(".outputs[data-cell]")].map((outputs) =>
    [...outputs.children].map((shown) => {
      const text = shown.querySelector("figcaption")?.textContent;
      const figure = shown.querySelector("script")?.textContent;
      if (figure) return { figure: JSON.parse(figure), text };
      if (shown.matches(".table")) return { html: shown.innerHTML };
      return { stream: shown.matches(".error") ? "stderr" : "stdout", text: shown.textContent };
    }),
  );
}

/**
 * HTML as a browser writes it.
 * @param {readonly (readonly any[])[]} outputs
 */
const plainHtml = (outputs) =>
  outputs.map((cell) =>
    cell.map((output) =>
      output.html
        ? {
            html: output.html
              .replaceAll(/<th[^>]*>\s*<\/th>/g, "<td></td>")
              .replaceAll(/ style="text-align:right"/g, "")
              // Links between notebooks lead to their pages.
              .replaceAll(/(href="[^"]*)\.ipynb(?=[#"])/g, "$1.html"),
          }
        : output,
    ),
  );

/** @param {import("playwright-core").Page} page */
async function untilIdle(page) {
  await page.waitForFunction(() => document.documentElement.dataset.kernel !== "busy", undefined, {
    timeout: PATIENCE,
    polling: 100,
  });
}

/** @param {import("playwright-core").Page} page @param {number} cell */
const outputOf = (page, cell) => page.locator(`.outputs[data-cell="${cell}"]`);

describe("all notebooks run in their pages", { ...needsBrowser, ...inParallel }, () => {
  /** @type {import("playwright-core").Browser} */
  let browser;
  before(async () => {
    browser = await launchBrowser();
  });
  after(() => browser?.close());

  for (const name of longestFirst(listNotebooks())) {
    test(`${name} in Chromium gives the outputs that are stored`, async () => {
      const { context, page, requests, complaints } = await openPage({}, browser);
      try {
        await context.setOffline(true);
        await page.goto(addressOf(name));
        await page.getByRole("button", { name: "Run all cells" }).press("Enter");
        await untilIdle(page);
        const cells = storedOutputs(name);
        const states = await page
          .locator(".code")
          .evaluateAll((boxes) => boxes.map((box) => box.dataset.state));
        assert.deepEqual(
          states,
          cells.map(() => "ran"),
        );
        compare(await page.evaluate(shownOutputs), cells, name);
        // Each question can be answered, but those that a solution has answered.
        const asked = readNotebook(inProject("notebooks", name)).cells.filter(
          (cell) => cell.metadata.predict || /^exercise\.answer\(.*"\?"\);$/.test(sourceOf(cell)),
        );
        assert.equal(await page.locator(".predict-fields").count(), asked.length);
        assert.deepEqual({ requests, complaints }, { requests: [], complaints: [] });
      } finally {
        await context.close();
      }
    });
  }
});

describe("notebooks run in Firefox", { ...needsFirefox, ...inParallel }, () => {
  for (const name of [
    "00-start-here.ipynb",
    "02-activations.ipynb",
    "04-vanishing-signals.ipynb",
    "solutions/1-prelu.ipynb",
  ]) {
    test(`${name} gives the outputs that are stored`, async () => {
      const firefox = await launchFirefox();
      try {
        const page = await firefox.newPage();
        await page.goto(addressOf(name));
        await page.click('[data-do="all"]');
        await page.waitForFunction(() => document.documentElement.dataset.kernel !== "busy", {
          timeout: PATIENCE,
          polling: 100,
        });
        compare(await page.evaluate(shownOutputs), storedOutputs(name), name);
      } finally {
        await firefox.close();
      }
    });
  }
});

/**
 * @param {readonly (readonly any[])[]} shown
 * @param {readonly (readonly any[])[]} cells
 * @param {string} name
 */
function compare(shown, cells, name) {
  const got = plainHtml(shown).map(merged);
  for (const [index, cell] of plainHtml(cells).entries())
    assert.deepEqual(got[index], cell, `${name}, cell ${index + 1}`);
  assert.equal(got.length, cells.length);
}

describe("a page that runs", { ...needsBrowser, ...inParallel }, () => {
  /** @type {import("playwright-core").Browser} */
  let browser;
  before(async () => {
    browser = await launchBrowser();
  });
  after(() => browser?.close());

  /**
   * @param {string} name
   * @param {{ within?: string, colorScheme?: "light" | "dark" }} [options]
   */
  async function open(name, { within = site, ...options } = {}) {
    const opened = await openPage({ acceptDownloads: true, ...options }, browser);
    await opened.page.goto(addressOf(name, within));
    return opened;
  }

  /** @param {import("playwright-core").Page} page @param {number} cell @param {string} code */
  async function write(page, cell, code) {
    await page.getByRole("button", { name: `Edit cell ${cell}`, exact: true }).click();
    await page.waitForSelector(`.code[data-cell="${cell}"] .cm-content`);
    await page.keyboard.press("ControlOrMeta+A");
    await page.keyboard.insertText(code);
  }

  test("loads nothing but its own small script until a cell is used", async () => {
    const opened = await openPage({}, browser);
    /** @type {string[]} */
    const loaded = [];
    opened.page.on("request", (request) => loaded.push(path.basename(request.url())));
    await opened.page.goto(addressOf("01-why-nonlinearity.ipynb"));
    await opened.page.waitForSelector("html[data-charts=drawn]", { state: "attached" });
    assert.deepEqual(
      loaded.filter((name) => /kernel|editor|digits|tensorflow|notebook\.js/.test(name)),
      [],
    );
    const script = readFileSync(path.join(site, "assets", "live", "live.js"));
    assert.ok(gzipSync(script).length < 8000);
    await opened.context.close();
  });

  test("the kernel is less than 1.2 MB, the editor less than 0.2, the digits less than 0.05", () => {
    for (const [name, most] of /** @type {const} */ ([
      ["kernel", 1.2e6],
      ["digits", 0.05e6],
      ["editor", 0.2e6],
    ])) {
      const file = path.join(site, "assets", "live", `${name}.js`);
      assert.ok(gzipSync(readFileSync(file)).length < most, name);
    }
  });

  test("a part of an exercise is done by keyboard", async () => {
    const { context, page, requests, complaints } = await open("exercises/1-prelu.ipynb");
    await context.setOffline(true);
    // From the top, with Tab alone.
    const reach = async (/** @type {string} */ label) => {
      for (let i = 0; i < 80; i++) {
        await page.keyboard.press("Tab");
        if (
          (await page.evaluate(() => document.activeElement?.getAttribute("aria-label"))) === label
        )
          return;
      }
      assert.fail(`${label} is not reached`);
    };
    await reach("Edit cell 2");
    await page.keyboard.press("Enter");
    await page.waitForSelector(".cm-content");
    const typeAll = async (/** @type {string} */ text) => {
      await page.keyboard.press("ControlOrMeta+A");
      await page.keyboard.insertText(text);
      await page.keyboard.press("Shift+Enter");
      await untilIdle(page);
    };
    const prelu = (/** @type {string} */ factor) =>
      `function prelu(x: number, alpha: number): number {\n  return x > 0 ? x : ${factor} * x;\n}`;
    await typeAll(prelu("-alpha"));
    // Shift+Enter has gone on to the next cell, which checks.
    assert.equal(await page.evaluate(() => document.activeElement?.getAttribute("data-cell")), "3");
    await page.keyboard.press("Control+Enter");
    await untilIdle(page);
    assert.match(await outputOf(page, 3).innerText(), /forward: wrong\. Likely mistake/);
    await page.locator('.code[data-cell="2"] .cm-content').focus();
    await typeAll(prelu("alpha"));
    await page.keyboard.press("Control+Enter");
    await untilIdle(page);
    assert.match(await outputOf(page, 3).innerText(), /forward: correct/);
    // Escape leaves the editor.
    await page.locator('.code[data-cell="2"] .cm-content').focus();
    await page.keyboard.press("Escape");
    assert.equal(
      await page.evaluate(() => document.activeElement?.getAttribute("aria-label")),
      "Run cell 2",
    );
    assert.deepEqual({ requests, complaints }, { requests: [], complaints: [] });
    await context.close();
  });

  test("type errors are underlined and listed; names are completed and explained", async () => {
    const { context, page } = await open("exercises/1-prelu.ipynb");
    await page.getByRole("button", { name: "Run cell 1", exact: true }).click();
    await untilIdle(page);
    await write(page, 2, "const slope: string = 5;\nconst other = 1;\n");
    await page.waitForSelector("#problems-2 li");
    assert.match(
      await page.locator("#problems-2").innerText(),
      /Line 1: Type 'number' is not assignable/,
    );
    assert.equal(
      await page.locator('.code[data-cell="2"] .cm-lintRange-error').innerText(),
      "slope",
    );
    // The button beside the code copies what is in the editor, line by line.
    await page.evaluate(() => {
      navigator.clipboard.writeText = async (text) => {
        document.documentElement.dataset.copied = text;
      };
    });
    await page.getByRole("button", { name: "Copy the code of cell 2", exact: true }).click();
    assert.equal(
      await page.locator("html").getAttribute("data-copied"),
      "const slope: string = 5;\nconst other = 1;",
    );
    await page.locator('.code[data-cell="2"] .cm-content').focus();
    await page.keyboard.press("ControlOrMeta+End");
    await page.keyboard.type("exercise.ch");
    // Before the point there was another list; and a list takes no keys in its first 75 ms.
    await page.locator(".cm-tooltip-autocomplete [aria-selected]", { hasText: "check" }).waitFor();
    await page.waitForTimeout(200);
    await page.keyboard.press("Enter");
    assert.match(
      await page.locator('.code[data-cell="2"] .cm-content').innerText(),
      /exercise\.check/,
    );
    await page
      .locator('.code[data-cell="2"] .cm-line', { hasText: "exercise" })
      .hover({ position: { x: 20, y: 8 } });
    await page.waitForSelector(".explained");
    assert.match(await page.locator(".explained").innerText(), /exercise/);
    await context.close();
  });

  test("a check stops an endless loop; elsewhere Stop does, and says that variables are gone", async () => {
    const { context, page } = await open("exercises/1-prelu.ipynb");
    await write(
      page,
      2,
      "function prelu(x: number): number {\n  while (true) x += 1;\n}\nexercise.check({ forward: prelu });",
    );
    await page.keyboard.press("ControlOrMeta+Enter");
    await untilIdle(page);
    assert.match(await outputOf(page, 2).innerText(), /stopped\. Is there a loop that never ends/);
    await write(
      page,
      2,
      `let turns = 0;
const forEver = async () => { for (;;) { turns++; await null; } };
const again = async (): Promise<never> => (await null, turns++, again());
exercise.check({ forward: (x) => (forEver(), x), derivative: (x) => (again(), x) });
console.log("turns", turns);`,
    );
    await page.keyboard.press("ControlOrMeta+Enter");
    await untilIdle(page);
    assert.match(
      await outputOf(page, 2).innerText(),
      /forward: wrong\. It starts something that goes on later[\s\S]*derivative: wrong\. It starts[\s\S]*turns 0/,
    );
    await write(page, 3, "for (;;);");
    await page.keyboard.press("ControlOrMeta+Enter");
    await page.waitForSelector('.code[data-cell="3"][data-state="running"]');
    await page.getByRole("button", { name: "Stop" }).click();
    await untilIdle(page);
    assert.match(await outputOf(page, 3).innerText(), /Stopped\. All variables are gone/);
    assert.equal(await page.locator('.code[data-cell="3"]').getAttribute("data-state"), "failed");
    // The kernel is another one: what the cell needs runs again.
    await write(page, 3, "console.log(typeof exercise);");
    await page.keyboard.press("ControlOrMeta+Enter");
    await untilIdle(page);
    assert.equal((await outputOf(page, 3).innerText()).trim(), "object");
    await context.close();
  });

  test("edits outlive the page, are restored, and are deleted", async () => {
    const { context, page } = await open("00-start-here.ipynb");
    const before = await outputOf(page, 2).innerHTML();
    const text = await page.locator('.code[data-cell="2"]').innerText();
    await write(page, 2, 'console.log("mine");');
    await page.keyboard.press("ControlOrMeta+Enter");
    await untilIdle(page);
    await page.reload();
    assert.match(await page.locator('.code[data-cell="2"]').innerText(), /"mine"/);
    // Of a page made anew with another cell before it, it is the third cell.
    const [, { id }] = codeCells(readNotebook(inProject("notebooks", "00-start-here.ipynb")));
    const keys = await page.evaluate(() => Object.keys(localStorage));
    assert.ok(
      keys.includes(
        `activation-functions-course:${page.url().split("/").slice(-2).join("/")}:${id}`,
      ),
      `${keys}`,
    );
    assert.match(
      String(await page.locator('[data-do="kept"]').textContent()),
      /Changed cells of this page: 1\..*this browser/,
    );
    page.on("dialog", (dialog) => dialog.accept());
    await page.getByRole("button", { name: "Run cell 2", exact: true }).click();
    await untilIdle(page);
    assert.equal((await outputOf(page, 2).innerText()).trim(), "mine");
    const kind = () => outputOf(page, 2).locator("pre").getAttribute("class");
    assert.equal(await kind(), "printed");
    await clickMore(page, "Restore the page's code");
    assert.equal(await page.locator('.code[data-cell="2"]').innerText(), text);
    await page.reload();
    assert.equal(await outputOf(page, 2).innerHTML(), before);
    await write(page, 2, 'console.log("mine");\nconsole.log("in    columns");');
    await page.keyboard.press("ControlOrMeta+Enter");
    await untilIdle(page);
    assert.equal(await kind(), "printed aligned");
    await clickMore(page, "Delete it");
    assert.deepEqual(
      await page.evaluate(() => Object.keys(localStorage).filter((key) => key !== "theme")),
      [],
    );
    await context.close();
  });

  test("running a cell shows what answers its question, not what the cells above answer; all is deleted", async () => {
    const { context, page } = await open("02-activations.ipynb");
    const results = page.locator("details.result");
    const isOpen = (/** @type {number} */ index) =>
      results.nth(index).evaluate((one) => /** @type {HTMLDetailsElement} */ (one).open);
    const cellOf = (/** @type {number} */ index) =>
      results.nth(index).locator(".outputs").getAttribute("data-cell");
    await page.locator("[data-predict]").nth(1).getByRole("radio").first().check();
    await page.getByRole("button", { name: `Run cell ${await cellOf(1)}`, exact: true }).click();
    await page.locator(".predict-verdict").nth(1).getByText("You predicted").waitFor();
    await untilIdle(page);
    assert.deepEqual([await isOpen(0), await isOpen(1)], [false, true]);
    page.on("dialog", (dialog) => dialog.accept());
    await clickMore(page, "Delete it");
    await page.locator("details.result[open]").waitFor({ state: "detached" });
    assert.equal(await page.locator(".predict-fields input:checked").count(), 0);
    assert.deepEqual(
      await page.evaluate(() => Object.keys(localStorage).filter((key) => key !== "theme")),
      [],
    );
    await context.close();
  });

  test("the page is saved as a notebook that keeps all but outputs, and opened from it", async () => {
    const { context, page } = await open("exercises/1-prelu.ipynb");
    await write(page, 2, "// mine");
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      clickMore(page, "Save as a notebook"),
    ]);
    assert.equal(download.suggestedFilename(), "1-prelu.ipynb");
    const file = path.join(folder, "1-prelu.ipynb");
    await download.saveAs(file);
    /** @type {any} */
    const saved = readNotebook(file);
    /** @type {any} */
    const original = readNotebook(inProject("notebooks", "exercises", "1-prelu.ipynb"));
    assert.equal(saved.nbformat, 4);
    assert.deepEqual(saved.metadata.kernelspec, original.metadata.kernelspec);
    assert.deepEqual(
      saved.cells.map(
        (/** @type {import("../../tools/notebooks.mjs").Cell & { id?: string }} */ cell) => [
          cell.cell_type,
          cell.id,
          sourceOf(cell),
        ],
      ),
      original.cells.map(
        (/** @type {import("../../tools/notebooks.mjs").Cell & { id?: string }} */ cell) => [
          cell.cell_type,
          cell.id,
          cell === codeCells(original)[1] ? "// mine" : sourceOf(cell),
        ],
      ),
    );
    await context.close();
    const again = await open("exercises/1-prelu.ipynb");
    const choose = async (/** @type {string} */ name) => {
      const [chooser] = await Promise.all([
        again.page.waitForEvent("filechooser"),
        clickMore(again.page, "Open a notebook"),
      ]);
      await chooser.setFiles(name);
      await again.page.waitForFunction(() =>
        /1-prelu|2-fifty|package/.test(
          document.querySelector(".live [role=status]")?.textContent ?? "",
        ),
      );
      return again.page.locator(".live [role=status]").innerText();
    };
    assert.match(
      await choose(inProject("package.json")),
      /Not opened: package\.json is no notebook file/,
    );
    const count = codeCells(original).length;
    assert.match(
      await choose(file),
      new RegExp(`The code of ${count} cells comes from 1-prelu\\.ipynb now`),
    );
    assert.equal(await again.page.locator('.code[data-cell="2"]').innerText(), "// mine");
    await again.context.close();
  });

  test("one file, mailed alone, runs; a static one has nothing of it", async () => {
    const name = "exercises/1-prelu.ipynb";
    const alone = path.join(folder, "alone");
    await writePages(alone, stored([name]), { singleFile: true });
    const { context, page, requests, complaints } = await open(name, { within: alone });
    await page.getByRole("button", { name: "Run cell 3", exact: true }).click();
    await untilIdle(page);
    assert.match(await outputOf(page, 3).innerText(), /forward: not attempted yet/);
    await write(page, 2, "// mine");
    assert.deepEqual({ requests, complaints }, { requests: [], complaints: [] });
    await context.close();
    const still = path.join(folder, "static");
    await writePages(still, stored([name]), { isStatic: true });
    const text = readFileSync(path.join(still, "exercises", "1-prelu.html"), "utf8");
    assert.doesNotMatch(text, /Run cell|live/);
    // What the page has besides, before anything is run.
    const more =
      statSync(path.join(site, "exercises", "1-prelu.html")).size - Buffer.byteLength(text);
    const cells = codeCells(readNotebook(inProject("notebooks", name))).length;
    assert.ok(more > 0 && more < 3000 + 180 * cells, `${more} bytes`);
  });

  test("served under a sub-path, in a frame, with the policy of the README, it runs and keeps edits", async () => {
    const readme = readFileSync(inProject("README.md"), "utf8");
    const policy = /`(default-src[^`]+)`/.exec(readme)?.[1].replaceAll(/\s+/g, " ") ?? "";
    assert.match(policy, /unsafe-eval.*worker-src blob:/);
    const frame =
      '<!DOCTYPE html><title>f</title><iframe src="/a/course/exercises/1-prelu.html" width="900" height="900">';
    const server = createServer((request, response) => {
      const name = decodeURIComponent(request.url ?? "").replace("/a/course/", "");
      const type = name.endsWith(".css")
        ? "text/css"
        : name.endsWith(".js")
          ? "text/javascript"
          : "text/html";
      response.setHeader("Content-Type", `${type}; charset=utf-8`);
      if (name === "/") return response.end(frame);
      response.setHeader("Content-Security-Policy", policy);
      const file = path.join(site, name);
      response.end(existsSync(file) ? readFileSync(file) : "");
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
    const { context, page, complaints } = await openPage({}, browser);
    try {
      /** @type {string[]} */
      const strange = [];
      page.on("request", (request) => {
        if (!/^(blob|data):/.test(request.url()) && new URL(request.url()).port !== String(port))
          strange.push(request.url());
      });
      await page.goto(`http://127.0.0.1:${port}/`);
      const inside = page.frameLocator("iframe");
      await inside.getByRole("button", { name: "Edit cell 2", exact: true }).click();
      await inside.locator(".cm-content").waitFor();
      await page.keyboard.press("ControlOrMeta+A");
      await page.keyboard.insertText(
        "import { onAllCores } from 'activation-lab/course';\nconsole.log(await onAllCores('Doubling', [1, 2, 3], (n) => 2 * n));",
      );
      await page.keyboard.press("ControlOrMeta+Enter");
      await inside.locator('.code[data-cell="2"][data-state="ran"]').waitFor({ timeout: 120_000 });
      assert.match(await inside.locator('.outputs[data-cell="2"]').innerText(), /\[ 2, 4, 6 \]/);
      assert.deepEqual({ strange, complaints }, { strange: [], complaints: [] });
    } finally {
      await context.close();
      server.close();
    }
  });

  test("nothing is in a reader's way: with a cell that ran, one that failed and one in the editor", async () => {
    for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
      const { context, page } = await open("exercises/1-prelu.ipynb", { colorScheme });
      await write(page, 3, "const wrong: string = 1;");
      await page.keyboard.press("ControlOrMeta+Enter");
      await untilIdle(page);
      await page.waitForSelector("#problems-3 li");
      await page.evaluate(axe.source);
      const { violations } = await page.evaluate(() =>
        /** @type {any} */ (globalThis).axe.run({
          runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
        }),
      );
      assert.deepEqual(
        violations.map(
          (/** @type {{ id: string, nodes: { html: string }[] }} */ { id, nodes }) =>
            `${id}: ${nodes[0].html}`,
        ),
        [],
      );
      await context.close();
    }
  });
});

describe("what is exported", () => {
  test("packed parts hold what they say", () => {
    const text = readFileSync(path.join(site, "assets", "live", "kernel.js"), "utf8");
    const [, data] = /= "([^"]+)";\n$/.exec(text) ?? [];
    const kernel = JSON.parse(gunzipSync(Buffer.from(data, "base64")).toString());
    assert.deepEqual(Object.keys(kernel), ["math", "library", "kernel", "start"]);
    for (const leak of [inProject(), tmpdir()])
      assert.ok(!JSON.stringify(kernel).includes(leak), leak);
  });
});
