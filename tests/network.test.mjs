// The two-layer network: values, gradients, training, the lesson's own run, bad input.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  activations,
  geluDerivative,
  geluTanh,
  lessonCircle,
  seededRandom,
  sigmoid,
  TwoLayerNetwork,
  xor,
} from "activation-lab";
import { readReference } from "activation-lab/course";
import fc from "fast-check";
import { near, slopeOf, untyped } from "./support.mjs";

fc.configureGlobal({ seed: 1986, numRuns: 100 });

/** @typedef {import("activation-lab").Activation} Activation */
/** @typedef {import("activation-lab").NetworkWeights} NetworkWeights */
/** @typedef {import("activation-lab").Sample} Sample */
/** @typedef {{ inputSize: number, hiddenSize: number }} Sizes */

/** An activation that the library does not have, as a reader would write it. @type {Activation} */
const sine = { name: "Sine", fn: Math.sin, derivative: Math.cos };

/** All weights in one list. @param {NetworkWeights} weights */
const flatten = ({ w1, b1, w2, b2 }) => [...w1.flat(), ...b1, ...w2, b2];

/** @param {readonly number[]} values @param {Sizes} sizes @returns {NetworkWeights} */
function unflatten(values, { inputSize, hiddenSize }) {
  const b1 = inputSize * hiddenSize;
  const w2 = b1 + hiddenSize;
  const b2 = w2 + hiddenSize;
  return {
    w1: Array.from({ length: hiddenSize }, (_, unit) =>
      values.slice(unit * inputSize, (unit + 1) * inputSize),
    ),
    b1: values.slice(b1, w2),
    w2: values.slice(w2, b2),
    b2: values[b2],
  };
}

/** @param {Sizes} sizes */
const countOf = ({ inputSize, hiddenSize }) => hiddenSize * (inputSize + 2) + 1;

/** @param {string} seed @param {Sizes} sizes */
function drawWeights(seed, sizes) {
  const random = seededRandom(seed);
  return unflatten(
    Array.from({ length: countOf(sizes) }, () => random.normal()),
    sizes,
  );
}

/** @param {NetworkWeights} weights @param {readonly number[]} x */
const preActivations = ({ w1, b1 }, x) =>
  w1.map((row, unit) => row.reduce((sum, w, j) => sum + w * x[j], b1[unit]));

/**
 * The change of every weight in one step, over the learning rate.
 * @param {Activation} activation @param {NetworkWeights} weights
 * @param {readonly number[]} x @param {0 | 1} target
 */
function gradientOf(activation, weights, x, target, learningRate = 0.5) {
  const network = new TwoLayerNetwork({ activation, weights, learningRate });
  network.forward(x);
  network.backward(target);
  const after = flatten(network.weights);
  return flatten(weights).map((before, k) => (before - after[k]) / learningRate);
}

/** @param {Partial<ConstructorParameters<typeof TwoLayerNetwork>[0]>} [options] */
const network = (options = {}) =>
  new TwoLayerNetwork(
    untyped({ activation: activations.tanh, ...(!options.weights && { seed: 1 }), ...options }),
  );

