// The exercises: right answers pass, wrong ones are named, and nothing a learner writes breaks a check.
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, beforeEach, describe, mock, test } from "node:test";
import {
  activations,
  exercises,
  leakyRelu,
  showProgress,
  signalThroughLayers,
  todo,
} from "activation-lab";
import { exerciseParts } from "../lib/dist/exercises/parts.js";
import * as solutions from "../lib/dist/exercises/solutions.js";
import { codeCells, readNotebook, sourceOf } from "../tools/notebooks.mjs";
import { inProject } from "../tools/paths.mjs";

/** @type {Record<string, unknown>} */
const solved = { ...solutions };

const folder = mkdtempSync(path.join(tmpdir(), "exercises-"));
const progressFile = path.join(folder, "progress.json");
process.env.ACTIVATION_LAB_PROGRESS = progressFile;
beforeEach(() => rmSync(progressFile, { recursive: true, force: true }));
after(() => rmSync(folder, { recursive: true, force: true }));

/** What is printed while `work` runs. */
function printed(work) {
  const log = mock.method(console, "log", () => {});
  try {
    work();
    return log.mock.calls.map(({ arguments: [text] }) => String(text)).join("\n");
  } finally {
    log.mock.restore();
  }
}

/** What a check says to one part. */
function say(exercise, part, answer, record = false) {
  return printed(() =>
    exercises[exercise].check(/** @type {any} */ ({ [part]: answer }), { record }),
  );
}

/** The network's numbers as the task's formulas move them, or with alpha changed in the loop too early. */
function stepByHand({ w1, b1, w2, b2, alpha }, { x, label }, rate, early = false) {
  const z = w1.map(([u, v], i) => u * x[0] + v * x[1] + b1[i]);
  const f = (value) => (value > 0 ? value : alpha * value);
  const out = 1 / (1 + Math.exp(-(b2 + w2.reduce((sum, w, i) => sum + w * f(z[i]), 0))));
  const delta = (out - label) * out * (1 - out);
  let next = alpha;
  const dz = z.map((value, i) => {
    next -= rate * delta * w2[i] * Math.min(0, value);
    return delta * w2[i] * (value > 0 ? 1 : early ? next : alpha);
  });
  return {
    w1: w1.map((row, i) => row.map((w, j) => w - rate * dz[i] * x[j])),
    b1: b1.map((b, i) => b - rate * dz[i]),
    w2: w2.map((w, i) => w - rate * delta * f(z[i])),
    b2: b2 - rate * delta,
    alpha: next,
  };
}

const slope = (f, at, h = 1e-6) => (f(at + h) - f(at - h)) / (2 * h);

