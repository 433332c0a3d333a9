/** The deep network that trains: its gradients, its two starts, and what it refuses. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { activations, circle, sigmoid, TwoLayerNetwork } from "activation-lab";
import { DeepClassifier } from "activation-lab/course";
import { near, slopeOf, untyped } from "./support.mjs";

const points = circle({ n: 40, seed: 1 });

test("with one hidden layer learns as TwoLayerNetwork does", () => {
  for (const activation of [activations.tanh, activations.relu]) {
    const deep = new DeepClassifier({ activation, hiddenLayers: 1, seed: 3 });
    const [hidden, output] = deep.layers;
    const weights = {
      w1: hidden.weights,
      b1: hidden.biases,
      w2: output.weights[0],
      b2: output.biases[0],
    };
    const two = new TwoLayerNetwork({ activation, weights, learningRate: 0.2 });
    const expected = two.train(points, { epochs: 20 });
    const got = deep.train(points, { epochs: 20, learningRate: 0.2 });
    for (const [epoch, loss] of expected.losses.entries())
      near(got.losses[epoch], loss, 1e-12, `epoch ${epoch}`);
    assert.deepEqual(got.accuracies, expected.accuracies);
  }
});

test("back-propagates what central differences find", () => {
  const { fn } = activations.sigmoid;
  for (const start of /** @type {const} */ (["glorot", "centredOrthogonal"])) {
    const network = new DeepClassifier({ activation: activations.sigmoid, start, seed: 5 });
    const { layers } = network;
    const [sample] = points;
    /** @param {number} at @param {number} unit @param {number} shift */
    const loss = (at, unit, shift) => {
      let values = sample.x;
      for (const [l, { weights, biases }] of layers.entries()) {
        const z = weights.map(
          (row, i) =>
            row.reduce((sum, w, j) => sum + w * values[j], biases[i]) +
            (l === at && i === unit ? shift : 0),
        );
        values = z.map(l === layers.length - 1 ? sigmoid : fn);
      }
      return (values[0] - sample.label) ** 2 / 2;
    };
    const norms = network.gradientNorms(sample);
    for (const at of [10, 9, 8]) {
      const slopes = layers[at].biases.map((_, i) => slopeOf((shift) => loss(at, i, shift), 0));
      const expected = Math.hypot(...slopes);
      near(norms[at], expected, 1e-5 * expected + 1e-11, `layer ${at}`);
    }
  }
});

test("an orthogonal start has orthogonal matrices times 4 and a mean output of ½ taken away", () => {
  const { layers } = new DeepClassifier({
    activation: activations.sigmoid,
    seed: 2,
    start: "centredOrthogonal",
  });
  const columnsOf = (/** @type {number[][]} */ rows) =>
    rows[0].map((_, j) => rows.map((row) => row[j]));
  /**
   * Of vectors that are orthogonal to each other and of one length.
   * @param {number[][]} vectors
   * @param {number} length
   */
  const assertOrthogonal = (vectors, length) =>
    vectors.forEach((vector, i) => {
      vectors.forEach((other, k) => {
        const product = vector.reduce((sum, w, j) => sum + w * other[j], 0);
        near(product, i === k ? length ** 2 : 0, 1e-12, `vectors ${i} and ${k}`);
      });
    });
  assertOrthogonal(columnsOf(layers[0].weights), 2);
  assert.ok(layers[0].biases.every((bias) => bias === 0));
  for (const { weights } of layers.slice(1, 10)) assertOrthogonal(weights, 4);
  assertOrthogonal(layers[10].weights, 1);
  for (const { weights, biases } of layers.slice(1)) {
    for (const [i, row] of weights.entries()) {
      const meanOutput = row.reduce((sum, w) => sum + w / 2, biases[i]);
      near(meanOutput, 0, 1e-12, `unit ${i}`);
    }
  }
});

test("Glorot's start has a variance of 2 / (inputs + outputs), and biases of 0", () => {
  const { relu } = activations;
  const { layers } = new DeepClassifier({ activation: relu, width: 60, hiddenLayers: 2, seed: 2 });
  const deviationOf = (/** @type {number[][]} */ rows) =>
    Math.sqrt(rows.flat().reduce((sum, w) => sum + w * w, 0) / rows.flat().length);
  near(deviationOf(layers[0].weights) / Math.sqrt(2 / 62), 1, 0.2, "layer 1");
  near(deviationOf(layers[1].weights) / Math.sqrt(2 / 120), 1, 0.05, "layer 2");
  assert.ok(layers.every(({ biases }) => biases.every((bias) => bias === 0)));
});

test("refuses a point of one or three numbers", () => {
  const network = new DeepClassifier({ activation: activations.tanh, seed: 0 });
  for (const x of [[1], [1, 2, 3]]) {
    assert.throws(() => network.forward(x), {
      name: "RangeError",
      message: `x must have length 2, got ${x.length}`,
    });
  }
});

test("refuses what it cannot train with or on, and keeps its weights", () => {
  assert.throws(() => new DeepClassifier({ activation: untyped("relu"), seed: 0 }), {
    name: "TypeError",
    message: /activation must be .* got relu/,
  });
  const { relu } = activations;
  assert.throws(() => new DeepClassifier({ activation: relu, start: untyped("xavier"), seed: 0 }), {
    name: "RangeError",
    message: "start must be one of glorot, centredOrthogonal, got xavier",
  });
  const network = new DeepClassifier({ activation: relu, seed: 0 });
  const before = network.layers;
  for (const [samples, options, message] of [
    [[], { epochs: 1 }, /samples is empty/],
    [[{ x: [1, 2], label: 2 }], { epochs: 1 }, /samples\[0\]\.label must be 0 or 1, got 2/],
    [points, { epochs: -1 }, /epochs must be a whole number above 0, got -1/],
    [points, { epochs: 1, learningRate: 0 }, /learningRate must be .* got 0/],
  ]) {
    assert.throws(() => network.train(untyped(samples), untyped(options)), {
      name: "RangeError",
      message,
    });
  }
  assert.deepEqual(network.layers, before);
});

test("refuses sizes that are none", () => {
  const activation = activations.sigmoid;
  for (const size of [0, 2.5, untyped("8")]) {
    for (const name of ["width", "hiddenLayers"]) {
      assert.throws(() => new DeepClassifier({ activation, [name]: size, seed: 0 }), {
        name: "RangeError",
        message: `${name} must be a whole number above 0, got ${size}`,
      });
    }
  }
});
