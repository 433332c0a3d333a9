/** The figures to touch, from disk and without a network: by keyboard, by finger, in words, and by their address. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import table from "../../lib/course/figures.json" with { type: "json" };
import { launchBrowser } from "../../tools/browser.mjs";
import { FIGURE_MIME } from "../../tools/notebooks.mjs";
import { writePages } from "../../tools/pages.mjs";
import {
  comeToRest,
  htmlMistakes,
  launchFirefox,
  needsBrowser,
  needsFirefox,
  openPage,
  tap,
  violations,
} from "./support.mjs";

const folder = mkdtempSync(path.join(tmpdir(), "figures-"));
const site = path.join(folder, "site");
const file = (/** @type {string} */ name) => path.join(site, name);
const address = (/** @type {string} */ name) => pathToFileURL(file(name)).href;

/** A notebook that shows every figure, and one twice. */
const notebook = {
  nbformat: 4,
  nbformat_minor: 5,
  metadata: {},
  cells: [
    { cell_type: "markdown", id: "title", metadata: {}, source: "# Figures\n\nAll of them." },
    ...[...Object.entries(table), /** @type {const} */ (["depth", table.depth])].map(
      ([figure, { description }], i) => ({
        cell_type: "code",
        id: `${figure}-${i}`,
        metadata: {},
        execution_count: 1,
        source: `explore("${figure}");`,
        outputs: [
          {
            output_type: "display_data",
            metadata: {},
            data: { [FIGURE_MIME]: { figure }, "text/plain": description },
          },
        ],
      }),
    ),
  ],
};

before(async () => {
  writeFileSync(path.join(folder, "all.ipynb"), JSON.stringify(notebook));
  const course = { folder, names: ["all.ipynb"] };
  await writePages(site, new Map([["all.ipynb", notebook]]), { isStatic: true, course });
});
after(() => rmSync(folder, { recursive: true, force: true }));

