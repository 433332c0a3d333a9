// The charts: plain data for plotly, the same look everywhere, panels and sliders that hold together.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { activations } from "activation-lab";
import {
  barChart,
  decisionMap,
  distributionChart,
  grid,
  heatmapChart,
  imageGrid,
  lineChart,
  scatterChart,
  styleOf,
  withReferenceLine,
  withSlider,
} from "activation-lab/charts";
import fc from "fast-check";
import { onLongerLines } from "../lib/dist/lib/charts/title.js";
import { near, untyped } from "./support.mjs";

fc.configureGlobal({ seed: 1786, numRuns: 100 });

/** @typedef {import("activation-lab/charts").Chart} Chart */
/** @typedef {Parameters<typeof lineChart>[0]["series"][number]} Line */
/** @typedef {import("activation-lab").ActivationKey} Key */

const keys = /** @type {Key[]} */ (Object.keys(activations));

const text = {
  title: "Losses fall",
  x: "epoch",
  y: "mean squared error",
  description: "Two lines that fall.",
};

/** @param {Chart} chart @returns {any} */
const layoutOf = (chart) => chart.layout;

/** @param {Chart} chart @param {number} index @returns {any} */
const traceOf = (chart, index) => chart.data[index];

/** What a notebook file can hold, at any depth. @param {any} value @param {string} path */
function assertPlain(value, path) {
  if (value === undefined || value === null) return;
  if (typeof value === "number") assert.ok(Number.isFinite(value), `${path} is ${value}`);
  else if (typeof value === "object") {
    const prototype = Object.getPrototypeOf(value);
    assert.ok(prototype === Object.prototype || prototype === Array.prototype, path);
    for (const [key, inner] of Object.entries(value)) assertPlain(inner, `${path}.${key}`);
  } else assert.ok(typeof value === "string" || typeof value === "boolean", path);
}

const samples = [
  { x: [0, 0], label: /** @type {const} */ (0) },
  { x: [0.5, 1], label: /** @type {const} */ (1) },
  { x: [-1, 0.5], label: /** @type {const} */ (1) },
];

/** One of each. @type {Record<string, (title: string) => Chart>} */
const builders = {
  lineChart: (title) =>
    lineChart({
      ...text,
      title,
      series: [
        { name: "a", y: [3, 2, 1], band: { low: [2, 1, 0], high: [4, 3, 2] }, markers: true },
        { name: "b", x: [1, 2], y: [5, 6], style: "relu" },
      ],
    }),
  scatterChart: (title) =>
    scatterChart({ ...text, title, series: [{ name: "a", x: [1], y: [2] }] }),
  barChart: (title) =>
    barChart({
      ...text,
      title,
      series: [{ name: "a", x: ["p"], y: [2], error: { low: [1], high: [4] } }],
    }),
  distributionChart: (title) =>
    distributionChart({ ...text, title, series: [{ name: "a", y: [2, 3] }] }),
  heatmapChart: (title) =>
    heatmapChart({
      ...text,
      title,
      columns: ["p", "q"],
      rows: ["r"],
      values: [[1, -2]],
      labels: [["one", "minus two"]],
      legend: "effect",
    }),
  decisionMap: (title) =>
    decisionMap({ title, description: text.description, predict: () => 0.5, samples, extent: 2 }),
  imageGrid: (title) =>
    imageGrid({
      title,
      description: text.description,
      images: [
        [0, 0.5, 1, 0],
        [1, 1, 0, 0],
      ],
      captions: ["p", "q"],
    }),
};
builders.grid = (title) =>
  grid({
    title,
    description: text.description,
    charts: Object.values(builders)
      .slice(0, 6)
      .map((build) => build("panel")),
    columns: 3,
  });
builders.withSlider = (title) =>
  withSlider({
    name: "x",
    steps: [
      { label: "one", chart: line([1, 2], title) },
      { label: "two", chart: line([3, 4], title) },
    ],
    description: text.description,
  });
builders.withReferenceLine = (title) =>
  withReferenceLine(line([1, 2], title), { x: 1, label: "here" });

/** @param {number[]} y */
function line(y, title = text.title) {
  return lineChart({ ...text, title, series: [{ name: "loss", y }] });
}