describe("a new network", () => {
  test("has the documented defaults", () => {
    const made = new TwoLayerNetwork({ activation: activations.gelu, seed: 3 });
    assert.equal(made.activation, activations.gelu);
    assert.deepEqual([made.inputSize, made.hiddenSize, made.learningRate], [2, 8, 0.1]);
  });

  test("takes its sizes from the weights it is given", () => {
    const sizes = { inputSize: 3, hiddenSize: 4 };
    const made = network({ weights: drawWeights("sizes", sizes) });
    assert.deepEqual({ inputSize: made.inputSize, hiddenSize: made.hiddenSize }, sizes);
  });

  test("has the shapes it was asked for, and biases of 0", () => {
    const { w1, b1, w2, b2 } = network({ inputSize: 3, hiddenSize: 5 }).weights;
    assert.deepEqual([w1.length, w2.length], [5, 5]);
    assert.ok(w1.every((row) => row.length === 3));
    assert.deepEqual([...b1, b2], [0, 0, 0, 0, 0, 0]);
  });

  test("draws its weights from N(0, 0.5²)", () => {
    const { w1, w2 } = network({ inputSize: 4, hiddenSize: 5000 }).weights;
    for (const draws of [w1.flat(), w2]) {
      const mean = draws.reduce((sum, w) => sum + w, 0) / draws.length;
      const variance = draws.reduce((sum, w) => sum + (w - mean) ** 2, 0) / draws.length;
      near(mean, 0, 0.025, "mean");
      near(Math.sqrt(variance), 0.5, 0.02, "deviation");
      const within = draws.filter((w) => Math.abs(w) < 0.5).length / draws.length;
      near(within, 0.6827, 0.02, "share within one deviation");
    }
  });

  test("is the same for the same seed and another for another", () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer(), (a, b) => {
        const weights = network({ seed: a }).weights;
        assert.deepEqual(network({ seed: a }).weights, weights);
        assert.deepEqual(network({ seed: String(a) }).weights, weights);
        if (a !== b) assert.notDeepEqual(network({ seed: b }).weights, weights);
      }),
    );
  });

  test("gives back the weights it was given", () => {
    const sizes = fc.record({
      inputSize: fc.integer({ min: 1, max: 4 }),
      hiddenSize: fc.integer({ min: 1, max: 5 }),
    });
    const weights = sizes.chain((size) =>
      fc
        .array(fc.double({ noNaN: true, noDefaultInfinity: true }), {
          minLength: countOf(size),
          maxLength: countOf(size),
        })
        .map((values) => unflatten(values, size)),
    );
    fc.assert(
      fc.property(weights, (given) => assert.deepEqual(network({ weights: given }).weights, given)),
    );
  });

  test("keeps its weights to itself: what goes in and comes out is a copy", () => {
    const sizes = { inputSize: 2, hiddenSize: 2 };
    const given = untyped(drawWeights("copy", sizes));
    const made = network({ weights: given });
    const original = drawWeights("copy", sizes);
    const read = untyped(made.weights);
    for (const weights of [given, read]) {
      weights.w1[0][0] = weights.b1[0] = weights.w2[0] = weights.b2 = 99;
    }
    assert.deepEqual(made.weights, original);
  });
});

describe("forward", () => {
  test("a network small enough to work out by hand", () => {
    const made = network({
      activation: activations.relu,
      weights: {
        w1: [
          [1, -2],
          [3, 4],
          [-1, 0],
        ],
        b1: [0.5, -1, 0.5],
        w2: [2, -1, 7],
        b2: 0.25,
      },
    });
    // Hidden: 1 − 0.5 + 0.5 = 1; 3 + 1 − 1 = 3; −1 + 0.5, cut off at 0. Logit: 0.25 + 2 − 3.
    assert.equal(made.forward([1, 0.25]), sigmoid(-0.75));
  });

  test("is the formula, for every activation and size", () => {
    for (const activation of [...Object.values(activations), sine]) {
      for (const inputSize of [1, 2, 3, 4]) {
        for (const hiddenSize of [1, 2, 5]) {
          const weights = drawWeights(`${activation.name}`, { inputSize, hiddenSize });
          const x = Array.from({ length: inputSize }, (_, j) => 0.7 - j);
          const logit = preActivations(weights, x).reduce(
            (sum, z, unit) => sum + weights.w2[unit] * activation.fn(z),
            weights.b2,
          );
          near(network({ activation, weights }).forward(x), sigmoid(logit), 1e-15);
        }
      }
    }
  });

  test("changes no weight", () => {
    const made = network();
    const before = made.weights;
    made.forward([1, -1]);
    assert.deepEqual(made.weights, before);
  });
});

