// Median and 5–95 % range, of values and of curves.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { spread, spreadOfCurves } from "activation-lab";
import fc from "fast-check";
import { near, untyped } from "./support.mjs";

fc.configureGlobal({ seed: 1996, numRuns: 200 });

const values = fc.array(fc.double({ min: -1e9, max: 1e9, noNaN: true }), {
  minLength: 1,
  maxLength: 60,
});

/** @param {import("activation-lab").Spread} got @param {[low: number, median: number, high: number]} expected */
function close({ low, median, high }, expected) {
  near(low, expected[0], 1e-12, "low");
  near(median, expected[1], 1e-12, "median");
  near(high, expected[2], 1e-12, "high");
}

describe("spread", () => {
  test("interpolates as R's quantile type 7 and NumPy's default do", () => {
    // numpy.quantile(values, [0.05, 0.5, 0.95])
    close(spread([1, 2, 3, 4]), [1.15, 2.5, 3.85]);
    close(spread([7, 1, 3]), [1.2, 3, 6.6]);
    close(spread([0.3, -1.2, 8.5, 2.25, 2.25, -7]), [-5.55, 1.275, 6.9375]);
    close(spread(Array.from({ length: 101 }, (_, i) => i)), [5, 50, 95]);
  });

  test("of one value is that value", () => {
    assert.deepEqual(spread([42]), { low: 42, median: 42, high: 42 });
  });

  test("does not depend on the order, and lies inside the values", () => {
    fc.assert(
      fc.property(values, (given) => {
        const { low, median, high } = spread(given);
        assert.deepEqual(spread([...given].reverse()), { low, median, high });
        assert.ok(Math.min(...given) <= low && low <= median);
        assert.ok(median <= high && high <= Math.max(...given));
        const below = given.filter((value) => value < median).length;
        const above = given.filter((value) => value > median).length;
        assert.ok(below <= given.length / 2 && above <= given.length / 2);
      }),
    );
  });

  test("leaves nine of ten between low and high", () => {
    const many = Array.from({ length: 1000 }, (_, i) => (i * 7919) % 1000);
    const { low, high } = spread(many);
    assert.equal(many.filter((value) => value < low).length, 50);
    assert.equal(many.filter((value) => value > high).length, 50);
  });

  test("orders by size, not as text", () => {
    assert.equal(spread([10, 9, 100, 1, 1000]).median, 10);
  });

  test("keeps the place of infinite values, such as the epochs of a run that never got there", () => {
    assert.deepEqual(spread([3, Infinity, Infinity]).median, Infinity);
    assert.deepEqual(spread([Infinity, Infinity]), {
      low: Infinity,
      median: Infinity,
      high: Infinity,
    });
    assert.equal(spread([1, 2, 3, Infinity, Infinity]).median, 3);
    assert.equal(spread([-Infinity, -Infinity, 5]).median, -Infinity);
  });

  test("leaves the values as they were", () => {
    const given = Object.freeze([3, 1, 2]);
    assert.equal(spread(given).median, 2);
    assert.deepEqual(given, [3, 1, 2]);
  });

  test("of nothing: a RangeError", () => {
    assert.throws(() => spread([]), { name: "RangeError", message: /spread: values is empty/ });
  });

  for (const wrong of [Number.NaN, "1", null, undefined]) {
    test(`with ${typeof wrong} ${wrong}: a TypeError that says where`, () => {
      assert.throws(() => spread(untyped([1, 2, wrong])), {
        name: "TypeError",
        message: `spread: values[2] must be a number, got ${wrong}`,
      });
    });
  }
});

describe("spread of curves", () => {
  test("is the spread at each position", () => {
    const curves = fc
      .tuple(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 12 }))
      .chain(([length, count]) =>
        fc.array(
          fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), {
            minLength: length,
            maxLength: length,
          }),
          { minLength: count, maxLength: count },
        ),
      );
    fc.assert(
      fc.property(curves, (given) => {
        const { low, median, high } = spreadOfCurves(given);
        const { length } = given[0];
        assert.deepEqual([low.length, median.length, high.length], [length, length, length]);
        for (let at = 0; at < length; at++) {
          const here = given.map((curve) => curve[at]);
          assert.deepEqual({ low: low[at], median: median[at], high: high[at] }, spread(here));
        }
      }),
    );
  });

  test("a case to check by eye", () => {
    const { low, median, high } = spreadOfCurves([
      [0, 10],
      [1, 20],
      [2, 30],
    ]);
    assert.deepEqual(median, [1, 20]);
    close({ low: low[0], median: low[1], high: high[1] }, [0.1, 11, 29]);
  });

  test("of nothing: a RangeError", () => {
    assert.throws(() => spreadOfCurves([]), {
      name: "RangeError",
      message: /spreadOfCurves: curves is empty/,
    });
  });

  test("of unequal lengths: a RangeError that says which and how long", () => {
    assert.throws(() => spreadOfCurves([[1, 2], [1, 2], [1]]), {
      name: "RangeError",
      message: "spreadOfCurves: curves[2] must have length 2, got 1",
    });
    assert.throws(() => spreadOfCurves([[1], [1, 2]]), { message: /curves\[1\] .*1, got 2/ });
  });

  test("with NaN: a TypeError", () => {
    assert.throws(() => spreadOfCurves([[1], [Number.NaN]]), {
      name: "TypeError",
      message: /values\[1\] must be a number, got NaN/,
    });
  });
});
