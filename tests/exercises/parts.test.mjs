// What holds for every part of every exercise, whoever adds the next one.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { describe, test } from "node:test";
import { isDeepStrictEqual } from "node:util";
import { leakyRelu, leakyReluDerivative, spread } from "activation-lab";
import { median, signalThroughLayers } from "activation-lab/course";
import { exercises } from "activation-lab/exercises";
import { GradientMonitor } from "../../lib/dist/lib/exercises/gradient-monitor.js";
import { definitions } from "../../lib/dist/lib/exercises/list.js";
import { trainStep } from "../../lib/dist/lib/exercises/prelu.js";
import { callAnswer } from "../../lib/dist/lib/exercises/run.js";
import { solutionCode } from "../../lib/dist/lib/exercises/solution-code.js";
import { copy } from "../../lib/dist/lib/exercises/values.js";
import { medianEpochs } from "../../lib/dist/lib/exercises/xor.js";
import { codeCells, readNotebook, sourceOf } from "../../tools/notebooks.mjs";
import { inProject } from "../../tools/paths.mjs";
import { allParts, ownSolution, reportOn } from "./support.mjs";

/** @import { Key } from "./support.mjs" */

/**
 * Ids that a check gives without knowing the part.
 * @type {Record<import("../../lib/dist/lib/exercises/check.js").FindingId, true>}
 */
const ofAnyPart = {
  correct: true,
  "changes-argument": true,
  missing: true,
  "not-begun": true,
  "calls-todo": true,
  "not-a-function": true,
  "not-yours": true,
  async: true,
  threw: true,
  "too-long": true,
  "not-a-number": true,
  shape: true,
  unrecognised: true,
  constant: true,
  "returns-argument": true,
  "swapped-parameters": true,
  nearly: true,
  rounded: true,
  "shifted-back": true,
  "shifted-on": true,
  reversed: true,
  "every-sign": true,
  factor: true,
  "at-random": true,
};

/**
 * Path of an exercise's notebook in one of the two folders.
 * @param {string} folder
 * @param {Key} key
 */
function notebookOf(folder, key) {
  const number = Object.keys(definitions).indexOf(key) + 1;
  return inProject("notebooks", folder, `${number}-${definitions[key].name}.ipynb`);
}

/**
 * An answer that looks up what is expected in each case, and has the last value for all else.
 * @param {import("../../lib/dist/lib/exercises/part.js").Part} part
 */
function tableOf(part) {
  /** @type {unknown} */
  const solution = part.expected;
  if (solution === GradientMonitor) {
    return class extends GradientMonitor {
      /**
       * @param {readonly (readonly number[])[]} gradients
       * @override
       */
      observe(gradients) {
        const warnings = super.observe(gradients);
        return part.cases.flat().some((one) => isDeepStrictEqual(one, gradients)) ? warnings : [];
      }
    };
  }
  const values = part.cases.map((args) => callAnswer(part, part.expected, copy(args)));
  return (/** @type {unknown[]} */ ...args) =>
    values.at(part.cases.findIndex((one) => isDeepStrictEqual(one, args)));
}

/**
 * The sources of the code cells of an exercise's notebook.
 * @param {string} folder
 * @param {Key} key
 */
function cellsOf(folder, key) {
  return codeCells(readNotebook(notebookOf(folder, key))).map(sourceOf);
}

test("each exercise has its file, a notebook and its solved twin, numbered in order", () => {
  Object.entries(definitions).forEach(([one, { name, title }], index) => {
    const key = /** @type {Key} */ (one);
    assert.equal(exercises[key].title, `${index + 1} ${title}`);
    assert.ok(existsSync(inProject("lib", "exercises", `${name}.ts`)), name);
    for (const folder of ["exercises", "solutions"]) assert.ok(existsSync(notebookOf(folder, key)));
  });
});

