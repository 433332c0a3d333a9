// The activations and their derivatives: true values, limits, shapes.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import * as lab from "activation-lab";
import fc from "fast-check";
import { layerFunction } from "../lib/dist/lib/activations.js";
import { near, slopeOf } from "./support.mjs";

fc.configureGlobal({ seed: 20160608, numRuns: 500 });

const { activations, gelu, leakyRelu, leakyReluDerivative, relu, sigmoid, swish, tanh } = lab;

/** @typedef {lab.ActivationKey} Key */
/** @typedef {{ value: string, derivative: string, derivativeZero?: string, points: string[] }} TrueValues */

/** @type {Record<Key, TrueValues>} */
const trueValues = JSON.parse(
  readFileSync(new URL("data/activations.json", import.meta.url), "utf8"),
).functions;

const keys = /** @type {Key[]} */ (Object.keys(activations));

const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
/** Where curvature is. */
const ordinary = fc.double({ min: -30, max: 30, noNaN: true });

describe("true values", () => {
  test("are there for every activation", () => {
    const message = "give each activation its true values in tests/data/activations.json";
    assert.deepEqual(Object.keys(trueValues).sort(), [...keys].sort(), message);
  });

  for (const key of keys.filter((key) => key in trueValues)) {
    const { points, derivativeZero } = trueValues[key];
    const zero = Number(derivativeZero ?? Number.NaN);

    test(`${key}: ${points.length} points within 1e-13`, () => {
      assert.ok(points.length >= 60);
      const { fn, derivative } = activations[key];
      for (const point of points) {
        const [x = Number.NaN, value = Number.NaN, slope = Number.NaN] = point
          .split(" ")
          .map(Number);
        assert.ok(Number.isFinite(x) && Number.isFinite(value) && Number.isFinite(slope), point);
        // Below 1e-300 only the size is promised.
        const tolerance = (/** @type {number} */ truth) =>
          Math.abs(truth) > 1e-300 ? 1e-13 * Math.abs(truth) : 1e-300;
        near(fn(x), value, tolerance(value), `${key}(${x})`);
        const absolute = Math.abs(x - zero) < 0.1 ? 1e-15 : 0;
        near(derivative(x), slope, Math.max(absolute, tolerance(slope)), `${key}′(${x})`);
      }
    });
  }

  test("stand near the zero of each derivative that has one", () => {
    for (const [name, { derivativeZero, points }] of Object.entries(trueValues)) {
      const key = /** @type {Key} */ (name);
      if (derivativeZero === undefined) continue;
      const zero = Number(derivativeZero);
      assert.ok(
        points.filter((point) => Math.abs(Number.parseFloat(point) - zero) < 1e-5).length > 5,
      );
      near(activations[key].derivative(zero), 0, 1e-15, key);
    }
  });
});

describe("far out", () => {
  /** @type {Record<Key, { at: [number, number], slopes: [number, number] }>} */
  const limits = {
    sigmoid: { at: [0, 1], slopes: [0, 0] },
    tanh: { at: [-1, 1], slopes: [0, 0] },
    relu: { at: [0, Infinity], slopes: [0, 1] },
    leakyRelu: { at: [-Infinity, Infinity], slopes: [0.01, 1] },
    gelu: { at: [0, Infinity], slopes: [0, 1] },
    geluTanh: { at: [0, Infinity], slopes: [0, 1] },
    swish: { at: [0, Infinity], slopes: [0, 1] },
  };
  for (const key of /** @type {Key[]} */ (Object.keys(limits))) {
    const { fn, derivative } = activations[key];
    const { at, slopes } = limits[key];

    test(`${key}: the limits at ±Infinity`, () => {
      // Adding 0 makes -0 a 0: the sign of a zero is not promised.
      assert.deepEqual([fn(-Infinity) + 0, fn(Infinity)], at);
      assert.deepEqual([derivative(-Infinity) + 0, derivative(Infinity) + 0], slopes);
    });

    test(`${key}: at ±1000 and ±1e200 too, there finite`, () => {
      for (const size of [1000, 1e200, Number.MAX_VALUE]) {
        const left = key === "leakyRelu" ? -0.01 * size : at[0];
        const right = at[1] === Infinity ? size : at[1];
        assert.deepEqual([fn(-size) + 0, fn(size)], [left, right], `${key}(±${size})`);
        assert.deepEqual(
          [derivative(-size) + 0, derivative(size) + 0],
          slopes,
          `${key}′(±${size})`,
        );
      }
    });

    test(`${key}: NaN in, NaN out`, () => {
      assert.deepEqual([fn(Number.NaN), derivative(Number.NaN)], [Number.NaN, Number.NaN]);
    });
  }
});

