// Softmax: probabilities whatever the logits.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { softmax } from "activation-lab";
import fc from "fast-check";
import { near } from "./support.mjs";

fc.configureGlobal({ seed: 1902, numRuns: 300 });

const logit = fc.double({ min: -50, max: 50, noNaN: true });
const logits = fc.array(logit, { minLength: 1, maxLength: 12 });

// e / (1 + e) and 1 / (1 + e), from mpmath: 0.73105857863000487925…, 0.26894142136999512074…
const LIKELY = 0.7310585786300049;
const UNLIKELY = 0.2689414213699951;

/** @param {readonly number[]} values */
const sum = (values) => values.reduce((total, value) => total + value, 0);

/** @param {readonly number[]} got @param {readonly number[]} expected @param {number} [relative] */
function close(got, expected, relative = 1e-13) {
  assert.equal(got.length, expected.length);
  for (const [index, value] of expected.entries()) {
    near(got[index], value, relative * value, `probability ${index}`);
  }
}

describe("softmax", () => {
  test("known values", () => {
    close(softmax([Math.log(1), Math.log(2), Math.log(5)]), [1 / 8, 2 / 8, 5 / 8]);
    assert.deepEqual(softmax([3]), [1]);
    assert.deepEqual(softmax([-7, -7, -7, -7]), [0.25, 0.25, 0.25, 0.25]);
    close(softmax([0, 1]), [UNLIKELY, LIKELY], 1e-15);
  });

  test("sums to 1, each from 0 to 1, as many as came in", () => {
    fc.assert(
      fc.property(logits, (values) => {
        const result = softmax(values);
        assert.equal(result.length, values.length);
        assert.ok(result.every((p) => p >= 0 && p <= 1));
        near(sum(result), 1, 1e-14, "sum");
      }),
    );
  });

  test("ignores a shift", () => {
    fc.assert(
      fc.property(logits, fc.integer({ min: -1e6, max: 1e6 }), (values, shift) => {
        // Whole numbers, which shift without rounding.
        const whole = values.map(Math.round);
        assert.deepEqual(softmax(whole.map((value) => value + shift)), softmax(whole));
      }),
    );
  });

  test("keeps the order, and the ratio of two is e to the difference", () => {
    fc.assert(
      fc.property(logits, (values) => {
        const result = softmax(values);
        const [first] = values;
        const [p] = result;
        for (const [index, value] of values.entries()) {
          const q = result[index];
          assert.ok(value > first ? q >= p : q <= p);
          const ratio = Math.exp(first - value);
          near(p / q, ratio, 1e-12 * ratio, "ratio");
        }
      }),
    );
  });

  test("handles logits whose exponential overflows or vanishes", () => {
    close(softmax([1e4, 1e4 - 1]), [LIKELY, UNLIKELY]);
    close(softmax([-1e4, -1e4 - 1]), [LIKELY, UNLIKELY]);
    assert.deepEqual(softmax([1000, -1000]), [1, 0]);
    assert.deepEqual(softmax([Number.MAX_VALUE, -Number.MAX_VALUE]), [1, 0]);
  });

  test("infinite logits give the limit, NaN gives NaN everywhere", () => {
    assert.deepEqual(softmax([Infinity, 5]), [1, 0]);
    assert.deepEqual(softmax([Infinity, 5, Infinity]), [0.5, 0, 0.5]);
    assert.deepEqual(softmax([-Infinity, 5]), [0, 1]);
    assert.deepEqual(softmax([-Infinity, -Infinity]), [0.5, 0.5]);
    assert.deepEqual(softmax([1, Number.NaN, Infinity]), [Number.NaN, Number.NaN, Number.NaN]);
  });

  test("as many logits as a language model's vocabulary has", () => {
    const count = 250_000;
    const result = softmax(new Array(count).fill(2));
    assert.equal(result.length, count);
    assert.equal(result[count - 1], 1 / count);
  });

  test("leaves what it was given as it was", () => {
    const given = Object.freeze([3, 1, 2]);
    softmax(given);
    assert.deepEqual(given, [3, 1, 2]);
  });

  test("no logits: a RangeError that says so", () => {
    assert.throws(() => softmax([]), { name: "RangeError", message: /softmax: logits is empty/ });
  });
});
