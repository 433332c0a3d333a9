/** What the tests in a browser share. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { HtmlValidate, StaticConfigLoader } from "html-validate";
import puppeteer from "puppeteer-core";
import { findBrowser, findFirefox, launchBrowser } from "../../tools/browser.mjs";
import { inProject } from "../../tools/paths.mjs";

/** For `describe`: without a browser the tests are skipped and say why; on CI they must not be. */
export const needsBrowser = {
  skip:
    !findBrowser() && !process.env.CI
      ? "no Chromium or Chrome found: install one or set CHROME_PATH to run these tests"
      : false,
};

/** For a `describe` of tests that each have a page of their own. */
export const inParallel = { concurrency: availableParallelism() };

/**
 * A page that counts what must not happen, in a browser of its own unless one is given.
 * @param {import("playwright-core").BrowserContextOptions} [options]
 * @param {import("playwright-core").Browser} [running]
 */
export async function openPage(options, running) {
  const browser = running ?? (await launchBrowser());
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  /** @type {string[]} */
  const requests = [];
  /** @type {string[]} */
  const complaints = [];
  context.on("request", (request) => {
    if (!/^(file|data|blob|about):/.test(request.url())) requests.push(request.url());
  });
  page.on("console", (message) => complaints.push(`${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => complaints.push(`error: ${error.message}`));
  return { browser, context, page, requests, complaints };
}

/**
 * Opens what answers questions: the charts in it are not in view before.
 * @param {{ evaluate: (run: () => void) => Promise<unknown> }} page
 */
export async function openResults(page) {
  await page.evaluate(() => {
    for (const one of document.querySelectorAll("details.result")) one.setAttribute("open", "");
  });
}

/**
 * Asks again and again until the answer is as it should be.
 * @template Answer
 * @param {() => Promise<Answer>} ask
 * @param {(answer: Answer) => boolean} isRight
 * @param {string} [complaint] if it is not so within half a minute
 */
export async function until(ask, isRight, complaint) {
  for (const end = Date.now() + 30_000; ; ) {
    const answer = await ask();
    if (isRight(answer)) return answer;
    assert.ok(Date.now() < end, complaint ?? `still ${JSON.stringify(answer)}`);
    await wait(100);
  }
}

/**
 * Brings something into view, and waits: Chromium takes a touch just after a scroll for a part of it.
 * @param {import("playwright-core").Locator} locator
 */
export async function comeToRest(locator) {
  await locator.scrollIntoViewIfNeeded();
  await wait(400);
}

/**
 * @param {import("playwright-core").Locator} locator
 * @param {Parameters<import("playwright-core").Locator["tap"]>[0]} [options]
 */
export async function tap(locator, options) {
  await comeToRest(locator);
  await locator.tap(options);
}

/**
 * Brings a chart into view, where it is drawn.
 * @param {import("playwright-core").Locator} chart
 */
export async function drawChart(chart) {
  await chart.scrollIntoViewIfNeeded();
  await chart.and(chart.page().locator(".drawn")).waitFor({ timeout: 60_000 });
}

/**
 * Presses a button that a page that runs has under More.
 * @param {import("playwright-core").Page} page
 * @param {string} name
 */
export async function clickMore(page, name) {
  const more = page.locator(".live details");
  const isOpen = (/** @type {Element} */ one) => /** @type {HTMLDetailsElement} */ (one).open;
  if (!(await more.evaluate(isOpen))) await more.locator("summary").click();
  await more.getByRole("button", { name }).click();
}

/** For `describe`, like `needsBrowser`. */
export const needsFirefox = {
  skip:
    !findFirefox() && !process.env.CI
      ? "no Firefox found: install it or set FIREFOX_PATH to run these tests"
      : false,
};

/** Firefox as it is installed, which playwright-core cannot drive. */
export function launchFirefox() {
  return puppeteer.launch({ browser: "firefox", executablePath: findFirefox(), headless: true });
}

const axe = readFileSync(inProject("node_modules", "axe-core", "axe.min.js"), "utf8");

/**
 * What on a page is against WCAG 2.2 AA.
 * @param {import("playwright-core").Page} page
 */
export async function violations(page) {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
    const { axe } = /** @type {any} */ (globalThis);
    const { violations } = await axe.run({ runOnly: tags, preload: false });
    return violations.map(
      (/** @type {{ id: string, nodes: { html: string }[] }} */ { id, nodes }) =>
        `${id}: ${nodes[0].html.slice(0, 200)}`,
    );
  });
}

/**
 * What is not valid HTML in a page.
 * @param {string} file
 * @param {Record<string, "off">} [rules] not to be asked for
 */
export async function htmlMistakes(file, rules = {}) {
  const validator = new HtmlValidate(
    new StaticConfigLoader({ extends: ["html-validate:standard"], rules }),
  );
  const { results } = await validator.validateFile(file);
  return results.flatMap(({ messages }) =>
    messages.map(
      ({ ruleId, line, message, selector }) =>
        `${path.basename(file)}, line ${line}: ${ruleId}, ${message} (${selector})`,
    ),
  );
}