describe("derivatives", () => {
  for (const key of keys) {
    test(`${key}: its derivative is the slope of its values`, () => {
      const { fn, derivative } = activations[key];
      const kinked = key === "relu" || key === "leakyRelu";
      const h = 1e-5;
      fc.assert(
        fc.property(fc.double({ min: -12, max: 12, noNaN: true }), (x) => {
          fc.pre(!kinked || Math.abs(x) > h);
          near(derivative(x), slopeOf(fn, x, h), 1e-9, `${key}′(${x})`);
        }),
      );
    });
  }

  test("ReLU and leaky ReLU take at 0 the slope of the left", () => {
    assert.equal(activations.relu.derivative(0), 0);
    assert.equal(activations.relu.derivative(-0), 0);
    assert.equal(activations.leakyRelu.derivative(0), 0.01);
  });

  test("of the lesson's two GELU forms differ: neither stands in for the other", () => {
    near(lab.geluDerivative(2), lab.geluTanhDerivative(2), 1e-3);
    assert.notEqual(lab.geluDerivative(2), lab.geluTanhDerivative(2));
    assert.ok(Math.abs(gelu(-2) - lab.geluTanh(-2)) > 1e-5);
  });
});

describe("shapes", () => {
  /** Bounds of values and slopes, from the doc comments. @type {[Key, number, number, number, number][]} */
  const ranges = [
    ["sigmoid", 0, 1, 0, 0.25],
    ["tanh", -1, 1, 0, 1],
    ["relu", 0, Infinity, 0, 1],
    ["leakyRelu", -Infinity, Infinity, 0.01, 1],
    ["gelu", -0.169971, Infinity, -0.129, 1.129],
    ["geluTanh", -0.1701, Infinity, -0.13, 1.13],
    ["swish", -0.278465, Infinity, -0.0999, 1.0999],
  ];
  for (const [key, low, high, steepDown, steepUp] of ranges) {
    test(`${key}: values from ${low} to ${high}, slopes from ${steepDown} to ${steepUp}`, () => {
      const { fn, derivative } = activations[key];
      fc.assert(
        fc.property(fc.oneof(finite, ordinary), (x) => {
          assert.ok(fn(x) >= low && fn(x) <= high, `${key}(${x}) = ${fn(x)}`);
          const slope = derivative(x);
          // Near its peak a slope may be rounded up past it.
          const rounding = 2e-16;
          assert.ok(
            slope >= steepDown - rounding && slope <= steepUp + rounding,
            `${key}′(${x}) = ${slope}`,
          );
        }),
      );
    });
  }

  test("the extremes are where the doc comments say", () => {
    assert.equal(lab.sigmoidDerivative(0), 0.25);
    assert.equal(lab.tanhDerivative(0), 1);
    near(gelu(-0.75179), -0.16997, 1e-5);
    near(swish(-1.27846), -0.27846, 1e-5);
    near(lab.geluDerivative(-Math.SQRT2), -0.129, 1e-3);
    near(lab.geluDerivative(Math.SQRT2), 1.129, 1e-3);
    near(lab.swishDerivative(-2.3994), -0.0998, 1e-4);
    near(lab.swishDerivative(2.3994), 1.0998, 1e-4);
  });

  test("sigmoid(−x) = 1 − sigmoid(x)", () => {
    fc.assert(
      fc.property(fc.oneof(finite, ordinary), (x) => near(sigmoid(-x), 1 - sigmoid(x), 2e-16)),
    );
  });

  test("tanh and its relation to the sigmoid: odd, and 2 sigmoid(2x) − 1", () => {
    fc.assert(
      fc.property(ordinary, (x) => {
        assert.equal(tanh(-x), -tanh(x));
        near(tanh(x), 2 * sigmoid(2 * x) - 1, 4e-16);
      }),
    );
  });

  test("gelu(x) − gelu(−x) = x, for the tanh form and swish too", () => {
    for (const fn of [gelu, lab.geluTanh, swish]) {
      fc.assert(
        fc.property(fc.oneof(finite, ordinary), (x) =>
          near(fn(x) - fn(-x), x, 4e-16 * Math.abs(x) + Number.MIN_VALUE, `${fn.name} at ${x}`),
        ),
      );
    }
  });

  test("the derivatives of sigmoid and tanh are even; those of the gated ones add up to 1", () => {
    fc.assert(
      fc.property(fc.oneof(finite, ordinary), (x) => {
        assert.equal(lab.sigmoidDerivative(-x), lab.sigmoidDerivative(x));
        assert.equal(lab.tanhDerivative(-x), lab.tanhDerivative(x));
        for (const slope of [lab.geluDerivative, lab.geluTanhDerivative, lab.swishDerivative]) {
          near(slope(x) + slope(-x), 1, 1e-14, `${slope.name} at ${x}`);
        }
      }),
    );
  });

  test("sigmoid, tanh, ReLU and leaky ReLU never fall", () => {
    fc.assert(
      fc.property(fc.oneof(finite, ordinary), fc.oneof(finite, ordinary), (a, b) => {
        const [low, high] = a < b ? [a, b] : [b, a];
        assert.ok(relu(low) <= relu(high));
        assert.ok(leakyRelu(low) <= leakyRelu(high));
        // Math.exp and Math.tanh round to within one unit in the last place, not to the nearest.
        assert.ok(sigmoid(low) <= sigmoid(high) * (1 + 4e-16));
        assert.ok(tanh(low) <= tanh(high) + 4e-16);
      }),
    );
  });

  test("ReLU of ReLU is ReLU; leaky ReLU with alpha 1 is x, with 0 is ReLU", () => {
    fc.assert(
      fc.property(finite, (x) => {
        assert.equal(relu(relu(x)), relu(x));
        assert.equal(relu(x), x > 0 ? x : 0);
        assert.equal(leakyRelu(x, 1), x);
        assert.equal(leakyRelu(x, 0) + 0, relu(x));
        assert.equal(leakyReluDerivative(x, 0), lab.reluDerivative(x));
      }),
    );
  });

  test("leaky ReLU takes the slope it is given, 0.01 without one", () => {
    assert.deepEqual([leakyRelu(-2), leakyRelu(-2, 0.25), leakyRelu(2, 0.25)], [-0.02, -0.5, 2]);
    assert.deepEqual(
      [leakyReluDerivative(-2), leakyReluDerivative(-2, 0.25), leakyReluDerivative(2, 0.25)],
      [0.01, 0.25, 1],
    );
  });
});

