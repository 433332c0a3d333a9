// The reference run: what the lesson's own Python computed follows from the library's functions too.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  activations,
  geluDerivative,
  geluTanh,
  leakyRelu,
  leakyReluDerivative,
  readReference,
  relu,
  reluDerivative,
  sigmoid,
  sigmoidDerivative,
  swish,
  swishDerivative,
  tanh,
  tanhDerivative,
} from "activation-lab";

/** The lesson's GELU is the tanh form, its derivative that of the exact form. */
const lesson = /** @type {const} */ ({
  sigmoid: [sigmoid, sigmoidDerivative],
  tanh: [tanh, tanhDerivative],
  relu: [relu, reluDerivative],
  leakyRelu: [leakyRelu, leakyReluDerivative],
  gelu: [geluTanh, geluDerivative],
  swish: [swish, swishDerivative],
});
const keys = /** @type {(keyof typeof lesson)[]} */ (Object.keys(lesson));

test("step 2: the gradient scan's counts", () => {
  const recorded = readReference("gradient-scan");
  assert.deepEqual(Object.keys(recorded).sort(), [...keys].sort());
  for (const key of keys) {
    const [, derivative] = lesson[key];
    let nearZero = 0;
    for (let i = 0; i < 100; i++) {
      if (Math.abs(derivative(-5 + i * 0.1)) < 0.01) nearZero++;
    }
    assert.deepEqual(recorded[key], { healthy: 100 - nearZero, nearZero }, key);
  }
});

test("step 3: the magnitudes after each of 50 layers", () => {
  const { inputs, weights, magnitudes } = readReference("signal-through-layers");
  assert.deepEqual([inputs.length, weights.length], [5, 50]);
  assert.deepEqual(Object.keys(magnitudes).sort(), [...keys].sort());
  for (const key of keys) {
    const [fn] = lesson[key];
    assert.equal(magnitudes[key].length, 50);
    let values = inputs;
    for (const [layer, row] of weights.entries()) {
      const z = row.reduce((sum, weight, i) => sum + weight * (values[i] ?? Number.NaN), 0);
      const activated = fn(z);
      const recorded = magnitudes[key][layer] ?? Number.NaN;
      assert.ok(
        Math.abs(Math.abs(activated) - recorded) <= 1e-9 * recorded,
        `${key}, layer ${layer + 1}: ${Math.abs(activated)}, not ${recorded}`,
      );
      values = values.map(() => activated);
    }
  }
});

test("step 4: on how many of 1,000 samples each of 20 neurons fires", () => {
  const { weights, biases, samples, fireCounts } = readReference("dead-neurons");
  assert.deepEqual([weights.length, biases.length, samples.length], [20, 20, 1000]);
  const counts = weights.map(
    (row, neuron) =>
      samples.filter(
        (x) => relu(row.reduce((z, w, i) => z + w * (x[i] ?? 0), 0) + (biases[neuron] ?? 0)) > 0,
      ).length,
  );
  assert.deepEqual(counts, fireCounts);
});

test("step 5: what the training starts from, and as many losses as epochs", () => {
  const { hiddenSize, learningRate, epochs, initial, losses } = readReference("training");
  assert.deepEqual([hiddenSize, learningRate, epochs], [8, 0.1, 200]);
  assert.deepEqual([initial.w1.length, initial.b1.length, initial.w2.length], [8, 8, 8]);
  assert.ok(initial.w1.every((row) => row.length === 2));
  assert.deepEqual([...initial.b1, initial.b2], [0, 0, 0, 0, 0, 0, 0, 0, 0]);
  assert.deepEqual(Object.keys(losses).sort(), ["gelu", "relu", "sigmoid"]);
  for (const series of Object.values(losses)) {
    assert.equal(series.length, epochs);
    assert.ok(series.every((loss) => loss > 0 && loss < 1));
  }
  // The losses themselves are tested with the network, in network.test.mjs.
});

describe("reading it", () => {
  test("anew each time: changing what one call returned changes no other", () => {
    readReference("gradient-scan").relu.healthy = -1;
    assert.notEqual(readReference("gradient-scan").relu.healthy, -1);
  });

  test("a part that is not there: an error that names it", () => {
    const name = /** @type {"training"} */ ("no-such-part");
    assert.throws(() => readReference(name), { message: /no-such-part/ });
  });

  test("covers every activation but the exact GELU's approximation, which the lesson lacks", () => {
    assert.deepEqual([...keys, "geluTanh"].sort(), Object.keys(activations).sort());
  });
});