const answers = {
  prelu: {
    forward: {
      right: [
        (x, alpha) => Math.max(0, x) + alpha * Math.min(0, x),
        (x, alpha) => {
          if (x <= 0) return leakyRelu(x, alpha);
          return x;
        },
        (() => {
          const steps = [(x) => x, (x, alpha) => alpha * x];
          return (x, alpha) => steps[Number(x <= 0)](x, alpha);
        })(),
      ],
      wrong: [
        [(x, a) => Math.max(x, a * x), /max\(x, alpha · x\) is right only for alpha up to 1/],
        [(x, a) => (x < 0 ? -a * x : x), /the sign for negative x/],
        [(x) => Math.max(0, x), /this is ReLU/],
        [(x) => (x > 0 ? x : 0.01 * x), /fixed at 0\.01/],
        [(x, a) => (x < 0 ? x : a * x), /wrong way round/],
        [(x, a) => 3 * (x > 0 ? x : a * x), /every value is 3 times/],
        [(x, a) => -(x > 0 ? x : a * x), /every sign is the wrong way round/],
        [(x, a) => (x > 1 ? x : a * x), /right on 12 of 15 inputs, wrong only where x = 0\.5\./],
        [
          (x) => (x > 0 ? x : 0.25 * x),
          /only where x < 0 and alpha ≠ 0\.25\..*input: +x = -0\.5,/s,
        ],
        [(x, a) => Number((x > 0 ? x : a * x).toFixed(2)), /rounded, to 2 digits/],
      ],
    },
    derivative: {
      right: [
        (x, alpha) => [alpha, 1][Number(x > 0)],
        (x, alpha) => (x === 0 ? alpha : slope((t) => (t > 0 ? t : alpha * t), x)),
        (x, alpha) => {
          let result = alpha;
          if (x > 0) result = 1;
          return result;
        },
      ],
      wrong: [
        [(x, a) => (x >= 0 ? 1 : a), /x > 0, not x ≥ 0/],
        [(x, a) => (x > 0 ? x : a * x), /the function, not its derivative/],
        [(x) => (x > 0 ? 1 : 0), /Zero is ReLU's/],
        [(x, a) => (x > 0 ? 1 : -a), /the sign/],
        [(x) => (x > 0 ? 0 : x), /with respect to alpha; this part asks for x/],
        [() => 1, /it is always 1, whatever the input/],
        [(_, a) => a, /it is the argument alpha as it came in/],
        [
          (x, a) => (x > 0 ? 1 : a + 0.001),
          /right on 6 of 15 inputs, wrong only where x ≤ 0\..*expected: 0\.25.*received: 0\.251/s,
        ],
        [
          (x, a) => (x < 0 ? a : x > 0 ? 1 : 0),
          /right on 12 of 15 inputs, wrong only where x = 0\./,
        ],
      ],
    },
    alphaGradient: {
      right: [
        (x) => Math.min(0, x),
        (x, alpha) => slope((t) => (x > 0 ? x : t * x), alpha),
        (x, _alpha) => (x > 0 ? 0 : x),
      ],
      wrong: [
        [(x, a) => (x > 0 ? 1 : a), /with respect to x; here x is fixed/],
        [(x) => x, /for x > 0 there is no alpha/],
        [(x) => (x > 0 ? 0 : 1), /the factor x is missing/],
        [(x) => (x > 0 ? 0 : -x), /the sign/],
        [(x, a) => (x > 0 ? x : a * x), /the function itself/],
        [(x) => (x > 0 ? x : 0), /wrong way round/],
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
          for (const key of ["w1", "b1", "w2"]) network[key].splice(0, Infinity, ...next[key]);
          return 0.25; // the loss, say
        },
        (network, sample, rate) => {
          const next = stepByHand(network, sample, rate);
          return { ...next, w2: Float64Array.from(next.w2), epoch: 1 };
        },
      ],
      wrong: [
        [
          (n, s, r) => ({ ...stepByHand(n, s, r), alpha: n.alpha }),
          /Right: w1, b1, w2, b2\. Does not move: alpha\./,
        ],
        [
          (n, s, r) => ({ ...n, alpha: stepByHand(n, s, r).alpha }),
          /Right: alpha\. Does not move: w1, b1, w2, b2\./,
        ],
        [(n, s, r) => stepByHand(n, s, -r), /the sign: descent subtracts/],
        [(n, s, r) => stepByHand(n, s, 2 * r), /the factor 2/],
        [
          (n, s, r) => {
            const next = stepByHand(n, s, r);
            return { ...next, alpha: n.alpha + (next.alpha - n.alpha) / n.w1.length };
          },
          /the sum over the hidden units, not their mean/,
        ],
        [
          (n, s, r) => {
            const { alpha } = stepByHand(n, s, r);
            return { ...stepByHand({ ...n, alpha }, s, r), alpha };
          },
          /trainStep: wrong/,
        ],
        [
          (n, s, r) => ({ ...stepByHand(n, s, r), b2: 2 * n.b2 - stepByHand(n, s, r).b2 }),
          /Moves the wrong way: b2\./,
        ],
        [
          (n, s, r) => ({ ...stepByHand(n, s, 3 * r), w1: n.w1 }),
          /Does not move: w1\. Moves 3 times as far as it should: b1, w2, b2, alpha\./,
        ],
        [
          (n, s, r) => ({ ...stepByHand(n, s, r), alpha: stepByHand(n, s, 1).alpha }),
          /Does not follow learningRate: alpha\./,
        ],
        [
          (n, s) => stepByHand(n, s, 0.1),
          /Does not follow learningRate: w1, b1, w2, b2, alpha\. As this is so for all/,
        ],
        [
          (n, s, r) => ({ ...stepByHand(n, s, r), w1: stepByHand({ ...n, alpha: 0 }, s, r).w1 }),
          /Right: b1, w2, b2, alpha\. Wrong: w1\./,
        ],
        [
          (n, s, r) => {
            const { w1, b1, w2 } = stepByHand(n, s, r);
            Object.assign(n, { w1, b1, w2 });
          },
          /`let \{ b2, alpha \} = network` copies/,
        ],
        [(n, s, r) => stepByHand(n, s, r, true), /alpha changes inside the loop/],
        [(n) => n, /nothing has changed/],
        [() => ({ w1: [] }), /w1 must be a list of 2, and is an empty list/],
        [(n) => ({ w2: n.w2, alpha: n.alpha }), /What it returns has no w1; it has w2, alpha\./],
        [
          (n, s, r) => ({ ...stepByHand(n, s, r), alpha: Number.NaN }),
          /gave NaN.*∞ − ∞.*Right: w1, b1, w2, b2\./s,
        ],
      ],
    },
  },
  fiftyLayers: {
    magnitudes: {
      right: [
        signalThroughLayers,
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
          for (const row of rest) out.push(fn(out.at(-1) * row.reduce((sum, w) => sum + w, 0)));
          return Float64Array.from(out, Math.abs);
        },
      ],
      wrong: [
        [flawedSignal((a) => a), /the sign: a magnitude/],
        [flawedSignal(Math.abs, (_, inputs) => inputs), /every layer sees the original inputs/],
        [flawedSignal((_, z) => Math.abs(z)), /the size of the pre-activation/],
        [flawedSignal((a) => a * a), /the square/],
        [
          (fn, { inputs, weights }) => {
            let [value] = inputs;
            return weights.map((row) => {
              value = fn(row.reduce((sum, w) => sum + w * value, 0));
              return Math.abs(value);
            });
          },
          /the first layer's inputs differ/,
        ],
        [
          flawedSignal(Math.abs, (a, inputs) => inputs.map((_, j) => (j ? 0 : a))),
          /only one input of each layer/,
        ],
        [(fn, draws) => signalThroughLayers(fn, draws).at(-1), /must be a list, and is the number/],
        [(fn, draws) => [1, ...signalThroughLayers(fn, draws)], /list of 2, and is a list of 3/],
        [
          (fn, draws) => [1, ...signalThroughLayers(fn, draws).slice(0, -1)],
          /\[1\] holds what belongs in \[0\]/,
        ],
        [
          (fn, draws) => [...signalThroughLayers(fn, draws).slice(1), 0],
          /\[0\] holds what belongs in \[1\]/,
        ],
        [(fn, draws) => signalThroughLayers(fn, draws).reverse(), /the order is reversed/],
        [
          (_, draws) => signalThroughLayers((z) => z, draws),
          /draws = \{ inputs: \[1, 2\], weights: \[\[0\.5, -1\], \[1, -3\]\] \}/,
        ],
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
        [(sizes, t) => sizes.findIndex((s) => s < t), /count from 1, and this counts from 0/],
        [(sizes, t) => sizes.findIndex((s) => s < t) + 1, /−1 \+ 1 is 0/],
        [(sizes, t) => sizes.findIndex((s) => s <= t) + 1 || undefined, /below means </],
        [(sizes, t) => sizes.find((s) => s < t), /the layer's number is wanted/],
        [(sizes, t) => sizes.filter((s) => s < t).length, /counts how many/],
        [
          (sizes, t) => String(sizes.findIndex((s) => s < t) + 1),
          /must be a number, and is the text/,
        ],
        [
          (sizes, t) => sizes.findIndex((s) => s < t) + 1 || -1,
          /must be undefined here, and is the number -1\..*expected: undefined\n.*received: -1/s,
        ],
        [
          (sizes, t) => {
            // What a return inside forEach comes to.
            for (const size of sizes) if (size < t) (() => size)();
          },
          /A return inside forEach leaves only the inner function/,
        ],
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
            constructor(values) {
              this.values = values;
            }
            pass({ fn, derivative }, row) {
              const z = row.reduce((sum, w, j) => sum + w * this.values[j], 0);
              this.values = this.values.map(() => fn(z));
              this.size *= Math.abs(derivative(z)) * Math.abs(row.reduce((a, b) => a + b));
              return this.size;
            }
          }
          return (activation, { inputs, weights }) => {
            const signal = new Signal(inputs);
            return weights.map((row) => signal.pass(activation, row));
          };
        })(),
      ],
      wrong: [
        [flawedSensitivity(({ sum }) => Math.abs(sum)), /the slope of the activation/],
        [flawedSensitivity(({ d, z }) => Math.abs(d(z))), /the sum of the layer's weights/],
        [flawedSensitivity(({ d, a, sum }) => Math.abs(d(a) * sum)), /taken at the activation/],
        [flawedSensitivity(({ d, z, sum }) => d(z) * sum), /the sign/],
        [
          flawedSensitivity(({ d, z, row }) => {
            return Math.abs(d(z)) * row.reduce((total, w) => total + Math.abs(w), 0);
          }),
          /opposite weights cancel/,
        ],
        [({ fn }, draws) => signalThroughLayers(fn, draws), /right on none of the inputs/],
        [flawedSensitivity(({ d, z, sum }) => Math.abs(d(z) * sum) * (1 + 1e-5)), /a rounding/],
      ],
    },
  },
  elu: {
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
        [(x, a) => (x > 0 ? x : a * Math.exp(x)), /the − 1 is missing/],
        [(x) => (x > 0 ? x : Math.exp(x) - 1), /alpha is missing/],
        [(x, a) => (x > 0 ? x : a * (1 - Math.exp(x))), /the sign/],
        [(x, a) => (x > 0 ? x : Math.exp(a * x) - 1), /not the exponent/],
        [(x, a) => (x > 0 ? x : a * (Math.E ^ (x - 1))), /\^ is not a power/],
        [(x, a) => (x > 0 ? x : a * ((Math.E ^ x) - 1)), /\^ is not a power/],
        [(x, a) => (x > 0 ? x : a * Math.exp(x) - 1), /multiplies the bracket: alpha/],
        [
          (x, a) => Number(x > 0) * x + Number(x <= 0) * a * Math.expm1(x),
          /gave NaN.*wrong only where x = 800/,
        ],
        [(x, a) => (x < 0 ? a * Math.expm1(x) : x > 0 ? x : a), /wrong only where x = 0\./],
        [(x, a) => Number((x > 0 ? x : a * Math.expm1(x)).toFixed(3)), /rounded, to 3 digits/],
      ],
    },
    derivative: {
      right: [
        (x, alpha) => (x > 0 ? 1 : alpha * Math.exp(x)),
        (x, alpha) => (x > 0 ? 1 : alpha * Math.expm1(x) + alpha),
        (x, alpha) => {
          const curve = (t) => alpha * Math.expm1(t);
          return x > 0 ? 1 : slope(curve, x);
        },
      ],
      wrong: [
        [(x, a) => (x >= 0 ? 1 : a * Math.exp(x)), /0 to the curved side/],
        [(x, a) => (x > 0 ? x : a * Math.expm1(x)), /the function, not its derivative/],
        [(x, a) => (x > 0 ? 1 : a * Math.expm1(x)), /the constant − 1/],
        [(x) => (x > 0 ? 1 : Math.exp(x)), /alpha is missing/],
        [(x, a) => (x > 0 ? 1 : -a * Math.exp(x)), /the sign/],
        [(x, a) => (x > 0 ? 1 : a * x * Math.exp(x - 1)), /not a power of x/],
        [(x, a) => (x > 0 ? 1 : a * Math.exp(-x)), /e\^\(−x\) instead/],
        [(x, a) => (x > 0 ? 1 : a * (Math.E ^ x)), /\^ is not a power/],
        [(x, a) => (x > 0 ? 1 : a * Math.expm1(x) + 1), /wrong only where x ≤ 0 and alpha ≠ 1\./],
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
          1 -
          units.filter((u) => u.some((z) => !(Math.abs(d(z)) < threshold))).length / units.length,
      ],
      wrong: [
        [
          (d, units, t) =>
            units.filter((u) => u.some((z) => Math.abs(d(z)) < t)).length / units.length,
          /one sample is enough/,
        ],
        [
          (d, units, t) =>
            units.filter((u) => u.some((z) => Math.abs(d(z)) >= t)).length / units.length,
          /units that are alive/,
        ],
        [
          (d, units, t) => units.filter((u) => u.every((z) => Math.abs(d(z)) < t)).length,
          /divide by/,
        ],
        [
          (d, units, t) => units.filter((u) => u.every((z) => d(z) < t)).length / units.length,
          /Compare its size/,
        ],
        [
          (d, units, t) =>
            units.filter((u) => u.every((z) => Math.abs(d(z)) <= t)).length / units.length,
          /below means </,
        ],
        [
          (d, units, t) =>
            (100 * units.filter((u) => u.every((z) => Math.abs(d(z)) < t)).length) / units.length,
          /a percentage/,
        ],
        [
          (d, units, t) => units.filter((u) => u.every(() => d < t)).length / units.length,
          /Do you compare derivative\(z\), called/,
        ],
        [
          (d, units) => units.filter((u) => u.every((z) => d(z) === 0)).length / units.length,
          /only a slope of exactly 0 counts/,
        ],
        [
          (d, units) =>
            units.filter((u) => u.every((z) => Math.abs(d(z)) < 0.01)).length / units.length,
          /fixed at 0\.01/,
        ],
        [
          (d, units, t) =>
            units.filter((u) => u.reduce((sum, z) => sum + Math.abs(d(z)), 0) / u.length < t)
              .length / units.length,
          /the mean slope/,
        ],
        [
          (d, units, t) =>
            units.filter((u) => u.reduce((sum, z) => sum + Math.abs(d(z)), 0) < t).length /
            units.length,
          /are added up/,
        ],
      ],
    },
  },
  gradientMonitor: {
    layerMeans: {
      right: [
        (layers) => layers.map((g) => g.reduce((sum, x) => sum + Math.abs(x), 0) / g.length),
        (layers) => {
          const means = new Float64Array(layers.length);
          for (const [i, layer] of layers.entries()) {
            for (const g of layer) means[i] += Math.abs(g) / layer.length;
          }
          return means;
        },
        (layers) => {
          for (const layer of layers) layer.splice(0, layer.length, ...layer.map(Math.abs));
          return layers.map((layer) => layer.reduce((a, b) => a + b) / layer.length);
        },
      ],
      wrong: [
        [
          (layers) => layers.map((g) => g.reduce((a, b) => a + b) / g.length),
          /opposite gradients cancel/,
        ],
        [
          (layers) => layers.map((g) => Math.abs(g.reduce((a, b) => a + b) / g.length)),
          /taken after the mean/,
        ],
        [(layers) => layers.map((g) => g.reduce((a, b) => a + Math.abs(b), 0)), /this is the sum/],
        [(layers) => layers.map((g) => Math.max(...g.map(Math.abs))), /this is the largest/],
        [(layers) => layers.map((g) => Math.hypot(...g) / Math.sqrt(g.length)), /root of the mean/],
        [() => 1, /must be a list, and is the number 1/],
      ],
    },
    status: {
      right: [
        (mean) => (mean < 0.001 ? "vanishing" : mean <= 100 ? "healthy" : "exploding"),
        (mean) => {
          if (Number.isNaN(mean) || mean > 100) return "exploding";
          return mean < 1e-3 ? "vanishing" : "healthy";
        },
        (mean) => ["healthy", "vanishing", "exploding"][mean < 0.001 ? 1 : mean <= 100 ? 0 : 2],
      ],
      wrong: [
        [(m) => (m <= 0.001 ? "vanishing" : m < 100 ? "healthy" : "exploding"), /nor 100 above/],
        [(m) => (m < 0.001 ? "vanishing" : m < 100 ? "healthy" : "exploding"), /100 itself/],
        [(m) => (m < 0.001 ? "vanishing" : m > 100 ? "exploding" : "healthy"), /NaN is false/],
        [(m) => (m < 0.001 ? "exploding" : m <= 100 ? "healthy" : "vanishing"), /two words/],
        [
          (m) => (m < 0.001 ? "Vanishing" : "healthy"),
          /right on 5 of 10 inputs.*expected: "vanishing"\n.*received: "Vanishing"/s,
        ],
        [
          (m) => (m < 0.01 ? "vanishing" : m <= 100 ? "healthy" : "exploding"),
          /right on 8 of 10 inputs, wrong only where mean = 0\.005 or 0\.001\./,
        ],
        [
          (m) => (m < 0.001 ? "vanishing" : m >= 100 ? "exploding" : "healthy"),
          /right on 8 of 10 inputs, wrong only where mean = 100 or NaN\./,
        ],
        [() => true, /like "healthy", and is boolean true/],
        [() => "healthy", /it is always "healthy", whatever the input/],
      ],
    },
    monitor: {
      right: [
        class {
          history = [];
          observe(gradients) {
            return observeInto(this.history, gradients);
          }
        },
        () => {
          const history = [];
          return { history, observe: (gradients) => observeInto(history, gradients) };
        },
        function makeMonitor() {
          const own = [];
          return {
            get history() {
              return own.map((means) => [...means]);
            },
            observe(gradients) {
              const warnings = [];
              for (const warning of observeInto(own, gradients)) warnings.unshift({ ...warning });
              return warnings;
            },
          };
        },
      ],
      wrong: [
        [
          () => {
            const history = [];
            const all = [];
            return {
              history,
              observe: (g) => all.splice(all.length, 0, ...observeInto(history, g)) && all,
            };
          },
          /warnings of all epochs so far/,
        ],
        [
          monitorWith((warnings) => warnings.filter((w) => !Number.isNaN(w.mean))),
          /a mean of NaN gets no warning/,
        ],
        [
          () => {
            const history = [];
            const observe = (g) => {
              const means = layerMeans(g);
              history.push(means);
              return means.flatMap((mean, i) =>
                mean > 0.001 && mean < 100
                  ? []
                  : [
                      {
                        epoch: history.length,
                        layer: i + 1,
                        kind: mean <= 0.001 ? "vanishing" : "exploding",
                        mean,
                      },
                    ],
              );
            };
            return { history, observe };
          },
          /warnings\[1\] must be an empty list, and is a list of 3/,
        ],
        [
          monitorWith((warnings) =>
            warnings.map(({ kind, ...rest }) => ({ ...rest, status: kind })),
          ),
          /warnings\[0\]\[0\] has no kind; it has epoch, layer, mean, status\./,
        ],
        [
          monitorWith((warnings) => warnings.map((w) => ({ ...w, epoch: w.epoch + 1 }))),
          /Right: ownHistory, history, newMonitorsHistory\. Wrong: warnings, newMonitorsWarnings\./,
        ],
        [
          monitorWith((warnings) => warnings.map((w) => ({ ...w, layer: w.layer - 1 }))),
          /layers count from 1/,
        ],
        [
          monitorWith((warnings) =>
            warnings.map((w) => ({ ...w, layer: w.layer - 1, epoch: w.epoch - 1 })),
          ),
          /epochs and layers count from 1/,
        ],
        [
          () => {
            let epoch = 0;
            return {
              history: [],
              observe: (g) => observeInto([], g).map((w) => ({ ...w, epoch: ++epoch && epoch })),
            };
          },
          /monitor: wrong/,
        ],
        [
          monitorWith((warnings, history) => {
            history.splice(0, history.length - 1);
            return warnings;
          }),
          /monitor: wrong/,
        ],
        [
          (() => {
            const history = [];
            return () => ({ history, observe: (g) => observeInto(history, g) });
          })(),
          /two monitors share one history/,
        ],
        [() => ({ history: [] }), /stopped with an error: TypeError/],
        [
          class {
            static history = [];
            observe(g) {
              return observeInto([], g);
            }
          },
          /a monitor has a list history, not static, and this one has none/,
        ],
        [monitorWith(() => []), /warnings\[0\] must be a list of 2, and is an empty list/],
      ],
    },
  },
  xor: {
    epochsToSolve: {
      right: [
        (accuracies) => {
          for (let i = 0; i < accuracies.length; i++) {
            if (accuracies.slice(i).every((a) => a === 1)) return i + 1;
          }
          return Infinity;
        },
        (accuracies) => {
          const index = accuracies.map((a) => a < 1).lastIndexOf(true);
          return index === accuracies.length - 1 ? 1 / 0 : index + 2;
        },
        (accuracies) => {
          accuracies.reverse();
          const solved = accuracies.findIndex((a) => a < 1);
          if (solved === 0) return Infinity;
          return solved < 0 ? 1 : accuracies.length - solved + 1;
        },
      ],
      wrong: [
        [(a) => (a.includes(1) ? a.indexOf(1) + 1 : Infinity), /can be lost again\. Find/],
        [(a) => a.indexOf(1), /counted from 0: it can be lost again/],
        [(a) => (a.at(-1) === 1 ? a.indexOf(1) + 1 : Infinity), /can be lost again\. Find/],
        [
          (a) => a.findIndex((x, i) => x === 1 && a[i + 1] === 1) + 1 || Infinity,
          /right on 5 of 6 inputs.*expected: 5\n.*received: 2/s,
        ],
        [(a) => a.filter((x) => x === 1).length, /how many epochs/],
        [
          (a) => (a.at(-1) === 1 ? a.map((x) => x < 1).lastIndexOf(true) + 1 : Infinity),
          /one too early/,
        ],
        [
          (a) => (a.at(-1) === 1 ? a.map((x) => x < 1).lastIndexOf(true) + 2 : 0),
          /this gives 0: return Infinity/,
        ],
        [
          (a) => (a.at(-1) === 1 ? a.map((x) => x < 1).lastIndexOf(true) + 2 : undefined),
          /this gives undefined: return Infinity/,
        ],
        [
          (a) => (a.at(-1) === 1 ? a.map((x) => x < 1).lastIndexOf(true) + 2 : a.length),
          /gives the number of epochs/,
        ],
      ],
    },
    solvedShare: {
      right: [
        (epochs) => epochs.filter(Number.isFinite).length / epochs.length,
        (epochs) => epochs.reduce((sum, e) => sum + (e < Infinity ? 1 : 0), 0) / epochs.length,
        (epochs) => {
          let solved = 0;
          for (const e of epochs) if (e !== Infinity) solved++;
          return solved / epochs.length;
        },
      ],
      wrong: [
        [(e) => e.filter((x) => x === Infinity).length / e.length, /never solved it/],
        [(e) => e.filter((x) => x < Infinity).length, /divide by how many/],
        [(e) => (100 * e.filter((x) => x < Infinity).length) / e.length, /a percentage/],
        [() => 1, /Infinity counts as solved/],
        [(e) => e.filter((x) => x < 2000).length / e.length, /a limit such as 2,000/],
        [(e) => `${e.length}`, /is the text/],
      ],
    },
    medianEpochs: {
      right: [
        (epochs) => {
          const s = [...epochs].sort((a, b) => a - b);
          const [low, high] = [s[(s.length - 1) >> 1], s[s.length >> 1]];
          return low === high ? low : (low + high) / 2;
        },
        (epochs) => {
          epochs.sort((a, b) => (a < b ? -1 : Number(a > b)));
          const half = epochs.length / 2;
          return Number.isInteger(half)
            ? (epochs[half - 1] + epochs[half]) / 2
            : epochs[Math.floor(half)];
        },
        (epochs) => {
          let rest = [...epochs];
          while (rest.length > 2) {
            rest.splice(rest.indexOf(Math.min(...rest)), 1);
            rest.splice(rest.indexOf(Math.max(...rest)), 1);
          }
          rest = rest.length === 1 ? [rest[0], rest[0]] : rest;
          return rest[0] / 2 + rest[1] / 2;
        },
      ],
      wrong: [
        [(e) => median(e.filter(Number.isFinite)), /left out, which flatters/],
        [(e) => medianOfSorted([...e].sort()), /sorts numbers as text/],
        [(e) => medianOfSorted(e), /has to be sorted/],
        [(e) => e.reduce((a, b) => a + b) / e.length, /this is the mean/],
        [(e) => [...e].sort((a, b) => a - b)[e.length >> 1], /the mean of the two/],
        [(e) => Math.min(...e), /the fastest/],
        [(e) => Math.floor(median(e)), /rounded, to 0 digits/],
        [
          (e) => {
            const finite = e.filter(Number.isFinite);
            return finite.length > 0 ? median(finite) : Infinity;
          },
          /left out, which flatters/,
        ],
        [
          (e) =>
            e.length % 2
              ? median(e)
              : median(e) + [...e].sort((a, b) => a - b)[e.length / 2 - 1] / 2,
          /put the sum into brackets/,
        ],
      ],
    },
  },
};

