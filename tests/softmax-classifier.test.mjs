/** The network for several classes: its gradients, its starts, how it learns, and what it refuses. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { activations, circle, softmax } from "activation-lab";
import { SoftmaxClassifier } from "activation-lab/course";
import { digits } from "activation-lab/digits";
import { near, slopeOf, untyped } from "./support.mjs";

/** @import { ClassSample, LayerView } from "activation-lab/course" */

const images = digits().slice(0, 6);
const sizes = [64, 32, 32, 10];

/**
 * The mean cross-entropy by its formula, from weights and biases alone.
 * @param {readonly Pick<LayerView, "weights" | "biases">[]} layers
 * @param {(z: number) => number} fn
 * @param {readonly ClassSample[]} samples
 */
function lossOf(layers, fn, samples) {
  const losses = samples.map(({ x, label }) => {
    let values = [...x];
    for (const [index, { weights, biases }] of layers.entries()) {
      const z = weights.map((row, i) => row.reduce((sum, w, j) => sum + w * values[j], biases[i]));
      values = index === layers.length - 1 ? softmax(z) : z.map(fn);
    }
    return -Math.log(values[label]);
  });
  return losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
}

describe("gradients are what central differences find, on the digits, with", () => {
  for (const activation of Object.values(activations)) {
    test(activation.name, () => {
      const network = new SoftmaxClassifier({ activation, sizes, bias: 0.1, seed: 3 });
      network.train(digits().slice(0, 100), { epochs: 1 });
      const layers = network.inspect(images);
      near(network.evaluate(images).loss, lossOf(layers, activation.fn, images), 1e-12, "loss");
      for (const [index, layer] of layers.entries()) {
        const { weights, biases, weightGradients, biasGradients } = layer;
        for (const i of [0, weights.length - 1]) {
          const at = (/** @type {number[]} */ list, /** @type {number} */ k) =>
            slopeOf((value) => {
              const kept = list[k];
              list[k] = value;
              const loss = lossOf(layers, activation.fn, images);
              list[k] = kept;
              return loss;
            }, list[k]);
          near(biasGradients[i], at(biases, i), 1e-8, `bias ${i} of layer ${index + 1}`);
          // The middle of an image and of a layer: pixels at the edge are 0 in all of them.
          for (const j of [4, 18, 27]) {
            const what = `weight ${i}, ${j} of layer ${index + 1}`;
            near(weightGradients[i][j], at(weights[i], j), 1e-8, what);
          }
        }
      }
    });
  }
});

test("looking inside shows units × samples, and changes nothing", () => {
  const { fn } = activations.tanh;
  const network = new SoftmaxClassifier({ activation: activations.tanh, sizes, seed: 1 });
  const views = network.inspect(images);
  assert.deepEqual(network.inspect(images), views);
  for (const [index, { weights, preActivations, outputs, errors }] of views.entries()) {
    assert.equal(weights[0].length, sizes[index]);
    for (const rows of [weights, preActivations, outputs, errors])
      assert.equal(rows.length, sizes[index + 1]);
    for (const rows of [preActivations, outputs, errors]) assert.equal(rows[0].length, 6);
    if (index < 2) assert.deepEqual(outputs[3], preActivations[3].map(fn));
  }
  const { outputs, errors, biasGradients } = views[2];
  images.forEach(({ x, label }, s) => {
    const column = outputs.map((row) => row[s]);
    assert.deepEqual(column, network.predict(x));
    near(
      column.reduce((sum, p) => sum + p, 0),
      1,
      1e-14,
      "sum",
    );
    near(errors[label][s], column[label] - 1, 1e-15, "error");
  });
  near(errors[4].reduce((sum, error) => sum + error, 0) / 6, biasGradients[4], 1e-16, "mean");
});

test("a step is the mean gradient of its batch times the rate, also of a last, smaller batch", () => {
  const network = new SoftmaxClassifier({ activation: activations.gelu, sizes, seed: 2 });
  const samples = images.slice(0, 5);
  const expected = [samples.slice(0, 3), samples.slice(3)];
  const other = new SoftmaxClassifier({ activation: activations.gelu, sizes, seed: 2 });
  network.train(samples, { epochs: 1, batchSize: 3, learningRate: 0.5 });
  for (const batch of expected) {
    const before = other.inspect(batch);
    other.train(batch, { epochs: 1, batchSize: 3, learningRate: 0.5 });
    const after = other.inspect(batch);
    for (const [index, { weights, weightGradients, biases, biasGradients }] of before.entries()) {
      near(after[index].weights[1][20], weights[1][20] - 0.5 * weightGradients[1][20], 1e-15);
      near(after[index].biases[1], biases[1] - 0.5 * biasGradients[1], 1e-15);
    }
  }
  assert.deepEqual(network.inspect(images), other.inspect(images));
});

test("the history is measured on the way, before the step on each batch", () => {
  const options = { activation: activations.relu, sizes, seed: 4 };
  const network = new SoftmaxClassifier(options);
  const before = network.evaluate(images);
  /** @type {number[]} */
  const epochs = [];
  const onEpoch = (/** @type {number} */ epoch) => epochs.push(epoch);
  const history = network.train(images, { epochs: 3, batchSize: 6, onEpoch });
  assert.deepEqual(epochs, [0, 1, 2]);
  near(history.losses[0], before.loss, 1e-15);
  near(history.accuracies[0], before.accuracy, 1e-15);
  const again = new SoftmaxClassifier(options).train(images, { epochs: 2, batchSize: 6 });
  assert.deepEqual(again.losses, history.losses.slice(0, 2));
});

