/** The deep network that learns from batches: against the other networks, and against central differences. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { activations, circle } from "activation-lab";
import { BatchClassifier, DeepClassifier } from "activation-lab/course";
import { near, slopeOf, untyped } from "./support.mjs";

const { relu, sigmoid, tanh } = activations;
const points = circle({ n: 30, seed: 1 });
const small = { hiddenLayers: 2, width: 3, seed: 5 };

test("batches of one, without normalisation, are what DeepClassifier does", () => {
  for (const activation of [tanh, relu]) {
    const one = new BatchClassifier({ activation, normalised: false, ...small });
    const other = new DeepClassifier({ activation, ...small });
    const [first] = points;
    assert.ok(first);
    one.gradientNorms([first]).forEach((norm, layer) => {
      near(norm, other.gradientNorms(first)[layer], 1e-14, `layer ${layer + 1}`);
    });
    const got = one.train(points, { epochs: 10, batchSize: 1, learningRate: 0.2 });
    const expected = other.train(points, { epochs: 10, learningRate: 0.2 });
    got.losses.forEach((loss, epoch) => {
      near(loss, expected.losses[epoch], 1e-12, `epoch ${epoch}`);
    });
    assert.deepEqual(got.accuracies, expected.accuracies);
  }
});

/**
 * Mean of half the squared errors, by the formulas as they stand in the paper.
 * @param {BatchClassifier["layers"]} layers
 * @param {import("activation-lab").Activation} activation
 * @param {boolean} normalised
 */
function lossOf(layers, { fn }, normalised) {
  const mean = (/** @type {number[]} */ values) =>
    values.reduce((total, value) => total + value, 0) / values.length;
  let values = [0, 1].map((j) => points.map(({ x }) => x[j]));
  for (const [l, { weights, scales, shifts }] of layers.entries()) {
    const isOutput = l === layers.length - 1;
    values = weights.map((row, i) => {
      let z = points.map((_, s) => row.reduce((total, w, j) => total + w * values[j][s], 0));
      if (normalised && !isOutput) {
        const average = mean(z);
        const variance = mean(z.map((value) => (value - average) ** 2));
        z = z.map((value) => (value - average) / Math.sqrt(variance + 1e-5));
      }
      return z.map((value) => (isOutput ? sigmoid.fn : fn)(scales[i] * value + shifts[i]));
    });
  }
  return mean(points.map(({ label }, s) => (values[0][s] - label) ** 2 / 2));
}

for (const normalised of [false, true]) {
  test(`a step is the gradient that central differences find, ${normalised ? "" : "not "}normalised`, () => {
    const network = new BatchClassifier({ activation: tanh, normalised, ...small });
    // A few steps, after which scales and shifts are not 1 and 0 any more.
    network.train(points, { epochs: 3, batchSize: 7 });
    const before = network.layers;
    const learningRate = 1e-3;
    const { losses } = network.train(points, { epochs: 1, batchSize: 30, learningRate });
    near(losses[0], 2 * lossOf(before, tanh, normalised), 1e-12, "loss");
    const after = network.layers;
    let compared = 0;
    for (const [l, layer] of before.entries()) {
      const moved = after[l];
      assert.ok(moved);
      const lists = [
        ...layer.weights,
        layer.shifts,
        ...(normalised && l < 2 ? [layer.scales] : []),
      ];
      const movedLists = [...moved.weights, moved.shifts, moved.scales];
      for (const [k, list] of lists.entries()) {
        for (const [i, value] of list.entries()) {
          const lossAt = (/** @type {number} */ step) => {
            list[i] = value + step;
            const loss = lossOf(before, tanh, normalised);
            list[i] = value;
            return loss;
          };
          const got = (value - movedLists[k][i]) / learningRate;
          near(got, slopeOf(lossAt, 0), 1e-8, `layer ${l + 1}, list ${k}, number ${i}`);
          compared++;
        }
      }
      if (!normalised || l === 2) assert.deepEqual(moved.scales, layer.scales);
    }
    assert.equal(compared, normalised ? 31 : 25);
  });
}

