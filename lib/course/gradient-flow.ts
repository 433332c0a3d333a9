/** How large signal and gradient are in each layer of deep networks drawn at random. */
import { type Activation, requireActivation } from "../activations.js";
import { requirePositive, requireWhole } from "../checks.js";
import { type Seed, seededRandom } from "../random.js";
import { requireOneOf } from "./checks.js";
import { lengthOf, orthonormal } from "./matrices.js";

/** The usual ways to draw the weights of a layer. */
export type WeightScale = "normal" | "glorot" | "he" | "orthogonal";

/**
 * How far the weights of a layer with as many inputs as outputs spread around 0.
 * @example weightScales.he.deviation(8) // 0.5
 */
export const weightScales: Readonly<
  Record<WeightScale, { readonly name: string; deviation(width: number): number }>
> = {
  /** N(0, 1) whatever the width, as the lesson draws. */
  normal: { name: "N(0, 1)", deviation: () => 1 },
  /** X. Glorot and Y. Bengio (2010), AISTATS: √(2 / (inputs + outputs)), also called Xavier. */
  glorot: { name: "Glorot", deviation: (width) => Math.sqrt(1 / width) },
  /** K. He et al. (2015), doi:10.1109/ICCV.2015.123: √(2 / inputs), because ReLU halves the signal. */
  he: { name: "He", deviation: (width) => Math.sqrt(2 / width) },
  /** Rows of length 1 at right angles: no vector changes its length. Pennington et al. (2017), arXiv:1711.04735. */
  orthogonal: { name: "Orthogonal", deviation: (width) => Math.sqrt(1 / width) },
};

/** What a forward pass leaves for the backward pass. */
interface ForwardPass {
  /** zₗ, one vector a layer. */
  preActivations: Float64Array[];
  /** aₗ, one vector a layer, after a₀, the input. */
  activations: Float64Array[];
}

/**
 * Passes an input through layers of equal width without biases: zₗ = Wₗ aₗ₋₁, aₗ = φ(zₗ), a₀ the input.
 * @param weights one matrix a layer, width × width, row by row: unit i's weight for input j is at i · width + j
 */