describe("backward", () => {
  for (const activation of [...Object.values(activations), sine]) {
    test(`${activation.name}: each weight moves against the gradient of ½ · error²`, () => {
      const random = seededRandom(`samples for ${activation.name}`);
      let steepest = 0;
      for (const inputSize of [1, 2, 3, 4]) {
        for (const hiddenSize of [1, 2, 3, 4, 5]) {
          const sizes = { inputSize, hiddenSize };
          const weights = drawWeights(`${inputSize}, ${hiddenSize}`, sizes);
          const target = random.uniform() < 0.5 ? 0 : 1;
          /** @type {number[]} */
          let x;
          // Away from the kinks, where the difference quotient is no derivative.
          do x = Array.from({ length: inputSize }, () => random.normal());
          while (preActivations(weights, x).some((z) => Math.abs(z) < 1e-3));

          const flat = flatten(weights);
          const lossAt = (/** @type {number[]} */ values) =>
            (network({ activation, weights: unflatten(values, sizes) }).forward(x) - target) ** 2 /
            2;
          const nudged = (/** @type {number} */ at, /** @type {number} */ by) =>
            lossAt(flat.map((w, k) => (k === at ? w + by : w)));
          const exact = gradientOf(activation, weights, x, target);
          assert.equal(exact.length, countOf(sizes));
          for (const [k, slope] of exact.entries()) {
            const numeric = slopeOf((by) => nudged(k, by), 0);
            near(slope, numeric, 1e-9, `${inputSize} × ${hiddenSize}, weight ${k}`);
          }
          steepest = Math.max(steepest, ...exact.map(Math.abs));
        }
      }
      assert.ok(steepest > 0.05, "the gradients are all but zero: nothing was compared");
    });
  }

  test("the step is the learning rate times the gradient", () => {
    const weights = drawWeights("rates", { inputSize: 2, hiddenSize: 3 });
    const gradient = gradientOf(activations.swish, weights, [0.3, -1.2], 1, 1);
    fc.assert(
      fc.property(fc.double({ min: 1e-3, max: 100, noNaN: true }), (learningRate) => {
        const own = gradientOf(activations.swish, weights, [0.3, -1.2], 1, learningRate);
        for (const [k, slope] of own.entries()) {
          near(slope, gradient[k], 1e-11, `weight ${k}`);
        }
      }),
    );
  });

  test("takes steps of 0.1 when no learning rate is given", () => {
    const weights = drawWeights("default", { inputSize: 2, hiddenSize: 3 });
    const made = network({ weights });
    const same = network({ weights, learningRate: 0.1 });
    for (const one of [made, same]) {
      one.forward([1, 2]);
      one.backward(0);
    }
    assert.deepEqual(made.weights, same.weights);
    assert.notDeepEqual(made.weights, weights);
  });

  test("goes by the sample last passed forward", () => {
    const weights = drawWeights("last", { inputSize: 2, hiddenSize: 3 });
    const [one, other] = [network({ weights }), network({ weights })];
    one.forward([5, 5]);
    one.forward([1, 2]);
    other.forward([1, 2]);
    one.backward(1);
    other.backward(1);
    assert.deepEqual(one.weights, other.weights);
  });

  test("goes by the numbers passed forward, whatever becomes of the list", () => {
    const weights = drawWeights("list", { inputSize: 2, hiddenSize: 3 });
    const [one, other] = [network({ weights }), network({ weights })];
    const x = [1, 2];
    one.forward(x);
    other.forward(x);
    x[0] = 100;
    one.backward(1);
    x[0] = 1;
    other.backward(1);
    assert.deepEqual(one.weights, other.weights);
  });
});

