/** The charts of the trial, and the kinds of its verdicts. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { grid } from "activation-lab/charts";
import {
  chartOfBars,
  chartOfRulings,
  chartOfRuns,
  figure,
  KINDS,
  kindOf,
  ruleOnShare,
} from "activation-lab/course";
import { untyped } from "./support.mjs";

/** @param {import("activation-lab/charts").Chart} chart */
const titleOf = ({ layout }) => untyped(layout.title).text.replaceAll("<br>", " ");
const axes = { x: "epoch", y: "loss" };

describe("charts of the trial", () => {
  test("curves over seeds: medians, bands, and a title from what was measured", () => {
    const runs = [
      [4, 1],
      [2, 3],
      [0, 5],
    ];
    const chart = chartOfRuns({ ReLU: { runs, style: "relu" } }, axes, {
      level: { y: 2, label: "two" },
    });
    const [band, line] = untyped(chart.data);
    assert.deepEqual(line.y, [2, 3]);
    assert.deepEqual(line.x, [1, 2]);
    assert.equal(band.y.length, 4);
    assert.equal(titleOf(chart), "Loss at epoch 2: ReLU 3");
    assert.match(chart.description, /of 3 seeds\. At epoch 2: ReLU 3\.$/);
    assert.equal(untyped(chart.layout.annotations)[0].text, "two");
    assert.equal(titleOf(chartOfRuns({ a: { runs } }, { ...axes, title: "own" })), "own");
    assert.deepEqual(untyped(chartOfRuns({ a: { runs } }, axes, { xs: [5, 9] }).data)[1].x, [5, 9]);
    assert.throws(() => chartOfRuns({}, axes), /curves is empty/);
  });

  test("rulings at many places: a title has the first, the last and two between", () => {
    const at = [1, 2, 3, 4, 5, 6, 7];
    const rulings = at.map((count) =>
      ruleOnShare(
        at.map((one) => one <= count),
        { what: "seeds, %", above: 50 },
      ),
    );
    const chart = chartOfRulings("ReLU", at, rulings, axes);
    assert.equal(titleOf(chart), "Loss: 14.3 at 1, 42.9 at 3, 71.4 at 5, 100 at 7");
    assert.match(chart.description, /28\.6 at 2/);
    assert.throws(() => chartOfRulings("ReLU", at, [], axes), /one for each of 7 places, got 0/);
  });

  test("bars have the ranges of figures and rulings alike", () => {
    const rows = {
      a: { bars: [figure([1, 2, 3])] },
      b: { bars: [ruleOnShare([true, false], { what: "it", above: 0 })] },
    };
    const chart = chartOfBars(["rate 1"], rows, axes);
    const [first, second] = untyped(chart.data);
    assert.deepEqual([first.y, second.y], [[2], [50]]);
    assert.ok(Math.abs(first.error_y.array[0] - 0.9) < 1e-12);
    assert.equal(titleOf(chart), "Loss, rate 1: a 2, b 50");
    assert.throws(() => chartOfBars(["a", "b"], rows, axes), /"a" must have 2 bars, got 1/);
    assert.throws(() => chartOfBars(["a"], {}, axes), /rows is empty/);
  });
});

describe("bars on a logarithmic axis", () => {
  const rows = {
    ReLU: { bars: [figure([1, 10, 100]), figure([1])], style: /** @type {const} */ ("relu") },
    Tanh: { bars: [figure([2]), figure([3])] },
  };
  const log = { ...axes, yScale: /** @type {const} */ ("log") };

  test("are points side by side, with their ranges", () => {
    const chart = chartOfBars(["a", "b"], rows, log);
    const [relu, tanh] = untyped(chart.data);
    assert.deepEqual([relu.type, relu.mode, relu.y], ["scatter", "markers", [10, 1]]);
    assert.ok(relu.error_y.array[0] > 50);
    assert.notEqual(relu.offsetgroup, tanh.offsetgroup);
    assert.equal(chart.layout.scattermode, "group");
    assert.equal(chart.description, "Loss. a: ReLU 10, Tanh 2; b: ReLU 1, Tanh 3.");
  });

  test("stay side by side in a grid", () => {
    const chart = chartOfBars(["a", "b"], rows, log);
    const text = { title: "Two", description: "The same twice." };
    assert.equal(grid({ ...text, charts: [chart, chart] }).layout.scattermode, "group");
  });
});

describe("verdicts", () => {
  test("are of five kinds", () => {
    assert.equal(kindOf("holds"), "holds");
    assert.equal(kindOf("holds only if it rains"), "holds only if");
    assert.equal(kindOf("does not hold: no"), "does not hold");
    assert.equal(kindOf("undecided if it snows"), "undecided");
    assert.equal(kindOf("a matter of record: 1941"), "a matter of record");
    assert.equal(KINDS.length, 5);
  });
});
