/** The course on one page: what it says of the functions is so, and its rules are those of `recommendActivation`. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { activations } from "activation-lab";
import { CHOICES, onePage, recommendActivation } from "activation-lab/course";

/** @import { LayerQuestion } from "activation-lab/course" */

const { functions, rules, symptoms } = onePage();
const factsOf = Object.fromEntries(functions.map((row) => [row.name, row]));

describe("the functions", () => {
  test("are the lesson's, the tanh form of GELU aside", () => {
    const { sigmoid, tanh, relu, leakyRelu, gelu, swish } = activations;
    assert.deepEqual(
      functions.map(({ name }) => name),
      [sigmoid, tanh, relu, leakyRelu, gelu, swish].map(({ name }) => name),
    );
  });

  test("have the ranges, slopes and means that one can work out", () => {
    const { Sigmoid, Tanh, ReLU, GELU, Swish } = factsOf;
    assert.deepEqual(
      [Sigmoid.range, Tanh.range, ReLU.range, factsOf["Leaky ReLU"].range, GELU.range],
      ["0 to 1", "−1 to 1", "0 to ∞", "−∞ to ∞", "−0.17 to ∞"],
    );
    assert.equal(Sigmoid.steepest, "0.25 at x = 0");
    assert.equal(ReLU.steepest, "1 at x > 0");
    // Φ(√2) + √2 φ(√2), where x² = 2.
    assert.equal(GELU.steepest, "1.13 at x = 1.41");
    assert.equal(Swish.steepest, "1.1 at x = 2.4");
    // 1/√(2π) for ReLU, 0.99 of it for Leaky ReLU, 1/(2√π) for GELU.
    assert.equal(ReLU.meanOutput, (1 / Math.sqrt(2 * Math.PI)).toFixed(3));
    assert.equal(factsOf["Leaky ReLU"].meanOutput, (0.99 / Math.sqrt(2 * Math.PI)).toFixed(3));
    assert.equal(GELU.meanOutput, (1 / (2 * Math.sqrt(Math.PI))).toFixed(3));
    assert.deepEqual([Sigmoid.meanOutput, Tanh.meanOutput], ["0.5", "0"]);
  });

  test("are flat where their slope is below 0.01", () => {
    assert.equal(factsOf["Leaky ReLU"].flat, "nowhere");
    assert.equal(factsOf.ReLU.flat, "below 0");
    for (const key of /** @type {const} */ (["sigmoid", "tanh", "gelu", "swish"])) {
      const { name, derivative } = activations[key];
      const end = -Number(/below −([\d.]+)/.exec(factsOf[name].flat)?.[1]);
      assert.ok(Math.abs(derivative(end - 0.06)) < 0.01, name);
      assert.ok(Math.abs(derivative(end + 0.06)) >= 0.01, name);
    }
  });
});

describe("the rules", () => {
  test("are those of recommendActivation", () => {
    const questions = /** @type {LayerQuestion[]} */ ([
      ...CHOICES.architecture.map((architecture) => ({ layer: "hidden", architecture })),
      { layer: "hidden", architecture: "mlp", symptom: "dead neurons" },
      { layer: "gate", architecture: "lstm" },
      { layer: "gate", architecture: "transformer" },
      ...CHOICES.task.map((task) => ({ layer: "output", task })),
    ]);
    const cases = rules.flatMap(({ cases }) => cases);
    assert.equal(cases.length, questions.length);
    questions.forEach((question, i) => {
      const { activation, alternative } = recommendActivation(question);
      const same = (/** @type {string} */ key, /** @type {string} */ name) =>
        key in activations
          ? activations[/** @type {keyof typeof activations} */ (key)].name === name
          : name.toLowerCase().startsWith(key);
      assert.ok(same(activation, cases[i].first), cases[i].when);
      if (alternative) assert.ok(same(alternative.activation, cases[i].second), cases[i].when);
      else assert.equal(cases[i].second, "");
    });
  });

  test("name what to do against every symptom", () => {
    assert.deepEqual(
      symptoms.map(({ symptom }) => symptom),
      CHOICES.symptom,
    );
    for (const { symptom, steps } of symptoms) {
      const { besides } = recommendActivation({ layer: "hidden", architecture: "mlp", symptom });
      assert.ok(steps.length > 0);
      assert.ok(steps.every((one) => besides.some(({ step }) => step === one)));
    }
  });
});
