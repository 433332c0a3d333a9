/** The benchmark's arithmetic, its table and its arguments; no timings. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { markdownTable, median, ratioOf, spreadOf } from "../tools/bench/table.mjs";
import { runNode } from "./support.mjs";

test("the median is of the numbers, not of their spelling", () => {
  assert.equal(median([10, 9, 100]), 10);
  assert.equal(spreadOf([10, 9, 1234.5]), "10 (9–1235)");
});

test("a ratio is taken within each repeat, as far as both were measured", () => {
  assert.equal(ratioOf([2, 40, 6], [1, 10, 2, 1]), "3 (2–4)");
});

test("the table is Markdown with columns of one width", () => {
  assert.equal(
    markdownTable(["What", "Result"], [["a", "no C compiler"]]),
    "| What | Result        |\n| ---- | ------------- |\n| a    | no C compiler |",
  );
});

/** @param {string[]} args */
const bench = (...args) => runNode(["tools/run.mjs", "bench", ...args]);

for (const wrong of ["nope", "--quick"])
  test(`${wrong} is refused with the parts there are`, () => {
    const { status, stderr } = bench("kernels", wrong);
    assert.equal(status, 1);
    assert.match(
      stderr,
      new RegExp(`no part ${wrong}\\.[^]*training[^]*scaling[^]*kernels[^]*course`),
    );
  });

test("--help measures nothing", () => {
  const { status, stdout } = bench("--help");
  assert.equal(status, 0);
  assert.match(stdout, /RESULTS\.md/);
});
