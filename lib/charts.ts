/**
 * The charts of the course as plotly figures: plain data, which `show` draws.
 * `grid` puts charts side by side, `withSlider` behind one another; both give a chart again.
 */
import { quantile } from "d3-array";
import { type Activation, type ActivationKey, activations } from "./activations.js";
import { requireLength, requireWhole } from "./checks.js";
import { spread } from "./statistics.js";

/** A plotly figure, with the text that stands for it where it cannot be drawn or seen. */
export interface Chart {
  /** Plotly traces. */
  data: Record<string, unknown>[];
  /** Plotly layout. */
  layout: Record<string, unknown>;
  /** Plotly frames, the positions of a slider. */
  frames?: Record<string, unknown>[];
  /** What the chart shows, in a sentence or two. */
  description: string;
}

/** How a line or marker looks. Colour is never the only difference. */
export interface Style {
  color: string;
  /** Plotly dash: "solid", "dash", "dot", "dashdot", "longdash"… */
  dash: string;
  /** Plotly marker symbol: "circle", "square", "diamond"… */
  symbol: string;
}

/** What every chart is made with. */
export interface ChartText {
  /** The finding, as a sentence. */
  title: string;
  /** Quantity and unit on the horizontal axis. */
  x: string;
  /** Quantity and unit on the vertical axis. */
  y: string;
  /** What the chart shows, for whoever cannot see it. */
  description: string;
}

/** One line, or one row of bars, or one box a list. */
export interface Series<Y = readonly number[]> {
  name: string;
  x?: readonly (number | string)[];
  y: Y;
  /** An activation's own style, or another; without one the next neutral style is taken. */
  style?: ActivationKey | Partial<Style>;
}

/** An activation that is not listed gets a neutral style, by its place in the table. */
const styles: Partial<Record<ActivationKey, Style>> = {
  sigmoid: { color: "#0072b2", dash: "solid", symbol: "circle" },
  tanh: { color: "#008a66", dash: "dash", symbol: "square" },
  relu: { color: "#d04a00", dash: "solid", symbol: "diamond" },
  leakyRelu: { color: "#a87400", dash: "dot", symbol: "triangle-up" },
  gelu: { color: "#8250df", dash: "dashdot", symbol: "cross" },
  geluTanh: { color: "#c2439a", dash: "longdash", symbol: "x" },
  swish: { color: "#5a7185", dash: "longdashdot", symbol: "star" },
};

const neutralStyles: Style[] = [
  { color: "#4b5563", dash: "solid", symbol: "circle" },
  { color: "#8a6d3b", dash: "dash", symbol: "square" },
  { color: "#2f7d8c", dash: "dot", symbol: "diamond" },
  { color: "#9a4d6b", dash: "dashdot", symbol: "cross" },
  { color: "#6b7a1f", dash: "longdash", symbol: "x" },
];

/** Colour of label 1 and label 0 in maps of points. */
const classColors = { 0: "#0072b2", 1: "#d04a00" };

/** The look of an activation, the same in every chart of the course. */
export function styleOf(activation: ActivationKey | Activation): Style {
  const keys = Object.keys(activations) as ActivationKey[];
  const place = keys.findIndex((key) => key === activation || activations[key] === activation);
  return styles[keys[place]] ?? neutralStyle(Math.max(place, 0));
}

/** Options of charts with two axes. */
export interface AxisOptions {
  /** "log" for a logarithmic axis, which leaves out values that are not above 0. */
  xScale?: "linear" | "log";
  yScale?: "linear" | "log";
  /** Ends of the axis, in its own units also where it is logarithmic. */
  xRange?: readonly [number, number];
  yRange?: readonly [number, number];
  /** Pixels. */
  height?: number;
}

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

/**
 * Charts side by side under one title, each with its own title above it and the same legend.
 * @param columns how many in a row
 * @throws RangeError if there is no chart or `columns` is not a whole number above 0
 */
