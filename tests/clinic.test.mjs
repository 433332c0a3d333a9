/** The patients of the clinic: what each has, and that a treatment changes one thing. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { admit } from "activation-lab/course";
import { digits } from "activation-lab/digits";
import { near, untyped } from "./support.mjs";

/** @import { Admission, Patient, Treatment } from "activation-lab/course" */

const images = digits().slice(0, 50);

/**
 * What can be seen of a network before it learns.
 * @param {Admission} admission
 */
function seen({ network, activation, learningRate }) {
  const [, layer] = network.inspect(images);
  const squares = layer.weights.flat().map((w) => w * w);
  const gain = Math.sqrt((32 * squares.reduce((sum, w) => sum + w, 0)) / squares.length);
  return { activation, learningRate, gain, bias: layer.biases[0] };
}

/** @type {Record<Patient, ReturnType<typeof seen>>} */
const found = {
  0: { activation: "relu", gain: Math.SQRT2, bias: 0, learningRate: 0.05 },
  1: { activation: "tanh", gain: 0.3, bias: 0, learningRate: 0.05 },
  2: { activation: "relu", gain: Math.SQRT2, bias: -1, learningRate: 0.05 },
  3: { activation: "tanh", gain: 10, bias: 0, learningRate: 0.05 },
  4: { activation: "relu", gain: Math.SQRT2, bias: 0, learningRate: 1 },
};
const patients = /** @type {Patient[]} */ (Object.keys(found).map(Number));

/**
 * @param {Patient} patient
 * @param {Treatment | undefined} treatment
 * @param {Partial<ReturnType<typeof seen>>} [changed]
 */
function assertSeen(patient, treatment, changed = {}) {
  const { gain, ...rest } = seen(admit(patient, treatment));
  const expected = { ...found[patient], ...changed };
  near(gain / expected.gain, 1, 0.06, `gain of patient ${patient}, ${treatment}`);
  assert.deepEqual({ ...rest, gain: expected.gain }, expected);
}

test("each patient has one thing wrong", () => {
  for (const patient of patients) assertSeen(patient, undefined);
});

test("a treatment changes one thing", () => {
  for (const patient of patients) {
    const { activation, learningRate } = found[patient];
    const gain = activation === "relu" ? Math.SQRT2 : 1;
    assertSeen(patient, "none");
    assertSeen(patient, "weights by the rule", { gain });
    assertSeen(patient, "biases at 0", { bias: 0 });
    assertSeen(patient, "a tenth of the learning rate", { learningRate: learningRate / 10 });
    assertSeen(patient, "ten times the learning rate", { learningRate: learningRate * 10 });
  }
});

test("the seed draws the weights, and a patient that comes again is the same", () => {
  const weights = (/** @type {number} */ seed) =>
    admit(1, "none", seed).network.inspect(images)[0].weights;
  assert.deepEqual(weights(3), weights(3));
  assert.notDeepEqual(weights(3), weights(4));
});

test("an unknown patient or treatment is refused", () => {
  assert.throws(() => admit(untyped(5)), /patient must be one of 0, 1, 2, 3, 4, got 5/);
  assert.throws(() => admit(1, untyped("rest")), /treatment must be one of none, .*, got rest/);
});
