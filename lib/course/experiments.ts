/**
 * What the experiments of the lesson measure: gradient scan, signal through layers, dead neurons, and what
 * its claims on trial need besides.
 */
import {
  type Activation,
  relu,
  requireActivation,
  type ScalarFunction,
  sigmoid,
} from "../activations.js";
import { requireNumbers, requirePositive, requireSome, requireWhole } from "../checks.js";
import { isCorrect, requireSamples, type Sample } from "../datasets.js";
import type { NetworkWeights } from "../network.js";
import { type Seed, seededRandom } from "../random.js";
import { requireFunction, requireRows } from "./checks.js";
import { normalRows } from "./matrices.js";

/** What step 3 of the lesson starts from: five inputs and five weights a layer there. */
export interface SignalDraws {
  /** The values of the first layer, one an input. */
  readonly inputs: readonly number[];
  /** Weights, layers × inputs: a row a layer. */
  readonly weights: readonly (readonly number[])[];
}

/**
 * Step 3 of the lesson: a signal passed forward through layers of one neuron, whose output is copied
 * to every input of the next. No gradient is computed. From the second layer on the neuron sees
 * (sum of its weights) · (the value before), so one random factor decides what becomes of the signal.
 * @param fn the activation
 * @param draws inputs and weights; `readReference("signal-through-layers")` has the lesson's own
 * @returns the size |activation| after each layer
 * @throws TypeError if `fn` is not a function
 * @throws RangeError if there is no input or no layer, a layer has not one weight an input, or a
 *   number is not finite
 * @example signalThroughLayers(relu, { inputs: [1, 1], weights: [[1, 1], [0.5, 0.5]] }) // [ 2, 2 ]
 */
export function signalThroughLayers(
  fn: ScalarFunction,
  { inputs, weights }: SignalDraws,
): number[] {
  requireFunction("fn", fn);
  requireNumbers("inputs", inputs);
  requireRows("weights", weights, inputs.length);

  let values = inputs;
  return weights.map((row) => {
    const preActivation = row.reduce((sum, weight, j) => sum + weight * values[j], 0);
    const activation = fn(preActivation);
    values = inputs.map(() => activation);
    return Math.abs(activation);
  });
}

/**
 * Draws inputs and weights as step 3 of the lesson does, all from N(0, 1).
 * @param size inputs, and weights a layer
 * @throws RangeError if `layers` or `size` is not a whole number above 0
 * @example drawSignal({ layers: 3, size: 2, seed: 1 }).weights.length // 3
 */
export function drawSignal({
  layers = 10,
  size = 5,
  seed,
}: {
  layers?: number;
  size?: number;
  seed: Seed;
}): SignalDraws {
  requireWhole("layers", layers);
  requireWhole("size", size);
  const random = seededRandom(seed);
  const [inputs = [], ...weights] = normalRows(layers + 1, size, random);
  return { inputs, weights };
}

/**
 * The gradient of step 3's chain, which the lesson does not compute: ∂(last activation)/∂z at each
 * layer. As a layer copies its output to every input of the next, the factor between two layers is
 * φ′(z) times the sum of the next layer's weights.
 * @returns one number a layer, with its sign, first layer first
 * @throws TypeError if the activation is none
 * @throws RangeError as `signalThroughLayers`
 * @example gradientOfSignal(activations.relu, { inputs: [1, 1], weights: [[1, 1], [1, 1]] }) // [ 2, 1 ]
 */
export function gradientOfSignal(
  { fn, derivative }: Activation,
  { inputs, weights }: SignalDraws,
): number[] {
  requireActivation({ fn, derivative });
  requireNumbers("inputs", inputs);
  requireRows("weights", weights, inputs.length);
  let values = inputs;
  const slopes = weights.map((row) => {
    const z = dot(row, values);
    values = inputs.map(() => fn(z));
    return derivative(z);
  });
  const gradients: number[] = [];
  for (let layer = weights.length - 1, arriving = 1; layer >= 0; layer--) {
    gradients[layer] = arriving * slopes[layer];
    arriving = gradients[layer] * weights[layer].reduce((sum, weight) => sum + weight, 0);
  }
  return gradients;
}

/** Options of `gradientScan`. */
export interface GradientScanOptions {
  /** First point, default −5. */
  from?: number;
  /** End of the points, which is not one of them, default 5. */
  to?: number;
  /** How many points, evenly spaced, default 100. */
  points?: number;
  /** A gradient smaller than this in size counts as near zero, default 0.01. */
  threshold?: number;
}

/** What `gradientScan` finds. */
export interface GradientScan {
  /** How many gradients are at least as large as the threshold. */
  healthy: number;
  /** How many are smaller. */
  nearZero: number;
  /** Where the derivative was taken, in rising order. */
  inputs: number[];
  /** The derivative there, with its sign. */
  gradients: number[];
}