describe("train", () => {
  test("is forward and backward on each sample in order, epoch after epoch", () => {
    const samples = lessonCircle().slice(0, 30);
    const trained = network({ seed: 7 });
    const stepped = network({ seed: 7 });
    const history = trained.train(samples, { epochs: 3 });
    for (let epoch = 0; epoch < 3; epoch++) {
      let squaredErrors = 0;
      let correct = 0;
      for (const { x, label } of samples) {
        const prediction = stepped.forward(x);
        stepped.backward(label);
        squaredErrors += (prediction - label) ** 2;
        if ((prediction >= 0.5 ? 1 : 0) === label) correct++;
      }
      assert.equal(history.losses[epoch], squaredErrors / 30);
      assert.equal(history.accuracies[epoch], correct / 30);
    }
    assert.deepEqual(trained.weights, stepped.weights);
    const backwards = network({ seed: 7 });
    backwards.train([...samples].reverse(), { epochs: 3 });
    assert.notDeepEqual(backwards.weights, trained.weights);
  });

  test("runs 200 epochs unless told otherwise, one loss and one accuracy each", () => {
    const { losses, accuracies } = network().train(xor());
    assert.deepEqual([losses.length, accuracies.length], [200, 200]);
    const once = network().train(xor(), { epochs: 1 });
    assert.deepEqual([once.losses.length, once.accuracies.length], [1, 1]);
  });

  test("goes on where it stopped", () => {
    const [whole, parts] = [network(), network()];
    const { losses } = whole.train(xor(), { epochs: 5 });
    const first = parts.train(xor(), { epochs: 2 });
    const second = parts.train(xor(), { epochs: 3 });
    assert.deepEqual([...first.losses, ...second.losses], losses);
    assert.deepEqual(parts.weights, whole.weights);
  });

  test("reports each epoch once it is over", () => {
    const made = network();
    /** @type {{ epoch: number, loss: number, accuracy: number }[]} */
    const reports = [];
    /** @type {NetworkWeights[]} */
    const seen = [];
    const { losses, accuracies } = made.train(xor(), {
      epochs: 3,
      onEpoch: (report) => {
        reports.push(report);
        seen.push(made.weights);
      },
    });
    assert.deepEqual(
      reports,
      losses.map((loss, epoch) => ({ epoch, loss, accuracy: accuracies[epoch] })),
    );
    const shorter = network();
    shorter.train(xor(), { epochs: 1 });
    assert.deepEqual(seen[0], shorter.weights);
    assert.deepEqual(seen[2], made.weights);
  });

  test("measures each sample before the step on it; an output of 0.5 counts as label 1", () => {
    const undecided = { w1: [[0, 0]], b1: [0], w2: [0], b2: 0 };
    const x = [1, 1];
    for (const label of /** @type {const} */ ([0, 1])) {
      const history = network({ weights: undecided }).train([{ x, label }], { epochs: 1 });
      assert.deepEqual(history, { losses: [0.25], accuracies: [label] });
    }
  });

  test("learns XOR", () => {
    const made = network({ learningRate: 0.5 });
    const { losses } = made.train(xor(), { epochs: 4000 });
    assert.ok((losses.at(-1) ?? 1) < 0.01, `loss ${losses.at(-1)}`);
    for (const { x, label } of xor()) assert.equal(Math.round(made.forward(x)), label);
  });

  test("leaves the samples as they were", () => {
    const samples = xor();
    network().train(Object.freeze(samples), { epochs: 2 });
    assert.deepEqual(samples, xor());
  });
});

describe("the lesson's own run", () => {
  const { initial, learningRate, epochs, losses } = readReference("training");
  const runs = /** @type {const} */ ([
    ["sigmoid", activations.sigmoid],
    ["relu", activations.relu],
    ["gelu", { name: "the lesson's GELU", fn: geluTanh, derivative: geluDerivative }],
  ]);
  for (const [key, activation] of runs) {
    test(`${activation.name}: the losses of all ${epochs} epochs`, () => {
      const made = new TwoLayerNetwork({ activation, weights: initial, learningRate });
      const history = made.train(lessonCircle(), { epochs });
      assert.equal(history.losses.length, 200);
      assert.equal(losses[key].length, 200);
      for (const [epoch, loss] of history.losses.entries()) {
        near(loss, losses[key][epoch], 1e-9, `epoch ${epoch}`);
      }
    });
  }

  test("its GELU pairing is not the derivative of what it passes forward, and it shows", () => {
    const made = new TwoLayerNetwork({
      activation: activations.geluTanh,
      weights: initial,
      learningRate,
    });
    const last = made.train(lessonCircle(), { epochs }).losses.at(-1) ?? Number.NaN;
    assert.ok(Math.abs(last - (losses.gelu.at(-1) ?? Number.NaN)) > 1e-9);
  });
});

