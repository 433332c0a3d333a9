/** Steps 2 to 4, gradient scan, signal and dead neurons: the lesson's numbers, and what else they promise; and what the claims are measured with. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  activations,
  circle,
  geluDerivative,
  leakyReluDerivative,
  relu,
  reluDerivative,
  seededRandom,
  sigmoid,
  TwoLayerNetwork,
  xor,
} from "activation-lab";
import {
  bestLine,
  deadNeuronReport,
  deadUnits,
  drawSignal,
  gradientOfSignal,
  gradientScan,
  preActivations,
  readReference,
  shareCorrect,
  sharedSignShare,
  signalThroughLayers,
} from "activation-lab/course";
import { near, slopeOf, untyped } from "./support.mjs";

/** @import { Sample } from "activation-lab" */
/** @import { GradientScanOptions, LayerSamples } from "activation-lab/course" */

/**
 * Asserts that a call throws a RangeError.
 * @param {() => unknown} call
 * @param {string | RegExp} message
 */
const assertRangeError = (call, message) => assert.throws(call, { name: "RangeError", message });

describe("gradientScan", () => {
  const expected = readReference("gradient-scan");
  for (const key of /** @type {(keyof typeof expected)[]} */ (Object.keys(expected))) {
    test(`${key} has the lesson's counts`, () => {
      const { healthy, nearZero } = gradientScan(activations[key].derivative);
      assert.deepEqual({ healthy, nearZero }, expected[key]);
    });
  }

  test("the reference has the six activations of the lesson", () => {
    assert.deepEqual(Object.keys(expected), [
      "sigmoid",
      "tanh",
      "relu",
      "leakyRelu",
      "gelu",
      "swish",
    ]);
  });

  test("inputs are evenly spaced from the first point on, the end excluded", () => {
    const { inputs, gradients } = gradientScan(reluDerivative, { from: -1, to: 1, points: 4 });
    assert.deepEqual(inputs, [-1, -0.5, 0, 0.5]);
    assert.deepEqual(gradients, [0, 0, 0, 1]);
  });

  test("a gradient as large as the threshold is healthy, the sign does not matter", () => {
    const scan = (/** @type {number} */ value) =>
      gradientScan(() => value, { points: 1, threshold: 0.5 }).nearZero;
    assert.deepEqual([0.5, -0.5, 0.49, -0.49, 0, 2].map(scan), [0, 0, 1, 1, 1, 0]);
  });

  test("a derivative with a second parameter keeps its default", () => {
    assert.equal(gradientScan(leakyReluDerivative).gradients[0], 0.01);
  });

  test("wrong inputs are named", () => {
    /** @param {GradientScanOptions} options @param {string} message */
    const refuses = (options, message) =>
      assertRangeError(() => gradientScan(reluDerivative, options), message);
    refuses({ from: 5, to: 5 }, "to must be above from = 5, got 5");
    refuses({ from: 6 }, "to must be above from = 6, got 5");
    refuses({ from: Number.NaN }, "[from, to][0] must be a finite number, got NaN");
    refuses({ to: Infinity }, "[from, to][1] must be a finite number, got Infinity");
    refuses({ points: 0 }, "points must be a whole number above 0, got 0");
    refuses({ points: 2.5 }, "points must be a whole number above 0, got 2.5");
    refuses({ threshold: 0 }, "threshold must be a finite number above 0, got 0");
    refuses({ threshold: Number.NaN }, "threshold must be a finite number above 0, got NaN");
    assert.throws(() => gradientScan(untyped("relu")), {
      name: "TypeError",
      message: "derivative must be a function, got relu",
    });
    assertRangeError(() => gradientScan(Math.log), "derivative must be a number at -5, got NaN");
  });
});

