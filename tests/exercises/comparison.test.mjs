// What counts as the same value: to the sixth digit, or as near to 0 as sums of rounded numbers come.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { findDifference, isSame, isUnchanged } from "../../lib/dist/lib/exercises/comparison.js";
import { reportOn } from "./support.mjs";

/** @import { EluAnswer, FiftyLayersAnswer } from "activation-lab/exercises" */

describe("numbers", () => {
  test("are the same to six digits, whatever their size", () => {
    for (const value of [1, -3e-8, 2e15, 1e-300]) {
      assert.ok(isSame(value * (1 + 9e-7), value), `${value}`);
    }
    for (const value of [1, -3e-3, 2e15]) assert.ok(!isSame(value * (1 + 2e-6), value), `${value}`);
  });

  test("are the same as 0 up to what rounding leaves", () => {
    assert.ok(isSame(1 - 0.2 - 0.2 - 0.2 - 0.2 - 0.2, 0));
    assert.ok(isSame(0, 1e-13));
    assert.ok(isSame(-0, 0));
    assert.ok(!isSame(2e-12, 0));
  });

  test("that are infinite or NaN are the same as themselves only", () => {
    const special = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN, 1e308, 0];
    for (const one of special) {
      for (const other of special) {
        assert.equal(isSame(one, other), Object.is(one, other), `${one}, ${other}`);
      }
    }
  });

  test("that have changed at all are not unchanged", () => {
    assert.ok(isUnchanged([1, { a: 0.1 }], [1, { a: 0.1 }]));
    assert.ok(!isUnchanged([1, { a: 0.1 + 1e-16 }], [1, { a: 0.1 }]));
  });
});

test("a share that is taken off step by step is right", () => {
  /** @type {EluAnswer["deadShare"]} */
  const stepByStep = (derivative, units, threshold) => {
    let share = 1;
    for (const unit of units) {
      if (unit.some((z) => Math.abs(derivative(z)) >= threshold)) share -= 1 / units.length;
    }
    return share;
  };
  const { outcome, message } = reportOn("elu", "deadShare", stepByStep);
  assert.equal(outcome, "correct", message);
});

test("a signal that is tiny is not the same as none", () => {
  /** @type {FiftyLayersAnswer["magnitudes"]} */
  const cutOff = (fn, { inputs, weights }) => {
    let values = inputs;
    return weights.map((row) => {
      const activation = fn(row.reduce((sum, weight, j) => sum + weight * values[j], 0));
      values = inputs.map(() => activation);
      return Math.abs(activation) < 1e-9 ? 0 : Math.abs(activation);
    });
  };
  assert.equal(reportOn("fiftyLayers", "magnitudes", cutOff).outcome, "wrong");
  /** @type {(size: number) => FiftyLayersAnswer["sensitivity"]} */
  const fading =
    (size) =>
    ({ fn, derivative }, { inputs, weights }) => {
      let values = inputs;
      let left = 1;
      return weights.map((row) => {
        const z = row.reduce((sum, weight, j) => sum + weight * values[j], 0);
        left *= Math.abs(derivative(z) * row.reduce((sum, weight) => sum + weight, 0));
        values = inputs.map(() => fn(z));
        return left < size ? 0 : left;
      });
    };
  assert.equal(reportOn("fiftyLayers", "sensitivity", fading(1e-13)).outcome, "wrong");
  assert.equal(reportOn("fiftyLayers", "sensitivity", fading(0)).outcome, "correct");
});

describe("a difference", () => {
  test("names the first place, and what is there", () => {
    assert.deepEqual(findDifference({ a: [1, [2, 3]] }, { a: [1, [2, 4]] }), {
      path: "a[1][1]",
      expected: "a[1][1] = 4",
      received: "a[1][1] = 3",
    });
    assert.equal(findDifference({ a: 1, more: 2 }, { a: 1 }), undefined);
  });

  test("says what kind of value is needed", () => {
    /** @param {unknown} received @param {unknown} expected */
    const shape = (received, expected) => findDifference(received, expected)?.shape;
    assert.equal(shape("1", 1), 'What it returns must be a number, and is the text "1".');
    assert.equal(shape([1], []), "What it returns must be an empty list, and is a list of 1.");
    assert.equal(shape([1, "2"], [1, 2]), '[1] must be a number, and is the text "2".');
    assert.equal(shape({}, { a: 1 }), "What it returns has no a; it has nothing.");
    assert.equal(
      shape(3, undefined),
      "What it returns must be undefined here, and is the number 3.",
    );
    assert.equal(shape(null, undefined), undefined);
    assert.match(shape(() => 1, 1) ?? "", /is a function \(is it to be called once more\?\)\.$/);
  });
});
