// Exercise PReLU: right answers pass, wrong ones are refused for what is wrong with them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { prelu, preluAlphaGradient, trainStep } from "../../lib/dist/lib/exercises/prelu.js";
import { near, slopeOf } from "../support.mjs";
import { testAnswers } from "./support.mjs";

/** @import { PReluAnswer, PReluNetwork } from "activation-lab/exercises" */

testAnswers("prelu", {
  forward: {
    right: [
      (x, alpha) => Math.max(0, x) + alpha * Math.min(0, x),
      (x, alpha) => {
        if (x <= 0) return x * alpha;
        return x;
      },
      (() => {
        /** @type {PReluAnswer["forward"][]} */
        const steps = [(x) => x, (x, alpha) => alpha * x];
        /** @type {PReluAnswer["forward"]} */
        return (x, alpha) => steps[Number(x <= 0)](x, alpha);
      })(),
    ],
    wrong: [
      [(x, a) => Math.max(x, a * x), "max"],
      [(x, a) => (x < 0 ? -a * x : x), "sign"],
      [(x) => Math.max(0, x), "relu"],
      [(x) => (x > 0 ? x : 0.01 * x), "fixed-slope"],
      [(x, a) => (x < 0 ? x : a * x), "swapped-cases"],
      [(x, a) => 3 * (x > 0 ? x : a * x), "factor"],
      [(x, a) => -(x > 0 ? x : a * x), "every-sign"],
      [(x, a) => (x > 1 ? x : a * x), "unrecognised"],
      [(x) => (x > 0 ? x : 0.25 * x), "unrecognised"],
      [(x, a) => Number((x > 0 ? x : a * x).toFixed(2)), "rounded"],
      [(x, a) => (x > 0 ? x : (a || 0.01) * x), "zero-alpha"],
      [(alpha, x) => (x > 0 ? x : alpha * x), "swapped-parameters"],
    ],
  },
  derivative: {
    right: [
      (x, alpha) => [alpha, 1][Number(x > 0)],
      (x, alpha) => (x === 0 ? alpha : slopeOf((t) => (t > 0 ? t : alpha * t), x)),
      (x, alpha) => {
        let result = alpha;
        if (x > 0) result = 1;
        return result;
      },
    ],
    wrong: [
      [(x, a) => (x >= 0 ? 1 : a), "boundary"],
      [(x, a) => (x > 0 ? x : a * x), "not-derived"],
      [(x) => (x > 0 ? 1 : 0), "relu"],
      [(x, a) => (x > 0 ? 1 : -a), "sign"],
      [(x) => (x > 0 ? 0 : x), "by-alpha"],
      [() => 1, "constant"],
      [(_, a) => a, "returns-argument"],
      [(x, a) => (x > 0 ? 1 : a + 0.001), "unrecognised"],
      [(x, a) => (x < 0 ? a : x > 0 ? 1 : 0), "unrecognised"],
      [(x, a) => (x > 0 ? 1 : a || 0.01), "zero-alpha"],
      [(alpha, x) => (x > 0 ? 1 : alpha), "swapped-parameters"],
    ],
  },
  alphaGradient: {
    right: [
      (x) => Math.min(0, x),
      (x, alpha) => slopeOf((t) => (x > 0 ? x : t * x), alpha),
      (x, _alpha) => (x > 0 ? 0 : x),
    ],
    wrong: [
      [(x, a) => (x > 0 ? 1 : a), "by-x"],
      [(x) => x, "x-everywhere"],
      [(x) => (x > 0 ? 0 : 1), "missing-factor"],
      [(x) => (x > 0 ? 0 : -x), "sign"],
      [(x, a) => (x > 0 ? x : a * x), "not-derived"],
      [(x) => (x > 0 ? x : 0), "swapped-cases"],
    ],
  },
  forwardPass: {
    right: [
      ({ w1, b1, w2, b2, alpha }, x) => {
        const z = w1.map(([u, v], i) => u * x[0] + v * x[1] + b1[i]);
        const hidden = z.map((v) => Math.max(0, v) + alpha * Math.min(0, v));
        let total = b2;
        for (const [i, h] of hidden.entries()) total += w2[i] * h;
        return { output: 1 / (1 + Math.exp(-total)), hidden, z };
      },
      (n, x) => ({ ...passByHand(n, x), extra: 1 }),
      (n, x) => {
        const { z, hidden, output } = passByHand(n, x);
        return { z: Float64Array.from(z), hidden, output };
      },
    ],
    wrong: [
      [(n, x) => ({ ...passByHand(n, x), z: [] }), "shape"],
      [(n, x) => passByHand(n, x).output, "shape"],
      [(n, x) => ({ z: passByHand(n, x).z }), "shape"],
      [(n, x) => passByHand({ ...n, b1: n.b1.map(() => 0) }, x), "no-hidden-bias"],
      [(n, x) => passByHand({ ...n, b2: 0 }, x), "no-output-bias"],
      [(n, x) => passByHand({ ...n, alpha: 0 }, x), "relu"],
      [(n, x) => passByHand({ ...n, alpha: 0.01 }, x), "unrecognised"],
      [(n, x) => passByHand(n, [x[1], x[0]]), "unrecognised"],
    ],
  },
  alphaSlope: {
    right: [
      (d, z) => d.reduce((total, one, i) => total + one * Math.min(0, z[i]), 0),
      (d, z) => {
        let total = 0;
        for (let i = 0; i < z.length; i++) if (z[i] < 0) total += z[i] * d[i];
        return total;
      },
      (d, z) => {
        const parts = z.map((v, i) => (v <= 0 ? v * d[i] : 0));
        return parts.reduce((a, b) => a + b);
      },
    ],
    wrong: [
      [(d, z) => d.map((one, i) => one * Math.min(0, z[i])), "shape"],
      [(d, z) => d.reduce((total, one, i) => total + one * z[i], 0), "positive-units"],
      [(d, z) => d.reduce((total, one, i) => total - one * Math.min(0, z[i]), 0), "sign"],
      [(d, z) => d[0] * Math.min(0, z[0]), "first-unit"],
      [(_, z) => z.reduce((total, v) => total + Math.min(0, v), 0), "no-arriving"],
      [
        (d, z, a) => a * d.reduce((total, one, i) => total + one * Math.min(0, z[i]), 0),
        "unrecognised",
      ],
      [
        (d, z) => d.reduce((total, one, i) => total + one * Math.min(0, z[i]), 0) / d.length,
        "mean",
      ],
    ],
  },
  trainStep: {
    right: [
      stepByHand,
      (network, sample, rate) => {
        Object.assign(network, stepByHand(network, sample, rate));
      },
      (network, sample, rate) => {
        const next = stepByHand(network, sample, rate);
        network.alpha = next.alpha;
        network.b2 = next.b2;
        for (const key of /** @type {const} */ (["b1", "w2"])) {
          network[key].splice(0, Infinity, ...next[key]);
        }
        network.w1.splice(0, Infinity, ...next.w1);
        return 0.25; // the loss, say
      },
      (network, sample, rate) => {
        const next = stepByHand(network, sample, rate);
        return { ...next, w2: Float64Array.from(next.w2), epoch: 1 };
      },
    ],
    wrong: [
      [(n, s, r) => ({ ...stepByHand(n, s, r), alpha: n.alpha }), "unrecognised"],
      [(n, s, r) => ({ ...n, alpha: stepByHand(n, s, r).alpha }), "unrecognised"],
      [(n, s, r) => stepByHand(n, s, -r), "sign"],
      [(n, s, r) => stepByHand(n, s, 2 * r), "factor-2"],
      [
        (n, s, r) => {
          const next = stepByHand(n, s, r);
          return { ...next, alpha: n.alpha + (next.alpha - n.alpha) / n.w1.length };
        },
        "mean",
      ],
      [
        (n, s, r) => {
          const { alpha } = stepByHand(n, s, r);
          return { ...stepByHand({ ...n, alpha }, s, r), alpha };
        },
        "unrecognised",
      ],
      [
        (n, s, r) => ({ ...stepByHand(n, s, r), b2: 2 * n.b2 - stepByHand(n, s, r).b2 }),
        "unrecognised",
      ],
      [(n, s, r) => ({ ...stepByHand(n, s, 3 * r), w1: n.w1 }), "unrecognised"],
      [(n, s, r) => ({ ...stepByHand(n, s, r), alpha: stepByHand(n, s, 1).alpha }), "unrecognised"],
      [(n, s) => stepByHand(n, s, 0.1), "unrecognised"],
      [
        (n, s, r) => ({ ...stepByHand(n, s, r), w1: stepByHand({ ...n, alpha: 0 }, s, r).w1 }),
        "unrecognised",
      ],
      [
        (n, s, r) => {
          const { w1, b1, w2 } = stepByHand(n, s, r);
          Object.assign(n, { w1, b1, w2 });
        },
        "copies",
      ],
      [(n, s, r) => stepByHand(n, s, r, { early: true }), "alpha-in-loop"],
      [(n) => n, "unchanged"],
      [() => ({ w1: [] }), "shape"],
      [(n) => ({ w2: n.w2, alpha: n.alpha }), "shape"],
      [(n, s, r) => ({ ...stepByHand(n, s, r), alpha: Number.NaN }), "not-a-number"],
      [(n, s, r) => stepByHand(n, s, r, { slopeAt0: 1 }), "boundary"],
      [
        (n, s, r) => {
          const next = stepByHand({ ...n, alpha: n.alpha || 0.01 }, s, r);
          return n.alpha ? next : { ...next, alpha: next.alpha - 0.01 };
        },
        "zero-alpha",
      ],
    ],
  },
});