export function grid({
  title,
  description,
  charts,
  columns = charts.length,
  height = 320,
}: {
  title: string;
  description: string;
  charts: readonly Chart[];
  columns?: number;
  /** Pixels a row. */
  height?: number;
}): Chart {
  if (charts.length === 0) throw new RangeError("grid: charts is empty, give at least one");
  requireWhole("grid: columns", columns);
  const rows = Math.ceil(charts.length / columns);
  const panel = {
    width: (1 - GAP_X * (columns - 1)) / columns,
    height: (1 - GAP_Y * (rows - 1)) / rows,
  };
  const inLegend = new Set<unknown>();
  const layout = baseLayout(title, 110 + height * rows);
  const titles: object[] = [];
  const labels: object[] = [];
  const data = charts.flatMap((chart, index) => {
    const suffix = index === 0 ? "" : String(index + 1);
    const column = index % columns;
    const row = Math.floor(index / columns);
    const left = column * (panel.width + GAP_X);
    const right = left + panel.width;
    const top = 1 - row * (panel.height + GAP_Y);
    const bottom = Math.max(0, top - panel.height);
    const {
      xaxis,
      yaxis,
      title: own,
      shapes,
      annotations: notes,
    } = chart.layout as Record<string, Record<string, unknown>>;
    // An axis title stands once a row or column, where it is the same.
    const lowest = index + columns >= charts.length;
    layout[`xaxis${suffix}`] = {
      ...xaxis,
      ...(!lowest && { title: undefined }),
      domain: [left, Math.min(1, right)],
      anchor: `y${suffix}`,
    };
    layout[`yaxis${suffix}`] = {
      ...yaxis,
      ...(column > 0 && sameTitle(yaxis, charts[index - 1]) && { title: undefined }),
      ...(yaxis?.scaleanchor !== undefined && { scaleanchor: `x${suffix}` }),
      domain: [bottom, top],
      anchor: `x${suffix}`,
    };
    // What stood at a share of the whole chart stands at that share of the panel.
    const toPanel = (item: Record<string, unknown>) => ({
      ...item,
      xref: item.xref === "paper" ? `x${suffix} domain` : `x${suffix}`,
      yref: item.yref === "paper" ? `y${suffix} domain` : `y${suffix}`,
    });
    if (Array.isArray(shapes)) {
      layout.shapes = [...((layout.shapes as object[]) ?? []), ...shapes.map(toPanel)];
    }
    if (Array.isArray(notes)) labels.push(...notes.map(toPanel));
    titles.push({
      text: own?.text,
      x: (left + right) / 2,
      y: top,
      xref: "paper",
      yref: "paper",
      xanchor: "center",
      yanchor: "bottom",
      yshift: 4,
      showarrow: false,
      font: { size: 13, color: INK },
    });
    return chart.data.map((trace) => {
      const shown =
        trace.name !== undefined && trace.showlegend !== false && !inLegend.has(trace.name);
      if (shown) inLegend.add(trace.name);
      return {
        ...trace,
        xaxis: `x${suffix}`,
        yaxis: `y${suffix}`,
        showlegend: shown,
        // One scale serves all.
        ...("colorbar" in trace && index > 0 && { showscale: false }),
      };
    });
  });
  return { data, layout: { ...layout, annotations: [...titles, ...labels] }, description };
}

/**
 * One chart a position of a slider. The charts must have the same traces in the same order.
 * @param name what the slider changes, shown before the position's label
 * @param steps one a position
 * @param active the position to begin with, default 0
 * @throws RangeError if there is no step, `active` is none of them, two have the same label, or the
 *   traces differ
 */