test("starts with normal weights of deviation gain / √inputs, He's if nothing is said", () => {
  /** @param {{ gain?: number, bias?: number }} options */
  const start = (options) =>
    new SoftmaxClassifier({
      activation: activations.relu,
      sizes: [64, 200, 100, 10],
      seed: 1,
      ...options,
    }).inspect(images);
  /** @param {LayerView} layer */
  const gainOf = ({ weights }) => {
    const all = weights.flat();
    const meanSquare = all.reduce((sum, w) => sum + w * w, 0) / all.length;
    return Math.sqrt(meanSquare * weights[0].length);
  };
  for (const [options, hidden, output] of /** @type {const} */ ([
    [{}, Math.SQRT2, 1],
    [{ gain: 5 }, 5, 1],
    [{ gain: 0.1, bias: -2 }, 0.1, 0.1],
  ])) {
    const layers = start(options);
    for (const [index, layer] of layers.entries()) {
      const expected = index < 2 ? hidden : output;
      near(gainOf(layer) / expected, 1, 0.06, `gain of layer ${index + 1}`);
      const bias = "bias" in options && index < 2 ? -2 : 0;
      assert.ok(layer.biases.every((value) => value === bias));
    }
  }
});

test("learns the digits, and two classes as well as ten", () => {
  const network = new SoftmaxClassifier({ activation: activations.relu, sizes, seed: 1 });
  const all = digits();
  network.train(all.slice(0, 600), { epochs: 10, batchSize: 16 });
  const { accuracy, loss } = network.evaluate(all.slice(600));
  assert.ok(accuracy > 0.8 && loss < 0.8, `${accuracy}, ${loss}`);
  const two = new SoftmaxClassifier({ activation: activations.tanh, sizes: [2, 16, 2], seed: 1 });
  const points = circle({ seed: 1 });
  two.train(points, { epochs: 60, batchSize: 4, learningRate: 0.3 });
  assert.ok(two.evaluate(points).accuracy > 0.95);
});

test("without hidden layers is softmax regression", () => {
  const network = new SoftmaxClassifier({ activation: activations.relu, sizes: [64, 10], seed: 1 });
  const [{ weights, preActivations }] = network.inspect(images);
  const sum = images[2].x.reduce((total, pixel, j) => total + weights[7][j] * pixel, 0);
  near(preActivations[7][2], sum, 1e-12);
});

test("weights that are no numbers any more are right about nothing", () => {
  const network = new SoftmaxClassifier({ activation: activations.relu, sizes, seed: 1 });
  const { losses, accuracies } = network.train(images, { epochs: 6, learningRate: 1e300 });
  assert.ok(Number.isNaN(losses[5]));
  assert.equal(accuracies[5], 0);
});

test("refuses what does not fit, and is then as it was", () => {
  const options = { activation: activations.relu, sizes: [2, 3, 2], seed: 1 };
  const make = (/** @type {object} */ more) => new SoftmaxClassifier({ ...options, ...more });
  assert.throws(() => make({ activation: Math.max }), TypeError);
  assert.throws(() => make({ sizes: [2] }), /sizes must have at least inputs and classes, got 2/);
  assert.throws(() => make({ sizes: undefined }), RangeError);
  assert.throws(
    () => make({ sizes: [2, 0, 2] }),
    /sizes\[1\] must be a whole number above 0, got 0/,
  );
  assert.throws(() => make({ gain: 0 }), /gain must be a finite number above 0, got 0/);
  assert.throws(() => make({ bias: Number.NaN }), /bias\[0\] must be a finite number, got NaN/);
  const network = make({});
  const samples = [
    { x: [1, 2], label: 0 },
    { x: [2, 1], label: 1 },
  ];
  const before = network.inspect(samples);
  /** @type {[object[], object, RegExp][]} */
  const refused = [
    [[], {}, /samples is empty/],
    [[{ x: [1], label: 0 }], {}, /samples\[0\]\.x must have length 2, got 1/],
    [[...samples, { x: [1, 2], label: 2 }], {}, /samples\[2\]\.label must be .* 0 to 1, got 2/],
    [[{ x: [1, 2], label: -1 }], {}, /got -1/],
    [[{ x: [1, Number.NaN], label: 0 }], {}, /samples\[0\]\.x\[1\]/],
    [samples, { epochs: 0 }, /epochs/],
    [samples, { batchSize: 1.5 }, /batchSize/],
    [samples, { learningRate: -1 }, /learningRate/],
  ];
  for (const [given, more, message] of refused) {
    assert.throws(() => network.train(untyped(given), { epochs: 1, ...more }), message);
  }
  for (const method of /** @type {const} */ (["evaluate", "inspect"]))
    assert.throws(() => network[method]([]), /samples is empty/);
  assert.throws(() => network.predict([1, 2, 3]), /x must have length 2, got 3/);
  assert.deepEqual(network.inspect(samples), before);
});
