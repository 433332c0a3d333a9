/** The same numbers in every engine: functions of Math, bit by bit, and what stands in for them in a page. */
import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import vm from "node:vm";
import { build } from "esbuild";
import { launchBrowser } from "../tools/browser.mjs";
import { inProject } from "../tools/paths.mjs";
import { launchFirefox, needsBrowser, needsFirefox } from "./browser/support.mjs";

const NAMES = [
  "cbrt",
  "cosh",
  "exp",
  "expm1",
  "log",
  "log10",
  "log1p",
  "log2",
  "sinh",
  "tan",
  "tanh",
];

/**
 * Runs in Node and in browsers: for each function a number that hashes the bits of its results, over values of all
 * sizes that networks meet, and where algorithms change their course.
 * @param {string[]} names of functions with one parameter
 */
function hashes(names) {
  const edges = [
    0,
    -0,
    1,
    -1,
    Number.NaN,
    1 / 0,
    -1 / 0,
    5e-324,
    1e-310,
    1e-20,
    -1e-20,
    0.3465,
    0.34657359027997264,
  ];
  edges.push(
    1.0397207708399179,
    2 ** -28,
    2 ** -55,
    709.7,
    709.79,
    710.4758600739439,
    710.5,
    -745.1,
    -745.2,
    22,
    -22,
  );
  edges.push(1e308, 1e22, 1000, 100, 10, 0.1, -708.5, -720, 0.001953125);
  let seed = 777;
  const draw = () => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return seed / 4294967296;
  };
  const values = [...edges];
  const widths = [2, 8, 40, 1500];
  for (let i = 0; i < 40_000; i++)
    values.push((draw() + draw() / 4294967296 - 0.5) * widths[i % 4]);
  const view = new DataView(new ArrayBuffer(8));
  const hash = (/** @type {number[]} */ results) => {
    let sum = 17;
    for (const result of results) {
      view.setFloat64(0, result);
      // All NaNs are one.
      if (Number.isNaN(result)) view.setUint32(0, 1);
      sum = (Math.imul(sum, 31) + view.getInt32(0)) | 0;
      sum = (Math.imul(sum, 31) + view.getInt32(4)) | 0;
    }
    return sum;
  };
  const functions = /** @type {Record<string, (x: number) => number>} */ (
    /** @type {unknown} */ (Math)
  );
  /** @type {Record<string, number | string>} */
  const found = Object.fromEntries(
    names.map((name) => [name, hash(values.map((value) => functions[name](value)))]),
  );
  found.hypot = hash(
    values.map((value, i) => Math.hypot(value, values[(i * 7) % values.length], i)),
  );
  const texts = values.slice(0, 4000).map((value, i) => value.toPrecision(1 + (i % 12)));
  found.toPrecision = hash(texts.map(Number));
  found.ties = [0.001953125, 2.5, 3.5, -0.5, 1.25e-5, 1048576.5]
    .map((value) => value.toPrecision(6))
    .join();
  return found;
}

describe("Math in a page", () => {
  /** @type {string} */
  let script;
  before(async () => {
    const { outputFiles = [] } = await build({
      entryPoints: [inProject("tools", "live", "math.js")],
      bundle: true,
      write: false,
      format: "iife",
    });
    script = outputFiles[0].text;
  });

  // With which the notebooks' outputs are made.
  const expected = hashes(NAMES);
  const work = `(${hashes})(${JSON.stringify(NAMES)})`;

  test("what stands in is this Node's own, to the last bit", async () => {
    const context = vm.createContext({});
    vm.runInContext(script, context);
    assert.deepEqual({ ...vm.runInContext(work, context) }, expected);
    assert.equal(
      vm.runInContext('Math.exp.name + Math.exp("1") + Math.hypot()', context),
      "exp2.7182818284590450",
    );
  });

  test("Chromium computes the same", needsBrowser, async () => {
    const browser = await launchBrowser();
    try {
      const page = await browser.newPage();
      await page.evaluate(script);
      assert.deepEqual(await page.evaluate(work), expected);
    } finally {
      await browser.close();
    }
  });

  test("Firefox computes the same", needsFirefox, async () => {
    const firefox = await launchFirefox();
    try {
      const page = await firefox.newPage();
      await page.evaluate(script);
      assert.deepEqual(await page.evaluate(work), expected);
    } finally {
      await firefox.close();
    }
  });
});
