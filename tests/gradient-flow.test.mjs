/** Gradients through deep networks: back-propagation against differences, known lengths, wrong input. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { activations, seededRandom, sigmoid } from "activation-lab";
import { drawDeepNetwork, gradientsThroughLayers, weightScales } from "activation-lab/course";
import { passBackward, passForward } from "../lib/dist/lib/course/gradient-flow.js";
import { near, slopeOf, untyped } from "./support.mjs";

/** @param {Iterable<number>} vector */
const length = (vector) => Math.hypot(...vector);

/** @param {import("activation-lab").Random} random @param {number} size */
const draws = (random, size) => Float64Array.from({ length: size }, () => random.normal());

describe("passForward and passBackward", () => {
  const width = 4;
  const layers = 5;

  for (const [key, activation] of Object.entries(activations)) {
    it(`back-propagates what central differences of the forward pass give, ${key}`, () => {
      const random = seededRandom(8);
      const weights = Array.from({ length: layers }, () => draws(random, width * width));
      const input = draws(random, width);
      const outputGradient = draws(random, width);
      // L = outputGradient · a(last), so that ∂L/∂a(last) is outputGradient.
      const loss = (/** @type {Float64Array[]} */ matrices) =>
        passForward(activation, matrices, input).activations[layers].reduce(
          (sum, value, i) => sum + value * outputGradient[i],
          0,
        );
      const pass = passForward(activation, weights, input);
      const gradients = passBackward(activation, weights, pass, outputGradient);
      let largest = 0;
      for (let layer = 0; layer < layers; layer++) {
        for (let k = 0; k < width * width; k++) {
          const moved = (/** @type {number} */ by) =>
            loss(weights.map((m, l) => (l === layer ? m.with(k, m[k] + by) : m)));
          const difference = slopeOf(moved, 0, 1e-6);
          const gradient =
            gradients[layer][Math.floor(k / width)] * pass.activations[layer][k % width];
          near(gradient, difference, 1e-6 * Math.max(1, Math.abs(difference)), `${layer}, ${k}`);
          largest = Math.max(largest, Math.abs(gradient));
        }
      }
      assert.ok(largest > 1e-3, "a network whose gradients are all 0 would prove nothing");
    });
  }

  it("are a chain of products when every layer is one neuron", () => {
    const weights = [1, 1, 1].map((weight) => Float64Array.of(weight));
    const pass = passForward(activations.sigmoid, weights, Float64Array.of(0));
    near(pass.activations[3][0], sigmoid(sigmoid(0.5)), 1e-15, "output");
    const slopes = [0, 0.5, sigmoid(0.5)].map(activations.sigmoid.derivative);
    const [first] = passBackward(activations.sigmoid, weights, pass, Float64Array.of(1));
    near(first[0], slopes[0] * slopes[1] * slopes[2], 1e-16, "gradient at layer 1");
  });
});