describe("deadNeuronReport", () => {
  const reference = readReference("dead-neurons");

  test("the lesson's 20 neurons fire as often as in the lesson", () => {
    const report = deadNeuronReport(reference);
    assert.deepEqual(report.fireCounts, reference.fireCounts);
    assert.equal(report.fireCounts.length, 20);
    assert.deepEqual([report.dead, report.rare, report.healthy], [0, 0, 20]);
  });

  test("never is dead, below 5 % is rare, 5 % is healthy", () => {
    const samples = Array.from({ length: 100 }, (_, i) => [i]);
    // A neuron with bias −t fires on the samples above t.
    const report = deadNeuronReport({
      weights: [[1], [1], [1], [1]],
      biases: [-99, -98, -95, -94],
      samples,
    });
    assert.deepEqual(report, { fireCounts: [0, 1, 4, 5], dead: 1, rare: 2, healthy: 1 });
  });

  test("another activation fires where its value is above 0", () => {
    const layer = { weights: [[1]], biases: [0], samples: [[-1], [0], [1]] };
    assert.deepEqual(deadNeuronReport(layer, sigmoid).fireCounts, [3]);
    assert.deepEqual(deadNeuronReport(layer, relu).fireCounts, [1]);
  });

  test("wrong inputs are named", () => {
    const layer = { weights: [[1, 2]], biases: [0], samples: [[1, 1]] };
    /** @param {Partial<LayerSamples>} change @param {string} message */
    const refuses = (change, message) =>
      assertRangeError(() => deadNeuronReport({ ...layer, ...change }), message);
    refuses({ weights: [] }, "weights must have at least one row, got ");
    refuses({ weights: untyped(undefined) }, "weights must have at least one row, got undefined");
    refuses({ weights: [[]] }, "weights[0] must have at least one number, got 0");
    const uneven = [
      [1, 2],
      [1, 2, 3],
    ];
    refuses({ weights: uneven, biases: [0, 0] }, "weights[1] must have length 2, got 3");
    refuses({ weights: [[1, Number.NaN]] }, "weights[0][1] must be a finite number, got NaN");
    refuses({ biases: [0, 0] }, "biases must have length 1, got 2");
    refuses({ samples: [] }, "samples must have at least one row, got ");
    refuses({ samples: [[1, 1], [1]] }, "samples[1] must have length 2, got 1");
    refuses({ samples: [[1, Infinity]] }, "samples[0][1] must be a finite number, got Infinity");
    assert.throws(() => deadNeuronReport(layer, untyped(3)), {
      name: "TypeError",
      message: "fn must be a function, got 3",
    });
  });
});