export function withSlider({
  name,
  steps,
  active = 0,
  description,
}: {
  name: string;
  steps: readonly { label: string; chart: Chart }[];
  active?: number;
  /** What the whole shows; default the first chart's. */
  description?: string;
}): Chart {
  const first = steps[active]?.chart;
  if (!first)
    throw new RangeError(`withSlider: active must be one of ${steps.length} steps, got ${active}`);
  const labels = steps.map(({ label }) => label);
  const twice = labels.find((label, index) => labels.indexOf(label) !== index);
  if (twice !== undefined) {
    throw new RangeError(`withSlider: steps must have labels of their own, got "${twice}" twice`);
  }
  const uneven = steps.find(({ chart }) => chart.data.length !== first.data.length);
  if (uneven) {
    throw new RangeError(
      `withSlider: step "${uneven.label}" has ${uneven.chart.data.length} traces, expected ${first.data.length}`,
    );
  }
  const tracesAt = (index: number) => steps.map(({ chart }) => chart.data[index] ?? {});
  const charts = steps.map(({ chart }) => chart);
  const slider = {
    active,
    currentvalue: { prefix: `${name}: `, font: { size: 14, color: INK } },
    x: 0,
    len: 1,
    y: 1,
    yanchor: "bottom",
    pad: { t: 0, b: 28 },
    bgcolor: "#d0d7de",
    steps: steps.map(({ label }) => ({
      label,
      method: "animate",
      args: [
        [label],
        { mode: "immediate", frame: { duration: 0, redraw: true }, transition: { duration: 0 } },
      ],
    })),
  };
  const margin = { ...MARGIN, t: MARGIN.t + SLIDER_HEIGHT };
  const height = (first.layout.height as number) + SLIDER_HEIGHT;
  return {
    data: first.data,
    layout: { ...first.layout, height, margin, sliders: [slider] },
    frames: steps.map(({ label, chart }) => ({
      name: label,
      data: chart.data.map((trace, index) => pick(trace, varyingKeys(tracesAt(index)))),
      layout: {
        title: chart.layout.title,
        ...overlay("annotations", chart, charts),
        ...overlay("shapes", chart, charts),
      },
    })),
    description: description ?? first.description,
  };
}

/**
 * A vertical or horizontal reference line with its label, added to a chart.
 * @throws TypeError if not exactly one of `x` and `y` is given
 */
export function withReferenceLine(
  chart: Chart,
  { x, y, label }: { x?: number; y?: number; label: string },
): Chart {
  const vertical = x !== undefined;
  if (vertical === (y !== undefined)) {
    throw new TypeError(
      `withReferenceLine: give either x or y, got ${vertical ? `x ${x} and y ${y}` : "neither"}`,
    );
  }
  const at = (value: number | undefined, axis: "xaxis" | "yaxis") =>
    (chart.layout[axis] as { type?: string })?.type === "log" ? Math.log10(value ?? 1) : value;
  const shape = vertical
    ? { type: "line", x0: x, x1: x, y0: 0, y1: 1, xref: "x", yref: "paper" }
    : { type: "line", x0: 0, x1: 1, y0: y, y1: y, xref: "paper", yref: "y" };
  const annotation = vertical
    ? { x: at(x, "xaxis"), y: 1, xref: "x", yref: "paper", xanchor: "left", yanchor: "top" }
    : { x: 1, y: at(y, "yaxis"), xref: "paper", yref: "y", xanchor: "right", yanchor: "bottom" };
  return {
    ...chart,
    layout: {
      ...chart.layout,
      shapes: [
        ...((chart.layout.shapes as object[]) ?? []),
        { ...shape, line: { color: INK, width: 1.5, dash: "dot" } },
      ],
      annotations: [
        ...((chart.layout.annotations as object[]) ?? []),
        { ...annotation, text: label, showarrow: false, font: { size: 12, color: INK } },
      ],
    },
  };
}

// Between the panels of a grid, as a share of the whole.
const GAP_X = 0.07;
const GAP_Y = 0.12;

const MARGIN = { l: 64, r: 16, t: 76, b: 56 };
const SLIDER_HEIGHT = 74;

const INK = "#24292f";
const GRID = "#e1e5ea";
const PAPER = "#ffffff";

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

function resolveStyle(style: Series["style"], index: number): Style {
  if (typeof style === "string") return styleOf(style);
  return { ...neutralStyle(index), ...style };
}

function neutralStyle(index: number): Style {
  return neutralStyles[index % neutralStyles.length];
}