describe("every chart", () => {
  for (const [name, build] of Object.entries(builders)) {
    test(`${name}: is plain data, with its description`, () => {
      const chart = build("Losses fall");
      assertPlain(chart, name);
      assert.ok(chart.data.length > 0);
      assert.equal(chart.description, text.description);
    });

    test(`${name}: breaks a long title between words, for plotly does not`, () => {
      const long =
        "With a learning rate of 0.1 the ReLU network reaches a tenth of its first loss 40 epochs sooner";
      const { text: title } = layoutOf(build(long)).title;
      const lines = title.split("<br>");
      assert.ok(lines.length > 1);
      assert.equal(lines.join(" "), long);
      assert.ok(lines.every((/** @type {string} */ one) => one.length <= 50));
      assert.equal(layoutOf(build("Short")).title.text, "Short");
      const full = `${"a".repeat(20)} ${"b".repeat(17)}`;
      assert.equal(layoutOf(build(full)).title.text, full);
      assert.equal(layoutOf(build(`${full}b`)).title.text, `${full}b`.replace(" ", "<br>"));
      const word = "x".repeat(80);
      assert.equal(layoutOf(build(`A ${word} b`)).title.text, `A<br>${word}<br>b`);
    });
  }

  test("a title that it broke stands on longer lines where there is room, one that others broke stays", () => {
    const long =
      "With a learning rate of 0.1 the ReLU network reaches a tenth of its first loss sooner";
    const broken = layoutOf(line([1, 2], long)).title.text;
    const lines = onLongerLines(broken, 72).split("<br>");
    assert.deepEqual([lines.length, lines.join(" ")], [2, long]);
    // No line has a lonely last word.
    assert.ok(lines.every((one) => one.length > long.length / 3));
    assert.equal(onLongerLines(broken, long.length), long);
    const word = "x".repeat(80);
    for (const title of ["", word, `A<br>${word}`, "One<br>two", "Mine<br><sub>and below it</sub>"])
      assert.equal(onLongerLines(title, 72), title);
  });

  test("leaves out what nobody named: a panel needs no description, and ticks may name themselves", () => {
    const series = [{ name: "loss", x: ["a"], y: [1] }];
    for (const build of [lineChart, scatterChart, barChart, distributionChart]) {
      const chart = build({ title: "panel", series });
      assert.equal(chart.description, "", build.name);
      assert.equal(layoutOf(chart).xaxis.title.text, "", build.name);
      assert.equal(layoutOf(chart).yaxis.title.text, "", build.name);
    }
    const map = decisionMap({ title: "panel", predict: () => 0.5, samples, extent: 2 });
    assert.equal(map.description, "");
    assert.deepEqual(
      [layoutOf(map).xaxis.title.text, layoutOf(map).yaxis.title.text],
      ["x₁", "x₂"],
    );
    const [note] = layoutOf(withReferenceLine(line([1, 2]), { y: 1 })).annotations;
    assert.equal(note.text, "");
  });

  test("with axes names them", () => {
    for (const name of [
      "lineChart",
      "scatterChart",
      "barChart",
      "distributionChart",
      "heatmapChart",
    ]) {
      const { xaxis, yaxis } = layoutOf(untyped(builders[name])("t"));
      assert.equal(xaxis.title.text, "epoch", name);
      assert.equal(yaxis.title.text, "mean squared error", name);
    }
  });

  test("takes ranges in the axis's own units, logarithms too, and a height", () => {
    const series = [{ name: "a", x: [1, 10, 100], y: [1, 2, 3] }];
    const linear = layoutOf(
      lineChart({ ...text, series, xRange: [1, 100], yRange: [-1, 5], height: 333 }),
    );
    assert.deepEqual(
      [linear.xaxis.range, linear.yaxis.range],
      [
        [1, 100],
        [-1, 5],
      ],
    );
    assert.ok(linear.xaxis.type !== "log" && linear.yaxis.type !== "log");
    assert.equal(linear.height, 333);
    const log = layoutOf(
      lineChart({
        ...text,
        series,
        xScale: "log",
        xRange: [1, 100],
        yScale: "log",
        yRange: [0.1, 1000],
      }),
    );
    assert.deepEqual([log.xaxis.type, log.yaxis.type], ["log", "log"]);
    assert.deepEqual(
      [log.xaxis.range, log.yaxis.range],
      [
        [0, 2],
        [-1, 3],
      ],
    );
    const free = layoutOf(lineChart({ ...text, series }));
    assert.ok(!("range" in free.xaxis) && !("range" in free.yaxis));
  });
});

describe("on a phone", () => {
  const over = (/** @type {number} */ decades) =>
    layoutOf(lineChart({ ...text, yScale: "log", series: [{ name: "a", y: [1, 10 ** decades] }] }))
      .yaxis;

  test("logarithmic axes label powers of ten only, unless there are hardly any", () => {
    assert.deepEqual([over(1).dtick, over(-1).dtick], ["D2", "D2"]);
    assert.equal(over(1.5).dtick, 1);
    assert.ok(!("dtick" in over(8)));
    const [x, y] = [
      [0, 0.001, 0.1],
      [-1, 10, 1000],
    ];
    const points = lineChart({
      ...text,
      xScale: "log",
      yScale: "log",
      series: [{ name: "a", x, y }],
    });
    const { xaxis, yaxis } = layoutOf(points);
    assert.deepEqual([xaxis.dtick, yaxis.dtick], [1, 1], "over what a logarithm can show");
    assert.deepEqual([over(2).dtick, over(4.3).dtick, over(7).dtick], [1, 1, 1]);
    assert.ok(!("dtick" in over(30)), "plotly leaves some out");
  });

  test("legends and colour scales stand at the bottom, where turned tick labels do not reach", () => {
    const { legend } = layoutOf(line([1]));
    assert.deepEqual([legend.yref, legend.y, legend.yanchor], ["container", 0, "bottom"]);
    const { colorbar } = traceOf(untyped(builders.heatmapChart)("h"), 0);
    assert.deepEqual([colorbar.orientation, colorbar.yref, colorbar.y], ["h", "container", 0]);
  });

  test("a slider takes none of the chart's own height", () => {
    const chart = line([1]);
    const slid = withSlider({ name: "n", steps: [{ label: "one", chart }] });
    const plot = (/** @type {any} */ { height, margin }) => height - margin.t - margin.b;
    assert.equal(plot(slid.layout), plot(chart.layout));
  });
});