describe("an activation of the reader's own", () => {
  test("is called with the pre-activations, as a method of its object", () => {
    class Softsign {
      name = "Softsign";
      sharpness = 3;
      /** @type {number[]} */
      asked = [];
      /** @param {number} x */
      fn(x) {
        this.asked.push(x);
        return (this.sharpness * x) / (1 + Math.abs(this.sharpness * x));
      }
      /** @param {number} x */
      derivative(x) {
        this.asked.push(x);
        return this.sharpness / (1 + Math.abs(this.sharpness * x)) ** 2;
      }
    }
    const activation = new Softsign();
    const weights = drawWeights("own", { inputSize: 2, hiddenSize: 3 });
    const made = network({ activation, weights });
    made.forward([0.5, -1]);
    made.backward(1);
    const expected = preActivations(weights, [0.5, -1]);
    // Once for the value and once for the slope, in whatever order.
    const bySize = (/** @type {number} */ a, /** @type {number} */ b) => a - b;
    assert.deepEqual(activation.asked.sort(bySize), [...expected, ...expected].sort(bySize));
  });

  test("made of one of the course's with another derivative trains with that derivative", () => {
    for (const activation of Object.values(activations)) {
      const weights = drawWeights("flat", { inputSize: 2, hiddenSize: 2 });
      const flat = network({ activation: { ...activation, derivative: () => 0 }, weights });
      flat.train(xor(), { epochs: 2 });
      assert.deepEqual([flat.weights.w1, flat.weights.b1], [weights.w1, weights.b1]);
      assert.notDeepEqual(flat.weights.w2, weights.w2);
      const silent = network({ activation: { ...activation, fn: () => 0 }, weights });
      assert.equal(silent.forward([1, 2]), sigmoid(weights.b2));
    }
  });

  test("trains: sine learns XOR", () => {
    const made = network({ activation: sine, learningRate: 0.5 });
    const { losses } = made.train(xor(), { epochs: 2000 });
    assert.ok((losses.at(-1) ?? 1) < 0.01, `loss ${losses.at(-1)}`);
  });
});

