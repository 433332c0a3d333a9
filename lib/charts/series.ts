/** Charts of series of numbers, as plotly figures: plain data, which `show` draws. */
import { quantile } from "d3-array";
import { requireLength } from "../checks.js";
import { spread } from "../statistics.js";
import {
  type AxisOptions,
  type Chart,
  type ChartText,
  layoutWithAxes,
  type Series,
} from "./layout.js";
import { colours, resolveStyle, translucent } from "./style.js";

/**
 * Lines, each with an optional band (say, the 5–95 % range over seeds) or with its points marked.
 * @throws RangeError if a line's `x`, or an edge of its band, has another length than its `y`
 * @example
 * lineChart({
 *   title: "ReLU is flat below 0",
 *   x: "input",
 *   y: "output",
 *   description: "0 up to 0, then the input.",
 *   series: [{ name: "ReLU", x: [-1, 0, 1], y: [0, 0, 1], style: "relu" }],
 * }).data.length // 1
 */
export function lineChart({
  series,
  ...text
}: ChartText &
  AxisOptions & {
    series: readonly (Series & {
      band?: { low: readonly number[]; high: readonly number[] };
      markers?: boolean;
    })[];
  }): Chart {
  const data = series.flatMap(({ name, x, y, style, band, markers }, index) => {
    const { color, dash, symbol } = resolveStyle(style, index);
    for (const [part, values] of Object.entries({ x, ...band })) {
      if (values) requireLength(`lineChart: ${part} of "${name}"`, values, y.length);
    }
    const xs = x ?? y.map((_, position) => position);
    const line = {
      type: "scatter",
      mode: markers ? "lines+markers" : "lines",
      name,
      legendgroup: name,
      x: xs,
      y,
      line: { color, dash, width: 2.5 },
      marker: { color, symbol, size: 8 },
    };
    if (!band) return [line];
    const outline = {
      type: "scatter",
      name: `${name}, range`,
      legendgroup: name,
      showlegend: false,
      hoverinfo: "skip",
      x: [...xs, ...[...xs].reverse()],
      y: [...band.high, ...[...band.low].reverse()],
      fill: "toself",
      fillcolor: translucent(color, 0.18),
      line: { width: 0 },
      mode: "lines",
    };
    return [outline, line];
  });
  return { data, layout: layoutWithAxes(text, series), description: text.description ?? "" };
}

/**
 * Points, one style a series.
 * @example
 * scatterChart({
 *   title: "Two points",
 *   x: "x₁",
 *   y: "x₂",
 *   description: "One point above the other.",
 *   series: [{ name: "points", x: [1, 1], y: [0, 2] }],
 * }).data[0]?.mode // 'markers'
 */
export function scatterChart({
  series,
  ...text
}: ChartText & AxisOptions & { series: readonly Series[] }): Chart {
  const data = series.map(({ name, x, y, style }, index) => {
    const { color, symbol } = resolveStyle(style, index);
    return {
      type: "scatter",
      mode: "markers",
      name,
      legendgroup: name,
      x,
      y,
      marker: { color, symbol, size: 8 },
    };
  });
  return { data, layout: layoutWithAxes(text, series), description: text.description ?? "" };
}

/**
 * Bars side by side, one colour a series; `x` are the categories.
 * @example
 * barChart({
 *   title: "ReLU has more dead units",
 *   x: "activation",
 *   y: "dead units (%)",
 *   description: "ReLU 15 %, GELU 0 %.",
 *   series: [{ name: "after training", x: ["ReLU", "GELU"], y: [15, 0] }],
 * }).data[0]?.type // 'bar'
 */
export function barChart({
  series,
  ...text
}: ChartText &
  AxisOptions & {
    series: readonly (Series & { error?: { low: readonly number[]; high: readonly number[] } })[];
  }): Chart {
  const data = series.map(({ name, x, y, style, error }, index) => ({
    type: "bar",
    name,
    legendgroup: name,
    x,
    y,
    marker: { color: resolveStyle(style, index).color },
    ...(error && {
      error_y: {
        type: "data",
        symmetric: false,
        array: error.high.map((high, position) => high - (y[position] ?? 0)),
        arrayminus: error.low.map((low, position) => (y[position] ?? 0) - low),
        color: colours.ink,
        thickness: 1.2,
      },
    }),
  }));
  // A legend would only say the categories again.
  const namesItself = series.every(({ name, x }) => x?.length === 1 && x[0] === name);
  return {
    data,
    layout: {
      ...layoutWithAxes(text, series),
      bargap: 0.25,
      ...(namesItself && { showlegend: false }),
    },
    description: text.description ?? "",
  };
}

/**
 * How values spread: a box (quartiles, whiskers at 5 and 95 %) and every value as a point beside it.
 * @example
 * distributionChart({
 *   title: "Most seeds end near 95 %",
 *   x: "",
 *   y: "accuracy (%)",
 *   description: "Four seeds between 90 and 97 %.",
 *   series: [{ name: "ReLU", y: [90, 95, 96, 97], style: "relu" }],
 * }).data[0]?.type // 'box'
 */
export function distributionChart({
  series,
  ...text
}: ChartText & AxisOptions & { series: readonly Series[] }): Chart {
  const data = series.map(({ name, y, style }, index) => {
    const { color, symbol } = resolveStyle(style, index);
    const { low, median, high } = spread(y);
    return {
      type: "box",
      name,
      x: [name],
      // Given, because plotly would place the whiskers elsewhere.
      q1: [quantile(y, 0.25)],
      median: [median],
      q3: [quantile(y, 0.75)],
      lowerfence: [low],
      upperfence: [high],
      y: [y],
      boxpoints: "all",
      jitter: 0.6,
      pointpos: 0,
      whiskerwidth: 0.4,
      fillcolor: translucent(color, 0.15),
      line: { color, width: 1.5 },
      marker: { color: translucent(color, 0.6), symbol, size: 4 },
      showlegend: false,
    };
  });
  const layout = layoutWithAxes(text, series);
  // A name such as "0.1" is no number.
  const xaxis = { ...(layout.xaxis as object), type: "category" };
  return { data, layout: { ...layout, xaxis }, description: text.description ?? "" };
}
