/** What the tests of the exercises share. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, mock, test } from "node:test";
import { sigmoid } from "activation-lab";
import { checkPart } from "../../lib/dist/lib/exercises/check.js";
import { makeExercises } from "../../lib/dist/lib/exercises/exercise.js";
import { definitions } from "../../lib/dist/lib/exercises/list.js";
import { solutionCode } from "../../lib/dist/lib/exercises/solution-code.js";
import { inProject } from "../../tools/paths.mjs";
import { loadTypeScript } from "../support.mjs";

/** @import { EluAnswer, Exercise, exercises } from "activation-lab/exercises" */
/** @import { ExerciseDefinition, Part } from "../../lib/dist/lib/exercises/part.js" */

/** @typedef {keyof typeof exercises} Key */

/**
 * The functions to write, by part.
 * @template {Key} Name
 * @typedef {(typeof exercises)[Name] extends Exercise<infer Answer> ? Answer : never} AnswerOf
 */

/**
 * What may be tried in the place of a function: one with its parameters, which are copies and may be
 * changed, or another class; with any result.
 * @template Wanted
 * @typedef {Wanted extends (...args: infer Args) => unknown
 *   ? (...args: Changeable<Args>) => unknown
 *   : new () => unknown} Tried
 */

/**
 * @template Value
 * @typedef {Value extends (...args: never) => unknown
 *   ? Value
 *   : Value extends object
 *     ? { -readonly [Name in keyof Value]: Changeable<Value[Name]> }
 *     : Value} Changeable
 */

/** @type {Readonly<Record<string, ExerciseDefinition<Record<string, unknown>>>>} */
const anyDefinitions = definitions;

/**
 * Every part of every exercise.
 * @type {{ key: Key, file: string, name: string, part: Part, label: string }[]}
 */
export const allParts = Object.entries(anyDefinitions).flatMap(([key, { name: file, parts }]) =>
  Object.entries(parts).map(([name, part]) => ({
    key: /** @type {Key} */ (key),
    file,
    name,
    part,
    label: `${key}.${name}`,
  })),
);

/**
 * What a check finds in an answer to one part.
 * @param {string} key
 * @param {string} name
 * @param {unknown} answer
 */
export function reportOn(key, name, answer) {
  return checkPart(name, anyDefinitions[key].parts[name], { [name]: answer });
}

const ts = loadTypeScript();

/**
 * The code of all solutions in an exercise's file.
 * @param {string} file
 */
export function regionsOf(file) {
  const source = readFileSync(inProject("lib", "exercises", `${file}.ts`), "utf8");
  return [...source.matchAll(/^\/\/ #region (\w+)$/gm)].map(([, region]) =>
    solutionCode(file, region),
  );
}

/**
 * The solution of a part as a learner could have written it: the same code, and another function.
 * @param {{ file: string, name: string }} part
 */
export function ownSolution({ file, name }) {
  return evaluate(solutionCode(file, name), regionsOf(file));
}

/**
 * The function or class that code declares first, with what else there is in the exercise's file.
 * @param {string} code
 * @param {string[]} others
 */
export function evaluate(code, others) {
  const name = /(?:function|class) (\w+)/.exec(code)?.[1];
  const rest = others.filter(
    (other) => !other.includes(` ${name}(`) && !other.includes(` ${name} `),
  );
  const { outputText } = ts.transpileModule([...rest, code].join("\n"), {
    compilerOptions: { target: ts.ScriptTarget.ES2022 },
  });
  return new Function("sigmoid", `${outputText}; return ${name};`)(sigmoid);
}

/**
 * Exercise ELU as a learner could have solved it.
 * @type {EluAnswer}
 */
export const solvedElu = {
  forward: (x, alpha) => (x > 0 ? x : alpha * (Math.exp(x) - 1)),
  derivative: (x, alpha) => (x > 0 ? 1 : alpha * Math.exp(x)),
  deadShare: (derivative, units, threshold) =>
    units.filter((unit) => unit.every((z) => Math.abs(derivative(z)) < threshold)).length /
    units.length,
};

/**
 * An exercise to which nothing has been handed yet.
 * @template {Key} Name
 * @param {Name} key
 */
export function freshExercise(key) {
  return makeExercises(definitions)[key];
}

/**
 * What is printed while `work` runs.
 * @param {() => void} work
 */
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
 * @template Wanted
 * @typedef {{ right: Tried<Wanted>[], wrong: [answer: Tried<Wanted>, id: string][] }} Answers
 */

/**
 * Tests answers to the parts of an exercise: right ones in any style, and wrong ones with the id of what
 * a check has to find in them.
 * @template {Key} Name
 * @param {Name} key
 * @param {{ [Part in keyof AnswerOf<Name>]: Answers<AnswerOf<Name>[Part]> }} answers
 */
export function testAnswers(key, answers) {
  test("each part has answers here", () => {
    assert.deepEqual(Object.keys(answers), Object.keys(definitions[key].parts));
  });
  /** @type {[string, Answers<unknown>][]} */
  const entries = Object.entries(answers);
  for (const [name, { right, wrong }] of entries) {
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
