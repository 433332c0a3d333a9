/** What the notebooks of the course do besides: experiments, the trial of the claims, showing things. */
import "../notebook/kernel-types.js";

export { BatchClassifier } from "./batch-classifier.js";
export {
  type ClaimResult,
  claims,
  type Figure,
  figure,
  type Verdict,
  verdictFrom,
} from "./claims.js";
export { onAllCores } from "./cores.js";
export { decisionChart } from "./decision-chart.js";
export { DeepClassifier } from "./deep-classifier.js";
export { show, showTable, withProgress } from "./display.js";
export {
  bestLine,
  deadNeuronReport,
  deadUnits,
  drawSignal,
  gradientOfSignal,
  gradientScan,
  preActivations,
  type SignalDraws,
  shareCorrect,
  sharedSignShare,
  signalThroughLayers,
} from "./experiments.js";
export {
  drawDeepNetwork,
  gradientsThroughLayers,
  type LayerNorms,
  type WeightScale,
  weightScales,
} from "./gradient-flow.js";
export { type LayerQuestion, type Recommendation, recommendActivation } from "./recommend.js";
export { type Reference, readReference } from "./reference.js";
export { shortNumber } from "./short-number.js";
export { Trial } from "./trial.js";
