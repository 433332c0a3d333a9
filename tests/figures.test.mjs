// Figures to touch: what they compute, what can be set in them, and what a notebook is sent.
import assert from "node:assert/strict";
import { describe, mock, test } from "node:test";
import { activations, circle, lessonCircle, TwoLayerNetwork } from "activation-lab";
import { drawDeepNetwork, explore, gradientsThroughLayers } from "activation-lab/course";
import {
  bendsOn,
  distance,
  flatBends,
  targets,
  train,
  unitsFrom,
  valueAt,
} from "../tools/figures/curve/fit.mjs";
import {
  drawnLayers,
  foldingLayer,
  pathThrough,
  piecesBehind,
} from "../tools/figures/depth/fold.mjs";
import { readHash, readSettings, writeCode, writeHash } from "../tools/figures/kit/settings.mjs";
import {
  dataNamed,
  gridOf,
  MOST_STEPS,
  mapsOf,
  pointsToText,
  Run,
  textToPoints,
} from "../tools/figures/network/run.mjs";
import { drawNetwork, passThrough } from "../tools/figures/signal/pass.mjs";
import { cloud, look, placeOf, step, unitAt } from "../tools/figures/unit/learning.mjs";
import { near, slopeOf, untyped } from "./support.mjs";

describe("explore", () => {
  test("outside a notebook prints the description of the figure", () => {
    const log = mock.method(console, "log", () => {});
    explore("network", { data: "xor", activation: "tanh", beside: "none", rate: 0.3 });
    log.mock.restore();
    assert.match(String(log.mock.calls[0].arguments[0]), /learns to tell orange points from blue/);
  });

  test("refuses what is no figure, no setting or no value of one, and names it", () => {
    /** @type {[string, import("activation-lab/course").FigureSettings, RegExp][]} */
    const wrong = [
      ["net", {}, /no figure "net", choose one-unit, .*network/],
      ["network", { colour: 1 }, /no setting colour, choose data, /],
      ["network", { data: "moons" }, /data must be one of circle, xor, .*got moons/],
      ["network", { activation: untyped("none") }, /activation must be one of sigmoid, /],
      ["network", { rate: 0.2 }, /rate must be one of 0.01, .*got 0.2/],
      ["network", { units: 0 }, /units must be a number from 1 to 16, got 0/],
      ["network", { points: "?" }, /points must be as the figure writes it/],
    ];
    for (const [name, settings, message] of wrong)
      assert.throws(() => explore(untyped(name), settings), { name: "RangeError", message });
  });
});

