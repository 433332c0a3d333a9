/** A network for several classes, which learns from batches and lets one look into its layers. */
import {
  type Activation,
  type LayerFunction,
  layerFunction,
  requireActivation,
  softmax,
} from "../activations.js";
import {
  requireLength,
  requireNumbers,
  requirePositive,
  requireSome,
  requireWhole,
} from "../checks.js";
import type { TrainingHistory } from "../network.js";
import { type Seed, seededRandom } from "../random.js";

/** Inputs and the number of their class, from 0. */
export interface ClassSample {
  readonly x: readonly number[];
  readonly label: number;
}

/** What a layer does with some samples, and what their mean loss L says to it. Rows are units. */
export interface LayerView {
  /** Units × inputs, as they are now. */
  weights: number[][];
  biases: number[];
  /** Units × samples. */
  preActivations: number[][];
  /** Units × samples: the pre-activations after the activation, of the last layer the probabilities. */
  outputs: number[][];
  /** Units × samples: the derivative of a sample's own loss with respect to the pre-activation. */
  errors: number[][];
  /** ∂L/∂weights, units × inputs. */
  weightGradients: number[][];
  /** ∂L/∂biases. */
  biasGradients: number[];
}

/**
 * Inputs → hidden layers → one logit a class → softmax; gradient descent on the cross-entropy −ln p(label), averaged
 * over a batch. One sample at a time passes through it, as through `TwoLayerNetwork`; a batch only adds up gradients.
 * @example
 * const network = new SoftmaxClassifier({ activation: activations.relu, sizes: [2, 8, 2], seed: 1 });
 * network.train(circle({ seed: 1 }), { epochs: 5 }).losses.length // 5
 */
export class SoftmaxClassifier {
  readonly #activate: LayerFunction;
  /** A copy of the sample that passed last: the loops are fast as long as they meet one kind of list. */
  readonly #input: number[];
  readonly #layers: Layer[];

