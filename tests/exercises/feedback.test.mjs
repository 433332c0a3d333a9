// Words for wrong answers that come from the values alone: what is wrong, where, and what is shared.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { signalThroughLayers } from "activation-lab/course";
import { sensitivity } from "../../lib/dist/lib/exercises/fifty-layers.js";
import { GradientMonitor } from "../../lib/dist/lib/exercises/gradient-monitor.js";
import { trainStep } from "../../lib/dist/lib/exercises/prelu.js";
import { untyped } from "../support.mjs";
import { reportOn } from "./support.mjs";

/** @import { GradientWarning, PReluNetwork } from "activation-lab/exercises" */
/** @import { AnswerOf, Key, Tried } from "./support.mjs" */

/** @param {number[]} values */
const median = (values) => {
  const sorted = [...values].sort((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
};

/**
 * The network after the step, another one.
 * @param {PReluNetwork} network
 * @param {import("activation-lab").Sample} sample
 * @param {number} rate
 */
function step(network, sample, rate) {
  const next = structuredClone(network);
  trainStep(next, sample, rate);
  return next;
}

/**
 * What makes monitors that are right but for a change of what they return.
 * @param {(warnings: GradientWarning[]) => object[]} change
 */
function monitorWith(change) {
  return class extends GradientMonitor {
    /**
     * @param {readonly (readonly number[])[]} gradients
     * @override
     */
    observe(gradients) {
      return untyped(change(super.observe(gradients)));
    }
  };
}

/**
 * Asserts with which words an answer is met.
 * @template {Key} Name
 * @template {keyof AnswerOf<Name> & string} Part
 * @param {Name} key
 * @param {Part} part
 * @param {Tried<AnswerOf<Name>[Part]>} answer
 * @param {RegExp} words
 */
function says(key, part, answer, words) {
  assert.match(reportOn(key, part, answer).message, words, `${answer}`);
}

describe("a mistake of a general kind", () => {
  test("in numbers", () => {
    says("prelu", "forward", (x, a) => 3 * (x > 0 ? x : a * x), /every value is 3 times/);
    says("prelu", "forward", (x, a) => -(x > 0 ? x : a * x), /every sign is the wrong way round/);
    says("prelu", "forward", (x, a) => Number((x > 0 ? x : a * x).toFixed(2)), /to 2 digits/);
    says(
      "elu",
      "forward",
      (x, a) => Number((x > 0 ? x : a * Math.expm1(x)).toFixed(3)),
      /to 3 digits/,
    );
    says("xor", "medianEpochs", (e) => Math.floor(median(e)), /rounded, to 0 digits/);
    says("prelu", "derivative", () => 1, /it is always 1, whatever the input\./);
    says("prelu", "derivative", (_, a) => a, /it is the argument alpha as it came in\./);
    says(
      "gradientMonitor",
      "status",
      () => "healthy",
      /it is always "healthy", whatever the input\./,
    );
  });

  test("in lists", () => {
    const through = signalThroughLayers;
    /** @type {AnswerOf<"fiftyLayers">["sensitivity"]} */
    const nearly = (activation, draws) => sensitivity(activation, draws).map((s) => s * 1.00001);
    says(
      "fiftyLayers",
      "magnitudes",
      (f, d) => [1, ...through(f, d).slice(0, -1)],
      /\[1\] holds what belongs in \[0\], and so on\./,
    );
    says(
      "fiftyLayers",
      "magnitudes",
      (f, d) => [...through(f, d).slice(1), 0],
      /\[0\] holds what belongs in \[1\], and so on\./,
    );
    says("fiftyLayers", "magnitudes", (f, d) => through(f, d).reverse(), /the order is reversed\./);
    says("fiftyLayers", "sensitivity", nearly, /a rounding: the first three digits are right\./);
  });
});

test("the inputs on which it goes wrong have something in common", () => {
  says(
    "prelu",
    "forward",
    (x, a) => (x > 1 ? x : a * x),
    /right on 16 of 20 inputs, wrong only where x = 0\.5\./,
  );
  says(
    "prelu",
    "forward",
    (x) => (x > 0 ? x : 0.25 * x),
    /only where x < 0 and alpha ≠ 0\.25\..*input: +x = -0\.5,/s,
  );
  says(
    "prelu",
    "derivative",
    (x, a) => (x > 0 ? 1 : a + 0.001),
    /right on 8 of 20 inputs, wrong only where x ≤ 0\..*expected: 0\.25.*received: 0\.251/s,
  );
  says(
    "prelu",
    "derivative",
    (x, a) => (x < 0 ? a : x > 0 ? 1 : 0),
    /right on 17 of 20 inputs, wrong only where x = 0 and alpha ≠ 0\./,
  );
  says(
    "elu",
    "forward",
    (x, a) => Number(x > 0) * x + Number(x <= 0) * a * Math.expm1(x),
    /gave NaN.*wrong only where x = 800/,
  );
  says(
    "elu",
    "forward",
    (x, a) => (x < 0 ? a * Math.expm1(x) : x > 0 ? x : a),
    /wrong only where x = 0 and alpha > 0\./,
  );
  says(
    "elu",
    "derivative",
    (x, a) => (x > 0 ? 1 : a * Math.expm1(x) + 1),
    /wrong only where x ≤ 0 and alpha ≠ 1\./,
  );
  says(
    "gradientMonitor",
    "status",
    (m) => (m < 0.001 ? "Vanishing" : "healthy"),
    /right on 7 of 14 inputs.*expected: "vanishing"\n.*received: "Vanishing"/s,
  );
  says(
    "gradientMonitor",
    "status",
    (m) => (m < 0.01 ? "vanishing" : m <= 100 ? "healthy" : "exploding"),
    /right on 11 of 14 inputs, wrong only where mean from 0\.001 to 0\.005\./,
  );
  says(
    "gradientMonitor",
    "status",
    (m) => (m < 0.001 ? "vanishing" : m >= 100 ? "exploding" : "healthy"),
    /right on 12 of 14 inputs, wrong only where mean = 100 or NaN\./,
  );
  says(
    "xor",
    "epochsToSolve",
    (a) => a.findIndex((x, i) => x === 1 && a[i + 1] === 1) + 1 || Infinity,
    /right on 6 of 12 inputs.*expected: 5\n.*received: 2/s,
  );
  says(
    "fiftyLayers",
    "sensitivity",
    ({ fn }, draws) => signalThroughLayers(fn, draws),
    /right on none of the inputs tried\./,
  );
});

describe("fields", () => {
  test("some are right, and the others move in some wrong way", () => {
    says(
      "prelu",
      "trainStep",
      (n, s, r) => ({ ...step(n, s, r), alpha: n.alpha }),
      /Right: w1, b1, w2, b2\. Does not move: alpha\./,
    );
    says(
      "prelu",
      "trainStep",
      (n, s, r) => ({ ...n, alpha: step(n, s, r).alpha }),
      /Right: alpha\. Does not move: w1, b1, w2, b2\./,
    );
    says(
      "prelu",
      "trainStep",
      (n, s, r) => ({ ...step(n, s, r), b2: 2 * n.b2 - step(n, s, r).b2 }),
      /Moves the wrong way: b2\./,
    );
    says(
      "prelu",
      "trainStep",
      (n, s, r) => ({ ...step(n, s, 3 * r), w1: n.w1 }),
      /Does not move: w1\. Moves 3 times as far as it should: b1, w2, b2, alpha\./,
    );
    says(
      "prelu",
      "trainStep",
      (n, s, r) => ({ ...step(n, s, r), alpha: step(n, s, 1).alpha }),
      /Does not follow learningRate: alpha\./,
    );
    says(
      "prelu",
      "trainStep",
      (n, s, r) => ({ ...step(n, s, r), w1: step({ ...n, alpha: 0 }, s, r).w1 }),
      /Right: b1, w2, b2, alpha\. Wrong: w1\./,
    );
    says(
      "prelu",
      "trainStep",
      (n, s, r) => ({ ...step(n, s, r), alpha: Number.NaN }),
      /gave NaN.*∞ − ∞.*Right: w1, b1, w2, b2\./s,
    );
    says(
      "gradientMonitor",
      "monitor",
      monitorWith((all) => all.map((w) => ({ ...w, epoch: w.epoch + 1 }))),
      /Right: history, history of the new monitor\. Wrong: observe\(first\), observe\(second\), observe\(second\) of a new monitor\./,
    );
  });

  test("none is right, which points at what they share", () => {
    says(
      "prelu",
      "trainStep",
      (n, s) => step(n, s, 0.1),
      /Does not follow learningRate: w1, b1, w2, b2, alpha\. As this is so for all/,
    );
  });
});

test("the kind of value that is needed is named, and what came instead", () => {
  const through = signalThroughLayers;
  /** @type {Tried<AnswerOf<"fiftyLayers">["firstBelow"]>} */
  const returnsInside = (sizes, t) => {
    // What a return inside forEach comes to.
    for (const size of sizes) if (size < t) (() => size)();
  };
  const renamed = monitorWith((all) => all.map(({ kind, ...rest }) => ({ ...rest, status: kind })));
  says("prelu", "trainStep", () => ({ w1: [] }), /w1 must be a list of 2, and is an empty list\./);
  says(
    "prelu",
    "trainStep",
    (n) => ({ w2: n.w2, alpha: n.alpha }),
    /What it returns has no w1; it has w2, alpha\./,
  );
  says(
    "fiftyLayers",
    "magnitudes",
    (f, draws) => through(f, draws).at(-1),
    /must be a list, and is the number/,
  );
  says(
    "fiftyLayers",
    "magnitudes",
    (f, draws) => [1, ...through(f, draws)],
    /list of 2, and is a list of 3\./,
  );
  says(
    "fiftyLayers",
    "firstBelow",
    (sizes) => String(sizes[0]),
    /must be a number, and is the text "0\.5"\./,
  );
  says(
    "fiftyLayers",
    "firstBelow",
    (sizes, t) => sizes.findIndex((s) => s < t) + 1 || -1,
    /must be undefined here, and is the number -1\..*expected: undefined\n.*received: -1/s,
  );
  says(
    "fiftyLayers",
    "firstBelow",
    returnsInside,
    /A return inside forEach leaves only the inner function/,
  );
  says("gradientMonitor", "layerMeans", () => 1, /must be a list, and is the number 1\./);
  says("gradientMonitor", "status", () => true, /like "healthy", and is boolean true\./);
  says(
    "gradientMonitor",
    "monitor",
    monitorWith(() => [{}, {}, {}].slice(0, 0)),
    /observe\(first\) must be a list of 2, and is an empty list\./,
  );
  says(
    "gradientMonitor",
    "monitor",
    monitorWith((all) => [...all, ...all]),
    /observe\(first\) must be a list of 2, and is a list of 4\./,
  );
  says(
    "gradientMonitor",
    "monitor",
    renamed,
    /observe\(first\)\[0\] has no kind; it has epoch, layer, mean, status\./,
  );
  says("xor", "solvedShare", (e) => `${e.length}`, /must be a number, and is the text "5"\./);
});

test("undefined is a missing return, unless it is what other inputs are to give", () => {
  const question = /Is there a path without return\?/;
  const neverReturns = (/** @type {readonly number[]} */ _sizes) => {};
  const returnsLater = (/** @type {readonly number[]} */ sizes) =>
    sizes.length > 3 ? 3 : undefined;
  says("fiftyLayers", "firstBelow", (sizes) => void sizes, question);
  says("xor", "solvedShare", (e) => (e.length > 1 ? undefined : 1), question);
  const { id, message } = reportOn("fiftyLayers", "firstBelow", returnsLater);
  assert.equal(id, "shape");
  assert.match(message, /What it returns must be a number, and is undefined\.\n/);
  assert.doesNotMatch(message, question);
  assert.equal(reportOn("fiftyLayers", "firstBelow", neverReturns).outcome, "notAttempted");
});

test("of a list, the first entry that is wrong is named", () => {
  says(
    "fiftyLayers",
    "magnitudes",
    (f, draws) => signalThroughLayers(f, draws).map((size, i) => (i === 1 ? size + 1 : size)),
    /wrong\. It is right on none of the inputs tried\. The first entry that is wrong is \[1\]\. Compare/,
  );
});

test("numbers and lists of a message can be pasted into a cell", () => {
  says(
    "xor",
    "medianEpochs",
    () => -0.5,
    /input: {4}epochs = \[30, 200, 100, 4, 5000\]\n.*\n.*\n.*received: -0\.5/,
  );
  says(
    "xor",
    "medianEpochs",
    (e) => Math.min(median(e), 1e4),
    /epochs = \[Infinity, 5, Infinity\]/,
  );
  says(
    "fiftyLayers",
    "magnitudes",
    (_, draws) => signalThroughLayers((z) => z, draws),
    /draws = \{ inputs: \[1, 2\], weights: \[\[0\.5, -1\], \[1, -3\]\] \}/,
  );
});