test("normalised, the weighted sums of a hidden unit may have any size and place", () => {
  const network = new BatchClassifier({ activation: sigmoid, normalised: true, seed: 1 });
  const far = points.map(({ x, label }) => ({ x: x.map((value) => 1000 * value + 7), label }));
  const [here, there] = [network.predict(points), network.predict(far)];
  here.forEach((output, s) => {
    near(there[s], output, 1e-3, `sample ${s}`);
  });
  const alike = new Array(5).fill(points[0]);
  assert.ok(network.predict(alike).every(Number.isFinite), "five times the same sample");
});

test("starts with DeepClassifier's weights, and predicts what train measures", () => {
  const network = new BatchClassifier({ activation: relu, normalised: false, seed: 4 });
  const { layers } = new DeepClassifier({ activation: relu, seed: 4 });
  assert.deepEqual(
    network.layers.map(({ weights }) => weights),
    layers.map(({ weights }) => weights),
  );
  const outputs = network.predict(points);
  const right = points.filter(({ label }, s) => outputs[s] >= 0.5 === (label === 1)).length;
  const { accuracies } = network.train(points, { epochs: 1, batchSize: 30 });
  assert.equal(accuracies[0], right / 30);
});

test("the last batch may be smaller; all samples count once", () => {
  const make = () => new BatchClassifier({ activation: tanh, normalised: true, ...small });
  const [whole, parts] = [make(), make()];
  const { losses } = whole.train(points, { epochs: 1, batchSize: 20 });
  const first = parts.train(points.slice(0, 20), { epochs: 1, batchSize: 20 });
  const second = parts.train(points.slice(20), { epochs: 1, batchSize: 20 });
  near(losses[0], (20 * first.losses[0] + 10 * second.losses[0]) / 30, 1e-15, "loss");
  assert.deepEqual(whole.layers, parts.layers);
});

test("refuses what it cannot be made of, train with or on, and keeps its weights", () => {
  assert.throws(
    () => new BatchClassifier({ activation: untyped("relu"), normalised: true, seed: 0 }),
    {
      name: "TypeError",
      message: /activation must be .* got relu/,
    },
  );
  for (const name of ["width", "hiddenLayers"]) {
    assert.throws(
      () => new BatchClassifier({ activation: relu, normalised: true, [name]: 2.5, seed: 0 }),
      { name: "RangeError", message: `${name} must be a whole number above 0, got 2.5` },
    );
  }
  const network = new BatchClassifier({ activation: relu, normalised: true, seed: 0 });
  const before = network.layers;
  for (const [samples, options, message] of [
    [[], { epochs: 1 }, /samples is empty/],
    [[{ x: [1, 2], label: 2 }], { epochs: 1 }, /samples\[0\]\.label must be 0 or 1, got 2/],
    [points, { epochs: 0 }, /epochs must be a whole number above 0, got 0/],
    [points, { epochs: 1, batchSize: 1.5 }, /batchSize must be a whole number above 0, got 1.5/],
    [points, { epochs: 1, learningRate: 0 }, /learningRate must be .* got 0/],
  ]) {
    assert.throws(() => network.train(untyped(samples), untyped(options)), {
      name: "RangeError",
      message,
    });
  }
  const oneNumber = [{ x: [1], label: /** @type {const} */ (1) }];
  for (const look of [() => network.predict(oneNumber), () => network.gradientNorms(oneNumber)]) {
    assert.throws(look, { name: "RangeError", message: "samples[0].x must have length 2, got 1" });
  }
  assert.deepEqual(network.layers, before);
});

test("measures the gradients of as many samples as there are", () => {
  const network = new BatchClassifier({
    activation: activations.sigmoid,
    normalised: true,
    hiddenLayers: 1,
    width: 4,
    seed: 0,
  });
  const [last] = network.gradientNorms(circle({ n: 40_000, seed: 1 })).slice(-1);
  assert.ok(last > 0 && Number.isFinite(last), `${last}`);
});
