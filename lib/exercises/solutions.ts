/**
 * The solutions of the exercises: what `solution()` shows, what the solved notebooks contain and what
 * the checks compare with are all this code. Each region is one part of one exercise.
 */
import { type Activation, type ScalarFunction, sigmoid } from "../activations.js";
import type { SignalDraws } from "../course/experiments.js";
import type { Sample } from "../datasets.js";
import { readSource } from "../notebook/files.js";
import type { GradientWarning, PReluNetwork } from "./parts.js";

/** The code of a part as a notebook cell has it, such as `solutionCode("prelu.forward")`. */
export function solutionCode(part: string): string {
  const source = readSource("exercises/solutions.ts");
  const region = source.split(/^\/\/ #region /m).find((text) => text.startsWith(`${part}\n`));
  if (region === undefined) throw new RangeError(`solutions.ts has no region ${part}`);
  const [code = ""] = region.slice(part.length + 1).split(/^\/\/ #endregion/m);
  return code.replaceAll(/^export /gm, "").trim();
}

// #region prelu.forward
export function prelu(x: number, alpha: number): number {
  return x > 0 ? x : alpha * x;
}
// #endregion

// #region prelu.derivative
export function preluDerivative(x: number, alpha: number): number {
  return x > 0 ? 1 : alpha;
}
// #endregion

// #region prelu.alphaGradient
/** alpha · x depends on alpha with slope x; for x > 0 there is no alpha in the formula. */
export function preluAlphaGradient(x: number, _alpha: number): number {
  return x > 0 ? 0 : x;
}
// #endregion

// #region prelu.trainStep
export function trainStep(network: PReluNetwork, { x, label }: Sample, learningRate: number): void {
  const { w1, b1, w2, alpha } = network;
  const z = w1.map((row, i) => row.reduce((sum, w, j) => sum + w * x[j], b1[i]));
  const hidden = z.map((value) => prelu(value, alpha));
  const output = sigmoid(hidden.reduce((sum, h, i) => sum + w2[i] * h, network.b2));
  const dLogit = (output - label) * output * (1 - output);

  let dAlpha = 0;
  for (let i = 0; i < z.length; i++) {
    const dHidden = dLogit * w2[i]; // with w2 as it was in the forward pass
    const dPreActivation = dHidden * preluDerivative(z[i], alpha);
    dAlpha += dHidden * preluAlphaGradient(z[i], alpha);
    w2[i] -= learningRate * dLogit * hidden[i];
    for (let j = 0; j < x.length; j++) w1[i][j] -= learningRate * dPreActivation * x[j];
    b1[i] -= learningRate * dPreActivation;
  }
  network.b2 -= learningRate * dLogit;
  network.alpha -= learningRate * dAlpha;
}
// #endregion

// #region fiftyLayers.magnitudes
export function magnitudes(fn: ScalarFunction, { inputs, weights }: SignalDraws): number[] {
  let values = inputs;
  return weights.map((row) => {
    const preActivation = row.reduce((sum, weight, j) => sum + weight * values[j], 0);
    const activation = fn(preActivation);
    values = inputs.map(() => activation);
    return Math.abs(activation);
  });
}
// #endregion

// #region fiftyLayers.firstBelow
export function firstBelow(sizes: readonly number[], threshold: number): number | undefined {
  const index = sizes.findIndex((size) => size < threshold);
  return index < 0 ? undefined : index + 1;
}
// #endregion

// #region fiftyLayers.sensitivity
export function sensitivity({ fn, derivative }: Activation, draws: SignalDraws): number[] {
  let values = draws.inputs;
  let size = 1; // all inputs move by t, so each moves by 1 per t
  return draws.weights.map((row) => {
    const preActivation = row.reduce((sum, weight, j) => sum + weight * values[j], 0);
    const weightSum = row.reduce((sum, weight) => sum + weight, 0);
    size *= Math.abs(derivative(preActivation) * weightSum);
    values = values.map(() => fn(preActivation));
    return size;
  });
}
// #endregion

// #region elu.forward
export function elu(x: number, alpha: number): number {
  return x > 0 ? x : alpha * Math.expm1(x); // expm1(x) is e^x − 1 without the lost digits
}
// #endregion

// #region elu.derivative
export function eluDerivative(x: number, alpha: number): number {
  return x > 0 ? 1 : alpha * Math.exp(x);
}
// #endregion

// #region elu.deadShare
export function deadShare(
  derivative: ScalarFunction,
  preActivations: readonly (readonly number[])[],
  threshold: number,
): number {
  const isDead = (unit: readonly number[]) =>
    unit.every((z) => Math.abs(derivative(z)) < threshold);
  return preActivations.filter(isDead).length / preActivations.length;
}
// #endregion

// #region gradientMonitor.layerMeans
export function layerMeans(gradients: readonly (readonly number[])[]): number[] {
  return gradients.map(
    (layer) => layer.reduce((sum, gradient) => sum + Math.abs(gradient), 0) / layer.length,
  );
}
// #endregion

// #region gradientMonitor.status
export function status(mean: number): string {
  if (mean < 0.001) return "vanishing";
  // Written so that NaN, which is neither above nor below anything, does not pass as healthy.
  return mean <= 100 ? "healthy" : "exploding";
}
// #endregion

// #region gradientMonitor.monitor
export class GradientMonitor {
  /** The mean of each layer, epoch by epoch. */
  readonly history: number[][] = [];

  /** Takes the gradients of one epoch, a list a layer, and returns that epoch's warnings. */
  observe(gradients: readonly (readonly number[])[]): GradientWarning[] {
    const means = layerMeans(gradients);
    const epoch = this.history.push(means); // push returns the new length
    return means.flatMap((mean, index) => {
      const kind = status(mean);
      return kind === "healthy" ? [] : [{ epoch, layer: index + 1, kind, mean }];
    });
  }
}
// #endregion

// #region xor.epochsToSolve
export function epochsToSolve(accuracies: readonly number[]): number {
  let failing = accuracies.length; // backwards to the last epoch that fails
  while (failing > 0 && accuracies[failing - 1] === 1) failing--;
  return failing === accuracies.length ? Number.POSITIVE_INFINITY : failing + 1;
}
// #endregion

// #region xor.solvedShare
export function solvedShare(epochs: readonly number[]): number {
  return epochs.filter((epoch) => Number.isFinite(epoch)).length / epochs.length;
}
// #endregion

// #region xor.medianEpochs
export function medianEpochs(epochs: readonly number[]): number {
  const sorted = [...epochs].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  if (sorted.length % 2 === 1) return sorted[middle];
  const [below, above] = [sorted[middle - 1], sorted[middle]];
  return below === above ? below : (below + above) / 2;
}
// #endregion