describe("figures to touch", needsBrowser, () => {
  /** @type {import("playwright-core").Browser} */
  let browser;
  /** @type {Awaited<ReturnType<typeof openPage>>} with a keyboard */
  let desk;
  /** @type {Awaited<ReturnType<typeof openPage>>} narrow, and with a finger */
  let phone;
  before(async () => {
    browser = await launchBrowser();
    const still = /** @type {const} */ ({ reducedMotion: "reduce" });
    desk = await openPage(still, browser);
    const narrow = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };
    phone = await openPage({ ...still, ...narrow, colorScheme: "dark" }, browser);
    for (const { context, page } of [desk, phone]) {
      await context.setOffline(true);
      await page.goto(address("all.html"));
      await drawAll(page);
    }
  });
  after(() => browser?.close());

  /** @param {import("playwright-core").Page} page @param {string} name */
  const figureOn = (page, name) => page.locator(`#explore-${name}`);
  /** @param {import("playwright-core").Page} page */
  const drawAll = async (page) => {
    for (const figure of await page.locator(".explorable").all()) {
      await figure.scrollIntoViewIfNeeded();
      await figure.and(page.locator(".drawn")).waitFor();
    }
  };
  const words = (/** @type {import("playwright-core").Locator} */ figure) =>
    figure.locator(".ex-words").innerText();

  test("by keyboard: one unit is pushed out of the cloud, is dead, and no step moves it", async () => {
    const unit = figureOn(desk.page, "one-unit");
    const line = unit.getByRole("slider", { name: "Move the line" });
    const at = () => line.getAttribute("aria-valuenow");
    await line.focus();
    assert.match(await words(unit), /fires on \d+ of 60/);
    for (let i = 0; i < 8; i++) await desk.page.keyboard.press("Shift+ArrowRight");
    assert.equal(await at(), "3.5");
    assert.match(await words(unit), /fires on 0 of 60.*It is dead/);
    await unit.getByRole("button", { name: "One step" }).press("Enter");
    assert.match(await words(unit), /After 1 step.*It is dead/);
    assert.equal(await at(), "3.5");
    await unit.getByLabel("Activation").selectOption("leakyRelu");
    await unit.getByRole("button", { name: "Train it" }).press("Enter");
    await unit.getByText(/After \d\d\d steps/).waitFor();
    await unit.getByRole("button", { name: "Pause" }).press("Enter");
    assert.doesNotMatch(await words(unit), /dead/);
    assert.ok(Number(await at()) < 3.5, "Leaky ReLU moves");
    const turn = unit.getByRole("slider", { name: "Turn the line" });
    const before = Number(await turn.getAttribute("aria-valuenow"));
    await turn.press("ArrowUp");
    assert.equal(Number(await turn.getAttribute("aria-valuenow")), before + 2);
  });

  test("by keyboard: a curve is bent, put on the one to meet, and trained", async () => {
    const curve = figureOn(desk.page, "curve");
    const apart = async () => Number(/([\d.]+) away/.exec(await words(curve))?.[1]);
    const flat = await apart();
    await curve.getByRole("slider", { name: "Bend 2" }).press("Shift+ArrowUp");
    assert.ok((await apart()) < flat);
    await curve.getByRole("button", { name: "Put the bends on the curve" }).press("Enter");
    const byHand = await apart();
    assert.ok(byHand < flat / 3);
    await curve.getByRole("button", { name: "Train" }).press("Enter");
    await curve.getByText(/after \d\d\d passes/).waitFor();
    await curve.getByRole("button", { name: "Pause" }).press("Enter");
    assert.ok((await apart()) < byHand);
    await curve.getByRole("slider", { name: "Units" }).press("End");
    assert.match(await words(curve), /^20 units with ReLU, drawn at random/);
  });

  test("by keyboard: each layer more doubles the pieces, and without activation there is one", async () => {
    const depth = figureOn(desk.page, "depth");
    await depth.getByRole("slider", { name: "Layers" }).press("End");
    assert.match(await words(depth), /^6 layers: 64 straight pieces from 12 units.* 13 at most/);
    await depth.getByRole("slider", { name: "Units a layer" }).press("ArrowRight");
    assert.match(await words(depth), /^6 layers: 729 straight pieces/);
    await depth.getByRole("radio", { name: "None" }).press("Space");
    assert.match(await words(depth), /^6 layers: 1 straight piece from/);
  });

  test("by keyboard: normalisation and skips keep a sigmoid's gradient alive", async () => {
    const signal = figureOn(desk.page, "signal");
    assert.match(await words(signal), /Sigmoid: .*10⁻³. when it has come back to layer 1/);
    await signal.getByRole("radio", { name: "Layer" }).press("Space");
    await signal.getByRole("radio", { name: "Yes" }).press("Space");
    await signal.getByLabel("Beside it").selectOption("none");
    assert.match(await words(signal), /^Sigmoid: .*, (0|[1-9])\.\d+ when it has come back/);
    const said = await signal.locator("canvas").nth(1).getAttribute("aria-label");
    assert.match(String(said), /^Gradient by layer, .*Sigmoid from/);
  });

  test("by keyboard: the network trains, steps, goes back, and takes points", async () => {
    const network = figureOn(desk.page, "network");
    await network.getByRole("radio", { name: "XOR" }).press("Space");
    await network.getByRole("button", { name: "Train" }).press("Enter");
    await network.getByText(/^Epoch \d{4}\./).waitFor();
    await network.getByRole("button", { name: "Pause" }).press("Enter");
    assert.match(await words(network), /ReLU: loss 0\.0\d*, 100 % right/);
    const time = network.getByRole("slider", { name: "Epoch" });
    await time.press("Home");
    assert.match(await words(network), /^Epoch 0\./);
    await network.getByRole("button", { name: "One step" }).press("Enter");
    assert.match(await words(network), /^Epoch 50\./);
    await network.getByRole("radio", { name: "Your own" }).press("Space");
    const map = network.getByRole("img", { name: /^ReLU, decision map/ });
    await network.getByRole("button", { name: "Take all away" }).press("Enter");
    assert.match(await words(network), /No point yet/);
    await map.press("Enter");
    for (let i = 0; i < 5; i++) await desk.page.keyboard.press("ArrowUp");
    await desk.page.keyboard.press("Enter");
    await desk.page.keyboard.press("Backspace");
    assert.match(await words(network), /^Epoch 0\. ReLU: loss/);
    await desk.page.waitForFunction(() => location.hash.includes("points="));
    const points = new URLSearchParams(new URL(desk.page.url()).hash.split("?")[1]).get("points");
    assert.equal(points?.length, 3, "one point");
  });

  test("what has changed is said aloud, once it stays", async () => {
    const depth = figureOn(desk.page, "depth");
    await depth.getByRole("slider", { name: "Layers" }).press("Home");
    const aloud = depth.getByRole("status");
    await aloud.getByText(/^No layer: 1 straight piece/).waitFor({ state: "attached" });
    assert.equal(await aloud.innerText(), await words(depth));
  });

  test("by finger: handles are dragged, buttons tapped, points drawn, at 360 pixels", async () => {
    const { page, context } = phone;
    const touch = await context.newCDPSession(page);
    /** @param {import("playwright-core").Locator} handle @param {number} dx @param {number} dy */
    const drag = async (handle, dx, dy) => {
      await comeToRest(handle);
      const box = await handle.boundingBox();
      assert.ok(box && box.width >= 44 && box.height >= 44, "as large as a finger needs");
      const at = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
      const send = (/** @type {any} */ type, /** @type {object[]} */ touchPoints) =>
        touch.send("Input.dispatchTouchEvent", {
          type,
          touchPoints: /** @type {any} */ (touchPoints),
        });
      await send("touchStart", [at]);
      for (const part of [0.5, 1])
        await send("touchMove", [{ x: at.x + part * dx, y: at.y + part * dy }]);
      await send("touchEnd", []);
    };
    const choose = async (/** @type {string} */ name, /** @type {string} */ what) => {
      await tap(figureOn(page, name).getByRole("radio", { name: what }));
      await figureOn(page, name).getByRole("radio", { name: what, checked: true }).waitFor();
    };
    const unit = figureOn(page, "one-unit");
    const line = unit.getByRole("slider", { name: "Move the line" });
    const before = Number(await line.getAttribute("aria-valuenow"));
    await drag(line, 0, -60);
    assert.ok(Number(await line.getAttribute("aria-valuenow")) > before + 0.5);
    const curve = figureOn(page, "curve");
    const bend = curve.getByRole("slider", { name: "Bend 2" });
    await drag(bend, 10, -50);
    assert.ok(Number(await bend.getAttribute("aria-valuenow")) > 0.7);
    await choose("depth", "Drawn");
    await choose("signal", "Yes");
    await choose("network", "Your own");
    const network = figureOn(page, "network");
    await tap(network.getByRole("button", { name: "Take all away" }));
    const map = network.getByRole("img", { name: /^ReLU, decision map/ });
    await tap(map);
    await choose("network", "blue");
    await tap(map, { position: { x: 20, y: 20 } });
    await tap(network.getByRole("button", { name: "One step" }));
    await network.getByText(/^Epoch 100\. ReLU: loss .*(0|50|100) % right/).waitFor();
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.equal(wide, 360, "nothing is wider than the screen");
  });

  test("an address shows what is set in it, whatever else it says", async () => {
    const { page } = desk;
    await page.goto(
      `${address("all.html")}#explore-network?data=spiral&units=3&rate=7&beside=none&step=20`,
    );
    const network = figureOn(page, "network");
    await network.getByText(/^Epoch 20\. ReLU: .* of 3 units dead\.$/).waitFor();
    assert.ok(await network.getByRole("radio", { name: "Spirals" }).isChecked());
    assert.equal(
      await network.getByRole("slider", { name: "Learning rate" }).getAttribute("aria-valuetext"),
      "0.1",
    );
    assert.ok((await network.boundingBox())?.y ?? 1e9 < 300, "it is in view");
  });

  test("the index begins with a network that runs, unless the reader minds what moves", async () => {
    const { context, page, requests, complaints } = await openPage({}, browser);
    await context.setOffline(true);
    await page.goto(address("index.html"));
    const figure = page.locator("main .explorable").first();
    await figure.getByText(/^Epoch [1-9]\d/).waitFor();
    await figure.getByRole("button", { name: "Pause" }).click();
    assert.deepEqual(await violations(page), []);
    assert.deepEqual([requests, complaints], [[], []]);
    await context.close();
    await phone.page.goto(address("index.html"));
    const still = phone.page.locator("main .explorable");
    await still.getByRole("button", { name: "Train" }).waitFor();
    assert.match(await words(still), /^Epoch 0\./);
  });

  test("nothing is against WCAG, asks the network or complains; the HTML is valid", async () => {
    for (const { page, requests, complaints } of [desk, phone]) {
      await page.goto(address("all.html"));
      await drawAll(page);
      assert.deepEqual(await violations(page), []);
      assert.deepEqual({ requests, complaints }, { requests: [], complaints: [] });
    }
    assert.deepEqual(await htmlMistakes(file("all.html")), []);
    assert.deepEqual(await htmlMistakes(file("index.html")), []);
  });
});

