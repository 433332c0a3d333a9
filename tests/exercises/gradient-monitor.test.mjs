// Exercise "Gradient health monitor": right answers pass, wrong ones are refused for what is wrong.
import assert from "node:assert/strict";
import { test } from "node:test";
import { reportOn, testAnswers } from "./support.mjs";

/** @import { GradientWarning } from "activation-lab/exercises" */

/** @typedef {readonly (readonly number[])[]} Gradients of an epoch, a list a layer */

testAnswers("gradientMonitor", {
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
      [(layers) => layers.map((g) => g.reduce((a, b) => a + b) / g.length), "sign"],
      [
        (layers) => layers.map((g) => Math.abs(g.reduce((a, b) => a + b) / g.length)),
        "size-too-late",
      ],
      [(layers) => layers.map((g) => g.reduce((a, b) => a + Math.abs(b), 0)), "sum"],
      [(layers) => layers.map((g) => Math.max(...g.map(Math.abs))), "largest"],
      [(layers) => layers.map((g) => Math.hypot(...g) / Math.sqrt(g.length)), "root-mean-square"],
      [() => 1, "shape"],
      [
        (layers) => layers.map((g) => g.reduce((a, b) => a + (Math.abs(b) || 0), 0) / g.length),
        "hides-nan",
      ],
      [
        (layers) => layers.map((g) => layerMeans([g.filter((x) => !Number.isNaN(x))])[0]),
        "hides-nan",
      ],
      [(layers) => layers.map((g) => layerMeans([g.filter(Boolean)])[0]), "skips-zeros"],
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
      [(m) => (m <= 0.001 ? "vanishing" : m < 100 ? "healthy" : "exploding"), "both-boundaries"],
      [(m) => (m < 0.001 ? "vanishing" : m < 100 ? "healthy" : "exploding"), "upper-boundary"],
      [(m) => (m < 0.001 ? "vanishing" : m > 100 ? "exploding" : "healthy"), "nan-healthy"],
      [(m) => (m < 0.001 ? "exploding" : m <= 100 ? "healthy" : "vanishing"), "swapped-words"],
      [(m) => (m < 0.001 ? "Vanishing" : "healthy"), "unrecognised"],
      [(m) => (m < 0.01 ? "vanishing" : m <= 100 ? "healthy" : "exploding"), "unrecognised"],
      [(m) => (m < 0.001 ? "vanishing" : m >= 100 ? "exploding" : "healthy"), "unrecognised"],
      [() => true, "shape"],
      [() => "healthy", "constant"],
      [(m) => (m < 0.0015 ? "vanishing" : m <= 100 ? "healthy" : "exploding"), "unrecognised"],
      [(m) => (m < 0.00095 ? "vanishing" : m <= 100 ? "healthy" : "exploding"), "unrecognised"],
      [(m) => (m < 0.001 ? "vanishing" : m <= 101 ? "healthy" : "exploding"), "unrecognised"],
      [(m) => (m < 0.001 ? "vanishing" : m <= 99 ? "healthy" : "exploding"), "unrecognised"],
    ],
  },
  monitor: {
    right: [
      class {
        /** @type {number[][]} */
        /** @type {number[][]} */
        history = [];
        /** @param {Gradients} gradients */
        observe(gradients) {
          return observeInto(this.history, gradients);
        }
      },
      monitorWith((warnings) => warnings),
      class {
        /** @type {number[][]} */
        #own = [];
        get history() {
          return this.#own.map((means) => [...means]);
        }
        /** @param {Gradients} gradients */
        observe = (gradients) => {
          const warnings = [];
          for (const warning of observeInto(this.#own, gradients)) warnings.unshift({ ...warning });
          return warnings;
        };
      },
    ],
    wrong: [
      [
        class {
          /** @type {number[][]} */
          /** @type {number[][]} */
          history = [];
          /** @type {GradientWarning[]} */
          all = [];
          /** @param {Gradients} gradients */
          observe(gradients) {
            this.all.push(...observeInto(this.history, gradients));
            return this.all;
          }
        },
        "all-so-far",
      ],
      [monitorWith((warnings) => warnings.filter((w) => !Number.isNaN(w.mean))), "no-nan"],
      [
        class {
          /** @type {number[][]} */
          /** @type {number[][]} */
          history = [];
          /** @param {Gradients} gradients */
          observe(gradients) {
            const means = layerMeans(gradients);
            const epoch = this.history.push(means);
            return means.flatMap((mean, i) => {
              if (mean > 0.001 && mean < 100) return [];
              const kind = mean <= 0.001 ? "vanishing" : "exploding";
              return [{ epoch, layer: i + 1, kind, mean }];
            });
          }
        },
        "shape",
      ],
      [
        monitorWith((warnings) => warnings.map(({ kind, ...rest }) => ({ ...rest, status: kind }))),
        "shape",
      ],
      [
        monitorWith((warnings) => warnings.map((w) => ({ ...w, epoch: w.epoch + 1 }))),
        "unrecognised",
      ],
      [
        monitorWith((warnings) => warnings.map((w) => ({ ...w, layer: w.layer - 1 }))),
        "layers-from-0",
      ],
      [
        monitorWith((warnings) =>
          warnings.map((w) => ({ ...w, layer: w.layer - 1, epoch: w.epoch - 1 })),
        ),
        "from-0",
      ],
      [
        class {
          epoch = 0;
          /** @type {number[][]} */
          history = [];
          /** @param {Gradients} gradients */
          observe(gradients) {
            return observeInto([], gradients).map((w) => ({ ...w, epoch: ++this.epoch }));
          }
        },
        "unrecognised",
      ],
      [
        monitorWith((warnings, history) => {
          history.splice(0, history.length - 1);
          return warnings;
        }),
        "shape",
      ],
      [
        (() => {
          /** @type {number[][]} */
          const shared = [];
          return class {
            history = shared;
            /** @param {Gradients} gradients */
            observe(gradients) {
              return observeInto(shared, gradients);
            }
          };
        })(),
        "shared-history",
      ],
      [
        class {
          /** @type {number[][]} */
          history = [];
        },
        "threw",
      ],
      [
        class {
          /** @type {number[][]} */
          static history = [];
          /** @param {Gradients} gradients */
          observe(gradients) {
            return observeInto([], gradients);
          }
        },
        "threw",
      ],
      [monitorWith(() => []), "shape"],
      [
        class {
          /** @type {number[][]} */
          /** @type {number[][]} */
          history = [];
          /** @param {Gradients} gradients */
          observe(gradients) {
            const epoch = this.history.push(layerMeans(gradients));
            return gradients.flatMap((layer, i) => {
              const largest = Math.max(...layer.map(Math.abs));
              if (largest >= 0.001 && largest <= 100) return [];
              const kind = largest < 0.001 ? "vanishing" : "exploding";
              return [{ epoch, layer: i + 1, kind, mean: layerMeans([layer])[0] }];
            });
          }
        },
        "largest",
      ],
      [
        monitorWith((warnings) => warnings.map((w) => ({ ...w, epoch: w.epoch - 1 }))),
        "epochs-from-0",
      ],
    ],
  },
});

