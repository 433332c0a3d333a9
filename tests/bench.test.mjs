/** The benchmark's arithmetic, its table and its arguments; no timings. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { markdownTable, median, ratioOf, spreadOf, worseThan } from "../tools/bench/table.mjs";
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

test("a ratio is worse when its median moved by more than a tenth the wrong way", () => {
  const table = markdownTable(
    ["What", "Result"],
    [
      ["ours / C", "2 (1.9–2.5)"],
      ["Python / ours", "50 (40–60)"],
      ["seconds", "1"],
      ["new before", "no C compiler"],
    ],
  );
  /** @type {import("../tools/bench/table.mjs").Row[]} */
  const rows = [
    ["ours / C", "2.3 (1–3)", "less"],
    ["Python / ours", "44 (1–99)", "more"],
    ["seconds", "9"],
    ["new before", "3", "less"],
    ["new", "3", "less"],
  ];
  assert.deepEqual(worseThan(rows, table), [
    "ours / C: 2.3 (1–3), was 2 (1.9–2.5)",
    "Python / ours: 44 (1–99), was 50 (40–60)",
  ]);
  rows[0][1] = "2.1 (1–9)";
  rows[1][1] = "60 (1–99)";
  assert.deepEqual(worseThan(rows, table), []);
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
