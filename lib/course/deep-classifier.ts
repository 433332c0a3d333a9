/** A deep network that trains, to see whether deep sigmoid networks do. */
import { type Activation, requireActivation, sigmoid } from "../activations.js";
import { requireLength, requirePositive, requireWhole } from "../checks.js";
import { requireSamples, type Sample } from "../datasets.js";
import type { TrainingHistory } from "../network.js";
import { type Random, type Seed, seededRandom } from "../random.js";
import { requireOneOf } from "./checks.js";
import { glorotRows, lengthOf, normalRows, orthonormal } from "./matrices.js";
import { trainInBatches } from "./training-loop.js";

/** How the weights of a `DeepClassifier` start. */
export type DeepStart = "glorot" | "centredOrthogonal";

/**
 * A deep network that trains: inputs → hidden layers of equal width, with biases → one sigmoid output;
 * gradient descent on the squared error of one sample at a time, as in `TwoLayerNetwork`.
 * @example
 * const network = new DeepClassifier({ activation: activations.tanh, hiddenLayers: 2, seed: 1 });
 * network.train(xor(), { epochs: 5 }).losses.length // 5
 */
export class DeepClassifier {
  readonly activation: Activation;
  readonly #input: Float64Array = new Float64Array(INPUTS);
  readonly #layers: Layer[];

  /**
   * @throws TypeError if the activation is none
   * @throws RangeError if `hiddenLayers` or `width` is not a whole number above 0, or `start` is unknown
   */
  constructor({
    activation,
    hiddenLayers = 10,
    width = 8,
    start = "glorot",
    seed,
  }: {
    activation: Activation;
    hiddenLayers?: number;
    width?: number;
    /**
     * "glorot": N(0, 2 / (inputs + outputs)), biases 0. "centredOrthogonal", for a
     * sigmoid: orthogonal matrices times 4, which undoes the largest slope 1/4, and biases that take
     * away the mean output 1/2. As σ(z) = ½ + ½ tanh(z/2), the network then begins as an orthogonal
     * tanh network. J. Pennington, S. Schoenholz and S. Ganguli (2017), arXiv:1711.04735.
     */
    start?: DeepStart;
    seed: Seed;
  }) {
    requireActivation(activation);
    requireWhole("hiddenLayers", hiddenLayers);
    requireWhole("width", width);
    requireOneOf("start", start, ["glorot", "centredOrthogonal"]);
    const random = seededRandom(seed);
    const sizes = [INPUTS, ...new Array(hiddenLayers).fill(width), 1];
    this.activation = activation;
    this.#layers = sizes.slice(1).map((outputs, layer) => {
      const inputs = sizes[layer];
      const place = layer === 0 ? "first" : layer === hiddenLayers ? "output" : "hidden";
      const { weights, biases } =
        start === "glorot"
          ? { weights: glorotRows(outputs, inputs, random), biases: new Array(outputs).fill(0) }
          : centredOrthogonalLayer(inputs, outputs, place, random);
      return {
        inputs,
        outputs,
        weights: Float64Array.from(weights.flat()),
        biases: Float64Array.from(biases),
        values: new Float64Array(outputs),
        slopes: new Float64Array(outputs),
        gradients: new Float64Array(outputs),
      };
    });
  }

  /** A copy of the weights (outputs × inputs, a row a unit) and biases of each layer, first layer first. */
  get layers(): { weights: number[][]; biases: number[] }[] {
    return this.#layers.map(({ inputs, outputs, weights, biases }) => ({
      weights: Array.from({ length: outputs }, (_, i) =>
        Array.from(weights.subarray(i * inputs, (i + 1) * inputs)),
      ),
      biases: Array.from(biases),
    }));
  }

  /**
   * The predicted probability of label 1 at a point.
   * @param x two numbers
   * @throws RangeError if `x` has another length
   */
  forward(x: readonly number[]): number {
    const { fn, derivative } = this.activation;
    requireLength("x", x, INPUTS);
    // The loops below are fast as long as they meet only typed arrays.
    this.#input.set(x);
    let before = this.#input;
    for (let index = 0; index < this.#layers.length; index++) {
      const layer = this.#layers[index];
      const { inputs, outputs, weights, biases, values, slopes } = layer;
      const isOutput = index === this.#layers.length - 1;
      for (let i = 0, k = 0; i < outputs; i++) {
        let z = biases[i];
        for (let j = 0; j < inputs; j++, k++) z += weights[k] * before[j];
        values[i] = isOutput ? sigmoid(z) : fn(z);
        slopes[i] = isOutput ? values[i] * (1 - values[i]) : derivative(z);
      }
      before = values;
    }
    return before[0];
  }

  /**
   * Back-propagates the error of one sample.
   * @returns the length of ∂L/∂z at each layer, output included, first layer first
   */
  gradientNorms({ x, label }: Sample): number[] {
    this.#backpropagate(this.forward(x) - label);
    return this.#layers.map(({ gradients }) => lengthOf(gradients));
  }

  /**
   * Passes through the samples `epochs` times with one step on each. Like `TwoLayerNetwork.train`.
   * @throws RangeError if there is no sample, a sample does not fit, `epochs` is not a whole number above
   *   0 or `learningRate` is not a finite number above 0; the weights are then as they were
   */
  train(
    samples: readonly Sample[],
    { epochs, learningRate = 0.1 }: { epochs: number; learningRate?: number },
  ): TrainingHistory {
    requirePositive("learningRate", learningRate);
    requireSamples(samples, INPUTS);
    return trainInBatches(samples, { epochs, batchSize: 1 }, ([{ x, label }]) => {
      const prediction = this.forward(x);
      this.#backpropagate(prediction - label);
      this.#step(learningRate);
      return [prediction];
    });
  }

  #backpropagate(error: number): void {
    const output = this.#layers.length - 1;
    this.#layers[output].gradients[0] = error * this.#layers[output].slopes[0];
    for (let index = output - 1; index >= 0; index--) {
      const { outputs, slopes, gradients } = this.#layers[index];
      const above = this.#layers[index + 1];
      for (let i = 0; i < outputs; i++) {
        let arriving = 0;
        for (let up = 0, k = i; up < above.outputs; up++, k += outputs)
          arriving += above.weights[k] * above.gradients[up];
        gradients[i] = arriving * slopes[i];
      }
    }
  }

  #step(learningRate: number): void {
    let before = this.#input;
    for (const { inputs, outputs, weights, biases, values, gradients } of this.#layers) {
      for (let i = 0, k = 0; i < outputs; i++) {
        const step = learningRate * gradients[i];
        biases[i] -= step;
        for (let j = 0; j < inputs; j++, k++) weights[k] -= step * before[j];
      }
      before = values;
    }
  }
}

