// Exercise "Fifty layers": right answers pass, wrong ones are refused for what is wrong with them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { activations } from "activation-lab";
import { signalThroughLayers } from "activation-lab/course";
import { firstBelow, magnitudes, sensitivity } from "../../lib/dist/lib/exercises/fifty-layers.js";
import { near, slopeOf } from "../support.mjs";
import { testAnswers } from "./support.mjs";

/** @import { FiftyLayersAnswer } from "activation-lab/exercises" */
/** @import { Tried } from "./support.mjs" */

testAnswers("fiftyLayers", {
  magnitudes: {
    right: [
      (fn, { inputs, weights }) => {
        let values = inputs;
        return weights.map((row) => {
          const a = fn(row.reduce((total, w, j) => total + w * values[j], 0));
          values = Array(inputs.length).fill(a);
          return a < 0 ? -a : a;
        });
      },
      (fn, { inputs, weights }) => {
        const result = [];
        const values = [...inputs];
        for (const row of weights) {
          let z = 0;
          for (const [j, weight] of row.entries()) z += weight * values[j];
          values.fill(fn(z));
          result.push(Math.abs(values[0]));
        }
        return result;
      },
      (fn, { inputs, weights: [first, ...rest] }) => {
        const out = [fn(first.reduce((sum, w, j) => sum + w * inputs[j], 0))];
        for (const [i, row] of rest.entries()) {
          out.push(fn(out[i] * row.reduce((sum, w) => sum + w, 0)));
        }
        return Float64Array.from(out, Math.abs);
      },
    ],
    wrong: [
      [flawedSignal((a) => a), "sign"],
      [flawedSignal(Math.abs, (_, inputs) => inputs), "original-inputs"],
      [flawedSignal((_, z) => Math.abs(z)), "pre-activation"],
      [flawedSignal((a) => a * a), "square"],
      [
        (fn, { inputs, weights }) => {
          let [value] = inputs;
          return weights.map((row) => {
            value = fn(row.reduce((sum, w) => sum + w * value, 0));
            return Math.abs(value);
          });
        },
        "first-input",
      ],
      [flawedSignal(Math.abs, (a, inputs) => inputs.map((_, j) => (j ? 0 : a))), "one-input"],
      [(fn, draws) => signalThroughLayers(fn, draws).at(-1), "shape"],
      [(fn, draws) => [1, ...signalThroughLayers(fn, draws)], "shape"],
      [(fn, draws) => [1, ...signalThroughLayers(fn, draws).slice(0, -1)], "shifted-back"],
      [(fn, draws) => [...signalThroughLayers(fn, draws).slice(1), 0], "shifted-on"],
      [(fn, draws) => signalThroughLayers(fn, draws).reverse(), "reversed"],
      [(_, draws) => signalThroughLayers((z) => z, draws), "unrecognised"],
    ],
  },
  firstBelow: {
    right: [
      (sizes, threshold) => {
        for (let i = 0; i < sizes.length; i++) if (sizes[i] < threshold) return i + 1;
      },
      (sizes, threshold) => {
        const index = sizes.findIndex((size) => size < threshold);
        return index === -1 ? null : index + 1;
      },
      (sizes, threshold) => sizes.flatMap((size, i) => (size < threshold ? [i + 1] : []))[0],
    ],
    wrong: [
      [(sizes, t) => sizes.findIndex((s) => s < t), "from-0"],
      [(sizes, t) => sizes.findIndex((s) => s < t) + 1, "none-is-0"],
      [(sizes, t) => sizes.findIndex((s) => s <= t) + 1 || undefined, "boundary"],
      [(sizes, t) => sizes.find((s) => s < t), "size"],
      [(sizes, t) => sizes.filter((s) => s < t).length, "count"],
      [(sizes, t) => String(sizes.findIndex((s) => s < t) + 1), "shape"],
      [(sizes, t) => sizes.findIndex((s) => s < t) + 1 || -1, "shape"],
      [
        (sizes, t) => {
          // What a return inside forEach comes to.
          for (const size of sizes) if (size < t) (() => size)();
        },
        "shape",
      ],
      [
        (sizes, t) => {
          const index = sizes.findIndex((size) => size < t);
          return index < 0 ? undefined : index;
        },
        "from-0",
      ],
      [(sizes, t) => sizes.findIndex((size) => size && size < t) + 1 || undefined, "skips-zeros"],
    ],
  },
  sensitivity: {
    right: [
      ({ fn, derivative }, { inputs, weights }) => {
        // Signed products, the size last.
        const result = [];
        let [values, product] = [inputs, 1];
        for (const row of weights) {
          const z = row.reduce((sum, w, j) => sum + w * values[j], 0);
          product *= derivative(z) * row.reduce((a, b) => a + b, 0);
          result.push(product);
          values = row.map(() => fn(z));
        }
        return result.map(Math.abs);
      },
      // Each input's own derivative, carried along.
      ({ fn, derivative }, { inputs, weights }) => {
        let [values, moves] = [inputs, inputs.map(() => 1)];
        return weights.map((row) => {
          const z = row.reduce((sum, w, j) => sum + w * values[j], 0);
          const move = derivative(z) * row.reduce((sum, w, j) => sum + w * moves[j], 0);
          [values, moves] = [values.map(() => fn(z)), moves.map(() => move)];
          return Math.abs(move);
        });
      },
      (() => {
        class Signal {
          size = 1;
          /** @param {number[]} values */
          constructor(values) {
            this.values = values;
          }
          /** @param {import("activation-lab").Activation} activation @param {number[]} row */
          pass({ fn, derivative }, row) {
            const z = row.reduce((sum, w, j) => sum + w * this.values[j], 0);
            this.values = this.values.map(() => fn(z));
            this.size *= Math.abs(derivative(z)) * Math.abs(row.reduce((a, b) => a + b));
            return this.size;
          }
        }
        /** @type {Tried<FiftyLayersAnswer["sensitivity"]>} */
        return (activation, { inputs, weights }) => {
          const signal = new Signal(inputs);
          return weights.map((row) => signal.pass(activation, row));
        };
      })(),
    ],
    wrong: [
      [flawedSensitivity(({ sum }) => Math.abs(sum)), "no-slope"],
      [flawedSensitivity(({ d, z }) => Math.abs(d(z))), "no-weights"],
      [flawedSensitivity(({ d, a, sum }) => Math.abs(d(a) * sum)), "slope-at-activation"],
      [flawedSensitivity(({ d, z, sum }) => d(z) * sum), "sign"],
      [
        flawedSensitivity(({ d, z, row }) => {
          return Math.abs(d(z)) * row.reduce((total, w) => total + Math.abs(w), 0);
        }),
        "sizes-of-weights",
      ],
      [({ fn }, draws) => signalThroughLayers(fn, draws), "unrecognised"],
      [flawedSensitivity(({ d, z, sum }) => Math.abs(d(z) * sum) * (1 + 1e-5)), "nearly"],
      [flawedSensitivity(({ d, z, sum }) => d(z) * Math.abs(sum)), "negative-slope"],
    ],
  },
});