  /**
   * @throws TypeError if the activation is none
   * @throws RangeError if `sizes` has fewer than two entries or one that is not a whole number above 0, `gain` is
   *   not a finite number above 0, or `bias` is not finite
   */
  constructor({
    activation,
    sizes,
    gain = Math.SQRT2,
    bias = 0,
    seed,
  }: {
    activation: Activation;
    /** Inputs, units of each hidden layer, classes: `[64, 32, 32, 10]`. */
    sizes: readonly number[];
    /**
     * The weights of a layer are drawn from N(0, gain² / inputs). √2 is the rule of K. He et al. (2015),
     * doi:10.1109/ICCV.2015.123. The last layer, which no activation follows, has a gain of at most 1.
     */
    gain?: number;
    /** The biases that the hidden units start with. */
    bias?: number;
    seed: Seed;
  }) {
    requireActivation(activation);
    if (!(sizes?.length >= 2)) {
      throw new RangeError(`sizes must have at least inputs and classes, got ${String(sizes)}`);
    }
    for (const [index, size] of sizes.entries()) requireWhole(`sizes[${index}]`, size);
    requirePositive("gain", gain);
    requireNumbers("bias", [bias]);
    const random = seededRandom(seed);
    this.#activate = layerFunction(activation);
    this.#input = new Array<number>(sizes[0]).fill(0);
    this.#layers = sizes.slice(1).map((outputs, index) => {
      const inputs = sizes[index];
      const isOutput = index === sizes.length - 2;
      const deviation = (isOutput ? Math.min(gain, 1) : gain) / Math.sqrt(inputs);
      return {
        inputs,
        outputs,
        weights: drawColumns(outputs, inputs, () => random.normal(0, deviation)),
        biases: new Float64Array(outputs).fill(isOutput ? 0 : bias),
        weightGradients: new Float64Array(outputs * inputs),
        biasGradients: new Float64Array(outputs),
        values: new Array<number>(outputs).fill(0),
        slopes: new Array<number>(outputs).fill(0),
        errors: new Array<number>(outputs).fill(0),
      };
    });
  }

  /**
   * The probability of each class.
   * @throws RangeError if `x` has another length than there are inputs
   */
  predict(x: readonly number[]): number[] {
    requireLength("x", x, this.#layers[0].inputs);
    return [...this.#forward(x)];
  }

  /**
   * The mean cross-entropy over the samples, and the share for whose label the probability is largest.
   * @throws RangeError if there is no sample or one does not fit
   */
  evaluate(samples: readonly ClassSample[]): { loss: number; accuracy: number } {
    this.#requireFit(samples);
    const sums = { loss: 0, correct: 0 };
    for (const { x, label } of samples) tally(sums, this.#forward(x), label);
    return { loss: sums.loss / samples.length, accuracy: sums.correct / samples.length };
  }

  /**
   * Passes through the samples `epochs` times, in their order, with one step a batch (the last may be smaller). Like
   * `TwoLayerNetwork.train`, the history is measured on the way: each sample before the step on its batch.
   * @param onEpoch called after each epoch with its number, from 0
   * @throws RangeError if there is no sample, a sample does not fit, `epochs` or `batchSize` is not a whole number
   *   above 0 or `learningRate` not a finite number above 0; the weights are then as they were
   */
  train(
    samples: readonly ClassSample[],
    {
      epochs,
      batchSize = 32,
      learningRate = 0.1,
      onEpoch,
    }: {
      epochs: number;
      batchSize?: number;
      learningRate?: number;
      onEpoch?: (epoch: number) => void;
    },
  ): TrainingHistory {
    requireWhole("epochs", epochs);
    requireWhole("batchSize", batchSize);
    requirePositive("learningRate", learningRate);
    this.#requireFit(samples);
    const history: TrainingHistory = { losses: [], accuracies: [] };
    for (let epoch = 0; epoch < epochs; epoch++) {
      const sums = { loss: 0, correct: 0 };
      for (let from = 0; from < samples.length; from += batchSize) {
        const batch = samples.slice(from, from + batchSize);
        for (const { x, label } of batch) {
          tally(sums, this.#forward(x), label);
          this.#backward(label);
        }
        this.#step(learningRate / batch.length);
      }
      history.losses.push(sums.loss / samples.length);
      history.accuracies.push(sums.correct / samples.length);
      onEpoch?.(epoch);
    }
    return history;
  }

  /**
   * What the layers do with the samples and what the loss says to them, first layer first. Nothing is learned.
   * @throws RangeError if there is no sample or one does not fit
   */
  inspect(samples: readonly ClassSample[]): LayerView[] {
    this.#requireFit(samples);
    const views = this.#layers.map(({ outputs, weights, biases }) => ({
      weights: rowsOf(weights, outputs),
      biases: [...biases],
      ...emptyRows(biases.length),
    }));
    for (const { x, label } of samples) {
      this.#forward(x, (index, sums) => append(views[index].preActivations, sums));
      this.#backward(label);
      for (const [index, { values, errors }] of this.#layers.entries()) {
        append(views[index].outputs, values);
        append(views[index].errors, errors);
      }
    }
    const share = 1 / samples.length;
    const gradients = this.#layers.map(({ outputs, weightGradients, biasGradients }) => ({
      weightGradients: rowsOf(
        weightGradients.map((sum) => sum * share),
        outputs,
      ),
      biasGradients: Array.from(biasGradients, (sum) => sum * share),
    }));
    this.#step(0);
    return views.map((view, index) => ({ ...view, ...gradients[index] }));
  }

  /** @param look sees the pre-activations of each layer, before they are changed in place */
  #forward(x: readonly number[], look?: (index: number, sums: readonly number[]) => void) {
    for (let j = 0; j < x.length; j++) this.#input[j] = x[j];
    let before = this.#input;
    for (const [index, layer] of this.#layers.entries()) {
      const { inputs, outputs, weights, biases, values } = layer;
      for (let i = 0; i < outputs; i++) values[i] = biases[i];
      for (let j = 0, k = 0; j < inputs; j++, k += outputs) {
        const value = before[j];
        // A dark pixel or a silent ReLU: about half of the work.
        if (value === 0) continue;
        for (let i = 0; i < outputs; i++) values[i] += weights[k + i] * value;
      }
      look?.(index, values);
      if (index < this.#layers.length - 1) this.#activate(values, layer.slopes);
      else for (const [i, p] of softmax(values).entries()) values[i] = p;
      before = values;
    }
    return before;
  }

  /** Adds the gradient of the sample that was last passed forward to the sums. */
  #backward(label: number): void {
    const last = this.#layers.length - 1;
    const output = this.#layers[last];
    // Softmax and cross-entropy together: ∂L/∂logit is what was predicted minus what was right.
    for (let i = 0; i < output.outputs; i++)
      output.errors[i] = output.values[i] - (i === label ? 1 : 0);
    for (let index = last; index >= 0; index--) {
      const { inputs, outputs, weights, weightGradients, biasGradients, errors } =
        this.#layers[index];
      const below = this.#layers[index - 1];
      const before = below?.values ?? this.#input;
      for (let i = 0; i < outputs; i++) biasGradients[i] += errors[i];
      for (let j = 0, k = 0; j < inputs; j++, k += outputs) {
        const value = before[j];
        if (value !== 0)
          for (let i = 0; i < outputs; i++) weightGradients[k + i] += errors[i] * value;
        if (!below) continue;
        const slope = below.slopes[j];
        let sum = 0;
        if (slope !== 0) for (let i = 0; i < outputs; i++) sum += errors[i] * weights[k + i];
        below.errors[j] = sum * slope;
      }
    }
  }

  /** A step down the sums of gradients, which begin anew. */
  #step(length: number): void {
    for (const { weights, biases, weightGradients, biasGradients } of this.#layers) {
      for (let k = 0; k < weights.length; k++) weights[k] -= length * weightGradients[k];
      for (let i = 0; i < biases.length; i++) biases[i] -= length * biasGradients[i];
      weightGradients.fill(0);
      biasGradients.fill(0);
    }
  }

  #requireFit(samples: readonly ClassSample[]): void {
    requireSome("samples", samples);
    const { inputs } = this.#layers[0];
    const classes = this.#layers[this.#layers.length - 1].outputs;
    for (const [index, sample] of samples.entries()) {
      requireNumbers(`samples[${index}].x`, sample?.x, inputs);
      const { label } = sample;
      if (!(Number.isInteger(label) && label >= 0 && label < classes)) {
        throw new RangeError(
          `samples[${index}].label must be a whole number from 0 to ${classes - 1}, got ${label}`,
        );
      }
    }
  }
}