function baseLayout(title: string, height: number): Record<string, unknown> {
  return {
    title: {
      text: wrap(title),
      x: 0,
      xref: "container",
      xanchor: "left",
      y: 1,
      yref: "container",
      yanchor: "top",
      pad: { t: 20, l: 12 },
      font: { size: 15, weight: 600 },
    },
    font: { family: "system-ui, sans-serif", size: 13, color: INK },
    paper_bgcolor: PAPER,
    plot_bgcolor: PAPER,
    margin: MARGIN,
    // At the bottom of the whole chart: plotly then keeps it clear of tick labels that it has to turn.
    legend: { orientation: "h", x: 0, y: 0, yref: "container", yanchor: "bottom" },
    autosize: true,
    height,
  };
}

function layoutWithAxes(
  {
    title,
    x,
    y,
    xScale,
    yScale,
    xRange,
    yRange,
    height = 420,
  }: Omit<ChartText, "description"> & AxisOptions,
  series: readonly Series[] = [],
): Record<string, unknown> {
  const numbers = (values: readonly (number | string)[]) =>
    values.filter((v) => typeof v === "number");
  const xs = xRange ?? series.flatMap((one) => numbers(one.x ?? []));
  const ys = yRange ?? series.flatMap((one) => one.y);
  return {
    ...baseLayout(title, height),
    xaxis: {
      ...axis(x),
      ...(xScale === "log" && logScale(xs)),
      ...(xRange && ends(xRange, xScale)),
    },
    yaxis: {
      ...axis(y),
      ...(yScale === "log" && logScale(ys)),
      ...(yRange && ends(yRange, yScale)),
    },
  };
}

function axis(title: string): object {
  return {
    title: { text: title, standoff: 8 },
    automargin: true,
    // 10⁻⁴, not 100µ.
    exponentformat: "power",
    gridcolor: GRID,
    zerolinecolor: "#aab2bb",
    linecolor: "#aab2bb",
  };
}

function logScale(values: readonly number[]): object {
  const logs = values.filter((value) => value > 0).map(Math.log10);
  const decades = Math.max(...logs) - Math.min(...logs);
  // Left alone, plotly labels 2 and 5 between the powers of ten, which is too much for a phone.
  return {
    type: "log",
    exponentformat: "power",
    ...(decades < 8 && { dtick: decades < 1.5 ? "D2" : 1 }),
  };
}

function ends(range: readonly [number, number], scale?: "linear" | "log"): object {
  return { range: scale === "log" ? range.map(Math.log10) : range };
}

/** Plotly does not break lines by itself, and a title must fit a phone. */
function wrap(text: string, width = 38): string {
  const lines = [""];
  for (const word of text.split(" ")) {
    const last = lines[lines.length - 1] as string;
    if (last !== "" && last.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = last === "" ? word : `${last} ${word}`;
  }
  return lines.join("<br>");
}

function translucent(color: string, alpha: number): string {
  const channel = (start: number) => Number.parseInt(color.slice(start, start + 2), 16);
  return `rgba(${channel(1)}, ${channel(3)}, ${channel(5)}, ${alpha})`;
}

function sameTitle(
  yaxis: Record<string, unknown> | undefined,
  neighbour: Chart | undefined,
): boolean {
  const other = neighbour?.layout.yaxis as Record<string, unknown> | undefined;
  return JSON.stringify(yaxis?.title) === JSON.stringify(other?.title);
}

/** What differs between a slider's positions: the rest need not be stored again in each. */
function varyingKeys(candidates: readonly Record<string, unknown>[]): string[] {
  const keys = new Set(candidates.flatMap(Object.keys));
  return [...keys].filter(
    (key) => new Set(candidates.map((candidate) => JSON.stringify(candidate[key]))).size > 1,
  );
}

/** What `from` has under the keys; null takes away what another position has there. */
function pick(from: Record<string, unknown>, keys: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(keys.map((key) => [key, from[key] ?? null]));
}

/**
 * A chart's annotations or shapes, as many as the one of all charts with the most has: plotly puts
 * the list of one position over that of another item by item, and null takes an item away.
 */
function overlay(key: "annotations" | "shapes", chart: Chart, all: readonly Chart[]): object {
  const listOf = ({ layout }: Chart) => (layout[key] ?? []) as object[];
  const length = Math.max(...all.map((one) => listOf(one).length));
  const own = listOf(chart);
  if (length === 0) return {};
  return { [key]: Array.from({ length }, (_, index) => own[index] ?? null) };
}
