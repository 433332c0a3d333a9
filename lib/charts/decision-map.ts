/** What a classifier says all over the plane. */
import { type Chart, type ChartText, layoutWithAxes } from "./layout.js";
import { colours } from "./style.js";

const PROBABILITY = [
  [0, colours.probability0],
  [0.5, colours.probabilityHalf],
  [1, colours.probability1],
];

/**
 * What a classifier of two inputs says all over the plane, with the samples it is judged on: orange
 * where it says label 1, blue where label 0, paler the less sure, and a line where it changes sides.
 * @throws RangeError if `resolution` is not a whole number above 1
 * @example
 * decisionMap({
 *   title: "Everything above the diagonal is 1",
 *   description: "A straight border from corner to corner.",
 *   predict: ([x1, x2]) => (x2 > x1 ? 1 : 0),
 *   samples: [{ x: [0, 1], label: 1 }],
 *   extent: 2,
 * }).data.length // 3
 */
export function decisionMap({
  predict,
  samples,
  extent,
  resolution = 31,
  ...text
}: ChartText & {
  /** Probability of label 1 at a point. */
  predict: (point: readonly [number, number]) => number;
  samples: readonly { readonly x: readonly number[]; readonly label: 0 | 1 }[];
  /** The map covers [−extent, extent]², or the square of the range. */
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
    line: { color: colours.ink, width: 2 },
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
        color: label === 1 ? colours.label1 : colours.label0,
        symbol: label === 1 ? "circle" : "x",
        size: 7,
        line: { color: colours.paper, width: 1 },
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
    description: text.description ?? "",
  };
}