/**
 * Step 2 of the lesson: at how many evenly spaced points a derivative is near zero in size. A point
 * where the derivative only changes its sign counts as well as one on a flat stretch.
 * @param derivative of an activation
 * @throws TypeError if `derivative` is not a function
 * @throws RangeError if `from` and `to` are not finite and rising, `points` is not a whole number
 *   above 0, `threshold` is not a finite number above 0, or the derivative is NaN somewhere
 * @example gradientScan(reluDerivative).nearZero // 51
 */
export function gradientScan(
  derivative: ScalarFunction,
  { from = -5, to = 5, points = 100, threshold = 0.01 }: GradientScanOptions = {},
): GradientScan {
  requireFunction("derivative", derivative);
  requireNumbers("[from, to]", [from, to]);
  if (from >= to) throw new RangeError(`to must be above from = ${from}, got ${to}`);
  requireWhole("points", points);
  requirePositive("threshold", threshold);
  const step = (to - from) / points;
  const inputs = Array.from({ length: points }, (_, i) => from + i * step);
  const gradients = inputs.map((x) => derivative(x));
  const wrong = gradients.findIndex(Number.isNaN);
  if (wrong >= 0) throw new RangeError(`derivative must be a number at ${inputs[wrong]}, got NaN`);
  const nearZero = gradients.filter((gradient) => Math.abs(gradient) < threshold).length;
  return { healthy: points - nearZero, nearZero, inputs, gradients };
}

/** One layer of neurons and what it is shown. */
export interface LayerSamples {
  /** Neurons × inputs: a row a neuron. */
  readonly weights: readonly (readonly number[])[];
  /** One a neuron. */
  readonly biases: readonly number[];
  /** Samples × inputs: a row a sample. */
  readonly samples: readonly (readonly number[])[];
}

/** What `deadNeuronReport` finds: how often each neuron fires, and how many neurons are of each kind. */
export interface DeadNeuronReport {
  /** On how many samples each neuron's activation is above 0. */
  fireCounts: number[];
  /** Neurons that fire on no sample. */
  dead: number;
  /** Neurons that fire on some samples, but on fewer than 5 % of them. */
  rare: number;
  /** All other neurons. */
  healthy: number;
}

/** A neuron that fires on a smaller share of the samples is rare. */
const RARE_SHARE = 0.05;

/**
 * Step 4 of the lesson: how often each neuron of a layer fires, that is, has an activation above 0.
 * It looks at weights as they are: "dead" means silent on these samples, not unable to learn.
 * @param layer weights, biases and samples; `readReference("dead-neurons")` has the lesson's own
 * @param fn the activation, ReLU if none is given
 * @throws TypeError if `fn` is not a function
 * @throws RangeError if there is no neuron or no sample, the sizes differ, or a number is not finite
 * @example deadNeuronReport({ weights: [[1], [1]], biases: [0, -9], samples: [[1], [2]] }).dead // 1
 */
export function deadNeuronReport(
  { weights, biases, samples }: LayerSamples,
  fn: ScalarFunction = relu,
): DeadNeuronReport {
  requireFunction("fn", fn);
  requireRows("weights", weights);
  requireNumbers("biases", biases, weights.length);
  requireRows("samples", samples, weights[0].length);

  const fireCounts = weights.map(
    (row, neuron) => samples.filter((x) => fn(dot(row, x) + biases[neuron]) > 0).length,
  );
  const dead = fireCounts.filter((count) => count === 0).length;
  const rare = fireCounts.filter(
    (count) => count > 0 && count < samples.length * RARE_SHARE,
  ).length;
  return { fireCounts, dead, rare, healthy: fireCounts.length - dead - rare };
}

/**
 * What the hidden units of a two-layer network get before their activation.
 * @param weights of the network; only the hidden layer's count
 * @param samples at least one; their labels do not matter
 * @returns units × samples
 * @throws RangeError if there is no unit or no sample, the sizes differ, or a number is not finite
 * @example preActivations({ w1: [[1, 2]], b1: [0.5] }, [{ x: [1, 1] }]) // [ [ 3.5 ] ]
 */
export function preActivations(
  { w1, b1 }: Pick<NetworkWeights, "w1" | "b1">,
  samples: readonly Pick<Sample, "x">[],
): number[][] {
  requireRows("weights.w1", w1);
  requireNumbers("weights.b1", b1, w1.length);
  const inputs = samples.map(({ x }) => x);
  requireRows("samples", inputs, w1[0].length);
  return w1.map((row, unit) => inputs.map((x) => dot(row, x) + b1[unit]));
}