/**
 * The network's numbers as the task's formulas move them, or with alpha changed in the loop too early.
 * @param {PReluNetwork} network
 * @param {import("activation-lab").Sample} sample
 * @param {number} rate
 */
function stepByHand(
  { w1, b1, w2, b2, alpha },
  { x, label },
  rate,
  { early = false, slopeAt0 = alpha } = {},
) {
  const z = w1.map(([u, v], i) => u * x[0] + v * x[1] + b1[i]);
  const f = (/** @type {number} */ value) => (value > 0 ? value : alpha * value);
  const out = 1 / (1 + Math.exp(-(b2 + w2.reduce((sum, w, i) => sum + w * f(z[i]), 0))));
  const delta = (out - label) * out * (1 - out);
  let next = alpha;
  const dz = z.map((value, i) => {
    next -= rate * delta * w2[i] * Math.min(0, value);
    return delta * w2[i] * (value > 0 ? 1 : value === 0 ? slopeAt0 : early ? next : alpha);
  });
  return {
    w1: w1.map((row, i) => row.map((w, j) => w - rate * dz[i] * x[j])),
    b1: b1.map((b, i) => b - rate * dz[i]),
    w2: w2.map((w, i) => w - rate * delta * f(z[i])),
    b2: b2 - rate * delta,
    alpha: next,
  };
}

