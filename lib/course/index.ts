/**
 * What the notebooks of the course do besides: experiments, the trial of the claims, showing things.
 * @module activation-lab/course
 */
export { BatchClassifier } from "./batch-classifier.js";
export {
  type Claim,
  type ClaimResult,
  claims,
  type Figure,
  figure,
  KINDS,
  type Kind,
  kindOf,
  type Verdict,
  verdictFrom,
} from "./claims.js";
export { type Admission, admit, type Patient, type Treatment } from "./clinic.js";
export { onAllCores } from "./cores.js";
export { decisionChart } from "./decision-chart.js";
export { DeepClassifier, type DeepStart } from "./deep-classifier.js";
export { type CellValue, type Link, show, showTable } from "./display.js";
export {
  bestLine,
  type DeadNeuronReport,
  deadNeuronReport,
  deadUnits,
  drawSignal,
  type GradientScan,
  type GradientScanOptions,
  gradientOfSignal,
  gradientScan,
  type LayerSamples,
  preActivations,
  type SignalDraws,
  shareCorrect,
  sharedSignShare,
  signalThroughLayers,
} from "./experiments.js";
export { explore, type FigureName, type FigureSettings } from "./explore.js";
export {
  type DeepNetworkDraws,
  drawDeepNetwork,
  type GradientFlowOptions,
  gradientsThroughLayers,
  type LayerNorms,
  type WeightScale,
  weightScales,
} from "./gradient-flow.js";
export { holdOut } from "./hold-out.js";
export {
  type Bar,
  bootstrapInterval,
  type Interval,
  mean,
  median,
  type Ruling,
  ruleOn,
  ruleOnShare,
  shareInterval,
} from "./intervals.js";
export { type FunctionFacts, type OnePage, onePage } from "./one-page.js";
export { withProgress } from "./progress-bar.js";
export {
  type Advice,
  type Architecture,
  CHOICES,
  type Depth,
  type LayerQuestion,
  type Recommendation,
  type RecommendedActivation,
  recommendActivation,
  type Step,
  type Symptom,
  type Task,
} from "./recommend.js";
export { type Reference, readReference } from "./reference.js";
export { shortNumber } from "./short-number.js";
export { type ClassSample, type LayerView, SoftmaxClassifier } from "./softmax-classifier.js";
export { Trial } from "./trial.js";
export {
  chartOfBars,
  chartOfRulings,
  chartOfRuns,
  type Level,
  type TrialAxes,
} from "./trial-charts.js";
