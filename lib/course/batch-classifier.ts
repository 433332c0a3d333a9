/** A deep network that learns from batches of samples, to see what normalising its layers changes. */
import { mean, sum } from "d3-array";
import { type Activation, activations, requireActivation } from "../activations.js";
import { requirePositive, requireWhole } from "../checks.js";
import { requireSamples, type Sample } from "../datasets.js";
import type { TrainingHistory } from "../network.js";
import { type Seed, seededRandom } from "../random.js";
import { glorotRows, lengthOf } from "./matrices.js";
import { trainInBatches } from "./training-loop.js";

const INPUTS = 2;

/**
 * Inputs → hidden layers of equal width → one sigmoid output; gradient descent on half the squared error,
 * averaged over a batch. The weights start as those of a `DeepClassifier` of the same seed do, by Glorot's rule.
 * If `normalised`, the weighted sums of each hidden unit get mean 0 and deviation 1 over the batch, then a
 * learned factor and shift. S. Ioffe and C. Szegedy (2015), arXiv:1502.03167, algorithm 1.
 * @example
 * const network = new BatchClassifier({
 *   activation: activations.sigmoid,
 *   normalised: true,
 *   seed: 1,
 * });
 * network.train(circle({ seed: 1 }), { epochs: 2 }).losses.length // 2
 */
export class BatchClassifier {
  readonly #layers: Layer[];

  /**
   * @throws TypeError if the activation is none
   * @throws RangeError if `hiddenLayers` or `width` is not a whole number above 0
   */
  constructor({
    activation,
    normalised,
    hiddenLayers = 10,
    width = 8,
    seed,
  }: {
    activation: Activation;
    normalised: boolean;
    hiddenLayers?: number;
    width?: number;
    seed: Seed;
  }) {
    requireActivation(activation);
    requireWhole("hiddenLayers", hiddenLayers);
    requireWhole("width", width);
    const random = seededRandom(seed);
    const sizes = [INPUTS, ...new Array<number>(hiddenLayers).fill(width), 1];
    this.#layers = sizes.slice(1).map((outputs, index) => {
      const isOutput = index === hiddenLayers;
      return {
        activation: isOutput ? activations.sigmoid : activation,
        normalised: normalised && !isOutput,
        weights: glorotRows(outputs, sizes[index], random),
        scales: new Array<number>(outputs).fill(1),
        shifts: new Array<number>(outputs).fill(0),
      };
    });
  }

  /**
   * A copy of each layer's weights (outputs × inputs, a row a unit), of the factors after normalisation (1 if
   * there is none) and of the biases added last, first layer first.
   */
  get layers(): { weights: number[][]; scales: number[]; shifts: number[] }[] {
    return this.#layers.map(({ weights, scales, shifts }) => ({
      weights: weights.map((row) => [...row]),
      scales: [...scales],
      shifts: [...shifts],
    }));
  }

  /**
   * The predicted probability of label 1 for each sample. A normalised network takes mean and deviation
   * from the samples given, also here: it keeps no averages of its training.
   * @throws RangeError if there is no sample or one does not fit
   */
  predict(samples: readonly Sample[]): number[] {
    requireSamples(samples, INPUTS);
    return outputsOf(this.#forward(samples));
  }

  /**
   * Back-propagates the mean error of the samples.
   * @returns the length of ∂L/∂(weighted sums) at each layer, output included, first layer first
   * @throws RangeError if there is no sample or one does not fit
   */
  gradientNorms(samples: readonly Sample[]): number[] {
    requireSamples(samples, INPUTS);
    const slopes = this.#backward(samples, this.#forward(samples));
    return slopes.map(({ sums }) => lengthOf(sums.flat()));
  }

  /**
   * Passes through the samples `epochs` times, in their order, with one step a batch (the last may be
   * smaller). Like `TwoLayerNetwork.train`, the history is measured on the way.
   * @throws RangeError if there is no sample, a sample does not fit, `epochs` or `batchSize` is not a
   *   whole number above 0 or `learningRate` not a finite number above 0; the weights are then as they were
   */
  train(
    samples: readonly Sample[],
    {
      epochs,
      batchSize = 20,
      learningRate = 1,
    }: { epochs: number; batchSize?: number; learningRate?: number },
  ): TrainingHistory {
    requirePositive("learningRate", learningRate);
    requireSamples(samples, INPUTS);
    return trainInBatches(samples, { epochs, batchSize }, (batch) => {
      const passes = this.#forward(batch);
      this.#step(passes, this.#backward(batch, passes), learningRate);
      return outputsOf(passes);
    });
  }

  #forward(samples: readonly Sample[]): Pass[] {
    let values = Array.from({ length: INPUTS }, (_, j) => samples.map(({ x }) => x[j]));
    return this.#layers.map((layer) => {
      const pass = passForward(layer, values);
      values = pass.outputs;
      return pass;
    });
  }

  #backward(samples: readonly Sample[], passes: readonly Pass[]): Slopes[] {
    const errors = outputsOf(passes).map(
      (output, s) => (output - samples[s].label) / samples.length,
    );
    const slopes: Slopes[] = [];
    for (let index = this.#layers.length - 1, arriving = [errors]; index >= 0; index--) {
      slopes[index] = passBackward(this.#layers[index], passes[index], arriving);
      arriving = slopes[index].inputs;
    }
    return slopes;
  }

  #step(passes: readonly Pass[], slopes: readonly Slopes[], learningRate: number): void {
    for (const [index, { normalised, weights, scales, shifts }] of this.#layers.entries()) {
      const { sums, preActivations } = slopes[index];
      const { inputs, normal } = passes[index];
      for (const [i, row] of weights.entries()) {
        for (let j = 0; j < row.length; j++) row[j] -= learningRate * dot(sums[i], inputs[j]);
        shifts[i] -= learningRate * sum(preActivations[i]);
        if (normalised) scales[i] -= learningRate * dot(preActivations[i], normal[i]);
      }
    }
  }
}