for (const { key, file, name, part, label } of allParts) {
  describe(label, () => {
    const { mistakes, hints, parameters, cases } = part;

    test("at least three mistakes are known, by ids of their own", () => {
      const ids = mistakes.map(({ id }) => id);
      assert.ok(ids.length >= 3);
      assert.equal(new Set(ids).size, ids.length);
      for (const id of ids) {
        assert.match(id, /^[a-z0-9]+(-[a-z0-9]+)*$/);
        assert.ok(!(id in ofAnyPart), `${id} is what a check says of any part`);
      }
    });

    test("each mistake is recognised as itself", () => {
      for (const { id, answers } of mistakes) {
        assert.ok(answers.length > 0);
        for (const answer of answers) {
          const report = reportOn(key, name, answer);
          assert.equal(report.id, id, report.message);
          assert.equal(report.outcome, "wrong");
        }
      }
    });

    test("what is said of mistakes is a sentence, in words that the learner has seen", () => {
      const cells = cellsOf("exercises", key).join("\n");
      for (const { says } of mistakes) {
        assert.match(says, /^\S.*[.?]$/);
        const names = says.match(/\b[a-z]+[A-Z]\w*/g) ?? [];
        for (const word of names.filter((one) => !/^(findIndex|sort)$/.test(one))) {
          assert.match(cells, new RegExp(`\\b${word}\\b`), `${word} in: ${says}`);
        }
      }
    });

    test("code in hints and mistakes can be pasted into a cell: no minus of typography", () => {
      for (const text of [...hints, ...mistakes.map(({ says }) => says)]) {
        const code =
          text.match(/`[^`]*`|\w\([^()]*(\([^()]*\))?[^()]*\)|\[[^\]]*\]|(=>|\*) .*/g) ?? [];
        assert.doesNotMatch(code.join("\n"), /−/, text);
      }
    });

    test("at least three hints lead to the answer", () => {
      assert.ok(hints.length >= 3);
      for (const hint of hints) assert.match(hint, /^\S.*[.?]$/);
    });

    test("an answer that knows the cases and nothing else is refused", () => {
      const { outcome, message } = reportOn(key, name, tableOf(part));
      // Where only what an answer leads to counts, the cases are all there is.
      if (part.outcome) return assert.equal(outcome, "correct", message);
      assert.equal(outcome, "wrong", message);
      assert.match(message, /at random\.|\[\d\] must be|must be a list|must be undefined|a number/);
    });

    test("each case has an argument for each parameter", () => {
      for (const args of cases) assert.equal(args.length, parameters.length);
    });

    test("the solution passes, and the solved notebook has exactly its code", () => {
      const code = solutionCode(file, name);
      assert.equal(reportOn(key, name, ownSolution({ file, name })).id, "correct");
      const solved = cellsOf("solutions", key);
      assert.ok(solved.some((cell) => cell.startsWith(`${code}\n\nexercise.check`)));
    });

    test("an answer that spoils its arguments spoils no later check", () => {
      reportOn(key, name, (/** @type {any[]} */ ...args) => {
        for (const arg of args) {
          if (Array.isArray(arg)) arg.length = 0;
          else if (arg && typeof arg === "object") for (const k of Object.keys(arg)) delete arg[k];
        }
        return 0;
      });
      assert.equal(reportOn(key, name, ownSolution({ file, name })).id, "correct");
    });
  });
}

test("the library's own functions, and the solutions, are not the learner's work", () => {
  /** @type {[string, string, Function][]} */
  const borrowed = [
    ["prelu", "forward", leakyRelu],
    ["prelu", "derivative", leakyReluDerivative],
    ["fiftyLayers", "magnitudes", signalThroughLayers],
    ["xor", "medianEpochs", medianEpochs],
  ];
  for (const [key, name, answer] of borrowed) {
    const report = reportOn(key, name, answer);
    assert.deepEqual([report.outcome, report.id], ["wrong", "not-yours"]);
    assert.equal(
      report.message,
      `${name}: wrong. This is ${answer.name}, which the course has already. Write one of your own.`,
    );
  }
});

test("nor is a function that only calls them, in whatever way", () => {
  /** @type {typeof leakyRelu} */
  const leaky = (x, alpha) => leakyRelu(x, alpha);
  /** @type {[key: string, part: string, answer: (...args: any[]) => unknown, called: string][]} */
  const wrappers = [
    ["prelu", "forward", leaky, "leakyRelu"],
    ["prelu", "forward", (x, alpha) => (x > 0 ? x : leaky(x, alpha)), "leakyRelu"],
    ["prelu", "forward", (x, alpha) => Reflect.apply(leakyRelu, null, [x, alpha]), "leakyRelu"],
    ["prelu", "derivative", (x, alpha) => leakyReluDerivative(x, alpha), "leakyReluDerivative"],
    [
      "prelu",
      "trainStep",
      (network, sample, rate) => trainStep(network, sample, rate),
      "trainStep",
    ],
    [
      "fiftyLayers",
      "magnitudes",
      (f, draws) => signalThroughLayers(f, draws).map((size) => size),
      "signalThroughLayers",
    ],
    ["xor", "medianEpochs", (epochs) => median(epochs), "median"],
    ["xor", "medianEpochs", (epochs) => spread(epochs).median, "spread"],
  ];
  for (const [key, name, answer, called] of wrappers) {
    const { id, message } = reportOn(key, name, answer);
    assert.equal(id, "not-yours", `${answer}\n${message}`);
    assert.equal(
      message,
      `${name}: wrong. It calls ${called}, which the course has already. Write the steps yourself.`,
    );
  }
  // A function of the learner's own may have the same name.
  const own = {
    leakyRelu: (/** @type {number} */ x, /** @type {number} */ a) => (x > 0 ? x : a * x),
  };
  const calls = (/** @type {number} */ x, /** @type {number} */ a) => own.leakyRelu(x, a);
  assert.equal(reportOn("prelu", "forward", calls).id, "correct");
});

test("a region that is missing is an error that names file and part", () => {
  assert.throws(() => solutionCode("elu", "nix"), {
    name: "RangeError",
    message: "lib/exercises/elu.ts has no region nix",
  });
});