interface Layer {
  inputs: number;
  outputs: number;
  /** Row by row: unit i's weight for input j is at i * inputs + j. */
  weights: Float64Array;
  biases: Float64Array;
  values: Float64Array;
  slopes: Float64Array;
  /** ∂L/∂z. */
  gradients: Float64Array;
}

const INPUTS = 2;

function centredOrthogonalLayer(
  inputs: number,
  outputs: number,
  place: "first" | "hidden" | "output",
  random: Random,
) {
  // z = 2u makes σ(z) = ½ + ½ tanh u. The first layer gets the inputs, not outputs of a sigmoid.
  const gain = { first: 2, hidden: 4, output: 1 }[place];
  const weights = orthogonal(outputs, inputs, random).map((row) => row.map((w) => w * gain));
  const biases = weights.map((row) =>
    place === "first" ? 0 : -row.reduce((a, w) => a + w, 0) / 2,
  );
  return { weights, biases };
}

/** rows × columns numbers whose shorter side is orthonormal. */
function orthogonal(rows: number, columns: number, random: Random): number[][] {
  const basis = orthonormal(normalRows(Math.min(rows, columns), Math.max(rows, columns), random));
  if (rows <= columns) return basis;
  return Array.from({ length: rows }, (_, i) => basis.map((vector) => vector[i]));
}