describe("figures to touch in Firefox", needsFirefox, () => {
  /** @type {import("puppeteer-core").Browser} */
  let browser;
  before(
    async () => {
      browser = await launchFirefox();
    },
    { timeout: 120_000 },
  );
  after(() => browser?.close());

  test("each answers to mouse and keyboard, and nothing complains", async () => {
    const page = await browser.newPage();
    await page.setViewport({ width: 1280, height: 900 });
    /** @type {string[]} */
    const complaints = [];
    page.on("console", (message) => complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(String(error)));
    await page.goto(address("all.html"));

    /** @param {string} name */
    async function open(name) {
      const figure = await page.waitForSelector(`#explore-${name}`);
      assert.ok(figure);
      await figure.scrollIntoView();
      await page.waitForSelector(`#explore-${name}.drawn canvas[style]`);
      /** @param {string} selector */
      const find = async (selector) => {
        const found = await figure.$(selector);
        assert.ok(found, selector);
        return found;
      };
      return {
        find,
        words: () => figure.$eval(".ex-words", (one) => one.textContent ?? ""),
        value: async (/** @type {string} */ label) =>
          Number(await (await find(`[aria-label="${label}"]`)).evaluate((one) => one.ariaValueNow)),
        press: async (/** @type {string} */ text) =>
          (await find(`::-p-xpath(.//button[text()="${text}"])`)).click(),
        choose: async (/** @type {string} */ text) =>
          (await find(`::-p-xpath(.//label[span[text()="${text}"]])`)).click(),
        /** @param {string} label @param {number} dx @param {number} dy */
        async drag(label, dx, dy) {
          const handle = await find(`[aria-label="${label}"]`);
          await handle.scrollIntoView();
          const box = await handle.boundingBox();
          assert.ok(box);
          const at = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
          await page.mouse.move(at.x, at.y);
          await page.mouse.down();
          await page.mouse.move(at.x + dx, at.y + dy, { steps: 2 });
          await page.mouse.up();
        },
      };
    }

    const unit = await open("one-unit");
    const before = await unit.value("Move the line");
    await unit.drag("Move the line", 0, -60);
    const dragged = await unit.value("Move the line");
    assert.ok(dragged > before + 0.5);
    await page.keyboard.press("ArrowRight");
    assert.ok((await unit.value("Move the line")) > dragged);
    await unit.press("One step");
    assert.match(await unit.words(), /After 1 step/);

    const curve = await open("curve");
    await curve.drag("Bend 2", 10, -60);
    const bent = await curve.value("Bend 2");
    assert.ok(bent > 0.6);
    await page.keyboard.press("ArrowUp");
    assert.ok((await curve.value("Bend 2")) > bent);

    const depth = await open("depth");
    await (await depth.find("input[type=range]")).focus();
    await page.keyboard.press("End");
    assert.match(await depth.words(), /^6 layers: 64 straight pieces/);

    const signal = await open("signal");
    await signal.choose("Layer");
    await (await signal.find("input[value=yes]")).focus();
    await page.keyboard.press(" ");
    assert.match(await signal.words(), /^Sigmoid: .*, (0|[1-9])\.\d+ when it has come back/);

    const network = await open("network");
    await network.choose("Your own");
    await network.press("Take all away");
    await (await network.find("canvas")).click({ offset: { x: 40, y: 40 } });
    // The keyboard goes on from where the mouse was.
    for (const key of ["ArrowDown", "ArrowDown", "Enter"])
      await page.keyboard.press(/** @type {any} */ (key));
    await page.waitForFunction(() => /points=.{6}$/.test(location.hash));
    await network.press("One step");
    assert.match(await network.words(), /ReLU: loss .*% right/);
    assert.deepEqual(complaints, []);
  });
});