describe("preActivations and deadUnits", () => {
  const weights = {
    w1: [
      [1, 0],
      [1, -1],
      [0, 0],
      [0, 0],
    ],
    b1: [0.5, -3, 0, 1e-9],
    w2: [1, 1, 1, 1],
    b2: 0,
  };
  const samples = [{ x: [0, 0] }, { x: [-1, 1] }, { x: [2, -0.5] }];

  test("pre-activations are w · x + b, units × samples", () => {
    assert.deepEqual(preActivations(weights, samples), [
      [0.5, -0.5, 2.5],
      [-3, -5, -0.5],
      [0, 0, 0],
      [1e-9, 1e-9, 1e-9],
    ]);
  });

  test("dead is never above 0; a pre-activation of exactly 0 does not fire", () => {
    assert.deepEqual(deadUnits(weights, samples), [false, true, true, false]);
  });

  test("another meaning of silent", () => {
    const flat = (/** @type {number} */ z) => Math.abs(geluDerivative(z)) < 0.01;
    assert.deepEqual(deadUnits(weights, samples, flat), [false, false, false, false]);
    assert.deepEqual(deadUnits({ ...weights, b1: [-9, -9, -9, -9] }, samples, flat), [
      true,
      true,
      true,
      true,
    ]);
  });

  test("dead ReLU units never change in training and stay dead; live ones change", () => {
    const points = circle({ seed: 5 });
    const start = new TwoLayerNetwork({ activation: activations.relu, hiddenSize: 20, seed: 5 });
    const network = new TwoLayerNetwork({
      activation: activations.relu,
      learningRate: 1,
      weights: { ...start.weights, b1: start.weights.b1.map(() => -1) },
    });
    const before = network.weights;
    const dead = deadUnits(before, points);
    network.train(points, { epochs: 5 });
    const after = network.weights;
    assert.ok(dead.includes(true) && dead.includes(false));
    const deadAfter = deadUnits(after, points);
    dead.forEach((isDead, unit) => {
      const same = JSON.stringify(before.w1[unit]) === JSON.stringify(after.w1[unit]);
      assert.equal(same && before.b1[unit] === after.b1[unit], isDead, `unit ${unit}`);
      if (isDead) assert.ok(deadAfter[unit]);
    });
  });

  test("wrong inputs are named", () => {
    assertRangeError(() => deadUnits(weights, []), "samples must have at least one row, got ");
    assertRangeError(
      () => deadUnits(weights, [{ x: [1] }]),
      "samples[0] must have length 2, got 1",
    );
    assertRangeError(
      () => preActivations({ w1: [], b1: [] }, samples),
      /^weights\.w1 must have at least one/,
    );
    assertRangeError(
      () => preActivations({ w1: [[1, 2]], b1: [] }, samples),
      "weights.b1 must have length 1, got 0",
    );
    assertRangeError(
      () => preActivations({ w1: [[1, Number.NaN]], b1: [0] }, samples),
      "weights.w1[0][1] must be a finite number, got NaN",
    );
    assert.throws(() => deadUnits(weights, samples, untyped(0.01)), {
      name: "TypeError",
      message: "isSilent must be a function, got 0.01",
    });
  });
});