export function passForward(
  { fn }: Activation,
  weights: readonly Float64Array[],
  input: Float64Array,
): ForwardPass {
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

/**
 * The gradient at every layer, δₗ = ∂L/∂zₗ = φ′(zₗ) ∘ Wₗ₊₁ᵀ δₗ₊₁. The gradient of the weights is the
 * outer product δₗ aₗ₋₁ᵀ.
 * D. Rumelhart, G. Hinton and R. Williams (1986), doi:10.1038/323533a0.
 * @param outputGradient ∂L/∂a of the last layer's activations
 * @returns one vector a layer, first layer first
 */
export function passBackward(
  { derivative }: Activation,
  weights: readonly Float64Array[],
  { preActivations }: Pick<ForwardPass, "preActivations">,
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

/** The random numbers of a deep network. How large its weights are is decided when it is used. */
export interface DeepNetworkDraws {
  /** Units a layer. */
  readonly width: number;
  /** A vector from N(0, 1). */
  readonly input: Float64Array;
  /** A random direction, of length 1. */
  readonly outputGradient: Float64Array;
  /** Weights from N(0, 1), one matrix a layer, row by row. */
  readonly normal: readonly Float64Array[];
  /** The same with each matrix made orthogonal; computed when it is first asked for, which takes a while. */
  readonly orthogonal: readonly Float64Array[];
}

/**
 * Draws a deep network. Pass it to `gradientsThroughLayers` once an activation or weight scale, so that only
 * these differ; drawing takes longer than computing.
 * @throws RangeError if `layers` or `width` is not a whole number above 0
 * @throws TypeError if `seed` is no seed
 * @example drawDeepNetwork({ layers: 3, width: 4, seed: 1 }).normal.length // 3
 */
export function drawDeepNetwork({
  layers = 10,
  width = 32,
  seed,
}: {
  /** Default 10. */
  layers?: number;
  /** Units a layer, default 32. */
  width?: number;
  seed: Seed;
}): DeepNetworkDraws {
  requireWhole("layers", layers);
  requireWhole("width", width);
  const random = seededRandom(seed);
  const draw = (size: number) => {
    const drawn = new Float64Array(size);
    for (let i = 0; i < size; i++) drawn[i] = random.normal();
    return drawn;
  };
  const input = draw(width);
  const direction = draw(width);
  const normal = Array.from({ length: layers }, () => draw(width * width));
  let orthogonal: Float64Array[] | undefined;
  return {
    width,
    input,
    outputGradient: scaled(direction, 1 / lengthOf(direction)),
    normal,
    get orthogonal() {
      orthogonal ??= normal.map((matrix) => orthogonalRows(matrix, width));
      return orthogonal;
    },
  };
}

/** One number a layer, first layer first. */
export interface LayerNorms {
  /** Root mean square of the layer's activations. */
  signal: number[];
  /** Length of ∂L/∂z, the gradient of the layer's pre-activations. */
  gradients: number[];
  /** Frobenius norm of ∂L/∂W, the gradient of the layer's weights. */
  weightGradients: number[];
}

/** How to use a deep network; exactly one of `weightScale` and `weightDeviation`. */
export type GradientFlowOptions = { activation: Activation } & (
  | { /** One of the usual scales. */ weightScale: WeightScale; weightDeviation?: never }
  | {
      /** Standard deviation of normal weights, above 0. */ weightDeviation: number;
      weightScale?: never;
    }
);

/**
 * Passes the input of a random deep network forward and its output gradient back, and measures what arrives
 * at each layer. Gradients beyond the range of numbers come out as 0 or Infinity.
 * @throws TypeError if the activation is none, or not exactly one of `weightScale` and `weightDeviation` is
 *   given
 * @throws RangeError if `weightScale` is unknown or `weightDeviation` is not a finite number above 0
 * @example
 * const network = drawDeepNetwork({ layers: 20, seed: 1 });
 * const { gradients } = gradientsThroughLayers(network, {
 *   activation: activations.sigmoid,
 *   weightScale: "glorot",
 * });
 * gradients[0] < 1e-9 // true
 */
export function gradientsThroughLayers(
  network: DeepNetworkDraws,
  { activation, weightScale, weightDeviation }: GradientFlowOptions,
): LayerNorms {
  requireActivation(activation);
  if ((weightScale === undefined) === (weightDeviation === undefined)) {
    throw new TypeError(
      `give either weightScale or weightDeviation, got ${weightScale === undefined ? "neither" : "both"}`,
    );
  }
  if (weightScale !== undefined)
    requireOneOf("weightScale", weightScale, Object.keys(weightScales));
  const { width } = network;
  const deviation = weightDeviation ?? weightScales[weightScale as WeightScale].deviation(width);
  requirePositive("weightDeviation", deviation);

  const weights =
    weightScale === "orthogonal"
      ? network.orthogonal
      : network.normal.map((matrix) => scaled(matrix, deviation));
  const pass = passForward(activation, weights, network.input);
  const gradients = passBackward(activation, weights, pass, network.outputGradient).map(lengthOf);
  const sizes = pass.activations.map(lengthOf);
  return {
    signal: sizes.slice(1).map((size) => size / Math.sqrt(width)),
    gradients,
    // The length of an outer product is the product of the lengths.
    weightGradients: gradients.map((length, layer) => length * sizes[layer]),
  };
}

function orthogonalRows(matrix: Float64Array, width: number): Float64Array {
  const rows = Array.from({ length: width }, (_, i) => [
    ...matrix.subarray(i * width, (i + 1) * width),
  ]);
  return Float64Array.from(orthonormal(rows).flat());
}

/** A loop: `map` with a function takes ten times as long on 50,000 weights. */
function scaled(vector: Float64Array, factor: number): Float64Array {
  const result = new Float64Array(vector.length);
  for (let i = 0; i < vector.length; i++) result[i] = factor * vector[i];
  return result;
}