/**
 * Which hidden units of a two-layer network are silent on every one of the samples. Silent means, if
 * nothing else is said, a pre-activation of 0 or below, where ReLU's value and gradient are 0: trained
 * on these samples alone, such a ReLU unit never changes again. For an activation whose gradient only
 * gets small, say how small: `(z) => Math.abs(geluDerivative(z)) < 0.01`.
 * L. Lu et al. (2020), doi:10.4208/cicp.OA-2020-0165.
 * @param weights of the network; only the hidden layer's count
 * @param samples at least one; their labels do not matter
 * @param isSilent asked with one pre-activation at a time
 * @returns one answer a hidden unit, true for dead
 * @throws TypeError if `isSilent` is not a function
 * @throws RangeError if there is no unit or no sample, the sizes differ, or a number is not finite
 * @example deadUnits({ w1: [[1], [1]], b1: [0, -9] }, [{ x: [1] }]) // [ false, true ]
 */
export function deadUnits(
  weights: Pick<NetworkWeights, "w1" | "b1">,
  samples: readonly Pick<Sample, "x">[],
  isSilent: (preActivation: number) => boolean = (z) => z <= 0,
): boolean[] {
  requireFunction("isSilent", isSilent);
  return preActivations(weights, samples).map((unit) => unit.every((z) => isSilent(z)));
}

/**
 * In which share of the gradients all weights of the output unit would move the same way, or not at all:
 * the condition of the zig-zag. Y. LeCun et al. (1998), doi:10.1007/3-540-49430-8_2, section 4.3.
 * The weights stay as they are; a gradient is summed over `batchSize` samples in a row.
 * @returns from 0 to 1
 * @throws RangeError if `batchSize` is not a whole number from 1 to the number of samples
 * @example
 * const { weights } = new TwoLayerNetwork({ activation: activations.sigmoid, seed: 1 });
 * sharedSignShare(activations.sigmoid, weights, xor(), 1) // 1
 */
export function sharedSignShare(
  { fn }: Activation,
  { w1, b1, w2, b2 }: NetworkWeights,
  samples: readonly Sample[],
  batchSize: number,
): number {
  if (!(Number.isInteger(batchSize) && batchSize >= 1 && batchSize <= samples.length)) {
    throw new RangeError(
      `batchSize must be a whole number from 1 to ${samples.length}, got ${batchSize}`,
    );
  }
  const gradients = samples.map(({ x, label }) => {
    const hidden = w1.map((row, i) => fn(row.reduce((sum, w, j) => sum + w * x[j], b1[i])));
    const output = sigmoid(hidden.reduce((sum, h, i) => sum + w2[i] * h, b2));
    return hidden.map((h) => (output - label) * output * (1 - output) * h);
  });
  const batches = Math.floor(samples.length / batchSize);
  let shared = 0;
  for (let batch = 0; batch < batches; batch++) {
    const own = gradients.slice(batch * batchSize, (batch + 1) * batchSize);
    const sums = w2.map((_, i) => own.reduce((sum, gradient) => sum + gradient[i], 0));
    if (sums.every((sum) => sum >= 0) || sums.every((sum) => sum <= 0)) shared++;
  }
  return shared / batches;
}

/**
 * The largest share of the samples that a straight line can put on their right sides, by trying 360
 * directions and every position along each: what no linear classifier of two inputs exceeds by more
 * than the few points between two directions.
 * @returns from 0.5 to 1
 * @throws RangeError if there is no sample or one is not two finite numbers with a label
 * @example bestLine(xor()) // 0.75
 */
export function bestLine(samples: readonly Sample[]): number {
  requireSamples(samples, 2);
  const ones = samples.filter(({ label }) => label === 1).length;
  let best = 0;
  for (let step = 0; step < 360; step++) {
    const [cos, sin] = [Math.cos((step * Math.PI) / 360), Math.sin((step * Math.PI) / 360)];
    const along = samples.map(({ x, label }) => ({ at: cos * x[0] + sin * x[1], label }));
    along.sort((a, b) => a.at - b.at);
    let onesBelow = 0;
    for (let below = 0; below <= along.length; below++) {
      // Points with equal positions cannot be parted.
      if (below === 0 || along[below - 1].at !== along[below]?.at) {
        const correct = below - onesBelow + (ones - onesBelow);
        best = Math.max(best, correct, samples.length - correct);
      }
      if (along[below]?.label === 1) onesBelow++;
    }
  }
  return best / samples.length;
}

/**
 * Share of the samples that a classifier puts on the right side of 0.5, from 0 to 1.
 * @throws RangeError if there is no sample
 * @example shareCorrect(() => 1, xor()) // 0.5
 */
export function shareCorrect(
  predict: (x: readonly number[]) => number,
  samples: readonly Sample[],
): number {
  requireSome("samples", samples);
  const correct = samples.filter(({ x, label }) => isCorrect(predict(x), label)).length;
  return correct / samples.length;
}

function dot(weights: readonly number[], values: readonly number[]): number {
  return weights.reduce((sum, weight, j) => sum + weight * values[j], 0);
}
