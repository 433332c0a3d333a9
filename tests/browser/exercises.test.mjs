/** Exercises in their pages, done as a learner does them: by typing into the stubs, with hints and with mistakes. */
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { exercises } from "activation-lab/exercises";
import { launchBrowser } from "../../tools/browser.mjs";
import { codeCells, readNotebook, sourceOf } from "../../tools/notebooks.mjs";
import { writePages } from "../../tools/pages.mjs";
import { inProject, listNotebooks } from "../../tools/paths.mjs";
import { clickMore, needsBrowser, openPage, tap, violations } from "./support.mjs";

const folder = mkdtempSync(path.join(tmpdir(), "exercises-"));
const names = listNotebooks().filter((name) => name.startsWith("exercises/"));
const notebooks = new Map(
  ["00-start-here.ipynb", ...names].map((name) => [
    name,
    readNotebook(inProject("notebooks", name)),
  ]),
);
/** @param {string} name */
const addressOf = (name) =>
  pathToFileURL(path.join(folder, "site", name.replace(/\.ipynb$/, ".html"))).href;

before(() => writePages(path.join(folder, "site"), notebooks));
after(() => rmSync(folder, { recursive: true, force: true }));

/**
 * What a learner could write in the place of `return todo();`, from the text alone: not the solutions' code.
 * @type {Record<string, Record<string, string>>}
 */
const honest = {
  "exercises/1-prelu.ipynb": {
    forward: "if (x > 0) return x;\n  else return alpha * x;",
    derivative: "if (x > 0) {\n    return 1;\n  }\n  return alpha;",
    alphaGradient: "return x <= 0 ? x : 0;",
    forwardPass: `const z: number[] = [];
  const hidden: number[] = [];
  let sum = network.b2;
  for (let i = 0; i < network.w1.length; i++) {
    let zi = network.b1[i];
    for (let j = 0; j < x.length; j++) zi += network.w1[i][j] * x[j];
    z.push(zi);
    hidden.push(prelu(zi, network.alpha));
    sum += network.w2[i] * hidden[i];
  }
  return { z, hidden, output: sigmoid(sum) };`,
    alphaSlope: `let total = 0;
  for (let i = 0; i < z.length; i++) total += dHidden[i] * preluAlphaGradient(z[i], alpha);
  return total;`,
    trainStep: `const { w1, b1, w2, b2, alpha } = network;
  const { z, hidden, output } = forwardPass(network, x);
  const delta = (output - label) * output * (1 - output);
  const dh = w2.map((w) => delta * w);
  const dz = dh.map((d, i) => d * preluDerivative(z[i], alpha));
  return {
    w1: w1.map((row, i) => row.map((w, j) => w - learningRate * dz[i] * x[j])),
    b1: b1.map((b, i) => b - learningRate * dz[i]),
    w2: w2.map((w, i) => w - learningRate * delta * hidden[i]),
    b2: b2 - learningRate * delta,
    alpha: alpha - learningRate * alphaSlope(dh, z, alpha),
  };`,
  },
  "exercises/2-fifty-layers.ipynb": {
    magnitudes: `const sizes: number[] = [];
  let x = [...inputs];
  for (const row of weights) {
    let z = 0;
    for (let j = 0; j < row.length; j++) z += row[j] * x[j];
    const a = fn(z);
    sizes.push(Math.abs(a));
    x = row.map(() => a);
  }
  return sizes;`,
    firstBelow: `for (let i = 0; i < sizes.length; i++) {
    if (sizes[i] < threshold) return i + 1;
  }
  return undefined;`,
    sensitivity: `let x = [...draws.inputs];
  let s = 1;
  const all: number[] = [];
  for (const row of draws.weights) {
    const z = row.map((w, j) => w * x[j]).reduce((a, b) => a + b, 0);
    s = s * Math.abs(derivative(z) * row.reduce((a, b) => a + b, 0));
    all.push(s);
    x = x.map(() => fn(z));
  }
  return all;`,
  },
  "exercises/5-elu.ipynb": {
    forward: "return x > 0 ? x : alpha * (Math.exp(x) - 1);",
    derivative: "return x > 0 ? 1 : alpha * Math.exp(x);",
    deadShare: `let dead = 0;
  for (const unit of preActivations) {
    let isDead = true;
    for (const z of unit) if (Math.abs(derivative(z)) >= threshold) isDead = false;
    if (isDead) dead++;
  }
  return dead / preActivations.length;`,
  },
  "exercises/3-gradient-monitor.ipynb": {
    layerMeans: `const means: number[] = [];
  for (const layer of gradients) {
    let sum = 0;
    for (const g of layer) sum += Math.abs(g);
    means.push(sum / layer.length);
  }
  return means;`,
    status: `if (Number.isNaN(mean) || mean > 100) return "exploding";
  return mean < 0.001 ? "vanishing" : "healthy";`,
    monitor: `const means = layerMeans(gradients);
    this.history.push(means);
    const warnings: GradientWarning[] = [];
    for (let i = 0; i < means.length; i++) {
      const kind = status(means[i]);
      if (kind !== "healthy") {
        warnings.push({ epoch: this.history.length, layer: i + 1, kind, mean: means[i] });
      }
    }
    return warnings;`,
  },
  "exercises/6-xor.ipynb": {
    epochsToSolve: `let first = Infinity;
  for (let i = 0; i < accuracies.length; i++) {
    if (accuracies[i] < 1) first = Infinity;
    else if (first === Infinity) first = i + 1;
  }
  return first;`,
    solvedShare: `let solved = 0;
  for (const e of epochs) if (e < Infinity) solved++;
  return solved / epochs.length;`,
    medianEpochs: `const sorted = [...epochs].sort((a, b) => a - b);
  const n = sorted.length;
  if (n % 2 === 1) return sorted[(n - 1) / 2];
  return (sorted[n / 2 - 1] + sorted[n / 2]) / 2;`,
  },
  "exercises/4-gain.ipynb": {
    gradientLeft: "return gradients[0] / gradients[gradients.length - 1];",
    findGain: `while (high - low > 0.0001) {
    const middle = (low + high) / 2;
    if (left(middle) > 1) high = middle;
    else low = middle;
  }
  return low;`,
    gainOf: 'if (activation === "tanh") return 1.342;\n  return 1.486;',
  },
  "exercises/7-sick-networks.ipynb": {
    cureA: "return { ...patient, bias: 0.1 };",
    cureB: "return { ...patient, learningRate: 0.3 };",
    cureC: "const { gain, ...rest } = patient;\n  return { ...rest, gain: gain / 25 };",
    cureD: 'return { ...patient, activation: "relu" };',
  },
};

