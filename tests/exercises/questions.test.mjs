// The questions to think about: what is said to each answer, and that the notebooks ask and answer them all.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { definitions } from "../../lib/dist/lib/exercises/list.js";
import { codeCells, readNotebook, sourceOf } from "../../tools/notebooks.mjs";
import { inProject } from "../../tools/paths.mjs";
import { untyped } from "../support.mjs";
import { freshExercise, printed } from "./support.mjs";

/** @import { Key } from "./support.mjs" */
/** @import { Question } from "../../lib/dist/lib/exercises/question.js" */

/**
 * What is said to an answer.
 * @param {Key} key
 * @param {string} name
 * @param {unknown} value
 */
const say = (key, name, value) => printed(() => freshExercise(key).answer(name, untyped(value)));

/** @param {string} folder @param {Key} key */
function notebookOf(folder, key) {
  const number = Object.keys(definitions).indexOf(key) + 1;
  return readNotebook(inProject("notebooks", folder, `${number}-${definitions[key].name}.ipynb`));
}

/**
 * The cells that answer questions, by question, in their order.
 * @param {string} folder
 * @param {Key} key
 */
const answersIn = (folder, key) =>
  codeCells(notebookOf(folder, key)).flatMap((cell) => {
    const [, name, value] = /^exercise\.answer\("(\w+)", (.*)\);$/.exec(sourceOf(cell)) ?? [];
    return name ? [{ name, value, printed: String(cell.outputs[0]?.text) }] : [];
  });

/**
 * The letters of the choices in the text just above an answer, where pages and JupyterLab make them clickable: a paragraph
 * each.
 * @param {string} folder
 * @param {Key} key
 * @param {string} name
 */
function choicesAbove(folder, key, name) {
  const { cells } = notebookOf(folder, key);
  const at = cells.findIndex((cell) => sourceOf(cell).startsWith(`exercise.answer("${name}", `));
  const above = cells[at - 1];
  assert.equal(above.cell_type, "markdown", name);
  return sourceOf(above)
    .split(/\n{2,}/)
    .flatMap((paragraph) => /^([a-z])\) .+$/.exec(paragraph)?.[1] ?? []);
}

for (const key of /** @type {Key[]} */ (Object.keys(definitions))) {
  describe(key, () => {
    /** @type {Record<string, Question>} */
    const questions = { ...definitions[key].questions };

    test("the notebook asks each of its questions, and the solved one answers them right", () => {
      const asked = answersIn("exercises", key);
      const names = asked.map(({ name }) => name).sort();
      assert.deepEqual(names, Object.keys(questions).sort());
      for (const { name, value, printed } of asked) {
        assert.equal(value, '"?"');
        assert.match(printed, new RegExp(`^${name}: (choose|type) `));
      }
      const answered = answersIn("solutions", key);
      assert.deepEqual(answered.map(({ name }) => name).sort(), names);
      for (const { name, printed } of answered) {
        assert.match(printed, new RegExp(`^${name}: right\\. `));
      }
    });

    for (const [name, question] of Object.entries(questions)) {
      test(name, () => {
        if ("number" in question) {
          const { number, within } = question;
          for (const right of [number, number + 0.99 * within, number - 0.99 * within]) {
            assert.match(say(key, name, right), new RegExp(`^${name}: right\\. [A-Z1-9].*\\.$`));
          }
          assert.match(say(key, name, number + 1.1 * within), /^\w+: not .*: it is less\. .*[.?]$/);
          assert.match(say(key, name, number - 1.1 * within), /^\w+: not .*: it is more\. .*[.?]$/);
          for (const none of ["?", "5", Number.NaN, undefined]) {
            assert.match(say(key, name, none), /^\w+: type your number, without quotation marks, /);
          }
          assert.deepEqual(choicesAbove("exercises", key, name), []);
          return;
        }
        const { right, says } = question;
        const letters = Object.keys(says);
        assert.deepEqual(letters, ["a", "b", "c", "d"].slice(0, letters.length));
        for (const letter of letters) {
          const verdict = letter === right ? "right" : `not ${letter}`;
          assert.equal(say(key, name, letter), `${name}: ${verdict}. ${says[letter]}`);
          assert.match(says[letter], /^\S.*[.?]$/);
        }
        assert.equal(say(key, name, ` ${right.toUpperCase()} `), `${name}: right. ${says[right]}`);
        for (const none of ["?", "e", 2, "constructor"]) {
          assert.match(say(key, name, none), /^\w+: choose "a", .*or "\w" instead of .*\.$/);
        }
        assert.deepEqual(choicesAbove("exercises", key, name), letters);
        assert.deepEqual(choicesAbove("solutions", key, name), letters);
      });
    }

    test("a question that does not exist is named", () => {
      assert.match(say(key, "nix", "a"), /^There is no question "nix": they are \w+/);
    });
  });
}
