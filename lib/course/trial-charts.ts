/** The charts of the trial: they take what was measured, and say in title and description what it was. */
import {
  barChart,
  type Chart,
  lineChart,
  type Series,
  scatterChart,
  withReferenceLine,
} from "../charts/index.js";
import { spreadOfCurves } from "../statistics.js";
import type { Figure } from "./claims.js";
import type { Ruling } from "./intervals.js";
import { shortNumber } from "./short-number.js";

/** What the axes are. Without a title, the chart gets one that begins with the vertical one. */
export interface TrialAxes {
  title?: string;
  /** Quantity and unit on the horizontal axis. */
  x: string;
  /** Quantity and unit on the vertical axis. */
  y: string;
  xScale?: "linear" | "log";
  yScale?: "linear" | "log";
  yRange?: readonly [number, number];
}

/** A level to compare with, dotted. */
export interface Level {
  y: number;
  label: string;
}

/** How many values a title has room for. */
const IN_TITLE = 4;

/**
 * Curves over seeds: the medians as lines, the 5–95 % ranges as bands. Title and description say where the
 * medians end.
 * @param curves for each line, the curves of all seeds
 * @param xs where the points of the curves stand; default 1, 2, 3 and so on
 * @throws RangeError if there is no line, or the curves of one differ in length
 * @example
 * const runs = [[1, 0.2], [1, 0.4]];
 * const axes = { x: "epoch", y: "loss" };
 * chartOfRuns({ ReLU: { runs } }, axes).description // 'Loss, medians and 5–95 % ranges of 2 seeds. At epoch 2: ReLU 0.3.'
 */
export function chartOfRuns(
  curves: Readonly<
    Record<string, { runs: readonly (readonly number[])[]; style?: Series["style"] }>
  >,
  axes: TrialAxes,
  { xs, level }: { xs?: readonly number[]; level?: Level } = {},
): Chart {
  const names = Object.keys(curves);
  if (names.length === 0) throw new RangeError("chartOfRuns: curves is empty, give at least one");
  const series = Object.entries(curves).map(([name, { runs, style }]) => {
    const band = spreadOfCurves(runs);
    const x = xs ?? band.median.map((_, position) => position + 1);
    return { name, x, y: band.median, band, ...(style && { style }) };
  });
  const ends = series.map(({ name, y }) => `${name} ${shortNumber(y.at(-1) as number)}`).join(", ");
  const at = series[0]?.x.at(-1);
  const seeds = Object.values(curves)[0]?.runs.length;
  const chart = lineChart({
    title: sentence(`${axes.y} at ${axes.x} ${at}: ${ends}`),
    ...axes,
    description: sentence(
      `${axes.y}, medians and 5–95 % ranges of ${seeds} seeds. At ${axes.x} ${at}: ${ends}.`,
    ),
    series,
  });
  return level ? withReferenceLine(chart, level) : chart;
}

/**
 * What was ruled at several places, with the 95 % intervals as a band. Title and description say the values.
 * @param rulings one a place, in the order of `at`
 * @throws RangeError if there is not one ruling a place
 * @example
 * const rulings = [ruleOnShare([true, true], { what: "seeds, %", above: 50 })];
 * const axes = { x: "rate", y: "seeds, %" };
 * chartOfRulings("ReLU", [0.1], rulings, axes).description // 'ReLU: seeds, %, with 95 % intervals, by rate: 100 at 0.1.'
 */
export function chartOfRulings(
  name: string,
  at: readonly number[],
  rulings: readonly Ruling[],
  axes: TrialAxes,
  { style, levels = [] }: { style?: Series["style"]; levels?: readonly Level[] } = {},
): Chart {
  if (rulings.length !== at.length || at.length === 0) {
    throw new RangeError(
      `chartOfRulings: rulings must be one for each of ${at.length} places, got ${rulings.length}`,
    );
  }
  const values = rulings.map(({ value }) => value);
  const texts = at.map((place, i) => `${shortNumber(values[i] as number)} at ${place}`);
  const band = {
    low: rulings.map(({ low }) => low),
    high: rulings.map(({ high }) => high),
  };
  const chart = lineChart({
    title: sentence(`${axes.y}: ${someOf(texts).join(", ")}`),
    ...axes,
    description: `${name}: ${axes.y}, with 95 % intervals, by ${axes.x}: ${texts.join(", ")}.`,
    series: [
      {
        name: `${name}, 95 % interval`,
        x: at,
        y: values,
        band,
        markers: true,
        ...(style && { style }),
      },
    ],
  });
  return levels.reduce(withReferenceLine, chart);
}

/**
 * Bars with their ranges, one colour a row; on a logarithmic axis, where a bar would stand on nothing, points.
 * Title and description say the heights.
 * @param rows by name, for each category a height and the ends of its range
 * @throws RangeError if there is no row, or a row has not one bar a category
 * @example
 * const axes = { x: "rate", y: "dead units, %" };
 * chartOfBars(["0.1"], { ReLU: { bars: [figure([10, 20, 30])] } }, axes).description // 'Dead units, %. 0.1: ReLU 20.'
 */
export function chartOfBars(
  categories: readonly string[],
  rows: Readonly<Record<string, { bars: readonly (Figure | Ruling)[]; style?: Series["style"] }>>,
  axes: TrialAxes,
): Chart {
  if (Object.keys(rows).length === 0)
    throw new RangeError("chartOfBars: rows is empty, give at least one");
  const series = Object.entries(rows).map(([name, { bars, style }]) => {
    if (bars.length !== categories.length) {
      throw new RangeError(
        `chartOfBars: "${name}" must have ${categories.length} bars, got ${bars.length}`,
      );
    }
    const heights = bars.map((bar) => ("median" in bar ? bar.median : bar.value));
    const error = { low: bars.map(({ low }) => low), high: bars.map(({ high }) => high) };
    return { name, x: categories, y: heights, error, ...(style && { style }) };
  });
  const textOf = (i: number) =>
    series.map(({ name, y }) => `${name} ${shortNumber(y[i] as number)}`).join(", ");
  const chart = {
    title: sentence(`${axes.y}, ${categories[0]}: ${textOf(0)}`),
    ...axes,
    description: sentence(
      `${axes.y}. ${categories.map((category, i) => `${category}: ${textOf(i)}`).join("; ")}.`,
    ),
    series,
  };
  return axes.yScale === "log" ? pointsBesideOneAnother(chart) : barChart(chart);
}

/** What `barChart` draws, with points in place of the bars. */
function pointsBesideOneAnother(chart: Parameters<typeof barChart>[0]): Chart {
  const [bars, points] = [barChart(chart), scatterChart(chart)];
  const data = points.data.map((trace, row) => ({
    ...trace,
    error_y: bars.data[row]?.error_y,
    offsetgroup: trace.name,
  }));
  return { ...points, data, layout: { ...points.layout, scattermode: "group", scattergap: 0.4 } };
}

/** Names of quantities are written small on axes. */
function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** As many texts as a title has room for, the first and the last among them. */
function someOf(texts: readonly string[]): string[] {
  if (texts.length <= IN_TITLE) return [...texts];
  const last = texts.length - 1;
  return Array.from(
    { length: IN_TITLE },
    (_, i) => texts[Math.round((i * last) / (IN_TITLE - 1))] as string,
  );
}
