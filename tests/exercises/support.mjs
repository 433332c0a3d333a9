/** What the tests of the exercises share. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, mock, test } from "node:test";
import { checkPart } from "../../lib/dist/lib/exercises/check.js";
import { makeExercises } from "../../lib/dist/lib/exercises/exercise.js";
import { definitions } from "../../lib/dist/lib/exercises/list.js";

/** @import { Part } from "../../lib/dist/lib/exercises/part.js" */

/**
 * Every part of every exercise.
 * @type {{ key: string, file: string, name: string, part: Part, label: string }[]}
 */
export const allParts = Object.entries(definitions).flatMap(([key, { name: file, parts }]) =>
  Object.entries(parts).map(([name, part]) => ({ key, file, name, part, label: `${key}.${name}` })),
);

/** @returns {Part} */
export function partOf(key, name) {
  return definitions[key].parts[name];
}

/** What a check finds in an answer to one part. */
export function reportOn(key, name, answer) {
  return checkPart(name, partOf(key, name), { [name]: answer });
}

/** Exercise ELU as a learner could have solved it. */
export const solvedElu = {
  forward: (x, alpha) => (x > 0 ? x : alpha * (Math.exp(x) - 1)),
  derivative: (x, alpha) => (x > 0 ? 1 : alpha * Math.exp(x)),
  deadShare: (derivative, units, threshold) =>
    units.filter((unit) => unit.every((z) => Math.abs(derivative(z)) < threshold)).length /
    units.length,
};

/** An exercise to which nothing has been handed yet. */
export function freshExercise(key) {
  return makeExercises(definitions)[key];
}

/** What is printed while `work` runs. */
export function printed(work) {
  const log = mock.method(console, "log", () => {});
  try {
    work();
    return log.mock.calls.map(({ arguments: [text] }) => String(text)).join("\n");
  } finally {
    log.mock.restore();
  }
}

/**
 * Gives a test a progress file of its own, which does not exist yet.
 * @param {import("node:test").TestContext} context the test's
 * @returns {string} where it is
 */
export function ownProgressFile(context) {
  const before = process.env.ACTIVATION_LAB_PROGRESS;
  const folder = mkdtempSync(path.join(tmpdir(), "progress-"));
  const file = path.join(folder, "progress.json");
  process.env.ACTIVATION_LAB_PROGRESS = file;
  context.after(() => {
    if (before === undefined) delete process.env.ACTIVATION_LAB_PROGRESS;
    else process.env.ACTIVATION_LAB_PROGRESS = before;
    rmSync(folder, { recursive: true, force: true });
  });
  return file;
}

/** A numerical derivative. */
export function slope(f, at, h = 1e-6) {
  return (f(at + h) - f(at - h)) / (2 * h);
}

/**
 * Tests answers to the parts of an exercise: right ones in any style, and wrong ones with the id of what
 * a check has to find in them.
 * @param {string} key
 * @param {Record<string, { right: unknown[], wrong: [unknown, string][] }>} answers
 */
export function testAnswers(key, answers) {
  test("each part has answers here", () => {
    assert.deepEqual(Object.keys(answers), Object.keys(definitions[key].parts));
  });
  for (const [name, { right, wrong }] of Object.entries(answers)) {
    describe(name, () => {
      test("right answers in any style are accepted", () => {
        assert.ok(right.length >= 3);
        for (const answer of right) {
          const { outcome, message } = reportOn(key, name, answer);
          assert.equal(outcome, "correct", `${answer}\n${message}`);
        }
      });

      test("wrong answers are refused for what is wrong with them", () => {
        assert.ok(wrong.length >= 5);
        for (const [answer, id] of wrong) {
          const report = reportOn(key, name, answer);
          assert.equal(report.id, id, `${answer}\n${report.message}`);
          assert.ok(["wrong", "notANumber", "threw"].includes(report.outcome), `${answer}`);
          assert.match(report.message, /^\w+: [\s\S]*\n {4}input: {4}\S/, `${answer}`);
        }
      });
    });
  }
}