function median(values) {
  return medianOfSorted([...values].sort((a, b) => a - b));
}

function medianOfSorted(sorted) {
  const half = sorted.length >> 1;
  return sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

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

function layerMeans(gradients) {
  return gradients.map((g) => g.reduce((sum, x) => sum + Math.abs(x), 0) / g.length);
}

function observeInto(history, gradients) {
  const means = layerMeans(gradients);
  history.push(means);
  return means
    .map((mean, i) => ({
      epoch: history.length,
      layer: i + 1,
      kind: mean < 0.001 ? "vanishing" : "exploding",
      mean,
    }))
    .filter(({ mean }) => !(mean >= 0.001 && mean <= 100));
}

function monitorWith(change) {
  return () => {
    const history = [];
    return { history, observe: (g) => change(observeInto(history, g), history) };
  };
}

for (const [key, parts] of Object.entries(answers)) {
  for (const [part, { right, wrong }] of Object.entries(parts)) {
    describe(`${key}.${part}`, () => {
      test("right answers in any style are accepted", () => {
        assert.ok(right.length >= 3);
        for (const answer of right)
          assert.match(say(key, part, answer), /: correct\./, `${answer}`);
      });

      test("wrong answers are rejected with the right words", () => {
        assert.ok(wrong.length >= 5);
        for (const [answer, words] of wrong) {
          const said = say(key, part, answer);
          assert.match(
            said,
            /^\w+: (wrong|gave NaN|stopped)[\s\S]*\n {4}input: {4}\S/,
            `${answer}`,
          );
          assert.match(said, words, `${answer}`);
        }
      });

      test("at least three mistakes are known, each is recognised as itself", () => {
        const { mistakes } = exerciseParts[key][part];
        assert.ok(mistakes.length >= 3);
        for (const { says, answer } of mistakes) {
          assert.ok(say(key, part, answer).includes(`wrong. Likely mistake: ${says}`), says);
        }
      });

      test("what is not a function of the right kind is said in words, and breaks nothing", () => {
        const endless = (..._args) => {
          for (;;);
        };
        const cyclic = {};
        cyclic.self = cyclic;
        for (const [answer, words] of /** @type {[any, RegExp][]} */ ([
          [todo, /not attempted yet/],
          [() => todo(), /not attempted yet/],
          [undefined, /not attempted yet/],
          [() => {}, /not attempted yet/],
          [async () => 1, /a promise|TypeError/],
          [async () => todo(), /a promise|TypeError/],
          [() => "0.5", /"0\.5"|the text|TypeError/],
          [() => Symbol("s"), /ymbol|TypeError/],
          [() => 5n, /bigint|TypeError/],
          [() => cyclic, /an object|must be|has no|TypeError/],
          [() => ({ length: -1 }), /an object|must be|has no|TypeError/],
          [() => [[], [], null], /must be|is a list|TypeError/],
          [5, /must be a function, and is 5/],
          ["text", /must be a function/],
          [
            () => {
              throw new Error("so\n   it goes");
            },
            /stopped with an error: Error: so it goes/,
          ],
          [
            () => {
              throw null;
            },
            /stopped with an error: null/,
          ],
          [endless, /ran for more than half a second and was stopped/],
          [(...args) => endless(...args), /ran for more than half a second/],
        ]).slice(0, part === "forward" ? undefined : -2)) {
          assert.match(say(key, part, answer), words, String(answer));
        }
      });

      test("a changed argument does not leak into the next case or the next check", () => {
        const [good] = right;
        const spoil = (...args) => {
          for (const arg of args) {
            if (Array.isArray(arg)) arg.length = 0;
            else if (arg && typeof arg === "object")
              for (const k of Object.keys(arg)) delete arg[k];
          }
        };
        say(key, part, (...args) => {
          spoil(...args);
          return 0;
        });
        assert.match(say(key, part, good), /: correct\./);
      });

      test("hints come one at a time and end", () => {
        const { hints } = exerciseParts[key][part];
        assert.ok(hints.length >= 3);
        const shown = hints.map(() =>
          printed(() => exercises[key].hint(/** @type {any} */ (part))),
        );
        shown.forEach((text, i) => {
          assert.equal(text, `${part}, hint ${i + 1} of ${hints.length}: ${hints[i]}`);
        });
        const more = printed(() => exercises[key].hint(/** @type {any} */ (part)));
        assert.match(more, /you have seen all .*exercise\.solution\("/);
      });

      test("the solution passes, and the solved notebook has exactly its code", () => {
        const code = solutions.solutionCode(`${key}.${part}`);
        assert.equal(
          printed(() => exercises[key].solution(/** @type {any} */ (part))),
          code,
        );
        const name = /(?:function|class) (\w+)/.exec(code)?.[1] ?? "";
        assert.match(say(key, part, solved[name]), /: correct\./);
        assert.ok(solvedCells(key).some((cell) => cell.startsWith(`${code}\n\nexercise.check`)));
      });
    });
  }
}

function solvedCells(key) {
  const number = Object.keys(exercises).indexOf(key) + 1;
  const folder = inProject("notebooks", "solutions");
  const name = readdirSync(folder).find((file) => file.startsWith(`${number}-`));
  if (!name) throw new Error(`no solved notebook ${number}`);
  return codeCells(readNotebook(path.join(folder, name))).map(sourceOf);
}

describe("numbers worked out by hand", () => {
  test("PReLU's training step follows the numerical gradient of the loss", () => {
    const network = { w1: [[0.5, -1]], b1: [-0.2], w2: [0.8], b2: 0.1, alpha: 0.3 };
    const sample = /** @type {const} */ ({ x: [0.4, 0.9], label: 1 });
    const loss = (alpha) => {
      const z = 0.5 * 0.4 - 0.9 - 0.2;
      const out = 1 / (1 + Math.exp(-(0.8 * alpha * z + 0.1)));
      return (out - 1) ** 2 / 2;
    };
    solutions.trainStep(network, sample, 1);
    assert.ok(Math.abs(network.alpha - (0.3 - slope(loss, 0.3))) < 1e-9);
  });

  test("the other solutions", () => {
    assert.equal(solutions.prelu(-2, 1.5), -3);
    assert.equal(solutions.preluAlphaGradient(-2, 3), -2);
    assert.equal(solutions.elu(-1, 2), 2 * (1 / Math.E - 1));
    assert.equal(solutions.firstBelow([1, 0.1], 0.1), undefined);
    const lesson = {
      inputs: [1, 2],
      weights: [
        [0.5, -0.5],
        [3, 1],
      ],
    };
    assert.deepEqual(solutions.magnitudes(Math.tanh, lesson), [
      Math.tanh(0.5),
      Math.tanh(4 * Math.tanh(0.5)),
    ]);
    const shifted = (t) => {
      const inputs = [1 + t, 2 + t];
      const weights = [
        [0.5, -0.4],
        [3, 1],
      ];
      return signalThroughLayers(Math.tanh, { inputs, weights })[1] ?? Number.NaN;
    };
    const weights = [
      [0.5, -0.4],
      [3, 1],
    ];
    const moved = solutions.sensitivity(activations.tanh, { inputs: [1, 2], weights })[1] ?? 0;
    assert.ok(Math.abs(moved - Math.abs(slope(shifted, 0))) < 1e-8);
  });
});

describe("check", () => {
  test("answers of a class keep their this", () => {
    class Answer {
      scale = 1;
      forward(x, alpha) {
        return this.scale * (x > 0 ? x : alpha * x);
      }
      derivative(x, alpha) {
        return x > 0 ? this.scale : alpha;
      }
    }
    const said = printed(() => exercises.prelu.check(new Answer(), { record: false }));
    assert.match(said, /forward: correct\.\nderivative: correct\./);
  });

  test("what goes wrong in another part is put down to that part", () => {
    const unfinished = (_x, _alpha) => todo();
    const calls = (network) => network.w1.map(([w]) => unfinished(w, network.alpha));
    assert.match(
      say("prelu", "trainStep", calls),
      /trainStep: not attempted yet: it calls a function that is still todo\(\)\. Write that one first/,
    );
    const prelu = (x, alpha) => Math.max(x, alpha * x);
    const usesIt = (network, sample, rate) =>
      stepByHand({ ...network, b2: prelu(network.b2, network.alpha) + 1 }, sample, rate);
    assert.match(say("prelu", "forward", prelu), /forward: wrong/);
    assert.match(
      say("prelu", "trainStep", usesIt),
      /trainStep: wrong[\s\S]*\n {4}It calls prelu, and forward is not correct yet: start there\./,
    );
    assert.doesNotMatch(
      say("prelu", "derivative", () => 1),
      /It calls/,
    );
    say("prelu", "forward", solutions.prelu);
    assert.doesNotMatch(say("prelu", "trainStep", usesIt), /It calls/);
  });

  test("an answer is stopped before a list that grows can end the kernel", () => {
    let list = [];
    const grows = () => {
      list = [];
      for (;;) list[list.length] = 0;
    };
    assert.match(say("fiftyLayers", "magnitudes", grows), /half a second and was stopped/);
    assert.ok(list.length < 5e7, `${list.length} entries`);
  });

  test("a machine that stands still once is no fault of the answer", () => {
    let stalled = false;
    const answer = (x, alpha) => {
      const end = Date.now() + (stalled ? 0 : 700);
      stalled = true;
      while (Date.now() < end);
      return solutions.elu(x, alpha);
    };
    assert.match(say("elu", "forward", answer), /forward: correct/);
  });

  test("numbers and lists of a message can be pasted into a cell", () => {
    const said = say("xor", "medianEpochs", () => -0.5);
    assert.match(said, /input: {4}epochs = \[30, 200, 100, 4, 5000\]\n.*\n.*received: -0\.5/);
    assert.match(
      say("xor", "medianEpochs", (epochs) => Math.min(median(epochs), 1e4)),
      /epochs = \[Infinity, 5, Infinity\]/,
    );
  });

  test("code in hints and mistakes can be pasted into a cell: no minus of typography", () => {
    for (const parts of Object.values(exerciseParts)) {
      for (const { hints, mistakes } of Object.values(parts)) {
        for (const text of [...hints, ...mistakes.map(({ says }) => says)]) {
          const code =
            text.match(/`[^`]*`|\w\([^()]*(\([^()]*\))?[^()]*\)|\[[^\]]*\]|(=>|\*) .*/g) ?? [];
          assert.doesNotMatch(code.join("\n"), /−/, text);
        }
      }
    }
  });

  test("says what is wrong with a call", () => {
    const call = (answer) => printed(() => exercises.elu.check(/** @type {any} */ (answer)));
    assert.match(call(undefined), /check needs an object/);
    assert.match(call(Math.max), /check needs an object/);
    assert.match(call({}), /nothing to check: the parts are forward, derivative, deadShare/);
    assert.match(call({ foward: Math.max }), /knows no foward: the parts are/);
    assert.match(
      printed(() => exercises.elu.hint(/** @type {any} */ ("nix"))),
      /no part "nix"/,
    );
  });

  test("a right answer that changes its input is told so", () => {
    const sorts = (epochs) => {
      epochs.sort((a, b) => a - b);
      return medianOfSorted(epochs);
    };
    assert.match(say("xor", "medianEpochs", sorts), /correct\. It changes epochs, which belongs/);
  });

  test("a promise that fails does not end the process", async () => {
    const fails = async () => {
      throw new Error("later");
    };
    assert.match(say("elu", "forward", fails), /a promise \(leave out async\)/);
    await new Promise((resolve) => setTimeout(resolve, 20));
  });
});

describe("progress", () => {
  const passElu = (options) =>
    printed(() =>
      exercises.elu.check(
        {
          forward: solutions.elu,
          derivative: solutions.eluDerivative,
          deadShare: solutions.deadShare,
        },
        options,
      ),
    );

  test("nothing is passed when the file is missing", () => {
    assert.equal(printed(showProgress), "Exercises passed: none of 5 yet.");
  });

  test("a passed exercise is noted once all parts are correct", () => {
    assert.match(say("elu", "forward", Math.max, true), /parts correct so far/);
    assert.equal(exercises.elu.passed, false);
    assert.equal(printed(showProgress), "Exercises passed: none of 5 yet.");
    assert.match(passElu(undefined), /All 3 parts are correct.*\nNoted: 1 of 5 exercises passed\./);
    assert.equal(exercises.elu.passed, true);
    assert.match(printed(showProgress), /1 of 5\.[\s\S]*1 PReLU: open[\s\S]*3 ELU: passed/);
    assert.deepEqual(JSON.parse(readFileSync(progressFile, "utf8")), { passed: ["elu"] });
    assert.deepEqual(readdirSync(folder), ["progress.json"], "no file is left beside it");
  });

  test("record: false leaves the file alone", () => {
    assert.doesNotMatch(passElu({ record: false }), /Noted/);
    assert.deepEqual(readdirSync(folder), []);
  });

  test("a damaged file starts anew and says so", () => {
    for (const text of ["", "{", "null", "[]", '{"passed":3}', '"text"']) {
      writeFileSync(progressFile, text);
      assert.match(
        printed(showProgress),
        /damaged[\s\S]*starts anew\.\nExercises passed: none/,
        text,
      );
      assert.match(passElu(undefined), /damaged[\s\S]*Noted: 1 of 5/, text);
      assert.match(printed(showProgress), /^Exercises passed: 1 of 5/, text);
    }
  });

  test("unknown entries are left out", () => {
    writeFileSync(progressFile, '{"passed":["xor","nix",5,"xor"]}');
    assert.match(printed(showProgress), /^Exercises passed: 1 of 5/);
  });

  test("a file that can be neither read nor written is no reason to fail", () => {
    mkdirSync(progressFile);
    assert.match(printed(showProgress), /cannot be read[\s\S]*none of 5/);
    assert.match(passElu(undefined), /could not be noted/);
  });
});