describe("styles", () => {
  test("each activation has a colour of its own, and another difference besides", () => {
    const looks = keys.map((key) => styleOf(key));
    assert.equal(new Set(looks.map(({ color }) => color)).size, keys.length);
    const lesson = looks.slice(0, 7);
    assert.equal(new Set(lesson.map(({ symbol }) => symbol)).size, 7);
    for (const { color } of looks) assert.match(color, /^#[0-9a-f]{6}$/);
  });

  test("an activation looks the same by key and as an object, and in every chart", () => {
    for (const key of keys) {
      const style = styleOf(key);
      assert.deepEqual(styleOf(activations[key]), style);
      const series = [{ name: key, x: [1], y: [1], style: key }];
      const drawn = traceOf(lineChart({ ...text, series }), 0);
      assert.deepEqual([drawn.line.color, drawn.line.dash], [style.color, style.dash]);
      const point = traceOf(scatterChart({ ...text, series }), 0).marker;
      assert.deepEqual([point.color, point.symbol], [style.color, style.symbol]);
      assert.equal(traceOf(barChart({ ...text, series }), 0).marker.color, style.color);
      assert.equal(traceOf(distributionChart({ ...text, series }), 0).line.color, style.color);
      const panels = grid({ ...text, charts: [line([1]), lineChart({ ...text, series })] });
      assert.deepEqual(traceOf(panels, 1).line, drawn.line);
    }
  });

  test("an activation of the reader's own gets a look that is none of the seven", () => {
    const { color } = styleOf({ name: "Sine", fn: Math.sin, derivative: Math.cos });
    assert.ok(!keys.some((key) => styleOf(key).color === color));
  });

  test("series without a style differ from each other", () => {
    const series = Array.from({ length: 5 }, (_, i) => ({ name: `${i}`, y: [i] }));
    const { data } = lineChart({ ...text, series });
    assert.equal(new Set(data.map((trace) => untyped(trace).line.color)).size, 5);
    assert.equal(new Set(data.map((trace) => untyped(trace).line.dash)).size, 5);
    const six = lineChart({ ...text, series: [...series, { name: "6", y: [6] }] });
    assert.deepEqual(traceOf(six, 5).line, traceOf(six, 0).line);
  });

  test("part of a style may be given", () => {
    const chart = lineChart({
      ...text,
      series: [{ name: "a", y: [1], style: { dash: "longdash" } }],
    });
    assert.equal(traceOf(chart, 0).line.dash, "longdash");
    assert.match(traceOf(chart, 0).line.color, /^#/);
  });
});

describe("line charts", () => {
  test("refuse parts of a line that differ in length, naming line and part", () => {
    const chart = (/** @type {Partial<Line>} */ parts) =>
      lineChart({ ...text, series: [{ name: "a", y: [1, 2], ...parts }] });
    assert.throws(() => chart({ x: [1] }), {
      name: "RangeError",
      message: 'lineChart: x of "a" must have length 2, got 1',
    });
    const band = { low: [0, 1], high: [2, 3, 4] };
    assert.throws(() => chart({ band }), /high of "a" must have length 2, got 3/);
  });

  test("count from 0 where no x is given", () => {
    assert.deepEqual(traceOf(line([5, 4, 3]), 0).x, [0, 1, 2]);
    const placed = lineChart({ ...text, series: [{ name: "a", x: [2, 4], y: [1, 1] }] });
    assert.deepEqual(
      [traceOf(placed, 0).x, traceOf(placed, 0).y],
      [
        [2, 4],
        [1, 1],
      ],
    );
  });

  test("mark points when asked", () => {
    const of = (/** @type {boolean | undefined} */ markers) =>
      traceOf(lineChart({ ...text, series: [{ name: "a", y: [1], markers }] }), 0).mode;
    assert.deepEqual([of(undefined), of(false), of(true)], ["lines", "lines", "lines+markers"]);
  });

  test("draw a band as an outline behind its line: there along the top, back along the bottom", () => {
    const band = { low: [1, 2], high: [5, 6] };
    const series = [
      { name: "a", x: [10, 20], y: [3, 4], band, style: /** @type {const} */ ("gelu") },
    ];
    const chart = lineChart({ ...text, series });
    assert.equal(chart.data.length, 2);
    const [outline, drawn] = [traceOf(chart, 0), traceOf(chart, 1)];
    assert.deepEqual(outline.x, [10, 20, 20, 10]);
    assert.deepEqual(outline.y, [5, 6, 2, 1]);
    assert.deepEqual([outline.fill, outline.showlegend], ["toself", false]);
    assert.equal(outline.fillcolor, "rgba(130, 80, 223, 0.18)");
    assert.equal(outline.legendgroup, drawn.legendgroup);
    assert.deepEqual([drawn.name, drawn.y], ["a", [3, 4]]);
    assert.deepEqual(band, { low: [1, 2], high: [5, 6] });
  });
});

test("bar charts measure their error bars from the bar's end", () => {
  const error = { low: [1, 0], high: [4, 9] };
  const chart = barChart({ ...text, series: [{ name: "a", x: ["p", "q"], y: [3, 2], error }] });
  const { type, x, y, error_y } = traceOf(chart, 0);
  assert.deepEqual([type, x, y], ["bar", ["p", "q"], [3, 2]]);
  assert.deepEqual(
    [error_y.array, error_y.arrayminus],
    [
      [1, 7],
      [2, 2],
    ],
  );
  assert.equal(error_y.symmetric, false);
  const plain = barChart({ ...text, series: [{ name: "a", x: ["p"], y: [3] }] });
  assert.ok(!("error_y" in traceOf(plain, 0)));
});

test("bar charts have a legend only where the categories do not name the series", () => {
  const shown = (/** @type {string[]} */ categories) =>
    layoutOf(barChart({ ...text, series: categories.map((x) => ({ name: "p", x: [x], y: [1] })) }))
      .showlegend;
  assert.equal(shown(["p"]), false);
  assert.equal(shown(["p", "q"]), undefined);
});

test("distribution charts show every value, a box of quartiles and whiskers at 5 and 95 %", () => {
  const y = Array.from({ length: 101 }, (_, i) => (i * 37) % 101);
  const chart = distributionChart({ ...text, series: [{ name: "0.1", y }] });
  const { type, name, x, y: points, boxpoints, ...box } = traceOf(chart, 0);
  assert.deepEqual([type, name, x, boxpoints], ["box", "0.1", ["0.1"], "all"]);
  assert.deepEqual(points.flat(), y);
  assert.deepEqual(
    [box.lowerfence, box.q1, box.median, box.q3, box.upperfence],
    [[5], [25], [50], [75], [95]],
  );
  // A name that is a number, such as a learning rate, is no position.
  assert.equal(layoutOf(chart).xaxis.type, "category");
});

describe("images side by side", () => {
  const images = [
    [0, 0.1, 0.2, 0.3],
    [0.4, 0.5, 0.6, 0.7],
    [0.8, 0.9, 1, 0],
  ];
  const three = {
    title: text.title,
    description: text.description,
    images,
    captions: ["a", "b", "c"],
    columns: 2,
  };

  test("stand in rows, each row by row from its top left, with nothing between them", () => {
    const chart = imageGrid(three);
    const { z, zmin, zmax, showscale } = traceOf(chart, 0);
    const none = [null, null, null, null, null];
    assert.deepEqual(z, [
      none,
      none,
      none,
      [0, 0.1, null, 0.4, 0.5],
      [0.2, 0.3, null, 0.6, 0.7],
      none,
      none,
      none,
      [0.8, 0.9, null, null, null],
      [1, 0, null, null, null],
    ]);
    assert.deepEqual([zmin, zmax, showscale], [0, 1, false]);
    const { xaxis, yaxis, height } = layoutOf(chart);
    assert.deepEqual([xaxis.visible, yaxis.visible], [false, false]);
    assert.deepEqual([yaxis.autorange, yaxis.scaleanchor], ["reversed", "x"]);
    assert.ok(height > layoutOf(imageGrid({ ...three, columns: 3 })).height);
    const twoLines = layoutOf(imageGrid({ ...three, captions: ["a<br>b", "c", "d"] }));
    assert.ok(height < twoLines.height);
    assert.equal(twoLines.annotations[2].y, 5 + 2 + 5 - 0.6);
  });

  test("have their captions above them, in the middle", () => {
    const { annotations } = layoutOf(imageGrid(three));
    assert.deepEqual(
      annotations.map((/** @type {any} */ { text: caption, x, y }) => [caption, x, y]),
      [
        ["a", 0.5, 2.4],
        ["b", 3.5, 2.4],
        ["c", 0.5, 7.4],
      ],
    );
  });

  test("are refused if they are none, not square, of two sizes or without captions", () => {
    const refuse = (/** @type {object} */ more, /** @type {RegExp} */ message) =>
      assert.throws(() => imageGrid({ ...three, ...more }), message);
    refuse({ images: [], captions: [] }, /images is empty/);
    refuse({ images: [[1, 2, 3]], captions: ["a"] }, /the side of an image must be a whole number/);
    refuse({ images: [...images.slice(0, 2), [1]] }, /images\[2\] must have length 4, got 1/);
    refuse({ captions: ["a"] }, /captions must be as many as images, 3, got 1/);
    refuse({ columns: 0 }, /columns must be a whole number above 0, got 0/);
  });
});

describe("heatmaps", () => {
  const table = {
    ...text,
    columns: ["p", "q"],
    rows: ["r", "s"],
    values: [
      [1, -4],
      [2, 3],
    ],
    labels: [
      ["a", "b"],
      ["c", "d"],
    ],
    legend: "effect",
  };

  test("centre a diverging scale on 0", () => {
    const { zmin, zmax } = traceOf(heatmapChart(table), 0);
    assert.deepEqual([zmin, zmax], [-4, 4]);
    const gaps = [
      [Number.NaN, 2],
      [-Infinity, 1],
    ];
    const gappy = traceOf(heatmapChart({ ...table, values: gaps }), 0);
    assert.deepEqual([gappy.zmin, gappy.zmax], [-2, 2]);
    const many = Array.from({ length: 400 }, (_, i) => new Array(400).fill(i));
    const large = traceOf(heatmapChart({ ...table, values: many }), 0);
    assert.deepEqual([large.zmin, large.zmax], [-399, 399]);
    const sequential = traceOf(heatmapChart({ ...table, scale: "sequential" }), 0);
    assert.ok(!("zmin" in sequential));
    assert.notDeepEqual(sequential.colorscale, traceOf(heatmapChart(table), 0).colorscale);
  });

  test("write the labels in the cells, first row on top, and say what colour means", () => {
    const chart = heatmapChart(table);
    const trace = traceOf(chart, 0);
    assert.deepEqual([trace.x, trace.y], [table.columns, table.rows]);
    assert.deepEqual([trace.z, trace.text], [table.values, table.labels]);
    assert.equal(trace.texttemplate, "%{text}");
    assert.equal(layoutOf(chart).yaxis.autorange, "reversed");
    assert.equal(trace.colorbar.title.text, "effect");
    // Labels that are numbers, such as "0.1", are no positions.
    assert.deepEqual(
      [layoutOf(chart).xaxis.type, layoutOf(chart).yaxis.type],
      ["category", "category"],
    );
  });
});

describe("decision maps", () => {
  const words = { title: "t", description: "d" };

  test("ask for a prediction all over the plane: x₁ to the right, x₂ up", () => {
    const predict = (/** @type {readonly [number, number]} */ [x1, x2]) => 0.5 + x1 / 10 + x2 / 100;
    const chart = decisionMap({ ...words, predict, samples, extent: 2, resolution: 5 });
    const { x, y, z, contours } = traceOf(chart, 0);
    assert.deepEqual(
      [x, y],
      [
        [-2, -1, 0, 1, 2],
        [-2, -1, 0, 1, 2],
      ],
    );
    assert.deepEqual(z[0], [0.28, 0.38, 0.48, 0.58, 0.68]);
    assert.deepEqual(z[4], [0.32, 0.42, 0.52, 0.62, 0.72]);
    assert.equal(z.length, 5);
    assert.deepEqual([contours.start, contours.end], [0.5, 0.5]);
    assert.deepEqual(layoutOf(chart).xaxis.range, [-2, 2]);
    // Square, by a smaller plot and not by a longer axis.
    const { xaxis, yaxis } = layoutOf(chart);
    assert.deepEqual(
      [yaxis.scaleanchor, xaxis.constrain, yaxis.constrain],
      ["x", "domain", "domain"],
    );
  });

  test("may cover another square, at 31 points a side without being told", () => {
    const chart = decisionMap({ ...words, predict: () => 1, samples, extent: [-0.5, 1.5] });
    const { x } = traceOf(chart, 0);
    assert.deepEqual([x.length, x[0], x[30]], [31, -0.5, 1.5]);
    assert.deepEqual(layoutOf(chart).yaxis.range, [-0.5, 1.5]);
  });

  test("show every sample, the labels in two colours and two forms", () => {
    const chart = decisionMap({ ...words, predict: () => 1, samples, extent: 2 });
    const [zero, one] = [traceOf(chart, 1), traceOf(chart, 2)];
    assert.deepEqual([zero.name, zero.x, zero.y], ["label 0", [0], [0]]);
    assert.deepEqual([one.name, one.x, one.y], ["label 1", [0.5, -1], [1, 0.5]]);
    assert.deepEqual([zero.marker.symbol, one.marker.symbol], ["x", "circle"]);
    // Blue and orange, as the map says below them which side is which.
    assert.deepEqual([zero.marker.color, one.marker.color], ["#0072b2", "#d04a00"]);
    const { colorscale } = traceOf(chart, 0);
    assert.deepEqual(
      colorscale.map((/** @type {[at: number, colour: string]} */ [at]) => at),
      [0, 0.5, 1],
    );
  });

  for (const resolution of [1, 0, 2.5, Number.NaN]) {
    test(`resolution ${resolution}: a RangeError`, () => {
      const make = () =>
        decisionMap({ ...words, predict: () => 1, samples, extent: 2, resolution });
      assert.throws(make, {
        name: "RangeError",
        message: `decisionMap: resolution must be a whole number above 1, got ${resolution}`,
      });
    });
  }
});

describe("grids", () => {
  const words = { title: "All", description: "All of them." };

  /** @param {number} index */
  const axis = (index) => (index === 0 ? "" : `${index + 1}`);

  test("keep their panels inside the picture and apart, and every trace in its panel", () => {
    const shape = fc
      .integer({ min: 1, max: 9 })
      .chain((count) => fc.tuple(fc.constant(count), fc.integer({ min: 1, max: count })));
    fc.assert(
      fc.property(shape, ([count, columns]) => {
        const charts = Array.from({ length: count }, (_, i) => line([i, i + 1]));
        const chart = grid({ ...words, charts, columns });
        const layout = layoutOf(chart);
        const panels = charts.map((_, i) => {
          assert.equal(layout[`xaxis${axis(i)}`].anchor, `y${axis(i)}`);
          assert.equal(layout[`yaxis${axis(i)}`].anchor, `x${axis(i)}`);
          assert.deepEqual(
            [traceOf(chart, i).xaxis, traceOf(chart, i).yaxis],
            [`x${axis(i)}`, `y${axis(i)}`],
          );
          assert.deepEqual(traceOf(chart, i).y, [i, i + 1]);
          return { x: layout[`xaxis${axis(i)}`].domain, y: layout[`yaxis${axis(i)}`].domain };
        });
        for (const [i, { x, y }] of panels.entries()) {
          for (const [low, high] of [x, y]) assert.ok(0 <= low && low < high && high <= 1);
          // Rows from the top down, columns from the left.
          for (const [j, other] of panels.entries()) {
            if (j <= i) continue;
            const sameRow = Math.floor(i / columns) === Math.floor(j / columns);
            assert.ok(sameRow ? x[1] < other.x[0] : other.y[1] < y[0], `${i} and ${j}`);
          }
        }
      }),
    );
  });

  test("are one row unless told otherwise; a row more makes them higher", () => {
    const charts = [line([1]), line([2]), line([3]), line([4])];
    const row = layoutOf(grid({ ...words, charts }));
    assert.deepEqual(row.yaxis.domain, row.yaxis4.domain);
    const square = layoutOf(grid({ ...words, charts, columns: 2 }));
    assert.equal(square.height - row.height, 320);
    const low = layoutOf(grid({ ...words, charts, columns: 2, height: 200 }));
    assert.equal(square.height - low.height, 2 * 120);
  });

  test("head each panel with its own title, and the whole with the common one", () => {
    const chart = grid({ ...words, charts: [line([1], "Left"), line([2], "Right")] });
    const { title, annotations, xaxis2 } = layoutOf(chart);
    assert.equal(title.text, "All");
    assert.deepEqual(
      annotations.map((/** @type {any} */ note) => note.text),
      ["Left", "Right"],
    );
    const [low, high] = xaxis2.domain;
    near(annotations[1].x, (low + high) / 2, 1e-12, "place of the title");
    assert.equal(chart.description, "All of them.");
  });

  test("name each series once in the legend", () => {
    const two = lineChart({
      ...text,
      series: [
        { name: "loss", y: [1] },
        { name: "accuracy", y: [1], band: { low: [0], high: [2] } },
      ],
    });
    const { data } = grid({ ...words, charts: [line([1]), two, two] });
    const shown = data.filter((trace) => trace.showlegend).map(({ name }) => name);
    assert.deepEqual(shown, ["loss", "accuracy"]);
  });

  test("name an axis once a row or column, where it is the same", () => {
    const other = lineChart({ ...text, y: "accuracy", series: [{ name: "loss", y: [1] }] });
    const charts = [line([1]), other, line([1]), line([1]), line([1])];
    const layout = layoutOf(grid({ ...words, charts, columns: 3 }));
    const titles = (/** @type {string} */ which) =>
      charts.map((_, i) => layout[`${which}axis${axis(i)}`].title?.text);
    assert.deepEqual(titles("x"), [undefined, undefined, "epoch", "epoch", "epoch"]);
    const loss = "mean squared error";
    assert.deepEqual(titles("y"), [loss, "accuracy", loss, loss, undefined]);
  });

  test("take reference lines and their labels along, each across its own panel", () => {
    const marked = withReferenceLine(withReferenceLine(line([1, 2]), { x: 1, label: "here" }), {
      y: 1.5,
      label: "so high",
    });
    const layout = layoutOf(grid({ ...words, charts: [line([1]), marked] }));
    const refs = (/** @type {any} */ item) => [item.xref, item.yref];
    const [vertical, horizontal] = layout.shapes;
    assert.deepEqual([vertical.x0, vertical.x1, vertical.y0, vertical.y1], [1, 1, 0, 1]);
    assert.deepEqual(refs(vertical), ["x2", "y2 domain"]);
    assert.deepEqual([horizontal.y0, horizontal.x0, horizontal.x1], [1.5, 0, 1]);
    assert.deepEqual(refs(horizontal), ["x2 domain", "y2"]);
    const named = (/** @type {string} */ label) =>
      refs(layout.annotations.find((/** @type {any} */ note) => note.text === label));
    assert.deepEqual(named("here"), ["x2", "y2 domain"]);
    assert.deepEqual(named("so high"), ["x2 domain", "y2"]);
  });

  test("keep maps square, each by its own axes, and show one colour scale", () => {
    const map = untyped(builders.decisionMap)("m");
    const layout = layoutOf(grid({ ...words, charts: [map, map] }));
    assert.deepEqual([layout.yaxis.scaleanchor, layout.yaxis2.scaleanchor], ["x", "x2"]);
    const heat = untyped(builders.heatmapChart)("h");
    const { data } = grid({ ...words, charts: [heat, heat] });
    assert.deepEqual([data[0]?.showscale, data[1]?.showscale], [undefined, false]);
  });

  test("leave the charts as they were", () => {
    const chart = withReferenceLine(line([1, 2]), { y: 1, label: "one" });
    const before = structuredClone(chart);
    grid({ ...words, charts: [chart, chart] });
    assert.deepEqual(chart, before);
  });

  test("of nothing: a RangeError", () => {
    assert.throws(() => grid({ ...words, charts: [] }), {
      name: "RangeError",
      message: /grid: charts is empty/,
    });
  });

  for (const columns of [0, -1, 1.5, Number.NaN]) {
    test(`of ${columns} columns: a RangeError`, () => {
      assert.throws(() => grid({ ...words, charts: [line([1])], columns }), {
        name: "RangeError",
        message: `grid: columns must be a whole number above 0, got ${columns}`,
      });
    });
  }
});

describe("sliders", () => {
  /** @param {Chart[]} charts */
  const stepsOf = (charts) => charts.map((chart, i) => ({ label: `step ${i}`, chart }));

  /** What plotly shows after moving to a frame: keys are replaced, null takes one away. @param {any} state @param {any} change */
  const moved = (state, change) =>
    Object.fromEntries(
      Object.entries({ ...state, ...change }).filter(([, value]) => value !== null),
    );

  /** What plotly makes of two lists: items are put over each other one by one, null takes one away. @param {any[]} state @param {any[]} change */
  const overlaid = (state = [], change = []) =>
    Array.from({ length: Math.max(state.length, change.length) }, (_, i) =>
      i >= change.length ? state[i] : change[i] && { ...state[i], ...change[i] },
    );

  /** What of a layout changes with the position; an empty list is as good as none. @param {any} layout */
  const visible = ({ title, annotations = [], shapes = [] }) => ({
    title,
    annotations: annotations.filter(Boolean),
    shapes: shapes.filter(Boolean),
  });

  const error = { low: [0, 1], high: [2, 3] };
  const bars = (/** @type {object} */ extra) =>
    barChart({ ...text, series: [{ name: "a", x: ["p", "q"], y: [1, 2], ...extra }] });
  /** @type {[string, Chart[]][]} */
  const cases = [
    ["lines", [line([1, 2]), line([3, 4]), line([5, 6, 7])]],
    ["titles", [line([1], "One"), line([1], "Another"), line([1], "A third")]],
    ["error bars in some positions only", [bars({}), bars({ error }), bars({ y: [5, 6] })]],
    [
      "reference lines in some positions only",
      [line([1]), withReferenceLine(line([2]), { y: 1, label: "one" }), line([3])],
    ],
    [
      "grids",
      [1, 2, 3].map((n) => grid({ ...text, charts: [line([n], `Left ${n}`), line([0], "Right")] })),
    ],
    [
      "grids with reference lines in some positions only",
      [
        grid({ ...text, charts: [line([1], "Left"), line([0], "Right")] }),
        grid({
          ...text,
          charts: [
            withReferenceLine(line([2], "Left"), { y: 1, label: "one" }),
            line([0], "Right"),
          ],
        }),
      ],
    ],
  ];
  for (const [name, charts] of cases) {
    test(`over ${name}: every position is shown in full, from whichever the reader comes`, () => {
      for (const active of charts.keys()) {
        const { data, layout, frames } = withSlider({ name: "n", steps: stepsOf(charts), active });
        assert.deepEqual(data, charts[active]?.data);
        assert.deepEqual(visible(untyped(layout)), visible(untyped(charts[active]?.layout)));
        const all = untyped(frames);
        for (const via of charts.keys()) {
          for (const [to, target] of charts.entries()) {
            const path = [all[via], all[to]];
            const traces = data.map((trace, i) =>
              path.reduce((state, frame) => moved(state, frame.data[i]), trace),
            );
            assert.deepEqual(traces, target.data, `from ${active} by ${via} to ${to}`);
            const seen = path.reduce(
              (state, frame) => ({
                title: frame.layout.title,
                annotations: overlaid(state.annotations, frame.layout.annotations),
                shapes: overlaid(state.shapes, frame.layout.shapes),
              }),
              untyped(layout),
            );
            assert.deepEqual(visible(seen), visible(target.layout));
          }
        }
      }
    });
  }

  test("store again only what differs", () => {
    const frames = untyped(
      withSlider({ name: "n", steps: stepsOf([line([1, 2]), line([3, 4])]) }).frames,
    );
    assert.deepEqual(
      frames.map((/** @type {any} */ frame) => frame.data),
      [[{ y: [1, 2] }], [{ y: [3, 4] }]],
    );
  });

  test("go to the frame of each label, beginning with the first unless told otherwise", () => {
    const steps = stepsOf([line([1]), line([2]), line([3])]);
    const chart = withSlider({ name: "learning rate", steps });
    const [slider] = layoutOf(chart).sliders;
    assert.equal(slider.active, 0);
    assert.equal(slider.currentvalue.prefix, "learning rate: ");
    assert.deepEqual(
      slider.steps.map((/** @type {any} */ step) => [step.label, step.method, step.args[0]]),
      steps.map(({ label }) => [label, "animate", [label]]),
    );
    assert.deepEqual(
      chart.frames?.map((frame) => frame.name),
      ["step 0", "step 1", "step 2"],
    );
    assert.equal(layoutOf(withSlider({ name: "n", steps, active: 2 })).sliders[0].active, 2);
  });

  test("are described by their own text, or else by that of the position shown first", () => {
    const steps = stepsOf([line([1]), { ...line([2]), description: "The second." }]);
    assert.equal(withSlider({ name: "n", steps, description: "Both." }).description, "Both.");
    assert.equal(withSlider({ name: "n", steps }).description, text.description);
    assert.equal(withSlider({ name: "n", steps, active: 1 }).description, "The second.");
  });

  test("leave the charts as they were", () => {
    const charts = [line([1]), line([2])];
    const before = structuredClone(charts);
    withSlider({ name: "n", steps: stepsOf(charts) });
    assert.deepEqual(charts, before);
  });

  const one = { label: "a", chart: line([1]) };
  const two = lineChart({
    ...text,
    series: [
      { name: "p", y: [1] },
      { name: "q", y: [1] },
    ],
  });
  /** @type {[string, object, RegExp][]} */
  const misuses = [
    ["no step", { steps: [] }, /active must be one of 0 steps, got 0/],
    [
      "a position that is none",
      { steps: [one], active: 1 },
      /active must be one of 1 steps, got 1/,
    ],
    ["a position below 0", { steps: [one], active: -1 }, /active must be one of 1 steps, got -1/],
    [
      "another number of traces",
      { steps: [one, { label: "b", chart: two }] },
      /step "b" has 2 traces, expected 1/,
    ],
    ["one label for two steps", { steps: [one, one] }, /labels of their own, got "a" twice/],
  ];
  for (const [name, options, message] of misuses) {
    test(`${name}: a RangeError`, () => {
      const make = () => withSlider(untyped({ name: "n", ...options }));
      assert.throws(make, { name: "RangeError", message });
    });
  }
});

describe("reference lines", () => {
  test("cross the whole chart at x or at y, with their label", () => {
    const vertical = layoutOf(withReferenceLine(line([1, 2]), { x: 0, label: "start" }));
    const [down] = vertical.shapes;
    assert.deepEqual(
      [down.x0, down.x1, down.xref, down.y0, down.y1, down.yref],
      [0, 0, "x", 0, 1, "paper"],
    );
    const [start] = vertical.annotations;
    assert.deepEqual([start.text, start.x, start.xref], ["start", 0, "x"]);
    const horizontal = layoutOf(withReferenceLine(line([1, 2]), { y: 0.25, label: "chance" }));
    const [across] = horizontal.shapes;
    assert.deepEqual(
      [across.y0, across.y1, across.yref, across.x0, across.x1, across.xref],
      [0.25, 0.25, "y", 0, 1, "paper"],
    );
    const [chance] = horizontal.annotations;
    assert.deepEqual([chance.text, chance.y, chance.yref], ["chance", 0.25, "y"]);
  });

  test("on a logarithmic axis give plotly the line as it is and the label as a logarithm", () => {
    const series = [{ name: "a", x: [1, 1000], y: [1, 1000] }];
    const chart = lineChart({ ...text, series, xScale: "log", yScale: "log" });
    const { shapes, annotations } = layoutOf(
      withReferenceLine(withReferenceLine(chart, { x: 100, label: "x" }), { y: 10, label: "y" }),
    );
    assert.deepEqual([shapes[0].x0, annotations[0].x], [100, 2]);
    assert.deepEqual([shapes[1].y0, annotations[1].y], [10, 1]);
  });

  test("add to what is there, and leave the chart as it was", () => {
    const chart = withReferenceLine(line([1]), { x: 1, label: "one" });
    const before = structuredClone(chart);
    const both = layoutOf(withReferenceLine(chart, { x: 2, label: "two" }));
    assert.deepEqual(
      both.annotations.map((/** @type {any} */ note) => note.text),
      ["one", "two"],
    );
    assert.equal(both.shapes.length, 2);
    assert.deepEqual(chart, before);
  });

  test("at neither x nor y, or at both: a TypeError", () => {
    assert.throws(() => withReferenceLine(line([1]), { label: "l" }), {
      name: "TypeError",
      message: /withReferenceLine: give either x or y, got neither/,
    });
    assert.throws(() => withReferenceLine(line([1]), { x: 1, y: 2, label: "l" }), {
      name: "TypeError",
      message: /give either x or y, got x 1 and y 2/,
    });
  });
});
