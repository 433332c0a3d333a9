/**
 * The two-layer network of the course: inputs → hidden units with an activation → one sigmoid
 * output, trained by gradient descent on one sample at a time.
 */
import {
  type Activation,
  type LayerFunction,
  layerFunction,
  requireActivation,
  sigmoid,
} from "./activations.js";
import {
  requireFinite,
  requireLength,
  requireNumbers,
  requirePositive,
  requireWhole,
} from "./checks.js";
import { isCorrect, requireLabel, requireSamples, type Sample } from "./datasets.js";
import { type Seed, seededRandom } from "./random.js";

/** All the numbers a network learns. */
export interface NetworkWeights {
  /** Weights of the hidden layer, hiddenSize × inputSize: a row a unit. */
  readonly w1: readonly (readonly number[])[];
  /** Biases of the hidden layer, one a unit. */
  readonly b1: readonly number[];
  /** Weights of the output, one a hidden unit. */
  readonly w2: readonly number[];
  /** Bias of the output. */
  readonly b2: number;
}

/** How to make a network: from a seed, or from weights. */
export type NetworkOptions = {
  /** Activation of the hidden units. */
  activation: Activation;
  /** Numbers a sample has. Default 2, or what `weights` has. */
  inputSize?: number;
  /** Hidden units. Default 8, or what `weights` has. */
  hiddenSize?: number;
  /** Step size of gradient descent, above 0. Default 0.1. */
  learningRate?: number;
} & (
  | { /** Draws the weights from N(0, 0.5²); the biases start at 0. */ seed: Seed; weights?: never }
  | { /** Starts from a copy of these. */ weights: NetworkWeights; seed?: never }
);

/** What `onEpoch` is told. */
export interface EpochReport {
  /** Counts from 0. */
  epoch: number;
  /** Mean squared error over the epoch. */
  loss: number;
  /** Share of samples on the right side of 0.5, from 0 to 1. */
  accuracy: number;
}

/** What training returns: one number an epoch, measured while the weights were changing. */
export interface TrainingHistory {
  /** Mean squared error, each sample's taken just before the step on it. */
  losses: number[];
  /** Share of samples on the right side of 0.5, from 0 to 1, taken likewise. */
  accuracies: number[];
}

const INITIAL_DEVIATION = 0.5;

/**
 * Inputs → hidden units with an activation → one sigmoid output, the probability of label 1. Learns by
 * gradient descent on half the squared error of one sample at a time.
 * @example
 * const network = new TwoLayerNetwork({ activation: activations.relu, seed: 0 });
 * const { accuracies } = network.train(lessonCircle(), { epochs: 200 });
 * accuracies.length // 200
 */
export class TwoLayerNetwork {
  readonly activation: Activation;
  readonly inputSize: number;
  readonly hiddenSize: number;
  readonly learningRate: number;
  readonly #activate: LayerFunction;

  // An array an input, with one weight a hidden unit: the other way round than in `weights`.
  readonly #w1: readonly number[][];
  readonly #b1: number[];
  readonly #w2: number[];
  // A list of one changes in place: a plain number would be a new object at each step.
  readonly #b2: number[];

  // What the last forward pass leaves for the backward pass.
  #input: readonly number[] = [];
  readonly #hidden: number[];
  readonly #slopes: number[];
  #output = Number.NaN;
  #forwardDone = false;

