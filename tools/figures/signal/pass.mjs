/** What the figure of signal and gradient computes: deep networks drawn at random, with normalisation and skips. */
import { activations } from "activation-lab";
import { drawDeepNetwork } from "activation-lab/course";

/** @import { ActivationKey } from "activation-lab" */
/** @import { DeepNetworkDraws } from "activation-lab/course" */

export const LAYERS = 50;
/** As PyTorch has it: what keeps a division by 0 away. */
const EPSILON = 1e-5;

/** @type {Map<string, DeepNetworkDraws>} */
const drawn = new Map();

/** Drawing takes longer than passing: what was drawn last stays. */
export function drawNetwork(/** @type {number} */ width, /** @type {number} */ seed) {
  const key = `${width} ${seed}`;
  const kept = drawn.get(key);
  if (kept) return kept;
  const network = drawDeepNetwork({ layers: LAYERS, width, seed });
  if (drawn.size >= 4) drawn.clear();
  drawn.set(key, network);
  return network;
}

/**
 * @typedef {object} Options
 * @property {ActivationKey} activation
 * @property {number} gain the weights' deviation times √width: 1 is Glorot's, √2 is He's
 * @property {boolean} isNormalised each layer's weighted sums get mean 0 and deviation 1 over its units, before the
 *   activation. J. Ba et al. (2016), arXiv:1607.06450.
 * @property {boolean} hasSkips a layer's input is added to its output. K. He et al. (2016), arXiv:1512.03385.
 */

/**
 * Passes the network's input forward and a gradient back.
 * @param {Pick<DeepNetworkDraws, "width" | "input" | "outputGradient" | "normal">} network
 * @param {Options} options
 * @returns {{ signal: number[], gradients: number[], output: Float64Array, inputGradient: Float64Array }} the root mean
 *   square of each layer's output, and the length of the gradient of its weighted sums, first layer first
 */
export function passThrough(
  { width, input, outputGradient, normal },
  { activation, gain, isNormalised, hasSkips },
) {
  const { fn, derivative } = activations[activation];
  const scale = gain / Math.sqrt(width);
  /** @type {number[]} */
  const signal = [];
  /** What the way back needs of each layer: the activation's arguments, and by what they were divided. */
  /** @type {{ z: Float64Array, deviation: number }[]} */
  const kept = [];
  let values = Float64Array.from(input);
  for (const matrix of normal) {
    const sums = times(matrix, values, scale);
    const { z, deviation } = isNormalised ? normalised(sums) : { z: sums, deviation: 1 };
    kept.push({ z, deviation });
    const outputs = z.map((one) => fn(one));
    values = hasSkips ? outputs.map((one, i) => one + values[i]) : outputs;
    signal.push(lengthOf(values) / Math.sqrt(width));
  }
  /** @type {number[]} */
  const gradients = new Array(normal.length);
  let arriving = Float64Array.from(outputGradient);
  for (let layer = normal.length - 1; layer >= 0; layer--) {
    const { z, deviation } = kept[layer];
    const atZ = z.map((one, i) => arriving[i] * derivative(one));
    const atSums = isNormalised ? throughNormal(atZ, z, deviation) : atZ;
    gradients[layer] = lengthOf(atSums);
    const below = timesTransposed(normal[layer], atSums, scale);
    arriving = hasSkips ? below.map((one, i) => one + arriving[i]) : below;
  }
  return { signal, gradients, output: values, inputGradient: arriving };
}

/** @param {Float64Array} sums */
function normalised(sums) {
  const mean = sums.reduce((sum, one) => sum + one, 0) / sums.length;
  const variance = sums.reduce((sum, one) => sum + (one - mean) ** 2, 0) / sums.length;
  const deviation = Math.sqrt(variance + EPSILON);
  return { z: sums.map((one) => (one - mean) / deviation), deviation };
}

/**
 * The gradient before a normalisation, from that behind it.
 * @param {Float64Array} gradient
 * @param {Float64Array} z
 * @param {number} deviation
 */
function throughNormal(gradient, z, deviation) {
  const size = z.length;
  const mean = gradient.reduce((sum, one) => sum + one, 0) / size;
  const along = gradient.reduce((sum, one, i) => sum + one * z[i], 0) / size;
  return gradient.map((one, i) => (one - mean - z[i] * along) / deviation);
}

/** @param {Float64Array} matrix row by row @param {Float64Array} vector @param {number} scale */
function times(matrix, vector, scale) {
  const size = vector.length;
  const result = new Float64Array(size);
  for (let i = 0, k = 0; i < size; i++) {
    let sum = 0;
    for (let j = 0; j < size; j++, k++) sum += matrix[k] * vector[j];
    result[i] = scale * sum;
  }
  return result;
}

/** @param {Float64Array} matrix row by row @param {Float64Array} vector @param {number} scale */
function timesTransposed(matrix, vector, scale) {
  const size = vector.length;
  const result = new Float64Array(size);
  for (let i = 0, k = 0; i < size; i++) {
    const one = scale * vector[i];
    for (let j = 0; j < size; j++, k++) result[j] += matrix[k] * one;
  }
  return result;
}

/** @param {Float64Array} vector */
function lengthOf(vector) {
  return Math.hypot(...vector);
}
