/**
 * The small library of the course: everything a network with two layers is made of.
 * @module activation-lab
 */
export {
  type Activation,
  type ActivationKey,
  activations,
  gelu,
  geluDerivative,
  geluTanh,
  geluTanhDerivative,
  leakyRelu,
  leakyReluDerivative,
  relu,
  reluDerivative,
  type ScalarFunction,
  sigmoid,
  sigmoidDerivative,
  softmax,
  swish,
  swishDerivative,
  tanh,
  tanhDerivative,
} from "./activations.js";
export { circle, lessonCircle, type Sample, spiral, xor } from "./datasets.js";
export {
  type EpochReport,
  type NetworkOptions,
  type NetworkWeights,
  type TrainingHistory,
  TwoLayerNetwork,
} from "./network.js";
export { type Random, type Seed, seededRandom } from "./random.js";
export { type Spread, spread, spreadOfCurves } from "./statistics.js";