describe("exercises in their pages", needsBrowser, () => {
  /** @type {import("playwright-core").Browser} */
  let browser;
  /** @type {Awaited<ReturnType<typeof openPage>>} */
  let opened;
  before(async () => {
    browser = await launchBrowser();
    opened = await openPage({ acceptDownloads: true }, browser);
    await opened.context.setOffline(true);
  });
  after(() => browser?.close());

  const untilIdle = () =>
    opened.page.waitForFunction(
      () => document.documentElement.dataset.kernel !== "busy",
      undefined,
      { timeout: 300_000, polling: 50 },
    );
  const outputOf = (/** @type {number} */ cell) =>
    opened.page.locator(`.outputs[data-cell="${cell}"]`);

  /**
   * Writes into a cell and runs it, as a keyboard does.
   * @param {number} cell
   * @param {string} code
   */
  async function type(cell, code) {
    const { page } = opened;
    await page.getByRole("button", { name: `Edit cell ${cell}`, exact: true }).click();
    await page.waitForSelector(`.code[data-cell="${cell}"] .cm-content`);
    await page.keyboard.press("ControlOrMeta+A");
    await page.keyboard.insertText(code);
    await page.keyboard.press("ControlOrMeta+Enter");
    await untilIdle();
  }

  /** @param {number} cell */
  async function run(cell) {
    await opened.page.getByRole("button", { name: `Run cell ${cell}`, exact: true }).click();
    await untilIdle();
    return outputOf(cell).innerText();
  }

  for (const [index, name] of names.entries()) {
    test(`${name} is passed by typing what its text asks for`, async () => {
      await opened.page.goto(addressOf(name));
      const sources = codeCells(
        /** @type {import("../../tools/notebooks.mjs").Notebook} */ (notebooks.get(name)),
      ).map(sourceOf);
      let last = "";
      for (const [i, source] of sources.entries()) {
        const part = /^exercise\.check\(\{ (\w+)/.exec(source)?.[1];
        if (!part) continue;
        const code = honest[name]?.[part];
        assert.ok(code, `${name}: no answer to ${part}`);
        // Cells count from 1.
        await type(
          i,
          sources[i - 1].replace("return todo();", () => code),
        );
        last = await run(i + 1);
        assert.match(last, /: correct\./, part);
      }
      assert.match(last, /you have passed/);
      assert.match(last, new RegExp(`Noted: ${index + 1} of ${names.length}`));
      // What was handed in works in the cells that follow.
      await opened.page.getByRole("button", { name: "Run all cells" }).click();
      await untilIdle();
      const states = await opened.page
        .locator(".code")
        .evaluateAll((boxes) => boxes.map((box) => box.dataset.state));
      assert.deepEqual(
        states,
        sources.map(() => "ran"),
      );
      const all = await opened.page.locator(".outputs").allInnerTexts();
      assert.doesNotMatch(all.join("\n"), /First make all/);
    });
  }

  test("what is passed is kept for all pages", async () => {
    await opened.page.goto(addressOf("00-start-here.ipynb"));
    const count = Object.keys(exercises).length;
    const start = readNotebook(inProject("notebooks", "00-start-here.ipynb"));
    const cell = codeCells(start).findIndex((one) => sourceOf(one).includes("showProgress()"));
    assert.match(await run(cell + 1), new RegExp(`Exercises passed: ${count} of ${count}`));
    assert.deepEqual(
      { requests: opened.requests, complaints: opened.complaints },
      { requests: [], complaints: [] },
    );
  });

  test("progress is carried to another browser as the file that JupyterLab keeps", async () => {
    const [download] = await Promise.all([
      opened.page.waitForEvent("download"),
      clickMore(opened.page, "Save progress"),
    ]);
    assert.equal(download.suggestedFilename(), "progress.jsonl");
    const file = path.join(folder, "progress.jsonl");
    await download.saveAs(file);
    const lines = readFileSync(file, "utf8").trimEnd().split("\n");
    assert.equal(lines.length, Object.values(honest).flatMap(Object.keys).length);
    const other = await openPage({}, browser);
    await other.page.goto(addressOf("00-start-here.ipynb"));
    const status = other.page.locator(".live [role=status]");
    /** @param {string} name @param {RegExp} said */
    const choose = async (name, said) => {
      const [chooser] = await Promise.all([
        other.page.waitForEvent("filechooser"),
        clickMore(other.page, "Open progress"),
      ]);
      await chooser.setFiles(name);
      await status.filter({ hasText: said }).waitFor();
    };
    await choose(inProject("package.json"), /Not opened: package\.json has no progress/);
    await choose(file, new RegExp(`^${lines.length} of ${lines.length} notes .* are new here`));
    await choose(file, new RegExp(`^0 of ${lines.length} notes`));
    const kept = () => other.page.evaluate(() => Object.values(localStorage).join("\n").trim());
    assert.equal(await kept(), lines.join("\n"));
    await other.context.close();
  });

  test("questions are answered by a tap, by the keyboard or with a number, in the cell below, which runs", async () => {
    const options = { hasTouch: true, viewport: { width: 360, height: 800 } };
    const { context, page, requests, complaints } = await openPage(options, browser);
    await page.goto(addressOf(names[0]));
    const decay = page.getByRole("group", { name: /^1\. Why .* weight decay on/ });
    const unseen = page.getByRole("spinbutton", { name: "Your answer:" });
    const codeOf = (/** @type {string} */ question) =>
      page.locator(".code").filter({ hasText: `answer("${question}"` });
    const chosen = async () =>
      (await decay.getByRole("radio", { checked: true }).all()).map((one) => one.inputValue());
    const assertChosen = async (/** @type {string[]} */ letters) =>
      assert.deepEqual(await Promise.all(await chosen()), letters);
    await assertChosen([]);
    await tap(decay.getByText("a) It would be"));
    await page.getByRole("status").getByText("decay: not a. ").waitFor();
    assert.equal(await codeOf("decay").innerText(), 'exercise.answer("decay", "a");');
    // An arrow moves, and answers nothing.
    await page.keyboard.press("ArrowDown");
    assert.equal(await page.locator(":focus").inputValue(), "b");
    await assertChosen(["a"]);
    await page.keyboard.press("Enter");
    await page.getByText("decay: right. ").waitFor();
    await assertChosen(["b"]);
    await unseen.fill("-007");
    await unseen.press("Enter");
    await page.getByText("unseen: not -7: it is more. ").waitFor();
    assert.equal(await codeOf("unseen").innerText(), 'exercise.answer("unseen", -7);');
    assert.deepEqual(await violations(page), []);
    // The cell is what counts.
    const write = async (/** @type {string} */ code) => {
      const number = await codeOf("decay").getAttribute("data-cell");
      await page.getByRole("button", { name: `Edit cell ${number}`, exact: true }).click();
      await page.locator(".cm-content").click();
      await page.keyboard.press("ControlOrMeta+A");
      await page.keyboard.insertText(code);
    };
    await write('exercise.answer("decay", mine());');
    assert.ok(await decay.getByRole("radio").first().isDisabled());
    await assertChosen([]);
    await write('exercise.answer("decay", "c"); // a guess');
    await assertChosen(["c"]);
    await page.reload();
    await assertChosen(["c"]);
    assert.equal(await unseen.inputValue(), "-7");
    page.on("dialog", (dialog) => dialog.accept());
    await clickMore(page, "Restore the page's code");
    await assertChosen([]);
    assert.deepEqual({ requests, complaints }, { requests: [], complaints: [] });
    await context.close();
  });

  test("below a stub that does not compile, the hint is there and the check says why it is not", async () => {
    await opened.page.goto(addressOf(names[0]));
    const stub = sourceOf(
      codeCells(
        /** @type {import("../../tools/notebooks.mjs").Notebook} */ (notebooks.get(names[0])),
      )[1],
    );
    await type(2, stub.replace("return todo();", "return x > 0 ? x : null;"));
    assert.match(await outputOf(2).innerText(), /Type 'null' is not assignable to type 'number'/);
    await type(4, 'exercise.hint("forward", 1);');
    assert.match(await outputOf(4).innerText(), /^forward, hint 1 of 3/);
    assert.match(
      await opened.page.locator(".live [role=status]").innerText(),
      /Cell 4 ran\. Of those above, cell 3 failed: see there\./,
    );
    assert.match(await outputOf(3).innerText(), /Cannot find 'prelu': In \[\d\].* did not compile/);
  });
});
