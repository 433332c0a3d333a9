/** What the threads of `onAllCores` get as `lab`: the small library and what the course measures with. */
export {
  activations,
  circle,
  gelu,
  geluDerivative,
  geluTanh,
  geluTanhDerivative,
  leakyRelu,
  leakyReluDerivative,
  lessonCircle,
  relu,
  reluDerivative,
  seededRandom,
  sigmoid,
  sigmoidDerivative,
  softmax,
  spiral,
  spread,
  spreadOfCurves,
  swish,
  swishDerivative,
  TwoLayerNetwork,
  tanh,
  tanhDerivative,
  xor,
} from "../index.js";
export { BatchClassifier } from "./batch-classifier.js";
export { admit } from "./clinic.js";
export { DeepClassifier } from "./deep-classifier.js";
export {
  bestLine,
  deadNeuronReport,
  deadUnits,
  drawSignal,
  gradientOfSignal,
  gradientScan,
  preActivations,
  shareCorrect,
  sharedSignShare,
  signalThroughLayers,
} from "./experiments.js";
export { drawDeepNetwork, gradientsThroughLayers } from "./gradient-flow.js";
export { holdOut } from "./hold-out.js";
export { SoftmaxClassifier } from "./softmax-classifier.js";