/** @param {Gradients} gradients */
function layerMeans(gradients) {
  return gradients.map((g) => g.reduce((sum, x) => sum + Math.abs(x), 0) / g.length);
}

/**
 * @param {number[][]} history
 * @param {Gradients} gradients
 * @returns {GradientWarning[]}
 */
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

/**
 * Monitors that are right but for a change of what they return.
 * @param {(warnings: GradientWarning[], history: number[][]) => unknown} change
 */
function monitorWith(change) {
  return class {
    /** @type {number[][]} */
    /** @type {number[][]} */
    history = [];
    /** @param {Gradients} gradients */
    observe(gradients) {
      return change(observeInto(this.history, gradients), this.history);
    }
  };
}

test("what is not a monitor is told what it lacks", () => {
  class Shared {
    /** @type {number[][]} */
    static history = [];
    /** @param {Gradients} gradients */
    observe(gradients) {
      return observeInto([], gradients);
    }
  }
  class Silent {
    /** @type {number[][]} */
    history = [];
  }
  const makeMonitor = () => new Silent();
  /** @type {[unknown, RegExp][]} */
  const lacking = [
    [Shared, /TypeError: a monitor has a list history, not static, and this one has none\n/],
    [Silent, /TypeError: a monitor has a method observe\n/],
    [makeMonitor, /TypeError: a monitor is made with new: write a class\n/],
  ];
  for (const [answer, words] of lacking) {
    assert.match(reportOn("gradientMonitor", "monitor", answer).message, words);
  }
});
