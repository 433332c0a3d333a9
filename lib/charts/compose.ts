/** Charts made of charts: side by side, behind one another with a slider, with a reference line. */
import { requireWhole } from "../checks.js";
import { baseLayout, type Chart, MARGIN } from "./layout.js";
import { colours, SLIDER_HEIGHT } from "./style.js";

// Between the panels of a grid, as a share of the whole.
const GAP_X = 0.07;
const GAP_Y = 0.12;

/**
 * Charts side by side under one title, each with its own title above it and the same legend.
 * @param columns how many in a row
 * @throws RangeError if there is no chart or `columns` is not a whole number above 0
 * @example
 * const one = decisionMap({
 *   title: "One",
 *   description: "All 1.",
 *   predict: () => 1,
 *   samples: [],
 *   extent: 1,
 * });
 * grid({ title: "Twice", description: "The same map twice.", charts: [one, one] }).data.length // 6
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
  // Points side by side are a matter of the whole figure.
  const { scattermode, scattergap } = charts[0]?.layout ?? {};
  const layout: Record<string, unknown> = {
    ...baseLayout(title, 110 + height * rows),
    ...(scattermode !== undefined && { scattermode, scattergap }),
  };
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
      font: { size: 13, color: colours.ink },
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
 * @throws RangeError if there is no step, `active` is none of them, two have the same label, or the
 *   traces differ
 * @example
 * const after = (epochs: number) =>
 *   lineChart({
 *     title: "Loss",
 *     x: "epoch",
 *     y: "loss",
 *     description: "Falling.",
 *     series: [{ name: "loss", y: Array.from({ length: epochs }, (_, i) => 1 / (i + 1)) }],
 *   });
 * withSlider({
 *   name: "epochs",
 *   steps: [10, 20].map((epochs) => ({ label: String(epochs), chart: after(epochs) })),
 * }).frames?.length // 2
 */
export function withSlider({
  name,
  steps,
  active = 0,
  description,
}: {
  /** What the slider changes, shown before the position's label. */
  name: string;
  /** One a position. */
  steps: readonly { label: string; chart: Chart }[];
  /** The position to begin with, default 0. */
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
    currentvalue: { prefix: `${name}: `, font: { size: 14, color: colours.ink } },
    x: 0,
    len: 1,
    y: 1,
    yanchor: "bottom",
    pad: { t: 0, b: 28 },
    bgcolor: colours.slider,
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
 * @example
 * const chart = lineChart({
 *   title: "Loss",
 *   x: "epoch",
 *   y: "loss",
 *   description: "Falling to 0.1.",
 *   series: [{ name: "loss", y: [1, 0.1] }],
 * });
 * withReferenceLine(chart, { y: 0.2, label: "good enough" }).description // 'Falling to 0.1.'
 */
export function withReferenceLine(
  chart: Chart,
  { x, y, label = "" }: { x?: number; y?: number; label?: string },
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
        { ...shape, line: { color: colours.ink, width: 1.5, dash: "dot" } },
      ],
      annotations: [
        ...((chart.layout.annotations as object[]) ?? []),
        { ...annotation, text: label, showarrow: false, font: { size: 12, color: colours.ink } },
      ],
    },
  };
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
