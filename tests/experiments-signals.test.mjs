/** Signals and gradients through layers: the lesson's run, back-propagation against differences, wrong input. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import {
  activations,
  DeepNetwork,
  gradientsThroughLayers,
  readReference,
  relu,
  seededRandom,
  sigmoid,
  signalThroughLayers,
  weightScales,
} from "activation-lab";

const near = (actual, expected, tolerance, what) =>
  assert.ok(
    Math.abs(actual - expected) <= tolerance,
    `${what}: got ${actual}, expected ${expected}`,
  );
const length = (vector) => Math.hypot(...vector);
/** Wrong values on purpose, past the type checker. @type {any} */
const wrong = (value) => value;
const draws = (random, size) => Array.from({ length: size }, () => random.normal());

describe("signalThroughLayers", () => {
  const reference = readReference("signal-through-layers");
  // The lesson's gelu is the tanh form.
  const keys = { gelu: "geluTanh" };

  for (const [name, magnitudes] of Object.entries(reference.magnitudes)) {
    it(`gives the lesson's 50 magnitudes for ${name} to 1e-12`, () => {
      const { fn } = activations[keys[name] ?? name];
      const signal = signalThroughLayers(fn, reference);
      assert.equal(signal.length, 50);
      magnitudes.forEach((expected, layer) => {
        near(signal[layer], expected, 1e-12, `layer ${layer + 1}`);
        // Relative too: most of these magnitudes are far below 1e-12.
        near(signal[layer], expected, 1e-12 * expected, `layer ${layer + 1}, relative`);
      });
    });
  }

  it("copies each output to every input of the next layer", () => {
    const weights = [
      [1, 2],
      [3, -1],
      [-1, -1],
    ];
    assert.deepEqual(
      signalThroughLayers((x) => x, { inputs: [1, 1], weights }),
      [3, 6, 12],
    );
    assert.deepEqual(signalThroughLayers(relu, { inputs: [1, 1], weights }), [3, 6, 0]);
  });

  it("refuses what is no experiment", () => {
    const weights = [[1, 2]];
    const inputs = [1, 1];
    assert.throws(
      () => signalThroughLayers(wrong(undefined), { inputs, weights }),
      /TypeError: fn .*und/,
    );
    for (const [bad, message] of [
      [{ inputs: [], weights }, /inputs must have at least one number, got 0/],
      [{ inputs, weights: [] }, /weights/],
      [{ inputs, weights: undefined }, /weights .*undefined/],
      [{ inputs, weights: [[1, 2], [1]] }, /weights\[1\] must have length 2, got 1/],
      [{ inputs: [1, Number.NaN], weights }, /inputs\[1\] .*NaN/],
      [{ inputs, weights: [[1, Number.POSITIVE_INFINITY]] }, /weights\[0\]\[1\] .*Infinity/],
    ]) {
      assert.throws(() => signalThroughLayers(sigmoid, wrong(bad)), {
        name: "RangeError",
        message,
      });
    }
  });
});

