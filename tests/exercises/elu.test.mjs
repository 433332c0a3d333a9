// Exercise ELU: right answers pass, wrong ones are refused for what is wrong with them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { elu } from "../../lib/dist/lib/exercises/elu.js";
import { slopeOf, untyped } from "../support.mjs";
import { testAnswers } from "./support.mjs";

testAnswers("elu", {
  forward: {
    right: [
      (x, alpha) => (x > 0 ? x : alpha * (Math.exp(x) - 1)),
      (x, alpha) => Math.max(0, x) + Math.min(0, alpha * (Math.exp(x) - 1)),
      (x, alpha) => {
        if (x > 0) return x;
        return alpha * Math.E ** x - alpha;
      },
    ],
    wrong: [
      [(x, a) => (x > 0 ? x : a * Math.exp(x)), "missing-constant"],
      [(x) => (x > 0 ? x : Math.exp(x) - 1), "missing-alpha"],
      [(x, a) => (x > 0 ? x : a * (1 - Math.exp(x))), "sign"],
      [(x, a) => (x > 0 ? x : Math.exp(a * x) - 1), "alpha-in-exponent"],
      [(x, a) => (x > 0 ? x : a * (Math.E ^ (x - 1))), "caret"],
      [(x, a) => (x > 0 ? x : a * ((Math.E ^ x) - 1)), "caret"],
      [(x, a) => (x > 0 ? x : a * Math.exp(x) - 1), "brackets"],
      [(x, a) => Number(x > 0) * x + Number(x <= 0) * a * Math.expm1(x), "not-a-number"],
      [(x, a) => (x < 0 ? a * Math.expm1(x) : x > 0 ? x : a), "unrecognised"],
      [(x, a) => Number((x > 0 ? x : a * Math.expm1(x)).toFixed(3)), "rounded"],
      [(x, a) => (x > 0 ? x : (a || 1) * Math.expm1(x)), "zero-alpha"],
      [(alpha, x) => (x > 0 ? x : alpha * Math.expm1(x)), "swapped-parameters"],
    ],
  },
  derivative: {
    right: [
      (x, alpha) => (x > 0 ? 1 : alpha * Math.exp(x)),
      (x, alpha) => (x > 0 ? 1 : alpha * Math.expm1(x) + alpha),
      (x, alpha) => {
        const curve = (/** @type {number} */ t) => alpha * Math.expm1(t);
        return x > 0 ? 1 : slopeOf(curve, x);
      },
    ],
    wrong: [
      [(x, a) => (x >= 0 ? 1 : a * Math.exp(x)), "boundary"],
      [(x, a) => (x > 0 ? x : a * Math.expm1(x)), "not-derived"],
      [(x, a) => (x > 0 ? 1 : a * Math.expm1(x)), "constant-kept"],
      [(x) => (x > 0 ? 1 : Math.exp(x)), "missing-alpha"],
      [(x, a) => (x > 0 ? 1 : -a * Math.exp(x)), "sign"],
      [(x, a) => (x > 0 ? 1 : a * x * Math.exp(x - 1)), "power-rule"],
      [(x, a) => (x > 0 ? 1 : a * Math.exp(-x)), "exponent-sign"],
      [(x, a) => (x > 0 ? 1 : a * (Math.E ^ x)), "caret"],
      [(x, a) => (x > 0 ? 1 : a * Math.expm1(x) + 1), "unrecognised"],
      [(x, a) => (x > 0 ? 1 : (a || 1) * Math.exp(x)), "zero-alpha"],
    ],
  },
  deadShare: {
    right: [
      (derivative, units, threshold) => {
        let dead = 0;
        for (const unit of units) {
          if (unit.every((z) => Math.abs(derivative(z)) < threshold)) dead++;
        }
        return dead / units.length;
      },
      (d, units, threshold) => {
        const largest = units.map((unit) => Math.max(...unit.map((z) => Math.abs(d(z)))));
        return largest.filter((size) => size < threshold).length / units.length;
      },
      (d, units, threshold) =>
        1 - units.filter((u) => u.some((z) => !(Math.abs(d(z)) < threshold))).length / units.length,
    ],
    wrong: [
      [
        (d, units, t) =>
          units.filter((u) => u.some((z) => Math.abs(d(z)) < t)).length / units.length,
        "one-sample",
      ],
      [
        (d, units, t) =>
          units.filter((u) => u.some((z) => Math.abs(d(z)) >= t)).length / units.length,
        "alive",
      ],
      [(d, units, t) => units.filter((u) => u.every((z) => Math.abs(d(z)) < t)).length, "count"],
      [
        (d, units, t) => units.filter((u) => u.every((z) => d(z) < t)).length / units.length,
        "sign",
      ],
      [
        (d, units, t) =>
          units.filter((u) => u.every((z) => Math.abs(d(z)) <= t)).length / units.length,
        "boundary",
      ],
      [
        (d, units, t) =>
          (100 * units.filter((u) => u.every((z) => Math.abs(d(z)) < t)).length) / units.length,
        "percentage",
      ],
      [
        (d, units, t) => units.filter((u) => u.every(() => untyped(d) < t)).length / units.length,
        "none-dead",
      ],
      [
        (d, units) => units.filter((u) => u.every((z) => d(z) === 0)).length / units.length,
        "only-zero",
      ],
      [
        (d, units) =>
          units.filter((u) => u.every((z) => Math.abs(d(z)) < 0.01)).length / units.length,
        "fixed-threshold",
      ],
      [
        (d, units, t) =>
          units.filter((u) => u.reduce((sum, z) => sum + Math.abs(d(z)), 0) / u.length < t).length /
          units.length,
        "mean",
      ],
      [
        (d, units, t) =>
          units.filter((u) => u.reduce((sum, z) => sum + Math.abs(d(z)), 0) < t).length /
          units.length,
        "sum",
      ],
      [
        (d, units, t) => {
          let dead = 0;
          for (let i = 0; i < units.length - 1; i++) {
            if (units[i].every((z) => Math.abs(d(z)) < t)) dead++;
          }
          return dead / units.length;
        },
        "unit-left-out",
      ],
      [
        (d, units, t) => {
          const dead = units.filter((u) => u.every((z) => Math.abs(d(z)) < t)).length;
          return dead / (units.length - 1);
        },
        "one-too-few",
      ],
      [
        (d, units, t) =>
          units.filter((u) => u.slice(0, -1).every((z) => Math.abs(d(z)) < t)).length /
          units.length,
        "sample-left-out",
      ],
      [
        (d, units, t) =>
          units.filter((u) => u.slice(1).every((z) => Math.abs(d(z)) < t)).length / units.length,
        "sample-left-out",
      ],
    ],
  },
});

test("the function gives what was worked out by hand", () => {
  assert.equal(elu(-1, 2), 2 * (1 / Math.E - 1));
});
