/**
 * How the cost of one kind of work grows: growth.mjs WHAT FACTOR. Prints as JSON the seconds of the work, those of FACTOR
 * times the work divided by it, taken in turn, and the megabytes that this process needed at most.
 */
import { activations, lessonCircle, seededRandom, TwoLayerNetwork } from "activation-lab";
import { DeepClassifier } from "activation-lab/course";

const REPEATS = 5;

const SIZE = { epochs: 100, samples: 200, inputs: 2, units: 8, layers: 1, seeds: 1 };

/** @typedef {keyof typeof SIZE} What */

/** @param {Partial<typeof SIZE>} size */
function train(size) {
  const { epochs, samples, inputs, units, layers, seeds } = { ...SIZE, ...size };
  const circle = lessonCircle();
  const many = Array.from({ length: samples }, (_, i) => {
    const { x, label } = circle[i % circle.length];
    return { x: Array.from({ length: inputs }, (_, j) => x[j % 2]), label };
  });
  for (let seed = 0; seed < seeds; seed++) {
    if (size.layers) deep(layers, seed).train(many.slice(0, 50), { epochs: 10 });
    else shallow(inputs, units, seed).train(many, { epochs });
  }
}

/**
 * Weights that shrink as the sums get longer, so that the numbers stay usual ones.
 * @param {number} inputs
 * @param {number} units
 * @param {number} seed
 */
function shallow(inputs, units, seed) {
  const random = seededRandom(seed);
  const draws = (/** @type {number} */ length) =>
    Array.from({ length }, () => random.normal(0, 1 / Math.sqrt(length)));
  const weights = {
    w1: Array.from({ length: units }, () => draws(inputs)),
    b1: Array.from({ length: units }, () => 0),
    w2: draws(units),
    b2: 0,
  };
  return new TwoLayerNetwork({ activation: activations.relu, weights });
}

/** @param {number} hiddenLayers @param {number} seed */
function deep(hiddenLayers, seed) {
  return new DeepClassifier({ activation: activations.tanh, hiddenLayers, seed });
}

const what = /** @type {What} */ (process.argv[2]);
const factor = Number(process.argv[3]);
// An output layer and the samples cost as well: layers are counted from ten on.
const unit = what === "layers" ? 10 : SIZE[what];
const seconds = (/** @type {number} */ times) => {
  const start = performance.now();
  train({ [what]: unit * times });
  return (performance.now() - start) / 1000;
};
for (let i = 0; i < 3; i++) seconds(1); // Lets the compiler warm up.
const base = [];
const larger = [];
for (let repeat = 0; repeat < REPEATS; repeat++) {
  base.push(seconds(1));
  larger.push(seconds(factor) / factor);
}
console.log(JSON.stringify({ base, larger, megabytes: process.resourceUsage().maxRSS / 1000 }));
