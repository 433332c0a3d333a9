/** The experiments of the lesson, and what it takes to repeat them over many seeds. */
import { type Activation, relu, type ScalarFunction } from "./activations.js";
import type { Sample } from "./datasets.js";
import type { NetworkWeights } from "./network.js";
import { type Seed, seededRandom } from "./random.js";

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
  if (typeof fn !== "function") throw new TypeError(`fn must be a function, got ${String(fn)}`);
  requireNumbers("inputs", inputs);
  requireLayers(weights);
  weights.forEach((row, layer) => {
    requireNumbers(`weights[${layer}]`, row, inputs.length);
  });

  let values = inputs;
  return weights.map((row) => {
    const preActivation = row.reduce((sum, weight, j) => sum + weight * values[j], 0);
    const activation = fn(preActivation);
    values = inputs.map(() => activation);
    return Math.abs(activation);
  });
}

/** The usual ways to draw the weights of a layer. */
export type WeightScale = "lesson" | "glorot" | "he" | "orthogonal";

/** How far the weights of a layer with as many inputs as outputs spread around 0. */
export const weightScales: Readonly<
  Record<WeightScale, { readonly name: string; deviation(width: number): number }>
> = {
  /** N(0, 1) whatever the width, as the lesson draws. */
  lesson: { name: "N(0, 1)", deviation: () => 1 },
  /** X. Glorot and Y. Bengio (2010), AISTATS: √(2 / (inputs + outputs)), also called Xavier. */
  glorot: { name: "Glorot", deviation: (width) => Math.sqrt(1 / width) },
  /** K. He et al. (2015), doi:10.1109/ICCV.2015.123: √(2 / inputs), because ReLU halves the signal. */
  he: { name: "He", deviation: (width) => Math.sqrt(2 / width) },
  /** Rows of length 1 at right angles: no vector changes its length. Pennington et al. (2017), arXiv:1711.04735. */
  orthogonal: { name: "Orthogonal", deviation: (width) => Math.sqrt(1 / width) },
};

/**
 * A fully connected network of layers of equal width without biases: aₗ = φ(Wₗ aₗ₋₁), a₀ the input.
 * For looking at gradients, not for training.
 */
export class DeepNetwork {
  readonly activation: Activation;
  readonly width: number;
  readonly layers: number;
  // One matrix a layer, row by row: unit i's weight for input j is at i * width + j.
  readonly #weights: readonly Float64Array[];
  #pass: StackPass | undefined;

  /**
   * @param options.weights one matrix a layer, width × width, flat and row by row: unit i's weight for
   *   input j is at i · width + j. They are copied.
   * @throws TypeError if the activation is none
   * @throws RangeError if there is no layer, a matrix is not square or of another size than the first,
   *   or a weight is not finite
   */
  constructor({
    activation,
    weights,
  }: { activation: Activation; weights: readonly ArrayLike<number>[] }) {
    requireActivation(activation);
    requireLayers(weights);
    const size = weights[0]?.length ?? 0;
    this.activation = activation;
    this.width = Math.round(Math.sqrt(size));
    this.layers = weights.length;
    if (size === 0 || this.width ** 2 !== size) {
      throw new RangeError(`weights[0] must be square, width × width, got ${size} numbers`);
    }
    weights.forEach((matrix, layer) => {
      requireNumbers(`weights[${layer}]`, matrix, size);
    });
    this.#weights = weights.map((matrix) => new Float64Array(matrix));
  }

  /**
   * Passes an input through all layers.
   * @param input `width` numbers
   * @returns the activations of the last layer, `width` numbers
   * @throws RangeError if `input` has another length or a number that is not finite
   */
  forward(input: ArrayLike<number>): Float64Array {
    requireNumbers("input", input, this.width);
    this.#pass = passForward(this.activation, this.#weights, new Float64Array(input));
    return this.outputOf(this.layers);
  }

  /** A copy of what layer `layer` gave in the last forward pass; layer 0 is the input. */
  outputOf(layer: number): Float64Array {
    const output = this.#pass?.activations[layer];
    if (!output) {
      throw new RangeError(
        `layer must be from 0 to ${this.layers}, after a forward pass, got ${layer}`,
      );
    }
    return output.slice();
  }

