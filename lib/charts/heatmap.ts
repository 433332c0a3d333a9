/** A table of numbers as colours. */
import { type Chart, type ChartText, layoutWithAxes } from "./layout.js";
import { colours } from "./style.js";

// Not the lines' blue and orange: on dark paper those turn bright, and numbers are written on these.
const DIVERGING = [
  [0, colours.below0],
  [0.5, colours.at0],
  [1, colours.above0],
];
export const SEQUENTIAL = [
  [0, colours.at0],
  [1, colours.below0],
];

/**
 * A table of numbers as colours, each number written in its cell. Rows are drawn from the top down.
 * @example
 * heatmapChart({
 *   title: "GELU keeps more of the gradient",
 *   x: "activation",
 *   y: "layers",
 *   description: "After ten layers: sigmoid −6, GELU −1 powers of ten.",
 *   columns: ["sigmoid", "GELU"],
 *   rows: ["10"],
 *   values: [[-6, -1]],
 *   labels: [["10⁻⁶", "10⁻¹"]],
 *   legend: "power of ten",
 * }).data[0]?.type // 'heatmap'
 */
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
  const sizes = values.flat().map(Math.abs).filter(Number.isFinite);
  const largest = sizes.reduce((one, other) => Math.max(one, other), 0);
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
    description: text.description ?? "",
  };
}
