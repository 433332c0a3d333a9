// Exercise "Sick networks": any one change that cures passes, on networks that nobody has looked at.
import assert from "node:assert/strict";
import { test } from "node:test";
import { networkOf, patients } from "activation-lab/exercises";
import { reportOn, testAnswers } from "./support.mjs";

testAnswers("sickNetworks", {
  cureA: {
    right: [
      (patient) => ({ ...patient, bias: 0.5 }),
      ({ activation, learningRate, gain }) => ({ activation, learningRate, gain, bias: -1 }),
      (patient) => {
        patient.bias = 0;
        return patient;
      },
    ],
    wrong: [
      [(patient) => ({ ...patient }), "unchanged"],
      [(patient) => ({ ...patient, learningRate: 3 }), "vain-learningrate"],
      [(patient) => ({ ...patient, activation: "leakyRelu" }), "vain-activation"],
      [(patient) => ({ ...patient, gain: 0.5 }), "vain-gain"],
      [(patient) => ({ ...patient, bias: -2 }), "unrecognised"],
      [(patient) => ({ ...patient, bias: 0, activation: "gelu" }), "unrecognised"],
      [(patient) => ({ ...patient, hiddenLayers: 2 }), "unrecognised"],
      [(patient) => ({ ...patient, bias: Number.NaN }), "unrecognised"],
      [() => ({ bias: 0 }), "unrecognised"],
      [(patient) => ({ ...patient, activation: /** @type {any} */ ("none") }), "unrecognised"],
      [() => 0, "unrecognised"],
    ],
  },
  cureB: {
    right: [
      (patient) => ({ ...patient, learningRate: 1 }),
      (patient) => ({ ...patient, learningRate: patient.learningRate / 1000 }),
      (patient) => ({ ...patient, activation: "sigmoid" }),
    ],
    wrong: [
      [(patient) => ({ ...patient, learningRate: 30 }), "unrecognised"],
      [(patient) => ({ ...patient, learningRate: 0 }), "unrecognised"],
      [(patient) => ({ ...patient, activation: "gelu" }), "vain-activation"],
      [(patient) => ({ ...patient, bias: 0.5 }), "vain-bias"],
      [(patient) => ({ ...patient, gain: 0.1 }), "vain-gain"],
    ],
  },
  cureC: {
    right: [
      (patient) => ({ ...patient, gain: 0.5 }),
      (patient) => ({ ...patient, gain: 5 }),
      (patient) => ({ ...patient, gain: patient.gain / 50 }),
    ],
    wrong: [
      [(patient) => ({ ...patient, gain: 0.1 }), "unrecognised"],
      [(patient) => ({ ...patient, activation: "sigmoid" }), "vain-activation"],
      [(patient) => ({ ...patient, learningRate: 1 }), "vain-learningrate"],
      [(patient) => ({ ...patient, bias: -2 }), "vain-bias"],
      [() => undefined, "unrecognised"],
    ],
  },
  cureD: {
    right: [
      (patient) => ({ ...patient, activation: "relu" }),
      (patient) => ({ ...patient, activation: "leakyRelu" }),
      (patient) => ({ ...patient, hiddenLayers: 1 }),
    ],
    wrong: [
      [(patient) => ({ ...patient, hiddenLayers: 2 }), "vain-hiddenlayers"],
      [(patient) => ({ ...patient, hiddenLayers: 0 }), "unrecognised"],
      [(patient) => ({ ...patient, learningRate: 0.5 }), "vain-learningrate"],
      [(patient) => ({ ...patient, gain: 1 }), "unrecognised"],
      [(patient) => patient, "unchanged"],
    ],
  },
});

test("what was changed, and what came of it, is said", () => {
  const said = (/** @type {any} */ change) =>
    reportOn("sickNetworks", "cureA", (/** @type {any} */ patient) => ({ ...patient, ...change }))
      .message;
  assert.match(said({ bias: 0, gain: 2 }), /received: "2 things are changed: bias, gain"$/);
  assert.match(said({ depth: 2 }), /received: "a patient has no depth"$/);
  assert.match(said({ learningRate: -1 }), /received: "no network can have this learningRate"$/);
  assert.match(
    said({ bias: -3 }),
    /expected: "it learns"\n.*"it does not learn with another bias"$/,
  );
});

test("patients are built with their settings, the same for the same seed", () => {
  const { weights } = networkOf(patients.a, 7);
  assert.deepEqual([...new Set(weights.b1)], [-6]);
  const { weights: large } = networkOf(patients.c, 7);
  assert.equal(large.w1[0][0], 50 * weights.w1[0][0]);
});