describe("the table of activations", () => {
  test("holds the lesson's seven under their keys, and each has a name of its own", () => {
    const lesson = ["sigmoid", "tanh", "relu", "leakyRelu", "gelu", "geluTanh", "swish"];
    assert.deepEqual(
      keys.filter((key) => lesson.includes(key)),
      lesson,
    );
    assert.equal(new Set(keys.map((key) => activations[key].name)).size, keys.length);
    assert.equal(activations.leakyRelu.name, "Leaky ReLU");
  });

  test("pairs each function with its own derivative", () => {
    /** @type {[lab.Activation, lab.ScalarFunction, lab.ScalarFunction][]} */
    const pairs = [
      [activations.sigmoid, sigmoid, lab.sigmoidDerivative],
      [activations.tanh, tanh, lab.tanhDerivative],
      [activations.relu, relu, lab.reluDerivative],
      [activations.leakyRelu, leakyRelu, leakyReluDerivative],
      [activations.gelu, gelu, lab.geluDerivative],
      [activations.geluTanh, lab.geluTanh, lab.geluTanhDerivative],
      [activations.swish, swish, lab.swishDerivative],
    ];
    for (const [{ fn, derivative, name }, value, slope] of pairs) {
      for (const x of [-1.5, -0.2, 0.7, 2]) {
        assert.deepEqual([fn(x), derivative(x)], [value(x), slope(x)], `${name} at ${x}`);
      }
    }
  });

  test("layerFunction gives the same two, number by number", () => {
    for (const key of keys) {
      const { fn, derivative } = activations[key];
      const points = trueValues[key]?.points.map(Number.parseFloat) ?? [];
      const xs = [-1.5, 0.7, ...points, Number.NaN, Infinity, -Infinity];
      const [values, slopes] = [[...xs], xs.map(() => 0)];
      layerFunction(activations[key])(values, slopes);
      for (const [i, x] of xs.entries()) {
        for (const [got = 0, expected = 0] of [
          [values[i], fn(x)],
          [slopes[i], derivative(x)],
        ]) {
          const agree = Object.is(got + 0, expected + 0);
          const difference = Math.abs(got - expected);
          assert.ok(
            agree || difference <= 1e-15 * Math.abs(expected) + 1e-300,
            `${key} at ${x}: ${got}, not ${expected}`,
          );
        }
      }
    }
  });

  test("layerFunction keeps to the parts of an activation that mixes two of the table", () => {
    const mixed = { name: "mixed", fn: lab.geluTanh, derivative: lab.geluDerivative };
    const [values, slopes] = [[-2], [0]];
    layerFunction(mixed)(values, slopes);
    assert.deepEqual([values[0], slopes[0]], [lab.geluTanh(-2), lab.geluDerivative(-2)]);
  });

  test("is safe to map a list with: the position is not taken for alpha", () => {
    const xs = [-1, -1, -1];
    assert.deepEqual(xs.map(activations.leakyRelu.fn), [-0.01, -0.01, -0.01]);
    assert.deepEqual(xs.map(activations.leakyRelu.derivative), [0.01, 0.01, 0.01]);
  });
});