interface Layer {
  activation: Activation;
  normalised: boolean;
  /** Outputs × inputs, a row a unit. */
  weights: number[][];
  /** What the normalised sums are multiplied with: γ in the paper. Without normalisation 1. */
  scales: number[];
  /** What is then added: β in the paper. Without normalisation the bias. */
  shifts: number[];
}

/** A number a unit and sample: a row a unit. */
type Batch = number[][];

/** What the forward pass of a layer leaves for the backward pass. */
interface Pass {
  inputs: Batch;
  /** The weighted sums, normalised or as they are. */
  normal: Batch;
  /** What they were divided by, a number a unit. */
  deviations: number[];
  preActivations: Batch;
  outputs: Batch;
}

/** The derivatives of the loss with respect to them. */
type Slopes = Record<"inputs" | "sums" | "preActivations", Batch>;

function passForward(layer: Layer, inputs: Batch): Pass {
  const { activation, normalised, weights, scales, shifts } = layer;
  const normal: Batch = [];
  const deviations: number[] = [];
  for (const row of weights) {
    const sums = combination(row, inputs);
    const { average, deviation } = normalised ? statisticsOf(sums) : { average: 0, deviation: 1 };
    normal.push(sums.map((value) => (value - average) / deviation));
    deviations.push(deviation);
  }
  const preActivations = normal.map((row, i) => row.map((value) => scales[i] * value + shifts[i]));
  const outputs = preActivations.map((row) => row.map(activation.fn));
  return { inputs, normal, deviations, preActivations, outputs };
}

/** @param arriving ∂L/∂outputs */
function passBackward(layer: Layer, pass: Pass, arriving: Batch): Slopes {
  const { activation, normalised, weights, scales } = layer;
  const { normal, deviations } = pass;
  const preActivations = arriving.map((row, i) =>
    row.map((slope, s) => slope * activation.derivative(pass.preActivations[i][s])),
  );
  const sums = preActivations.map((row, i) => {
    const slopes = row.map((slope) => slope * scales[i]);
    if (!normalised) return slopes;
    // One sample's sum also moves the mean and the deviation that all are normalised with.
    const byMean = mean(slopes) as number;
    const byDeviation = dot(slopes, normal[i]) / slopes.length;
    return slopes.map((slope, s) => (slope - byMean - byDeviation * normal[i][s]) / deviations[i]);
  });
  const inputs = pass.inputs.map((_, j) =>
    combination(
      weights.map((row) => row[j]),
      sums,
    ),
  );
  return { inputs, sums, preActivations };
}

/** Mean and deviation, with a little added so that a unit with one value for all samples divides by no 0. */
function statisticsOf(values: readonly number[]): { average: number; deviation: number } {
  const average = mean(values) as number;
  const variance = mean(values, (value) => (value - average) ** 2) as number;
  return { average, deviation: Math.sqrt(variance + 1e-5) };
}

function outputsOf(passes: readonly Pass[]): number[] {
  return passes[passes.length - 1].outputs[0];
}

/** The sum of the rows, each times its factor. */
function combination(factors: readonly number[], rows: Batch): number[] {
  const total = rows[0].map(() => 0);
  for (const [i, row] of rows.entries()) {
    for (let s = 0; s < row.length; s++) total[s] += factors[i] * row[s];
  }
  return total;
}

function dot(one: readonly number[], other: readonly number[]): number {
  let total = 0;
  for (let s = 0; s < one.length; s++) total += one[s] * other[s];
  return total;
}
