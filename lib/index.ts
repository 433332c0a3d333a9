/** Everything the notebooks import. */
import "./es2023.js";

export * from "./activations.js";
export { BatchClassifier } from "./batch-classifier.js";
export { grid, withReferenceLine, withSlider } from "./charts/compose.js";
export type { AxisOptions, Chart, ChartText, Series } from "./charts/layout.js";
export { type Style, styleOf } from "./charts/style.js";
export * from "./charts.js";
export * from "./claims.js";
export { onAllCores } from "./cores.js";
export * from "./datasets.js";
export { DeepClassifier, type DeepStart } from "./deep-classifier.js";
export {
  type DeepNetworkOptions,
  gradientsThroughLayers,
  type LayerNorms,
  type WeightScale,
  weightScales,
} from "./deep-network.js";
export { show, showTable, withProgress } from "./display.js";
export * from "./exercises.js";
export * from "./experiments.js";
export * from "./network.js";
export * from "./random.js";
export * from "./recommend.js";
export { type Reference, readReference } from "./reference.js";
export * from "./statistics.js";