describe("gradientsThroughLayers", () => {
  const { relu: reluActivation, tanh } = activations;

  it("gives the same numbers for the same seed, others for another", () => {
    const run = (/** @type {number} */ seed) =>
      gradientsThroughLayers(drawDeepNetwork({ layers: 3, width: 8, seed }), {
        activation: tanh,
        weightScale: "glorot",
      });
    const first = run(1);
    const other = run(2);
    assert.deepEqual(run(1), first);
    assert.notDeepEqual(other, first);
    for (const values of Object.values(first)) assert.equal(values.length, 3);
  });

  it("uses the same draws for every scale: a deviation of 1 is the lesson's", () => {
    const network = drawDeepNetwork({ layers: 4, width: 8, seed: 5 });
    assert.deepEqual(
      gradientsThroughLayers(network, { activation: tanh, weightDeviation: 1 }),
      gradientsThroughLayers(network, { activation: tanh, weightScale: "normal" }),
    );
  });

  it("leaves the draws as they are, whatever was asked before", () => {
    const used = drawDeepNetwork({ layers: 4, width: 8, seed: 5 });
    for (const weightScale of /** @type {const} */ (["he", "orthogonal", "he"])) {
      const fresh = drawDeepNetwork({ layers: 4, width: 8, seed: 5 });
      assert.deepEqual(
        gradientsThroughLayers(used, { activation: tanh, weightScale }),
        gradientsThroughLayers(fresh, { activation: tanh, weightScale }),
      );
    }
  });

  it("draws ten layers of 32 units without being told", () => {
    const { normal, width } = drawDeepNetwork({ seed: 1 });
    assert.deepEqual([normal.length, width, normal[0]?.length], [10, 32, 32 * 32]);
  });

  it("keeps every length when the network is linear and orthogonal", () => {
    const linear = { name: "linear", fn: (/** @type {number} */ x) => x, derivative: () => 1 };
    const { signal, gradients, weightGradients } = gradientsThroughLayers(
      drawDeepNetwork({ layers: 20, width: 16, seed: 3 }),
      { activation: linear, weightScale: "orthogonal" },
    );
    for (const [layer, gradient] of gradients.entries()) {
      near(gradient, 1, 1e-12, `gradient of layer ${layer + 1}`);
      near(signal[layer], signal[0], 1e-12, `signal of layer ${layer + 1}`);
      near(weightGradients[layer], 4 * signal[0], 1e-12, `weights of layer ${layer + 1}`);
    }
  });

  it("with ReLU, twice the deviation is 2⁹ times the gradient of the first of ten layers", () => {
    const network = drawDeepNetwork({ seed: 11 });
    const activation = reluActivation;
    const one = gradientsThroughLayers(network, { activation, weightDeviation: 0.25 });
    const two = gradientsThroughLayers(network, { activation, weightDeviation: 0.5 });
    near(two.gradients[0] / one.gradients[0], 2 ** 9, 1e-9, "ratio");
    near(two.gradients[9] / one.gradients[9], 1, 1e-12, "ratio of the last layer");
    near(two.signal[9] / one.signal[9], 2 ** 10, 1e-9, "ratio of the signal");
  });

  it("with He's deviation, the square of ReLU's gradient keeps its mean over ten layers", () => {
    // He et al. (2015): the mean of the squares stays, whatever the median of the lengths does.
    const squares = Array.from({ length: 200 }, (_, seed) => {
      const { gradients } = gradientsThroughLayers(drawDeepNetwork({ seed }), {
        activation: reluActivation,
        weightScale: "he",
      });
      return [gradients[0] ** 2, gradients[9] ** 2];
    });
    const [first, tenth] = [0, 1].map((k) => squares.reduce((sum, pair) => sum + pair[k], 0));
    near(first / tenth, 1, 0.25, "mean square of layer 1 over layer 10");
  });

  it("measures what the two passes give, lengths and all", () => {
    const width = 3;
    const seed = "lengths";
    const { signal, gradients, weightGradients } = gradientsThroughLayers(
      drawDeepNetwork({ layers: 2, width, seed }),
      { activation: tanh, weightDeviation: 0.7 },
    );
    const random = seededRandom(seed);
    const input = draws(random, width);
    const direction = draws(random, width);
    const weights = [9, 9].map((size) => draws(random, size).map((draw) => 0.7 * draw));
    const pass = passForward(tanh, weights, input);
    const outputGradient = direction.map((value) => value / length(direction));
    const deltas = passBackward(tanh, weights, pass, outputGradient);
    near(signal[1], length(pass.activations[2]) / Math.sqrt(width), 1e-15, "signal");
    deltas.forEach((delta, layer) => {
      near(gradients[layer], length(delta), 1e-15, `gradient ${layer}`);
      const matrix = [...delta].flatMap((d) => [...pass.activations[layer]].map((a) => d * a));
      near(weightGradients[layer], length(matrix), 1e-15, `weights ${layer}`);
    });
  });

  it("knows the deviation of each scale", () => {
    const at32 = Object.fromEntries(
      Object.entries(weightScales).map(([key, { deviation }]) => [key, deviation(32)]),
    );
    assert.deepEqual(at32, {
      normal: 1,
      glorot: Math.sqrt(1 / 32),
      he: 0.25,
      orthogonal: Math.sqrt(1 / 32),
    });
  });

  it("refuses wrong options, naming them", () => {
    const good = { activation: tanh, weightScale: "he" };
    const network = drawDeepNetwork({ layers: 2, width: 2, seed: 1 });
    for (const [change, name, message] of [
      [{ activation: undefined }, "TypeError", /activation .*undefined/],
      [{ weightScale: undefined }, "TypeError", /weightScale or weightDeviation, got neither/],
      [{ weightDeviation: 1 }, "TypeError", /weightScale or weightDeviation, got both/],
      [{ weightScale: "xavier" }, "RangeError", /weightScale .*glorot.*got xavier/],
      [{ weightScale: "toString" }, "RangeError", /weightScale .*got toString/],
      [{ weightScale: undefined, weightDeviation: 0 }, "RangeError", /weightDeviation .*got 0/],
      [{ weightScale: undefined, weightDeviation: Number.NaN }, "RangeError", /got NaN/],
    ]) {
      const options = { ...good, ...untyped(change) };
      assert.throws(() => gradientsThroughLayers(network, options), { name, message });
    }
    for (const [options, name, message] of [
      [{}, "TypeError", /seed .*undefined/],
      [{ seed: 1, layers: 0 }, "RangeError", /layers .*got 0/],
      [{ seed: 1, layers: 2.5 }, "RangeError", /layers .*got 2.5/],
      [{ seed: 1, width: -1 }, "RangeError", /width .*got -1/],
    ]) {
      assert.throws(() => drawDeepNetwork(untyped(options)), { name, message });
    }
  });
});