interface Layer {
  inputs: number;
  outputs: number;
  /** Input by input: unit i's weight for input j is at j * outputs + i. An input of 0 costs nothing then. */
  weights: Float64Array;
  biases: Float64Array;
  /** Sums over the samples since the last step. */
  weightGradients: Float64Array;
  biasGradients: Float64Array;
  /** Of the sample that passed last, one a unit. */
  values: number[];
  slopes: number[];
  errors: number[];
}

function tally(sums: { loss: number; correct: number }, probabilities: number[], label: number) {
  const p = probabilities[label];
  // A probability can be too small for 64 bits. Its logarithm is −745 at least.
  sums.loss -= Math.log(Math.max(p, Number.MIN_VALUE));
  if (probabilities.every((other) => other <= p)) sums.correct++;
}

/** A matrix, drawn row by row and kept column by column. */
function drawColumns(rows: number, columns: number, draw: () => number): Float64Array {
  const matrix = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) matrix[j * rows + i] = draw();
  return matrix;
}

function rowsOf(columns: Float64Array, rows: number): number[][] {
  const matrix = Array.from({ length: rows }, (): number[] => []);
  for (let k = 0; k < columns.length; k++) matrix[k % rows].push(columns[k]);
  return matrix;
}

function emptyRows(units: number) {
  const rows = () => Array.from({ length: units }, (): number[] => []);
  return { preActivations: rows(), outputs: rows(), errors: rows() };
}

/** Adds a column, one number a row. */
function append(rows: number[][], column: readonly number[]): void {
  for (const [i, row] of rows.entries()) row.push(column[i]);
}