  /**
   * @throws RangeError if a size is not a whole number above 0, the learning rate is not above 0, or
   *   `weights` has other sizes than asked for or a number that is not finite
   * @throws TypeError if the activation is none, or not exactly one of `seed` and `weights` is given
   */
  constructor({
    activation,
    inputSize,
    hiddenSize,
    learningRate = 0.1,
    seed,
    weights,
  }: NetworkOptions) {
    requireActivation(activation);
    if ((seed === undefined) === (weights === undefined)) {
      throw new TypeError(
        `give either seed or weights, got ${seed === undefined ? "neither" : "both"}`,
      );
    }
    requirePositive("learningRate", learningRate);
    this.activation = activation;
    this.#activate = layerFunction(activation);
    this.inputSize = inputSize ?? weights?.w1?.[0]?.length ?? 2;
    this.hiddenSize = hiddenSize ?? weights?.w1?.length ?? 8;
    this.learningRate = learningRate;
    requireWhole("inputSize", this.inputSize);
    requireWhole("hiddenSize", this.hiddenSize);

    const start = weights ?? drawWeights(this.inputSize, this.hiddenSize, seed as Seed);
    requireLength("weights.w1", start.w1, this.hiddenSize);
    for (const [unit, row] of start.w1.entries()) {
      requireNumbers(`weights.w1[${unit}]`, row, this.inputSize);
    }
    requireNumbers("weights.b1", start.b1, this.hiddenSize);
    requireNumbers("weights.w2", start.w2, this.hiddenSize);
    requireFinite("weights.b2", start.b2);

    this.#w1 = Array.from({ length: this.inputSize }, (_, j) =>
      doubles(start.w1.map((row) => row[j])),
    );
    this.#b1 = doubles(start.b1);
    this.#w2 = doubles(start.w2);
    this.#b2 = doubles([start.b2]);
    this.#hidden = [...this.#w2];
    this.#slopes = [...this.#w2];
  }

  /** A copy of the weights as they are now. */
  get weights(): NetworkWeights {
    return {
      w1: Array.from({ length: this.hiddenSize }, (_, unit) =>
        this.#w1.map((weights) => weights[unit]),
      ),
      b1: Array.from(this.#b1),
      w2: Array.from(this.#w2),
      b2: this.#b2[0],
    };
  }

  /**
   * The predicted probability of label 1.
   * @param x one number an input
   * @throws RangeError if `x` has another length or a number that is not finite
   */
  forward(x: readonly number[]): number {
    requireNumbers("x", x, this.inputSize);
    this.#input = [...x];
    this.#output = this.#forward(this.#input);
    this.#forwardDone = true;
    return this.#output;
  }

  /**
   * One step of gradient descent on the sample last passed forward.
   * @throws RangeError if `target` is neither 0 nor 1
   * @throws Error if no sample was passed forward since the last step
   */
  backward(target: 0 | 1): void {
    requireLabel("target", target);
    if (!this.#forwardDone) throw new Error("backward needs a forward pass first: call forward(x)");
    this.#backward(this.#input, this.#output, target);
    this.#forwardDone = false;
  }

  /**
   * Passes through the samples `epochs` times, in their order, with one step of gradient descent on each.
   * @param options `epochs`, how often, default 200; `onEpoch`, called after each
   * @throws RangeError if there is no sample, a sample does not fit the network, or `epochs` is not
   *   a whole number above 0; the weights are then as they were
   */
  train(
    samples: readonly Sample[],
    { epochs = 200, onEpoch }: { epochs?: number; onEpoch?: (report: EpochReport) => void } = {},
  ): TrainingHistory {
    requireWhole("epochs", epochs);
    requireSamples(samples, this.inputSize);

    this.#forwardDone = false;
    // A copy: what onEpoch does to its samples does not get into the training unchecked.
    const copies = samples.map(({ x, label }) => ({ x: doubles(x), label }));
    const history: TrainingHistory = { losses: [], accuracies: [] };
    for (let epoch = 0; epoch < epochs; epoch++) {
      const { loss, accuracy } = this.#pass(copies);
      history.losses.push(loss);
      history.accuracies.push(accuracy);
      onEpoch?.({ epoch, loss, accuracy });
    }
    return history;
  }

  /** One epoch. */
  #pass(samples: readonly Sample[]): { loss: number; accuracy: number } {
    let squaredErrors = 0;
    let correct = 0;
    for (let i = 0; i < samples.length; i++) {
      const { x, label } = samples[i];
      const prediction = this.#forward(x);
      this.#backward(x, prediction, label);
      squaredErrors += (prediction - label) ** 2;
      if (isCorrect(prediction, label)) correct++;
    }
    return { loss: squaredErrors / samples.length, accuracy: correct / samples.length };
  }

  #forward(x: readonly number[]): number {
    const { inputSize } = this;
    const w1 = this.#w1;
    const b1 = this.#b1;
    const w2 = this.#w2;
    const hidden = this.#hidden;
    // The first input is added with the bias, which saves a loop.
    const first = w1[0];
    const firstInput = x[0];
    for (let unit = 0; unit < hidden.length; unit++) {
      hidden[unit] = b1[unit] + first[unit] * firstInput;
    }
    for (let j = 1; j < inputSize; j++) {
      const input = x[j];
      const weights = w1[j];
      for (let unit = 0; unit < hidden.length; unit++) hidden[unit] += weights[unit] * input;
    }
    this.#activate(hidden, this.#slopes);
    let logit = this.#b2[0];
    for (let unit = 0; unit < hidden.length; unit++) logit += w2[unit] * hidden[unit];
    return sigmoid(logit);
  }

  /** After `#forward(x)`, which gave `output`. */
  #backward(x: readonly number[], output: number, target: number): void {
    const { inputSize, learningRate } = this;
    const w1 = this.#w1;
    const b1 = this.#b1;
    const w2 = this.#w2;
    const hidden = this.#hidden;
    const slopes = this.#slopes;
    const steps = slopes; // A slope is used once, then its step takes its place.
    // ∂(½ · error²)/∂logit: the lesson leaves the factor 2 of the squared error to the learning rate.
    const error = output - target;
    const dLogit = error * output * (1 - output);
    const logitStep = learningRate * dLogit;
    const first = w1[0];
    const firstInput = x[0];
    for (let unit = 0; unit < hidden.length; unit++) {
      // ∂/∂preActivation, through w2 as it was in the forward pass.
      const step = learningRate * (dLogit * w2[unit] * slopes[unit]);
      w2[unit] -= logitStep * hidden[unit];
      b1[unit] -= step;
      first[unit] -= step * firstInput;
      steps[unit] = step;
    }
    for (let j = 1; j < inputSize; j++) {
      const input = x[j];
      const weights = w1[j];
      for (let unit = 0; unit < hidden.length; unit++) weights[unit] -= steps[unit] * input;
    }
    this.#b2[0] -= logitStep;
  }
}

function drawWeights(inputSize: number, hiddenSize: number, seed: Seed): NetworkWeights {
  const random = seededRandom(seed);
  const draw = () => random.normal(0, INITIAL_DEVIATION);
  return {
    w1: Array.from({ length: hiddenSize }, () => Array.from({ length: inputSize }, draw)),
    b1: new Array(hiddenSize).fill(0),
    w2: Array.from({ length: hiddenSize }, draw),
    b2: 0,
  };
}

/** A copy as a list that V8 takes for fractions from the start, also where all are whole, such as 0. */
function doubles(numbers: readonly number[]): number[] {
  return Array.from(Float64Array.from(numbers));
}
