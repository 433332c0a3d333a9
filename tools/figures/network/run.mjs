/** What the network figure computes, with the course's own network: nothing here is drawn. */
import { activations, lessonCircle, sigmoid, spiral, TwoLayerNetwork, xor } from "activation-lab";
import { deadUnits, preActivations } from "activation-lab/course";

/** @import { ActivationKey, NetworkWeights, Sample } from "activation-lab" */

/** The data and the square of the plane that shows it. @typedef {{ samples: Sample[], from: number, to: number }} Data */

/** Steps that are kept, and can be gone back to. */
export const MOST_STEPS = 2000;
/** A unit is dead if its slope is smaller at every point. Leaky ReLU's is never below it. */
const DEAD_SLOPE = 0.01;
/** One step passes about as many samples, so that four points learn as fast to the eye as 200. */
const SAMPLES_A_STEP = 200;

/**
 * @param {string} name
 * @param {string} drawn points drawn by hand, as `pointsToText` writes them
 * @returns {Data}
 */
export function dataNamed(name, drawn) {
  if (name === "xor") return { samples: xor(), from: -0.6, to: 1.6 };
  const samples =
    name === "spiral"
      ? spiral({ n: 200, seed: 1 })
      : name === "drawn"
        ? textToPoints(drawn)
        : lessonCircle();
  return { samples, from: -2.3, to: 2.3 };
}

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const EDGE = 2.3;

/** Points for an address: a letter for each of 64 places from left to right, one from bottom to top, and the label. */
export function pointsToText(/** @type {readonly Sample[]} */ samples) {
  const letter = (/** @type {number} */ value) =>
    LETTERS[Math.min(Math.max(Math.round(((value + EDGE) / (2 * EDGE)) * 63), 0), 63)];
  return samples.map(({ x, label }) => letter(x[0]) + letter(x[1]) + label).join("");
}

/** @returns {Sample[]} */
export function textToPoints(/** @type {string} */ text) {
  const value = (/** @type {string} */ letter) => (LETTERS.indexOf(letter) / 63) * 2 * EDGE - EDGE;
  return (text.match(/[\w-]{2}[01]/g) ?? []).map(([x, y, label]) => ({
    x: [value(x), value(y)],
    label: label === "1" ? 1 : 0,
  }));
}

/**
 * What can be said of a network at one moment of its training.
 * @typedef {object} Moment
 * @property {NetworkWeights} weights
 * @property {number} loss mean squared error
 * @property {number} accuracy share of points on the right side
 * @property {boolean[]} dead for each hidden unit
 * @property {number} hiddenGradient length of the hidden layer's mean gradient in the step before; NaN at first
 * @property {number} outputGradient the output layer's
 */

/** One training, of which each step is kept. */
export class Run {
  /** @type {Moment[]} */
  moments = [];
  /** Whether the weights have left the range of numbers: then there is no further step. */
  isBroken = false;
  #samples;
  #network;
  #epochs;

  /**
   * @param {{ samples: readonly Sample[], activation: ActivationKey, units: number, rate: number, seed: number }} options
   */
  constructor({ samples, activation, units, rate, seed }) {
    this.activation = activation;
    this.rate = rate;
    this.#samples = samples;
    this.#network = new TwoLayerNetwork({
      activation: activations[activation],
      hiddenSize: units,
      learningRate: rate,
      seed,
    });
    this.#epochs = Math.max(1, Math.round(SAMPLES_A_STEP / samples.length));
    this.moments.push(this.#moment(Number.NaN, Number.NaN));
  }

  get epochsAStep() {
    return this.#epochs;
  }

  /** One step more, unless there are as many as are kept. @returns {boolean} whether there was one */
  advance() {
    if (this.isBroken || this.moments.length > MOST_STEPS) return false;
    const before = this.moments[this.moments.length - 1].weights;
    this.#network.train(this.#samples, { epochs: this.#epochs });
    const { weights } = this.#network;
    // What gradient descent has taken off is the sum of the gradients times the rate.
    const share = 1 / (this.rate * this.#samples.length * this.#epochs);
    const hidden =
      share * distance([...before.w1.flat(), ...before.b1], [...weights.w1.flat(), ...weights.b1]);
    const output = share * distance([...before.w2, before.b2], [...weights.w2, weights.b2]);
    if (!Number.isFinite(hidden + output)) {
      this.isBroken = true;
      return false;
    }
    this.moments.push(this.#moment(hidden, output));
    return true;
  }

  /** @param {number} hiddenGradient @param {number} outputGradient @returns {Moment} */
  #moment(hiddenGradient, outputGradient) {
    const { weights } = this.#network;
    const { derivative } = activations[this.activation];
    let loss = 0;
    let correct = 0;
    for (const { x, label } of this.#samples) {
      const error = this.#network.forward(x) - label;
      loss += error * error;
      if (Math.abs(error) < 0.5 || error === -0.5) correct += 1;
    }
    return {
      weights,
      loss: loss / this.#samples.length,
      accuracy: correct / this.#samples.length,
      dead: deadUnits(weights, this.#samples, (z) => Math.abs(derivative(z)) < DEAD_SLOPE),
      hiddenGradient,
      outputGradient,
    };
  }
}

/** @param {readonly number[]} a @param {readonly number[]} b */
function distance(a, b) {
  return Math.sqrt(a.reduce((sum, value, i) => sum + (value - b[i]) ** 2, 0));
}

/** The middles of `size` × `size` cells of a square, row by row from the top. */
export function gridOf(
  /** @type {number} */ size,
  /** @type {number} */ from,
  /** @type {number} */ to,
) {
  const middle = (/** @type {number} */ i) => from + ((i + 0.5) / size) * (to - from);
  return Array.from({ length: size * size }, (_, i) => ({
    x: [middle(i % size), middle(size - 1 - Math.floor(i / size))],
  }));
}

/**
 * What each hidden unit and the output say of each place.
 * @param {NetworkWeights} weights
 * @param {ActivationKey} activation
 * @param {readonly { x: number[] }[]} places
 * @returns {{ units: number[][], outputs: number[] }}
 */
export function mapsOf(weights, activation, places) {
  const { fn } = activations[activation];
  const units = preActivations(weights, places).map((row) => row.map(fn));
  const outputs = places.map((_, place) =>
    sigmoid(
      weights.w2.reduce((sum, weight, unit) => sum + weight * units[unit][place], weights.b2),
    ),
  );
  return { units, outputs };
}