  /**
   * The gradient at every layer, δₗ = ∂L/∂zₗ with the pre-activations zₗ = Wₗ aₗ₋₁, by
   * δₗ = φ′(zₗ) ∘ Wₗ₊₁ᵀ δₗ₊₁. The gradient of the weights is the outer product δₗ aₗ₋₁ᵀ.
   * D. Rumelhart, G. Hinton and R. Williams (1986), doi:10.1038/323533a0.
   * @param outputGradient ∂L/∂a of the last layer's activations, `width` numbers
   * @returns layers × width, first layer first
   * @throws RangeError if `outputGradient` has another length or a number that is not finite
   * @throws Error if nothing was passed forward yet
   */
  backward(outputGradient: ArrayLike<number>): Float64Array[] {
    requireNumbers("outputGradient", outputGradient, this.width);
    if (!this.#pass) throw new Error("backward needs a forward pass first: call forward(input)");
    return passBackward(
      this.activation,
      this.#weights,
      this.#pass,
      new Float64Array(outputGradient),
    );
  }
}

/** What a forward pass leaves for the backward pass. */
interface StackPass {
  /** One vector a layer. */
  preActivations: Float64Array[];
  /** The same, after the input. */
  activations: Float64Array[];
}

function passForward(
  { fn }: Activation,
  weights: readonly Float64Array[],
  input: Float64Array,
): StackPass {
  const width = input.length;
  const activations = [input];
  const preActivations = weights.map((matrix, layer) => {
    const before = activations[layer];
    const z = new Float64Array(width);
    for (let i = 0, k = 0; i < width; i++) {
      let sum = 0;
      for (let j = 0; j < width; j++, k++) sum += matrix[k] * before[j];
      z[i] = sum;
    }
    activations.push(z.map((value) => fn(value)));
    return z;
  });
  return { preActivations, activations };
}

function passBackward(
  { derivative }: Activation,
  weights: readonly Float64Array[],
  { preActivations }: StackPass,
  outputGradient: Float64Array,
): Float64Array[] {
  const gradients = new Array<Float64Array>(weights.length);
  let arriving = outputGradient;
  for (let layer = weights.length - 1; layer >= 0; layer--) {
    const gradient = preActivations[layer].map((z, i) => arriving[i] * derivative(z));
    gradients[layer] = gradient;
    const matrix = weights[layer];
    arriving = new Float64Array(gradient.length);
    for (let i = 0, k = 0; i < gradient.length; i++) {
      for (let j = 0; j < gradient.length; j++, k++) arriving[j] += matrix[k] * gradient[i];
    }
  }
  return gradients;
}

/** What to draw a deep network from; exactly one of `weightScale` and `weightDeviation`. */
export type DeepNetworkOptions = {
  activation: Activation;
  /** Default 10. */
  layers?: number;
  /** Units a layer, default 32. */
  width?: number;
  seed: Seed;
} & (
  | { /** One of the usual scales. */ weightScale: WeightScale; weightDeviation?: never }
  | {
      /** Standard deviation of normal weights, above 0. */ weightDeviation: number;
      weightScale?: never;
    }
);

/** One number a layer, first layer first. */
export interface LayerNorms {
  /** Root mean square of the layer's activations. */
  signal: number[];
  /** Length of ∂L/∂z, the gradient of the layer's pre-activations. */
  gradients: number[];
  /** Frobenius norm of ∂L/∂W, the gradient of the layer's weights. */
  weightGradients: number[];
}

/**
 * Back-propagates through one random deep network: an input from N(0, 1), a gradient of length 1 and
 * random direction at the activations of the last layer, and per layer the size of what arrives. The
 * same seed gives the same draws for every activation and scale: only these differ. Gradients beyond the
 * range of numbers come out as 0 or Infinity.
 * @throws TypeError if the activation or the seed is none, or not exactly one of `weightScale` and
 *   `weightDeviation` is given
 * @throws RangeError if `layers` or `width` is not a whole number above 0, `weightScale` is unknown
 *   or `weightDeviation` is not a finite number above 0
 */
export function gradientsThroughLayers({
  activation,
  layers = 10,
  width = 32,
  seed,
  weightScale,
  weightDeviation,
}: DeepNetworkOptions): LayerNorms {
  requireActivation(activation);
  requireWhole("layers", layers);
  requireWhole("width", width);
  if ((weightScale === undefined) === (weightDeviation === undefined)) {
    throw new TypeError(
      `give either weightScale or weightDeviation, got ${weightScale === undefined ? "neither" : "both"}`,
    );
  }
  if (weightScale !== undefined && !Object.hasOwn(weightScales, weightScale)) {
    const known = Object.keys(weightScales).join(", ");
    throw new RangeError(`weightScale must be one of ${known}, got ${String(weightScale)}`);
  }
  const deviation = weightDeviation ?? weightScales[weightScale as WeightScale].deviation(width);
  if (!(deviation > 0 && Number.isFinite(deviation))) {
    throw new RangeError(`weightDeviation must be a finite number above 0, got ${deviation}`);
  }

  const draws = drawStack(layers, width, seed);
  const weights = weightScale === "orthogonal" ? draws.orthogonal() : draws.normal(deviation);
  const pass = passForward(activation, weights, draws.input);
  const gradients = passBackward(activation, weights, pass, draws.outputGradient).map(lengthOf);
  const sizes = pass.activations.map(lengthOf);
  return {
    signal: sizes.slice(1).map((size) => size / Math.sqrt(width)),
    gradients,
    // The length of an outer product is the product of the lengths.
    weightGradients: gradients.map((length, layer) => length * sizes[layer]),
  };
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
  if (!(threshold > 0 && Number.isFinite(threshold))) {
    throw new RangeError(`threshold must be a finite number above 0, got ${threshold}`);
  }
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

interface StackDraws {
  input: Float64Array;
  /** Of length 1. */
  outputGradient: Float64Array;
  /** N(0, deviation²), one matrix a layer. */
  normal(deviation: number): Float64Array[];
  /** The same draws, made orthogonal. */
  orthogonal(): Float64Array[];
}

// Drawing takes longer than computing. Whoever compares activations on one seed draws once.
let lastStack: { key: string; draws: StackDraws } | undefined;

function drawStack(layers: number, width: number, seed: Seed): StackDraws {
  const random = seededRandom(seed);
  const key = `${layers} ${width} ${seed}`;
  if (lastStack?.key === key) return lastStack.draws;
  const draw = (size: number) => {
    const drawn = new Float64Array(size);
    for (let i = 0; i < size; i++) drawn[i] = random.normal();
    return drawn;
  };
  const input = draw(width);
  const direction = draw(width);
  const standard = Array.from({ length: layers }, () => draw(width * width));
  let normal: { deviation: number; weights: Float64Array[] } | undefined;
  let orthogonal: Float64Array[] | undefined;
  const draws = {
    input,
    outputGradient: scaled(direction, 1 / lengthOf(direction)),
    normal: (deviation: number) => {
      if (normal?.deviation !== deviation) {
        normal = { deviation, weights: standard.map((matrix) => scaled(matrix, deviation)) };
      }
      return normal.weights;
    },
    orthogonal: () => {
      orthogonal ??= standard.map((matrix) => orthogonalRows(matrix, width));
      return orthogonal;
    },
  };
  lastStack = { key, draws };
  return draws;
}

/** Modified Gram–Schmidt: from each row, what it shares with those above is taken away. */
function orthogonalRows(matrix: Float64Array, width: number): Float64Array {
  const result = matrix.slice();
  for (let i = 0; i < width; i++) {
    const row = result.subarray(i * width, (i + 1) * width);
    for (let above = 0; above < i; above++) {
      const start = above * width;
      let shared = 0;
      for (let j = 0; j < width; j++) shared += row[j] * result[start + j];
      for (let j = 0; j < width; j++) row[j] -= shared * result[start + j];
    }
    row.set(scaled(row, 1 / lengthOf(row)));
  }
  return result;
}

/** A loop: `map` with a function takes ten times as long on 50,000 weights. */
function scaled(vector: Float64Array, factor: number): Float64Array {
  const result = new Float64Array(vector.length);
  for (let i = 0; i < vector.length; i++) result[i] = factor * vector[i];
  return result;
}

/** Euclidean length, by way of the largest entry: the square of 1e-200 would be 0. */
function lengthOf(vector: Float64Array): number {
  let largest = 0;
  for (const value of vector) largest = Math.max(largest, Math.abs(value));
  if (largest === 0 || largest === Number.POSITIVE_INFINITY) return largest;
  let squares = 0;
  for (const value of vector) squares += (value / largest) ** 2;
  return largest * Math.sqrt(squares);
}

function requireActivation(activation: Activation): void {
  if (typeof activation?.fn !== "function" || typeof activation.derivative !== "function") {
    throw new TypeError(
      `activation must be an object with fn and derivative, such as activations.relu, got ${String(activation)}`,
    );
  }
}

function requireWhole(name: string, value: number): void {
  if (!Number.isInteger(value) || value < 1) {
    throw new RangeError(`${name} must be a whole number above 0, got ${value}`);
  }
}

function requireLayers(weights: readonly unknown[]): void {
  if (!Array.isArray(weights) || weights.length === 0) {
    throw new RangeError(`weights must have at least one layer, got ${String(weights)}`);
  }
}

/** Finite numbers, `length` of them, or at least one if no length is asked for. */
function requireNumbers(name: string, values: ArrayLike<number>, length?: number): void {
  const got = values?.length;
  if (length === undefined ? !(got > 0) : got !== length) {
    const expected = length === undefined ? "have at least one number" : `have length ${length}`;
    throw new RangeError(`${name} must ${expected}, got ${got ?? String(values)}`);
  }
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i])) {
      throw new RangeError(`${name}[${i}] must be a finite number, got ${values[i]}`);
    }
  }
}

function dot(weights: readonly number[], values: readonly number[]): number {
  return weights.reduce((sum, weight, j) => sum + weight * values[j], 0);
}

function requireFunction(name: string, value: unknown): void {
  if (typeof value !== "function") {
    throw new TypeError(`${name} must be a function, got ${String(value)}`);
  }
}

/** At least one row of finite numbers, all of the length of the first, or of the one asked for. */
function requireRows(name: string, rows: readonly (readonly number[])[], length?: number): void {
  if (!Array.isArray(rows) || rows.length === 0) {
    throw new RangeError(`${name} must have at least one row, got ${String(rows)}`);
  }
  rows.forEach((row, index) => {
    requireNumbers(`${name}[${index}]`, row, index === 0 ? length : rows[0].length);
  });
}