describe("bad input", () => {
  const good = { w1: [[1, 2]], b1: [0], w2: [1], b2: 0 };
  const seed = 1;
  const { tanh } = activations;

  /** @type {[string, object | undefined, ErrorConstructor, RegExp][]} */
  const constructions = [
    ["learning rate 0", { seed, learningRate: 0 }, RangeError, /learningRate .*got 0/],
    ["learning rate −0.1", { seed, learningRate: -0.1 }, RangeError, /learningRate .*got -0.1/],
    ["learning rate NaN", { seed, learningRate: Number.NaN }, RangeError, /learningRate .*got NaN/],
    [
      "learning rate Infinity",
      { seed, learningRate: Infinity },
      RangeError,
      /learningRate .*got Infinity/,
    ],
    ["learning rate as text", { seed, learningRate: "0.1" }, RangeError, /learningRate .*got 0.1/],
    ["hidden size 2.5", { seed, hiddenSize: 2.5 }, RangeError, /hiddenSize .*got 2.5/],
    ["hidden size 0", { seed, hiddenSize: 0 }, RangeError, /hiddenSize .*got 0/],
    ["hidden size −3", { seed, hiddenSize: -3 }, RangeError, /hiddenSize .*got -3/],
    ["hidden size Infinity", { seed, hiddenSize: Infinity }, RangeError, /hiddenSize .*got Inf/],
    ["input size 0", { seed, inputSize: 0 }, RangeError, /inputSize .*got 0/],
    ["input size NaN", { seed, inputSize: Number.NaN }, RangeError, /inputSize .*got NaN/],
    ["neither seed nor weights", {}, TypeError, /seed or weights, got neither/],
    ["both seed and weights", { seed, weights: good }, TypeError, /seed or weights, got both/],
    ["an empty seed", { seed: "" }, TypeError, /seed must be/],
    ["a seed of NaN", { seed: Number.NaN }, TypeError, /seed must be .*got NaN/],
    ["a seed of null", { seed: null }, TypeError, /seed must be .*got null/],
    ["no activation", { seed, activation: undefined }, TypeError, /activation .*got undefined/],
    ["an activation's key", { seed, activation: "relu" }, TypeError, /activation .*got relu/],
    [
      "a bare function",
      { seed, activation: tanh.fn },
      TypeError,
      /activation must be .*got function/,
    ],
    ["no derivative", { seed, activation: { fn: Math.sin } }, TypeError, /activation .*derivative/],
    ["no fn", { seed, activation: { derivative: Math.sin } }, TypeError, /activation .*fn/],
    ["weights without w1", { weights: {} }, RangeError, /weights\.w1 .*got undefined/],
    ["no row in w1", { weights: { ...good, w1: [] } }, RangeError, /hiddenSize .*got 0/],
    ["empty rows in w1", { weights: { ...good, w1: [[]] } }, RangeError, /inputSize .*got 0/],
    [
      "rows of unequal length",
      { weights: { w1: [[1, 2], [1]], b1: [0, 0], w2: [1, 1], b2: 0 } },
      RangeError,
      /weights\.w1\[1\] .*length 2, got 1/,
    ],
    [
      "a number for a row",
      { weights: { ...good, w1: [[1, 2], 5] } },
      RangeError,
      /weights\.w1\[1\] .*length 2, got 5/,
    ],
    [
      "NaN in w1",
      { weights: { ...good, w1: [[1, Number.NaN]] } },
      RangeError,
      /weights\.w1\[0\]\[1\] .*got NaN/,
    ],
    [
      "a hole in w1",
      { weights: { ...good, w1: [...Array(1), [1, 2]], b1: [0, 0], w2: [1, 1] }, inputSize: 2 },
      RangeError,
      /weights\.w1\[0\] must have length 2, got undefined/,
    ],
    ["too many b1", { weights: { ...good, b1: [0, 0] } }, RangeError, /weights\.b1 .*1, got 2/],
    ["no b1", { weights: { ...good, b1: undefined } }, RangeError, /weights\.b1 .*got undefined/],
    ["too few w2", { weights: { ...good, w2: [] } }, RangeError, /weights\.w2 .*length 1, got 0/],
    ["text in w2", { weights: { ...good, w2: ["1"] } }, RangeError, /weights\.w2\[0\] .*got 1/],
    [
      "b2 Infinity",
      { weights: { ...good, b2: Infinity } },
      RangeError,
      /weights\.b2 .*got Infinity/,
    ],
    ["no b2", { weights: { ...good, b2: undefined } }, RangeError, /weights\.b2 .*got undefined/],
    [
      "another hidden size than the weights'",
      { weights: good, hiddenSize: 3 },
      RangeError,
      /weights\.w1 .*length 3, got 1/,
    ],
    [
      "another input size than the weights'",
      { weights: good, inputSize: 3 },
      RangeError,
      /weights\.w1\[0\] .*length 3, got 2/,
    ],
  ];
  for (const [name, options, type, message] of constructions) {
    test(`new network, ${name}`, () => {
      const make = () => new TwoLayerNetwork(untyped({ activation: tanh, ...options }));
      assert.throws(make, { name: type.name, message });
    });
  }

  const sample = { x: [1, 2], label: 1 };
  /** @type {[string, (network: any) => unknown, ErrorConstructor, RegExp][]} */
  const calls = [
    ["forward, too short", (net) => net.forward([1]), RangeError, /^x must .*length 2, got 1/],
    ["forward, too long", (net) => net.forward([1, 2, 3]), RangeError, /^x must .*length 2, got 3/],
    ["forward, nothing", (net) => net.forward(), RangeError, /^x must .*got undefined/],
    ["forward, NaN", (net) => net.forward([1, Number.NaN]), RangeError, /^x\[1\] .*got NaN/],
    ["forward, Infinity", (net) => net.forward([-Infinity, 1]), RangeError, /^x\[0\] .*-Infinity/],
    ["forward, text", (net) => net.forward(["a", 1]), RangeError, /^x\[0\] .*got a/],
    ["backward, 2", (net) => net.backward(2), RangeError, /^target must be 0 or 1, got 2/],
    ["backward, 0.5", (net) => net.backward(0.5), RangeError, /^target must be 0 or 1, got 0.5/],
    ["backward, NaN", (net) => net.backward(Number.NaN), RangeError, /^target .*got NaN/],
    ["backward, nothing", (net) => net.backward(), RangeError, /^target .*got undefined/],
    ["train, no sample", (net) => net.train([]), RangeError, /samples is empty/],
    [
      "train, label 2 at the end",
      (net) => net.train([sample, { x: [1, 2], label: 2 }]),
      RangeError,
      /samples\[1\]\.label must be 0 or 1, got 2/,
    ],
    [
      "train, label as text",
      (net) => net.train([{ x: [1, 2], label: "1" }]),
      RangeError,
      /samples\[0\]\.label must be 0 or 1, got 1/,
    ],
    [
      "train, a sample too short at the end",
      (net) => net.train([sample, sample, { x: [1], label: 0 }]),
      RangeError,
      /samples\[2\]\.x must have length 2, got 1/,
    ],
    [
      "train, a sample without x",
      (net) => net.train([sample, { label: 0 }]),
      RangeError,
      /samples\[1\]\.x must have length 2, got undefined/,
    ],
    [
      "train, NaN in a sample",
      (net) => net.train([sample, { x: [1, Number.NaN], label: 0 }]),
      RangeError,
      /samples\[1\]\.x\[1\] must be a finite number, got NaN/,
    ],
    [
      "train, a hole among the samples",
      (net) => {
        const sparse = [sample, sample, sample];
        delete sparse[1];
        net.train(sparse);
      },
      RangeError,
      /samples\[1\]\.x must have length 2, got undefined/,
    ],
    ["train, 0 epochs", (net) => net.train([sample], { epochs: 0 }), RangeError, /epochs .*got 0/],
    [
      "train, 2.5 epochs",
      (net) => net.train([sample], { epochs: 2.5 }),
      RangeError,
      /epochs .*got 2.5/,
    ],
    [
      "train, NaN epochs",
      (net) => net.train([sample], { epochs: Number.NaN }),
      RangeError,
      /epochs .*got NaN/,
    ],
  ];
  for (const [name, call, type, message] of calls) {
    test(`${name}: nothing changes, not even what was passed forward`, () => {
      const [tried, untouched] = [network(), network()];
      const before = tried.weights;
      tried.forward([1, -1]);
      untouched.forward([1, -1]);
      assert.throws(() => call(tried), { name: type.name, message });
      assert.deepEqual(tried.weights, before);
      tried.backward(1);
      untouched.backward(1);
      assert.deepEqual(tried.weights, untouched.weights);
      assert.notDeepEqual(tried.weights, before);
    });
  }

  test("what onEpoch does to its samples does not get into the training", () => {
    const [left, spoilt] = [network(), network()];
    const samples = /** @type {any[]} */ (xor());
    const expected = left.train(xor(), { epochs: 3 });
    const history = spoilt.train(samples, {
      epochs: 3,
      onEpoch: () => {
        samples[0].x[0] = Number.NaN;
        samples.length = 1;
      },
    });
    assert.deepEqual(history, expected);
    assert.deepEqual(spoilt.weights, left.weights);
  });

  /** @type {[string, (network: TwoLayerNetwork) => unknown][]} */
  const unprepared = [
    ["before any forward", () => undefined],
    ["a second time", (net) => [net.forward([1, 2]), net.backward(1)]],
    ["after training", (net) => net.train(xor(), { epochs: 1 })],
  ];
  for (const [name, prepare] of unprepared) {
    test(`backward ${name}: an Error, and nothing changes`, () => {
      const made = network();
      prepare(made);
      const before = made.weights;
      assert.throws(() => made.backward(1), { name: "Error", message: /backward .*forward/ });
      assert.deepEqual(made.weights, before);
    });
  }
});
