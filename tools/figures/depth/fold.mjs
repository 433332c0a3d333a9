/** What the figure of depth computes: a line that goes through layers of ReLUs, and in how many straight pieces it comes out. */
import { relu, seededRandom } from "activation-lab";

/** Places on the line at which it is looked at: enough to tell 4,096 pieces apart. */
const PLACES = 40_000;
/** Where each stands in its part: none is where a folding layer bends. */
const OFFSET = 1 / Math.PI;

/**
 * A layer from one number to one number, through `width` units: Σ outₖ · φ(inₖ · x + biasₖ) + shift.
 * @typedef {{ ins: number[], biases: number[], outs: number[], shift: number }} Layer
 */

/**
 * Folds the line from 0 to 1 so that it lies on itself `width` times: a zigzag, up and down between 0 and 1.
 * G. Montúfar et al. (2014), arXiv:1402.1869, section 3.
 * @param {number} width
 * @returns {Layer}
 */
export function foldingLayer(width) {
  return {
    ins: new Array(width).fill(1),
    biases: Array.from({ length: width }, (_, k) => -k / width),
    outs: Array.from({ length: width }, (_, k) => (k === 0 ? 1 : k % 2 === 1 ? -2 : 2) * width),
    shift: 0,
  };
}

/**
 * Layers whose weights are drawn, each as wide and with bends on the line as the folding ones have.
 * @param {number} width
 * @param {number} depth
 * @param {number} seed
 * @returns {Layer[]}
 */
export function drawnLayers(width, depth, seed) {
  const random = seededRandom(seed);
  return Array.from({ length: depth }, () => {
    const ins = Array.from({ length: width }, () => (random.uniform() < 0.5 ? -1 : 1));
    return {
      ins,
      biases: ins.map((sign) => -sign * random.uniform()),
      outs: ins.map(() => random.normal(0, 2 / Math.sqrt(width))),
      shift: random.uniform(),
    };
  });
}

/**
 * What comes out for an input.
 * @param {readonly Layer[]} layers
 * @param {number} x
 * @param {boolean} isLinear without the activation
 * @returns {number[]} the input, then what comes out of each layer
 */
export function pathThrough(layers, x, isLinear = false) {
  const path = [x];
  for (const { ins, biases, outs, shift } of layers) {
    const before = path[path.length - 1];
    path.push(
      outs.reduce((sum, out, k) => {
        const z = ins[k] * before + biases[k];
        return sum + out * (isLinear ? z : relu(z));
      }, shift),
    );
  }
  return path;
}

/**
 * The straight pieces that the line from 0 to 1 has behind each layer: wherever a unit begins or ends to fire, and the
 * slope changes by it, one ends and the next begins.
 * @param {readonly Layer[]} layers
 * @param {boolean} isLinear
 * @returns {number[]} of the line itself, which is one, then behind each layer
 */
export function piecesBehind(layers, isLinear = false) {
  const pieces = new Array(layers.length + 1).fill(1);
  if (isLinear) return pieces;
  const slopes = new Array(layers.length).fill(Number.NaN);
  for (let place = 0; place < PLACES; place++) {
    let value = (place + OFFSET) / PLACES;
    let slope = 1;
    for (let layer = 0; layer < layers.length; layer++) {
      const { ins, biases, outs, shift } = layers[layer];
      let next = shift;
      let steepness = 0;
      for (let k = 0; k < ins.length; k++) {
        const z = ins[k] * value + biases[k];
        if (z <= 0) continue;
        next += outs[k] * z;
        steepness += outs[k] * ins[k];
      }
      value = next;
      slope *= steepness;
      if (place > 0 && Math.abs(slope - slopes[layer]) > 1e-9 * Math.max(1, Math.abs(slope)))
        pieces[layer + 1] += 1;
      slopes[layer] = slope;
    }
  }
  return pieces;
}
