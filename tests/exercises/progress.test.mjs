// Which exercises are passed: noted in a file, which is allowed to be missing, damaged or in the way.
import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { exercises, showProgress } from "activation-lab/exercises";
import { ownProgressFile } from "../support.mjs";
import { freshExercise, printed, solvedElu } from "./support.mjs";

const count = Object.keys(exercises).length;

/**
 * Passes an exercise at the first try.
 * @param {{ record?: boolean }} [options]
 */
function passElu(options, exercise = freshExercise("elu")) {
  return printed(() => exercise.check(solvedElu, options));
}

test("nothing is passed when the file is missing", (context) => {
  ownProgressFile(context);
  assert.equal(printed(showProgress), `Exercises passed: none of ${count} yet.`);
});

test("a passed exercise is noted once all parts are correct", (context) => {
  const file = ownProgressFile(context);
  const exercise = freshExercise("elu");
  assert.match(
    printed(() => exercise.check({ forward: solvedElu.forward })),
    /\n1 of 3 parts correct so far\.$/,
  );
  assert.equal(exercise.passed, false);
  assert.equal(printed(showProgress), `Exercises passed: none of ${count} yet.`);
  assert.match(
    passElu(undefined, exercise),
    new RegExp(
      `All 3 parts are correct: you have passed exercise 3 ELU.\nNoted: 1 of ${count} exercises passed\\.`,
    ),
  );
  assert.equal(exercise.passed, true);
  const lines = Object.entries(exercises).map(
    ([key, { title }]) => `  ${title}: ${key === "elu" ? "passed" : "open"}`,
  );
  assert.equal(printed(showProgress), [`Exercises passed: 1 of ${count}.`, ...lines].join("\n"));
  assert.deepEqual(JSON.parse(readFileSync(file, "utf8")), { passed: ["elu"] });
  assert.deepEqual(readdirSync(path.dirname(file)), ["progress.json"], "no file is left beside it");
});

test("record: false leaves the file alone", (context) => {
  const file = ownProgressFile(context);
  assert.doesNotMatch(passElu({ record: false }), /Noted/);
  assert.deepEqual(readdirSync(path.dirname(file)), []);
});

test("a damaged file starts anew and says so", (context) => {
  const file = ownProgressFile(context);
  for (const text of ["", "{", "null", "[]", '{"passed":3}', '"text"']) {
    writeFileSync(file, text);
    assert.match(
      printed(showProgress),
      /damaged[\s\S]*starts anew\.\nExercises passed: none/,
      text,
    );
    assert.match(passElu(undefined), /damaged[\s\S]*Noted: 1 of/, text);
    assert.match(printed(showProgress), /^Exercises passed: 1 of/, text);
  }
});

test("unknown entries are left out, the others are in the order of the course", (context) => {
  const file = ownProgressFile(context);
  writeFileSync(file, '{"passed":["xor","nix",5,"xor"]}');
  assert.match(printed(showProgress), /^Exercises passed: 1 of/);
  passElu(undefined);
  assert.deepEqual(JSON.parse(readFileSync(file, "utf8")), { passed: ["elu", "xor"] });
});

test("a file that can be neither read nor written is no reason to fail", (context) => {
  mkdirSync(ownProgressFile(context));
  assert.match(printed(showProgress), /cannot be read[\s\S]*none of/);
  assert.match(passElu(undefined), /could not be noted/);
});
