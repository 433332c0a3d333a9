/** Steps 2 to 4 of the lesson: gradient scan, signal through layers, dead neurons. */
import { relu, type ScalarFunction } from "./activations.js";
import {
  requireFunction,
  requireNumbers,
  requirePositive,
  requireRows,
  requireWhole,
} from "./checks.js";
import type { Sample } from "./datasets.js";
import type { NetworkWeights } from "./network.js";

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
 */
export function deadUnits(
  weights: Pick<NetworkWeights, "w1" | "b1">,
  samples: readonly Pick<Sample, "x">[],
  isSilent: (preActivation: number) => boolean = (z) => z <= 0,
): boolean[] {
  requireFunction("isSilent", isSilent);
  return preActivations(weights, samples).map((unit) => unit.every((z) => isSilent(z)));
}

function dot(weights: readonly number[], values: readonly number[]): number {
  return weights.reduce((sum, weight, j) => sum + weight * values[j], 0);
}