describe("settings", () => {
  test("come from a notebook or an address, whatever it says", () => {
    const { units, rate, data, beside, step } = readSettings("network", {
      units: "99",
      rate: "0.3",
      data: "toString",
      beside: "none",
      step: "x",
    });
    assert.deepEqual([units, rate, data, beside, step], [16, 0.3, "circle", "none", 0]);
    assert.equal(readSettings("network", { rate: 7 }).rate, 0.1);
  });

  test("go into the address where they differ from the start, and come back out of it", () => {
    const start = readSettings("network", {});
    assert.equal(writeHash("network", start), "#explore-network");
    const settings = { ...start, data: "drawn", rate: 3, points: "AA1--0" };
    const hash = writeHash("network", settings);
    assert.match(hash, /^#explore-network\?data=drawn&rate=3&points=AA1--0$/);
    assert.deepEqual(readSettings("network", readHash("network", hash) ?? {}), settings);
    assert.equal(readHash("network", "#explore-depth?units=3"), undefined);
  });

  test("go into the code of a cell likewise, which explore takes", () => {
    const start = readSettings("network", {});
    const head = 'import { explore } from "activation-lab/course";\n\n';
    assert.equal(writeCode("network", start), `${head}explore("network");`);
    const code = writeCode("network", { ...start, data: "drawn", rate: 3, points: "AA1--0" });
    assert.equal(code, `${head}explore("network", { data: "drawn", rate: 3, points: "AA1--0" });`);
  });
});

describe("the network", () => {
  const options = {
    samples: lessonCircle(),
    activation: untyped("relu"),
    units: 5,
    rate: 0.1,
    seed: 3,
  };

  test("is the course's own: the same training, step by step", () => {
    const run = new Run(options);
    while (run.moments.length <= 20) run.advance();
    const network = new TwoLayerNetwork({
      activation: activations.relu,
      hiddenSize: 5,
      learningRate: 0.1,
      seed: 3,
    });
    network.train(lessonCircle(), { epochs: 20 });
    assert.deepEqual(run.moments[20].weights, network.weights);
    const errors = lessonCircle().map(({ x, label }) => (network.forward(x) - label) ** 2);
    near(run.moments[20].loss, errors.reduce((sum, one) => sum + one) / 200, 1e-12);
    const { outputs } = mapsOf(network.weights, "relu", gridOf(4, -2, 2));
    for (const [i, output] of outputs.entries())
      near(output, network.forward(gridOf(4, -2, 2)[i].x), 1e-12);
  });

  test("measures the mean gradient of a step: at a tiny rate, that of the loss itself", () => {
    const samples = circle({ n: 50, seed: 1 });
    const rate = 1e-6;
    const run = new Run({ ...options, samples, activation: "tanh", rate });
    run.advance();
    const { weights, ...first } = run.moments[0];
    assert.ok(Number.isNaN(first.hiddenGradient), "nothing is measured before the first step");
    const numbers = [...weights.w1.flat(), ...weights.b1, ...weights.w2, weights.b2];
    const halfLoss = (/** @type {readonly number[]} */ all) => {
      const w1 = weights.w1.map((_, unit) => all.slice(2 * unit, 2 * unit + 2));
      const [b1, w2] = [all.slice(10, 15), all.slice(15, 20)];
      const network = new TwoLayerNetwork({
        activation: activations.tanh,
        weights: { w1, b1, w2, b2: all[20] },
      });
      return samples.reduce(
        (sum, { x, label }) => sum + (network.forward(x) - label) ** 2 / 100,
        0,
      );
    };
    const slopes = numbers.map((at, i) => slopeOf((x) => halfLoss(numbers.with(i, x)), at));
    near(run.moments[1].hiddenGradient, Math.hypot(...slopes.slice(0, 15)), 1e-6);
    near(run.moments[1].outputGradient, Math.hypot(...slopes.slice(15)), 1e-6);
  });

  test("says which units are dead: by their slope, at every point", () => {
    const run = new Run({ ...options, rate: 3 });
    while (run.moments.length <= 30) run.advance();
    const { weights, dead } = run.moments[30];
    const expected = weights.w1.map(([wx, wy], unit) =>
      lessonCircle().every(({ x }) => wx * x[0] + wy * x[1] + weights.b1[unit] <= 0),
    );
    assert.deepEqual(dead, expected);
    assert.ok(dead.includes(true), "so that there is something to see");
    const leaky = new Run({ ...options, rate: 3, activation: "leakyRelu" });
    while (leaky.moments.length <= 30) leaky.advance();
    assert.ok(!leaky.moments[30].dead.includes(true), "a leaky unit has a slope everywhere");
  });

  test("keeps each step, and so many", () => {
    const run = new Run({ ...options, samples: dataNamed("xor", "").samples, units: 1 });
    while (run.advance());
    assert.equal(run.moments.length, MOST_STEPS + 1);
    assert.equal(run.epochsAStep, 50);
  });

  test("puts points drawn by hand into an address, half a place off at most", () => {
    const points = circle({ n: 40, seed: 2 });
    const back = textToPoints(pointsToText(points));
    for (const [i, { x, label }] of points.entries()) {
      assert.equal(back[i].label, label);
      for (const j of [0, 1]) near(back[i].x[j], x[j], 4.6 / 126);
    }
    assert.equal(pointsToText(back), pointsToText(points));
  });
});

describe("one unit", () => {
  test("stands where it is put, and says so", () => {
    const unit = unitAt(120, -0.7, 2);
    const { angle, distance: far, length } = placeOf(unit);
    near(angle, 120, 1e-9);
    near(far, -0.7, 1e-9);
    near(length, 2, 1e-9);
    const { points, fires } = look(unitAt(0, 1), "relu", cloud());
    assert.equal(fires, cloud().filter(({ x }) => x[0] > 1).length);
    for (const [i, { z, output }] of points.entries()) {
      near(z, cloud()[i].x[0] - 1, 1e-12);
      near(output, Math.max(z, 0), 1e-12);
    }
  });

  test("has the gradient of its loss", () => {
    for (const activation of /** @type {const} */ (["relu", "leakyRelu", "gelu", "tanh"])) {
      const unit = unitAt(100, 0.3);
      const { gradient } = look(unit, activation, cloud());
      for (const name of /** @type {const} */ (["wx", "wy", "b"])) {
        const loss = (/** @type {number} */ x) =>
          look({ ...unit, [name]: x }, activation, cloud()).loss;
        near(gradient[name], slopeOf(loss, unit[name]), 1e-6, `${activation} ${name}`);
      }
    }
  });

  test("out of the cloud a ReLU is dead and stays so, and Leaky ReLU comes back", () => {
    const away = unitAt(45, 3.2);
    const relu = look(away, "relu", cloud());
    assert.deepEqual([relu.fires, relu.isDead, relu.gradientLength], [0, true, 0]);
    let unit = away;
    for (let i = 0; i < 3000; i++)
      unit = step(unit, look(unit, "leakyRelu", cloud()).gradient, 0.1);
    assert.ok(!look(away, "leakyRelu", cloud()).isDead);
    assert.ok(look(unit, "leakyRelu", cloud()).fires > 10);
  });
});

describe("a curve of ReLUs", () => {
  test("goes through the bends it is built from, with a unit for each piece", () => {
    const bends = [0.2, 0.9, 0.1, 0.6].map((y, i) => ({ x: [0, 0.3, 0.5, 1][i], y }));
    const sum = unitsFrom(bends);
    assert.equal(sum.units.length, 3);
    for (const { x, y } of bends) near(valueAt(sum, "relu", x), y, 1e-12);
    near(valueAt(sum, "relu", 0.4), 0.5, 1e-12, "straight between two bends");
  });

  test("comes nearer to any curve with more units, and nearer still by training", () => {
    for (const [name, target] of Object.entries(targets)) {
      const apart = [2, 5, 20].map((units) => {
        const sum = unitsFrom(bendsOn(flatBends(units), target));
        return distance(sum, "relu", target);
      });
      assert.ok(apart[0] > apart[1] && apart[1] > apart[2], `${name}: ${apart}`);
      assert.ok(apart[2] < 0.03, name);
      let sum = unitsFrom(bendsOn(flatBends(5), target));
      for (let i = 0; i < 300; i++) sum = train(sum, "relu", target);
      assert.ok(distance(sum, "relu", target) < apart[1], name);
    }
  });
});

describe("depth", () => {
  test("a folding layer goes up and down between 0 and 1, once for each unit", () => {
    for (const width of [2, 3, 4]) {
      const layer = foldingLayer(width);
      for (let k = 0; k <= width; k++)
        near(pathThrough([layer], k / width)[1], k % 2, 1e-12, `${width} units at ${k}/${width}`);
      const layers = Array.from({ length: 5 }, () => layer);
      assert.deepEqual(
        piecesBehind(layers),
        [0, 1, 2, 3, 4, 5].map((depth) => width ** depth),
      );
      assert.deepEqual(piecesBehind(layers, true), [1, 1, 1, 1, 1, 1]);
    }
  });

  test("one layer has a piece more than units at most, however its weights are drawn", () => {
    for (let seed = 0; seed < 20; seed++) {
      const [, pieces] = piecesBehind(drawnLayers(4, 1, seed));
      assert.ok(pieces > 1 && pieces <= 5, `seed ${seed}: ${pieces}`);
    }
  });
});

describe("signal and gradient", () => {
  const network = drawDeepNetwork({ layers: 4, width: 6, seed: 1 });
  /** @type {Parameters<typeof passThrough>[1]} */
  const plain = { activation: "tanh", gain: 1.3, isNormalised: false, hasSkips: false };

  test("are those of the course's own, where that knows them", () => {
    for (const activation of /** @type {const} */ (["sigmoid", "relu"])) {
      const { signal, gradients } = passThrough(network, { ...plain, activation });
      const expected = gradientsThroughLayers(network, {
        activation: activations[activation],
        weightDeviation: 1.3 / Math.sqrt(6),
      });
      for (let layer = 0; layer < 4; layer++) {
        near(signal[layer], expected.signal[layer], 1e-12);
        near(gradients[layer], expected.gradients[layer], 1e-12);
      }
    }
  });

  test("with normalisation and skips: the gradient is the slope of what comes out", () => {
    for (const isNormalised of [false, true]) {
      for (const hasSkips of [false, true]) {
        const options = { ...plain, isNormalised, hasSkips };
        const { inputGradient } = passThrough(network, options);
        for (let i = 0; i < 6; i++) {
          const out = (/** @type {number} */ x) => {
            const { output } = passThrough(
              { ...network, input: network.input.with(i, x) },
              options,
            );
            return output.reduce((sum, one, j) => sum + one * network.outputGradient[j], 0);
          };
          near(inputGradient[i], slopeOf(out, network.input[i]), 1e-6, JSON.stringify(options));
        }
      }
    }
  });

  test("notebook 04's answer: which settings keep both within a factor of 100", () => {
    /** @param {import("activation-lab").ActivationKey} activation @param {Partial<typeof plain>} set */
    const isKept = (activation, set) => {
      const pass = passThrough(drawNetwork(32, 1), { ...plain, activation, ...set });
      const within = (/** @type {number[]} */ all) => Math.max(...all) < 100 * Math.min(...all);
      return within(pass.signal) && within(pass.gradients);
    };
    const gains = [0.5, 0.8, 1.1, 1.3, 1.45, 1.6, 2, 3];
    const keptAt = (/** @type {Parameters<typeof isKept>} */ ...[activation, set]) =>
      gains.filter((gain) => isKept(activation, { ...set, gain }));
    assert.deepEqual(keptAt("tanh", {}), [1.1, 1.3, 1.45, 1.6]);
    assert.deepEqual(keptAt("relu", {}), [1.45]);
    assert.deepEqual(keptAt("sigmoid", {}), []);
    assert.deepEqual(keptAt("tanh", { hasSkips: true }), [0.5, 0.8]);
    assert.deepEqual(keptAt("sigmoid", { hasSkips: true }), [0.5, 0.8, 1.1, 1.3, 1.45, 1.6, 2]);
    assert.deepEqual(keptAt("relu", { hasSkips: true }), []);
    for (const key of /** @type {const} */ (["sigmoid", "tanh", "relu", "leakyRelu", "gelu"]))
      assert.deepEqual(keptAt(key, { hasSkips: true, isNormalised: true }), gains);
  });
});
