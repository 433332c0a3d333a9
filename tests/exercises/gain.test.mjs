// Exercise "The right gain": right answers pass, wrong ones are refused for what is wrong with them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { findGain, gradientLeft } from "../../lib/dist/lib/exercises/gain.js";
import { near } from "../support.mjs";
import { testAnswers } from "./support.mjs";

testAnswers("gain", {
  gradientLeft: {
    right: [
      (gradients) => gradients[0] / gradients[gradients.length - 1],
      ([first, ...others]) => (others.length === 0 ? 1 : first / others[others.length - 1]),
      (gradients) => {
        let share = 1;
        for (let l = 1; l < gradients.length; l++) share *= gradients[l - 1] / gradients[l];
        return share;
      },
    ],
    wrong: [
      [(gradients) => gradients[gradients.length - 1] / gradients[0], "upside-down"],
      [(gradients) => gradients[0], "first"],
      [(gradients) => gradients[1] / gradients[gradients.length - 1], "unrecognised"],
      [(gradients) => gradients[0] / gradients[gradients.length], "not-a-number"],
      [(gradients) => Math.log(gradients[0] / gradients[gradients.length - 1]), "unrecognised"],
      [(gradients) => gradients[0] - gradients[gradients.length - 1], "difference"],
      [(gradients) => gradients.map((g) => g / gradients[gradients.length - 1]), "shape"],
    ],
  },
  findGain: {
    right: [
      (left, low, high) => {
        for (let i = 0; i < 40; i++) {
          const middle = (low + high) / 2;
          if (left(middle) > 1) high = middle;
          else low = middle;
        }
        return low;
      },
      (left, low, high) => {
        /** @type {(below: number, above: number) => number} */
        const search = (below, above) => {
          const middle = below + (above - below) / 2;
          if (above - below < 0.0005) return middle;
          return left(middle) < 1 ? search(middle, above) : search(below, middle);
        };
        return search(low, high);
      },
      (left, low, high) => {
        // Slow, and right: step by step.
        let gain = low;
        while (gain < high && left(gain) < 1) gain += 0.0005;
        return gain;
      },
    ],
    wrong: [
      [(_, low, high) => (low + high) / 2, "middle"],
      [(_, low) => low, "returns-argument"],
      [() => 1, "constant"],
      [(left, low, high) => left((low + high) / 2), "unrecognised"],
      [
        (left, low, high) => {
          while (high - low > 0.01) {
            const middle = (low + high) / 2;
            if (left(middle) < 1) low = middle;
            else high = middle;
          }
          return low;
        },
        "unrecognised",
      ],
      [
        (left, low, high) => {
          while (high - low > 1e-6) {
            const middle = (low + high) / 2;
            if (left(middle) < 1) high = middle;
            else low = middle;
          }
          return low;
        },
        "wrong-half",
      ],
    ],
  },
  gainOf: {
    right: [
      (key) => (key === "tanh" ? 1.2 : 1.45),
      (key) => ({ tanh: 1.5, relu: 1.5 })[key],
      (key) => {
        if (key === "relu") return 1.47;
        return 1.33;
      },
    ],
    wrong: [
      [() => 1, "one"],
      [() => 1.1, "relu-small"],
      [() => 5, "large"],
      [() => 1e9, "large"],
      [(key) => (key === "tanh" ? 1.3 : 1.7), "relu-large"],
      [(key) => (key === "tanh" ? 0.5 : 1.5), "tanh-small"],
      [() => "1.5", "unrecognised"],
      [() => -1, "unrecognised"],
      [() => Number.NaN, "unrecognised"],
    ],
  },
});

test("the functions give what was worked out by hand", () => {
  assert.equal(gradientLeft([1, 5, 2]), 0.5);
  near(
    findGain((gain) => gain ** 2 / 2, 1, 2),
    Math.SQRT2,
    1e-6,
  );
});
