/** The kinds of charts of the course, as plotly figures: plain data, which `show` draws. */
import { quantile } from "d3-array";
import {
  type AxisOptions,
  type Chart,
  type ChartText,
  INK,
  layoutWithAxes,
  type Series,
} from "./charts/layout.js";
import { resolveStyle } from "./charts/style.js";
import { requireLength } from "./checks.js";
import { spread } from "./statistics.js";

/** Colour of label 1 and label 0 in maps of points. */
const classColors = { 0: "#0072b2", 1: "#d04a00" };

/**
 * Lines, each with an optional band (say, the 5–95 % range over seeds) or with its points marked.
 * @throws RangeError if a line's `x`, or an edge of its band, has another length than its `y`
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
  return { data, layout: layoutWithAxes(text, series), description: text.description };
}

/** Points, one style a series. */
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
  return { data, layout: layoutWithAxes(text, series), description: text.description };
}

/** Bars side by side, one colour a series; `x` are the categories. */
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
        color: INK,
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
    description: text.description,
  };
}

/** How values spread: a box (quartiles, whiskers at 5 and 95 %) and every value as a point beside it. */
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
  return { data, layout: { ...layout, xaxis }, description: text.description };
}

/** A table of numbers as colours, each number written in its cell. Rows are drawn from the top down. */
export function heatmapChart({
  columns,
  rows,
  values,
  labels,
  scale = "diverging",
  legend,
  ...text
}: ChartText & {
  columns: readonly string[];
  rows: readonly string[];
  /** What decides the colour, rows × columns. */
  values: readonly (readonly number[])[];
  /** What is written in the cells, rows × columns. */
  labels: readonly (readonly string[])[];
  /** "diverging" is centred on 0: blue below, orange above. */
  scale?: "diverging" | "sequential";
  /** What the colour means. */
  legend: string;
  height?: number;
}): Chart {
  const largest = Math.max(...values.flat().filter(Number.isFinite).map(Math.abs));
  const data = [
    {
      type: "heatmap",
      x: columns,
      y: rows,
      z: values,
      text: labels,
      texttemplate: "%{text}",
      hovertemplate: "%{y}, %{x}: %{text}<extra></extra>",
      xgap: 2,
      ygap: 2,
      ...(scale === "diverging"
        ? { zmin: -largest, zmax: largest, colorscale: DIVERGING }
        : { colorscale: SEQUENTIAL }),
      textfont: { size: 13 },
      // Below the table: beside it, it would take a quarter of a phone's width.
      colorbar: {
        title: { text: legend, side: "bottom" },
        orientation: "h",
        y: 0,
        yref: "container",
        yanchor: "bottom",
        len: 1,
        thickness: 10,
        outlinewidth: 0,
      },
    },
  ];
  const layout = layoutWithAxes(text);
  return {
    data,
    layout: {
      ...layout,
      xaxis: { ...(layout.xaxis as object), type: "category" },
      yaxis: { ...(layout.yaxis as object), type: "category", autorange: "reversed" },
    },
    description: text.description,
  };
}

/**
 * What a classifier of two inputs says all over the plane, with the samples it is judged on: orange
 * where it says label 1, blue where label 0, paler the less sure, and a line where it changes sides.
 * @param predict probability of label 1 at a point
 * @param extent the map covers [−extent, extent]²
 * @throws RangeError if `resolution` is not a whole number above 1
 */
export function decisionMap({
  predict,
  samples,
  extent,
  resolution = 31,
  ...text
}: Omit<ChartText, "x" | "y"> & {
  x?: string;
  y?: string;
  predict: (point: readonly [number, number]) => number;
  samples: readonly { readonly x: readonly number[]; readonly label: 0 | 1 }[];
  extent: number | readonly [number, number];
  /** Points a side at which `predict` is asked. */
  resolution?: number;
  height?: number;
}): Chart {
  if (!Number.isInteger(resolution) || resolution < 2) {
    throw new RangeError(
      `decisionMap: resolution must be a whole number above 1, got ${resolution}`,
    );
  }
  const [low, high] = typeof extent === "number" ? [-extent, extent] : extent;
  const ticks = Array.from(
    { length: resolution },
    (_, i) => low + ((high - low) * i) / (resolution - 1),
  );
  const surface = {
    type: "contour",
    x: ticks,
    y: ticks,
    z: ticks.map((x2) => ticks.map((x1) => Number(predict([x1, x2]).toFixed(5)))),
    zmin: 0,
    zmax: 1,
    zauto: false,
    autocontour: false,
    // One line, where the prediction changes sides; colours all over.
    contours: { start: 0.5, end: 0.5, size: 1, coloring: "heatmap" },
    line: { color: INK, width: 2 },
    colorscale: PROBABILITY,
    showscale: false,
    hovertemplate: "x₁ %{x:.2f}, x₂ %{y:.2f}: %{z:.2f}<extra></extra>",
  };
  const points = ([0, 1] as const).map((label) => {
    const own = samples.filter((sample) => sample.label === label);
    return {
      type: "scatter",
      mode: "markers",
      name: `label ${label}`,
      legendgroup: `label ${label}`,
      x: own.map(({ x }) => x[0]),
      y: own.map(({ x }) => x[1]),
      marker: {
        color: classColors[label],
        symbol: label === 1 ? "circle" : "x",
        size: 7,
        line: { color: "#ffffff", width: 1 },
      },
    };
  });
  const layout = layoutWithAxes({
    x: "x₁",
    y: "x₂",
    height: 460,
    ...text,
    xRange: [low, high],
    yRange: [low, high],
  });
  const square = { ...(layout.yaxis as object), scaleanchor: "x", constrain: "domain" };
  return {
    data: [surface, ...points],
    layout: {
      ...layout,
      xaxis: { ...(layout.xaxis as object), constrain: "domain" },
      yaxis: square,
    },
    description: text.description,
  };
}

// Not the lines' blue and orange: on dark paper those turn bright, and numbers are written on these.
const DIVERGING = [
  [0, "#0b6fae"],
  [0.5, "#f7f7f7"],
  [1, "#c94a06"],
];
const SEQUENTIAL = [
  [0, "#f7f7f7"],
  [1, "#0b6fae"],
];
const PROBABILITY = [
  [0, "#9cc9e3"],
  [0.5, "#ffffff"],
  [1, "#f3b391"],
];

function translucent(color: string, alpha: number): string {
  const channel = (start: number) => Number.parseInt(color.slice(start, start + 2), 16);
  return `rgba(${channel(1)}, ${channel(3)}, ${channel(5)}, ${alpha})`;
}
