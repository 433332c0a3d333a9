/**
 * The charts of the course. Each is plain data, a plotly figure with its description.
 * @module activation-lab/charts
 */
export { grid, withReferenceLine, withSlider } from "./compose.js";
export { decisionMap } from "./decision-map.js";
export { heatmapChart } from "./heatmap.js";
export { imageGrid } from "./image-grid.js";
export type { AxisOptions, Chart, ChartText, Series } from "./layout.js";
export { barChart, distributionChart, lineChart, scatterChart } from "./series.js";
export { colours, type Style, styleOf } from "./style.js";