/**
 * @param {PReluNetwork} network
 * @param {readonly number[]} x
 */
function passByHand({ w1, b1, w2, b2, alpha }, x) {
  const z = w1.map(([u, v], i) => u * x[0] + v * x[1] + b1[i]);
  const hidden = z.map((value) => (value > 0 ? value : alpha * value));
  const logit = b2 + w2.reduce((sum, w, i) => sum + w * hidden[i], 0);
  return { z, hidden, output: 1 / (1 + Math.exp(-logit)) };
}

test("the functions give what was worked out by hand", () => {
  assert.equal(prelu(-2, 1.5), -3);
  assert.equal(preluAlphaGradient(-2, 3), -2);
});

test("the training step follows the numerical gradient of the loss", () => {
  const network = { w1: [[0.5, -1]], b1: [-0.2], w2: [0.8], b2: 0.1, alpha: 0.3 };
  const sample = /** @type {const} */ ({ x: [0.4, 0.9], label: 1 });
  const loss = (/** @type {number} */ alpha) => {
    const z = 0.5 * 0.4 - 0.9 - 0.2;
    const out = 1 / (1 + Math.exp(-(0.8 * alpha * z + 0.1)));
    return (out - 1) ** 2 / 2;
  };
  trainStep(network, sample, 1);
  near(network.alpha, 0.3 - slopeOf(loss, 0.3), 1e-9, "alpha");
});
