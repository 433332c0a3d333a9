/** What a chart is, and the layout that all of them share. */
import type { ActivationKey } from "../activations.js";
import { colours, type Style } from "./style.js";
import { wrap } from "./title.js";

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

/** What every chart is made with. */
export interface ChartText {
  /** The finding, as a sentence. */
  title: string;
  /** Quantity and unit on the horizontal axis; none where the ticks name themselves. */
  x?: string;
  /** Quantity and unit on the vertical axis. */
  y?: string;
  /** What the chart shows, for whoever cannot see it. A panel of a grid needs none: the grid has one for all. */
  description?: string;
}

/** One line, or one row of bars, or one box a list. */
export interface Series<Y = readonly number[]> {
  name: string;
  x?: readonly (number | string)[];
  y: Y;
  /** An activation's own style, or another; without one the next neutral style is taken. */
  style?: ActivationKey | Partial<Style>;
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

export const MARGIN = { l: 64, r: 16, t: 76, b: 56 };

export function baseLayout(title: string, height: number): Record<string, unknown> {
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
    font: { family: "system-ui, sans-serif", size: 13, color: colours.ink },
    paper_bgcolor: colours.paper,
    plot_bgcolor: colours.paper,
    margin: MARGIN,
    // At the bottom of the whole chart: plotly then keeps it clear of tick labels that it has to turn.
    legend: { orientation: "h", x: 0, y: 0, yref: "container", yanchor: "bottom" },
    autosize: true,
    height,
  };
}

export function layoutWithAxes(
  {
    title,
    x = "",
    y = "",
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
    gridcolor: colours.grid,
    zerolinecolor: colours.axis,
    linecolor: colours.axis,
  };
}

function logScale(values: readonly number[]): object {
  const logs = values.filter((value) => value > 0).map(Math.log10);
  const decades =
    logs.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY) -
    logs.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
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