describe("DeepNetwork", () => {
  const width = 4;
  const layers = 5;

  // L = outputGradient · a(last), so that ∂L/∂a(last) is outputGradient.
  function randomNetwork(key, seed) {
    const random = seededRandom(seed);
    const weights = Array.from({ length: layers }, () => draws(random, width * width));
    const input = draws(random, width);
    const outputGradient = draws(random, width);
    const loss = (matrices) =>
      new DeepNetwork({ activation: activations[key], weights: matrices })
        .forward(input)
        .reduce((sum, value, i) => sum + value * outputGradient[i], 0);
    return { weights, input, outputGradient, loss };
  }

  for (const key of Object.keys(activations)) {
    it(`back-propagates what central differences of the forward pass give, ${key}`, () => {
      const { weights, input, outputGradient, loss } = randomNetwork(key, 8);
      const network = new DeepNetwork({ activation: activations[key], weights });
      network.forward(input);
      const gradients = network.backward(outputGradient);
      const step = 1e-6;
      let largest = 0;
      for (let layer = 0; layer < layers; layer++) {
        const before = network.outputOf(layer);
        for (let k = 0; k < width * width; k++) {
          const moved = (by) =>
            loss(weights.map((m, l) => (l === layer ? m.with(k, m[k] + by) : m)));
          const difference = (moved(step) - moved(-step)) / (2 * step);
          const gradient = gradients[layer][Math.floor(k / width)] * before[k % width];
          near(gradient, difference, 1e-6 * Math.max(1, Math.abs(difference)), `${layer}, ${k}`);
          largest = Math.max(largest, Math.abs(gradient));
        }
      }
      assert.ok(largest > 1e-3, "a network whose gradients are all 0 would prove nothing");
    });
  }

  it("is a chain of products when every layer is one neuron", () => {
    const weights = [[1], [1], [1]];
    const network = new DeepNetwork({ activation: activations.sigmoid, weights });
    const output = network.forward([0]);
    near(output[0], sigmoid(sigmoid(0.5)), 1e-15, "output");
    const slopes = [0, 0.5, sigmoid(0.5)].map(activations.sigmoid.derivative);
    const [first] = network.backward([1]);
    near(first[0], slopes[0] * slopes[1] * slopes[2], 1e-16, "gradient at layer 1");
  });

  it("keeps copies: neither the given weights nor a returned output can change it", () => {
    const weights = [[2]];
    const network = new DeepNetwork({ activation: activations.relu, weights });
    weights[0][0] = 5;
    network.forward([1])[0] = 9;
    assert.equal(network.outputOf(1)[0], 2);
  });

  it("refuses what is no network, input or gradient", () => {
    const activation = activations.relu;
    assert.throws(() => new DeepNetwork({ activation: wrong("relu"), weights: [[1]] }), {
      name: "TypeError",
      message: /activation .*relu/,
    });
    for (const [weights, message] of [
      [[], /weights/],
      [[[]], /weights\[0\]/],
      [[[1, 2, 3]], /weights\[0\] must be square, width × width, got 3 numbers/],
      [[[1], [1, 2, 3, 4]], /weights\[1\] must have length 1, got 4/],
      [[[Number.NaN]], /weights\[0\]\[0\] .*NaN/],
    ]) {
      assert.throws(() => new DeepNetwork({ activation, weights: wrong(weights) }), {
        name: "RangeError",
        message,
      });
    }
    const network = new DeepNetwork({ activation, weights: [[1]] });
    assert.throws(() => network.backward([1]), /backward needs a forward pass first/);
    assert.throws(() => network.outputOf(1), { name: "RangeError", message: /forward pass/ });
    assert.throws(() => network.forward([1, 2]), /input must have length 1, got 2/);
    network.forward([1]);
    assert.throws(() => network.backward([]), /outputGradient must have length 1, got 0/);
    assert.throws(() => network.backward([Number.NaN]), /outputGradient\[0\] .*NaN/);
    assert.throws(() => network.outputOf(2), { name: "RangeError", message: /from 0 to 1.*got 2/ });
  });
});