describe("signalThroughLayers", () => {
  const reference = readReference("signal-through-layers");
  // The lesson's gelu is the tanh form.
  const lessons = { ...activations, gelu: activations.geluTanh };

  for (const name of /** @type {(keyof typeof reference.magnitudes)[]} */ (
    Object.keys(reference.magnitudes)
  )) {
    test(`gives the lesson's 50 magnitudes for ${name} to 1e-12`, () => {
      const { fn } = lessons[name];
      const signal = signalThroughLayers(fn, reference);
      assert.equal(signal.length, 50);
      reference.magnitudes[name].forEach((expected, layer) => {
        near(signal[layer], expected, 1e-12, `layer ${layer + 1}`);
        // Relative too: most of these magnitudes are far below 1e-12.
        near(signal[layer], expected, 1e-12 * expected, `layer ${layer + 1}, relative`);
      });
    });
  }

  test("copies each output to every input of the next layer", () => {
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

  test("refuses what is no experiment", () => {
    const weights = [[1, 2]];
    const inputs = [1, 1];
    assert.throws(
      () => signalThroughLayers(untyped(undefined), { inputs, weights }),
      /TypeError: fn .*und/,
    );
    /** @type {[bad: object, message: RegExp][]} */
    const refused = [
      [{ inputs: [], weights }, /inputs must have at least one number, got 0/],
      [{ inputs, weights: [] }, /weights/],
      [{ inputs, weights: undefined }, /weights .*undefined/],
      [{ inputs, weights: [[1, 2], [1]] }, /weights\[1\] must have length 2, got 1/],
      [{ inputs: [1, Number.NaN], weights }, /inputs\[1\] .*NaN/],
      [{ inputs, weights: [[1, Infinity]] }, /weights\[0\]\[1\] .*Infinity/],
    ];
    for (const [bad, message] of refused) {
      assertRangeError(() => signalThroughLayers(sigmoid, untyped(bad)), message);
    }
  });
});

describe("drawSignal and gradientOfSignal", () => {
  test("inputs and then the weights of each layer are drawn from N(0, 1)", () => {
    const random = seededRandom(4);
    const drawn = (/** @type {number} */ count) =>
      Array.from({ length: count }, () => random.normal());
    const { inputs, weights } = drawSignal({ seed: 4 });
    assert.deepEqual(inputs, drawn(5));
    assert.equal(weights.length, 10);
    for (const row of weights) assert.deepEqual(row, drawn(5));
    assert.deepEqual(
      drawSignal({ layers: 2, size: 3, seed: 4 }).weights.map((row) => row.length),
      [3, 3],
    );
  });

  test("the gradient is the slope that central differences find, at every layer", () => {
    const draws = drawSignal({ layers: 6, seed: 4 });
    const signal = signalThroughLayers(sigmoid, draws);
    const gradients = gradientOfSignal(activations.sigmoid, draws);
    assert.equal(gradients.length, 6);
    for (const [layer, gradient] of gradients.entries()) {
      // A shift of the layer's pre-activation, by way of its first weight.
      const before = layer === 0 ? draws.inputs[0] : signal[layer - 1];
      const shifted = (/** @type {number} */ shift) => {
        const weights = draws.weights.map(([first, ...rest], l) =>
          l === layer ? [first + shift / before, ...rest] : [first, ...rest],
        );
        return signalThroughLayers(sigmoid, { ...draws, weights })[5];
      };
      const expected = slopeOf(shifted, 0);
      near(gradient, expected, 1e-5 * Math.abs(expected) + 1e-11, `layer ${layer + 1}`);
    }
  });

  test("refuse what is no experiment", () => {
    const { tanh } = activations;
    assert.throws(() => drawSignal({ layers: 2.5, seed: 0 }), /layers must be .* got 2.5/);
    assert.throws(() => drawSignal({ size: 0, seed: 0 }), /size must be .* got 0/);
    const uneven = { inputs: [1, 2], weights: [[1, 2], [3]] };
    assertRangeError(() => gradientOfSignal(tanh, uneven), "weights[1] must have length 2, got 1");
    const noNumber = { inputs: [Number.NaN], weights: [[1]] };
    assert.throws(() => gradientOfSignal(tanh, noNumber), /inputs\[0\] .*NaN/);
    assert.throws(() => gradientOfSignal(untyped({ fn: tanh.fn }), uneven), /activation must be/);
  });
});

describe("sharedSignShare", () => {
  const points = circle({ n: 40, seed: 1 });
  const { weights } = new TwoLayerNetwork({ activation: activations.tanh, seed: 3 });

  test("is 1 on single samples where outputs are never negative", () => {
    assert.equal(sharedSignShare(activations.sigmoid, weights, points, 1), 1);
    assert.equal(sharedSignShare(activations.relu, weights, points, 1), 1);
    assert.ok(sharedSignShare(activations.tanh, weights, points, 1) < 0.5);
  });

  test("counts the batches that central differences give it", () => {
    const few = { ...weights, w2: [1, 0.5], w1: weights.w1.slice(0, 2), b1: [0.3, -0.2], b2: 0.4 };
    /** @param {number[]} w2 @param {Sample} sample */
    const lossOf = (w2, { x, label }) =>
      (new TwoLayerNetwork({ activation: activations.tanh, weights: { ...few, w2 } }).forward(x) -
        label) **
        2 /
      2;
    const gradients = points.map((sample) =>
      [0, 1].map((k) => {
        const moved = (/** @type {number} */ step) =>
          few.w2.map((weight, i) => (i === k ? weight + step : weight));
        return lossOf(moved(1e-5), sample) - lossOf(moved(-1e-5), sample);
      }),
    );
    for (const batchSize of [1, 3, 20, 40]) {
      const batches = Array.from({ length: Math.floor(40 / batchSize) }, (_, batch) =>
        gradients.slice(batch * batchSize, (batch + 1) * batchSize),
      );
      const shared = batches.filter((batch) => {
        const [first, second] = [0, 1].map((k) => batch.reduce((sum, one) => sum + one[k], 0));
        return first * second >= 0;
      });
      const expected = shared.length / batches.length;
      assert.equal(sharedSignShare(activations.tanh, few, points, batchSize), expected);
    }
  });

  test("weights that move not at all move the same way", () => {
    const still = { w1: [[1], [-1]], b1: [0, 0], w2: [1, 1], b2: 0 };
    const samples = [0, 1].map((x) => ({ x: [x], label: /** @type {const} */ (1) }));
    const { tanh } = activations;
    assert.equal(sharedSignShare(tanh, still, samples, 1), 0.5);
    assert.equal(sharedSignShare(tanh, still, samples.slice(0, 1), 1), 1);
  });

  test("needs a whole batch of the samples", () => {
    for (const batchSize of [0, 1.5, 41]) {
      assertRangeError(
        () => sharedSignShare(activations.relu, weights, points, batchSize),
        `batchSize must be a whole number from 1 to 40, got ${batchSize}`,
      );
    }
  });
});

describe("bestLine", () => {
  /**
   * Samples on a line through the origin, in its direction.
   * @param {(0 | 1)[]} labels
   */
  const along = (labels, degrees = 0) =>
    labels.map((label, i) => {
      const angle = (degrees * Math.PI) / 180;
      return { x: [i * Math.cos(angle), i * Math.sin(angle)], label };
    });

  test("parts what a line can part, in any direction and either way round", () => {
    for (const degrees of [0, 45, 90, 137, 250]) {
      assert.equal(bestLine(along([0, 0, 1, 1, 1], degrees)), 1);
      assert.equal(bestLine(along([1, 1, 0], degrees)), 1);
      assert.equal(bestLine(along([0, 1, 0], degrees)), 2 / 3);
      assert.equal(bestLine(along([1, 0, 0, 1, 1], degrees)), 4 / 5);
    }
    assert.equal(bestLine(along([0, 0, 0])), 1);
    assert.equal(bestLine(xor()), 0.75);
  });

  test("finds a narrow gap at any angle, in points of no order", () => {
    for (const degrees of [10, 37, 90, 128, 171]) {
      const angle = (degrees * Math.PI) / 180;
      const side = (/** @type {readonly number[]} */ x) =>
        x[0] * Math.cos(angle) + x[1] * Math.sin(angle) - 0.3;
      const samples = circle({ n: 60, seed: degrees })
        .filter(({ x }) => Math.abs(side(x)) > 0.05)
        .map(({ x }) => ({ x, label: /** @type {0 | 1} */ (side(x) > 0 ? 1 : 0) }));
      assert.equal(bestLine(samples), 1, `${degrees}`);
    }
  });

  test("points at one place cannot be parted", () => {
    const here = along([0, 1, 1]).map(({ label }) => ({ x: [1, 2], label }));
    assert.equal(bestLine(here), 2 / 3);
  });

  test("of no sample, or of no number: a RangeError", () => {
    assertRangeError(() => bestLine([]), /samples is empty/);
    const withNaN = [...xor(), { x: [Number.NaN, 1], label: /** @type {const} */ (0) }];
    assertRangeError(() => bestLine(withNaN), "samples[4].x[0] must be a finite number, got NaN");
  });
});

describe("shareCorrect", () => {
  test("counts both classes; 0.5 says label 1", () => {
    assert.equal(
      shareCorrect(([a, b]) => Number(a !== b), xor()),
      1,
    );
    const twoOnesAndZero = xor().slice(1);
    for (const [answer, share] of [
      [0, 1 / 3],
      [0.499, 1 / 3],
      [0.5, 2 / 3],
      [1, 2 / 3],
    ]) {
      assert.equal(
        shareCorrect(() => answer, twoOnesAndZero),
        share,
      );
    }
  });

  test("NaN is right for no label", () => {
    assert.equal(
      shareCorrect(() => Number.NaN, xor()),
      0,
    );
  });

  test("of no sample: a RangeError", () => {
    assertRangeError(() => shareCorrect(() => 1, []), /^samples is empty/);
  });
});