/**
 * @param {(a: number, z: number) => number} size what is noted of a layer
 * @param {(a: number, inputs: readonly number[]) => readonly number[]} next what goes into the next one
 * @returns {FiftyLayersAnswer["magnitudes"]}
 */
function flawedSignal(size, next = (a, inputs) => inputs.map(() => a)) {
  return (fn, { inputs, weights }) => {
    let values = inputs;
    return weights.map((row) => {
      const z = row.reduce((sum, w, j) => sum + w * values[j], 0);
      values = next(fn(z), inputs);
      return size(fn(z), z);
    });
  };
}

/**
 * @typedef {{ d: (z: number) => number, z: number, a: number, row: readonly number[], sum: number }} Layer
 * @param {(layer: Layer) => number} factor what a layer multiplies the sensitivity by
 * @returns {FiftyLayersAnswer["sensitivity"]}
 */
function flawedSensitivity(factor) {
  return ({ fn, derivative }, { inputs, weights }) => {
    let [values, size] = [inputs, 1];
    return weights.map((row) => {
      const z = row.reduce((sum, w, j) => sum + w * values[j], 0);
      const a = fn(z);
      size *= factor({ d: derivative, z, a, row, sum: row.reduce((x, y) => x + y) });
      values = inputs.map(() => a);
      return size;
    });
  };
}

test("the functions give what was worked out by hand", () => {
  const inputs = [1, 2];
  const through = (/** @type {number[][]} */ weights) => magnitudes(Math.tanh, { inputs, weights });
  assert.deepEqual(
    through([
      [0.5, -0.5],
      [3, 1],
    ]),
    [Math.tanh(0.5), Math.tanh(4 * Math.tanh(0.5))],
  );
  assert.equal(firstBelow([1, 0.1], 0.1), undefined);
});

test("the sensitivity is the derivative with respect to a shift of all inputs", () => {
  const weights = [
    [0.5, -0.4],
    [3, 1],
  ];
  const shifted = (/** @type {number} */ t) =>
    signalThroughLayers(Math.tanh, { inputs: [1 + t, 2 + t], weights })[1];
  const moved = sensitivity(activations.tanh, { inputs: [1, 2], weights })[1];
  near(moved, Math.abs(slopeOf(shifted, 0)), 1e-8);
});