describe("gradientsThroughLayers", () => {
  const { relu: reluActivation, tanh } = activations;

  it("gives the same numbers for the same seed, others for another", () => {
    const run = (seed) =>
      gradientsThroughLayers({
        activation: tanh,
        weightScale: "glorot",
        layers: 3,
        width: 8,
        seed,
      });
    const first = run(1);
    const other = run(2);
    assert.deepEqual(run(1), first);
    assert.notDeepEqual(other, first);
    for (const values of Object.values(first)) assert.equal(values.length, 3);
  });

  it("draws the same for every scale: a deviation of 1 is the lesson's", () => {
    const same = { activation: tanh, layers: 4, width: 8, seed: 5 };
    assert.deepEqual(
      gradientsThroughLayers({ ...same, weightDeviation: 1 }),
      gradientsThroughLayers({ ...same, weightScale: "lesson" }),
    );
  });

  it("keeps every length when the network is linear and orthogonal", () => {
    const linear = { name: "linear", fn: (x) => x, derivative: () => 1 };
    const { signal, gradients, weightGradients } = gradientsThroughLayers({
      activation: linear,
      weightScale: "orthogonal",
      layers: 20,
      width: 16,
      seed: 3,
    });
    for (const [layer, gradient] of gradients.entries()) {
      near(gradient, 1, 1e-12, `gradient of layer ${layer + 1}`);
      near(signal[layer], signal[0], 1e-12, `signal of layer ${layer + 1}`);
      near(weightGradients[layer], 4 * signal[0], 1e-12, `weights of layer ${layer + 1}`);
    }
  });

  it("with ReLU, twice the deviation is 2⁹ times the gradient of the first of ten layers", () => {
    const same = { activation: reluActivation, seed: 11 };
    const one = gradientsThroughLayers({ ...same, weightDeviation: 0.25 });
    const two = gradientsThroughLayers({ ...same, weightDeviation: 0.5 });
    near(two.gradients[0] / one.gradients[0], 2 ** 9, 1e-9, "ratio");
    near(two.gradients[9] / one.gradients[9], 1, 1e-12, "ratio of the last layer");
    near(two.signal[9] / one.signal[9], 2 ** 10, 1e-9, "ratio of the signal");
  });

  it("with He's deviation, the square of ReLU's gradient keeps its mean over ten layers", () => {
    // He et al. (2015): the mean of the squares stays, whatever the median of the lengths does.
    const squares = Array.from({ length: 200 }, (_, seed) => {
      const { gradients } = gradientsThroughLayers({
        activation: reluActivation,
        weightScale: "he",
        seed,
      });
      return [gradients[0] ** 2, gradients[9] ** 2];
    });
    const mean = (index) => squares.reduce((sum, pair) => sum + pair[index], 0) / squares.length;
    near(mean(0) / mean(1), 1, 0.25, "mean square of layer 1 over layer 10");
  });

  it("measures what DeepNetwork gives, lengths and all", () => {
    const width = 3;
    const seed = "lengths";
    const { signal, gradients, weightGradients } = gradientsThroughLayers({
      activation: tanh,
      weightDeviation: 0.7,
      layers: 2,
      width,
      seed,
    });
    const random = seededRandom(seed);
    const input = draws(random, width);
    const direction = draws(random, width);
    const weights = [9, 9].map((size) => draws(random, size).map((draw) => 0.7 * draw));
    const network = new DeepNetwork({ activation: tanh, weights });
    const output = network.forward(input);
    const deltas = network.backward(direction.map((value) => value / length(direction)));
    near(signal[1], length(output) / Math.sqrt(width), 1e-15, "signal");
    deltas.forEach((delta, layer) => {
      near(gradients[layer], length(delta), 1e-15, `gradient ${layer}`);
      const matrix = [...delta].flatMap((d) => [...network.outputOf(layer)].map((a) => d * a));
      near(weightGradients[layer], length(matrix), 1e-15, `weights ${layer}`);
    });
  });

  it("knows the deviation of each scale", () => {
    const at32 = Object.fromEntries(
      Object.entries(weightScales).map(([key, { deviation }]) => [key, deviation(32)]),
    );
    assert.deepEqual(at32, {
      lesson: 1,
      glorot: Math.sqrt(1 / 32),
      he: 0.25,
      orthogonal: Math.sqrt(1 / 32),
    });
  });

  it("refuses wrong options, naming them", () => {
    const good = { activation: tanh, weightScale: "he", seed: 1 };
    for (const [change, name, message] of [
      [{ activation: undefined }, "TypeError", /activation .*undefined/],
      [{ seed: undefined }, "TypeError", /seed .*undefined/],
      [{ weightScale: undefined }, "TypeError", /weightScale or weightDeviation, got neither/],
      [{ weightDeviation: 1 }, "TypeError", /weightScale or weightDeviation, got both/],
      [{ weightScale: "xavier" }, "RangeError", /weightScale .*glorot.*got xavier/],
      [{ weightScale: "toString" }, "RangeError", /weightScale .*got toString/],
      [{ weightScale: undefined, weightDeviation: 0 }, "RangeError", /weightDeviation .*got 0/],
      [{ weightScale: undefined, weightDeviation: Number.NaN }, "RangeError", /got NaN/],
      [{ layers: 0 }, "RangeError", /layers .*got 0/],
      [{ layers: 2.5 }, "RangeError", /layers .*got 2.5/],
      [{ width: -1 }, "RangeError", /width .*got -1/],
    ]) {
      assert.throws(() => gradientsThroughLayers({ ...good, ...wrong(change) }), { name, message });
    }
  });
});
