// What a learner has done: kept as lines of a file, which may be missing, damaged, someone else's or in the way.
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { describe, test } from "node:test";
import { exercises, showProgress } from "activation-lab/exercises";
import { inProject } from "../../tools/paths.mjs";
import { ownProgressFile } from "../support.mjs";
import { freshExercise, printed, solvedElu } from "./support.mjs";

const count = Object.keys(exercises).length;
const none = `Exercises passed: none of ${count} yet.`;
const today = new Date().toISOString().slice(0, 10);

/**
 * Passes an exercise at the first try.
 * @param {{ record?: boolean }} [options]
 */
function passElu(options, exercise = freshExercise("elu")) {
  return printed(() => exercise.check(solvedElu, options));
}

/**
 * What is noted. An empty line is nothing: one kernel may have found the line of another half written.
 * @param {string} file
 */
const linesOf = (file) =>
  readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line));

test("nothing is passed when the file is missing", (context) => {
  ownProgressFile(context);
  assert.equal(printed(showProgress), none);
});

test("each part is noted with its date when it is correct first, and an exercise when all are", (context) => {
  const file = ownProgressFile(context);
  const exercise = freshExercise("elu");
  const { forward, derivative } = solvedElu;
  assert.match(
    printed(() => exercise.check({ forward, derivative: (x) => x })),
    /\n1 of 3 parts correct so far\.$/,
  );
  assert.equal(exercise.passed, false);
  assert.match(
    printed(showProgress),
    new RegExp(
      `^${none}\n[\\s\\S]*\n {2}5 ELU: 1 of 3 parts correct\n {4}forward: correct, ${today}\n {2}6 `,
    ),
  );
  printed(() => exercise.check({ derivative }));
  assert.match(
    passElu(undefined, exercise),
    new RegExp(
      `All 3 parts are correct: you have passed exercise 5 ELU.\nNoted: 1 of ${count} exercises passed\\.$`,
    ),
  );
  assert.equal(exercise.passed, true);
  assert.match(
    printed(showProgress),
    new RegExp(
      `^Exercises passed: 1 of ${count}\\.\n {2}1 PReLU: open\n[\\s\\S]*\n {2}5 ELU: passed\n {4}forward: `,
    ),
  );
  assert.deepEqual(
    linesOf(file).map(({ part, event }) => [part, event]),
    ["forward", "derivative", "deadShare"].map((part) => [`elu.${part}`, "correct"]),
  );
  for (const { date } of linesOf(file)) assert.ok(Date.parse(date) > 0 && date.startsWith(today));
  assert.deepEqual(readdirSync(path.dirname(file)), [path.basename(file)]);
});

test("a solution that is shown is noted, too", (context) => {
  const file = ownProgressFile(context);
  const exercise = freshExercise("elu");
  printed(() => exercise.solution("forward"));
  assert.match(
    printed(showProgress),
    new RegExp(` ELU: 0 of 3 parts correct\n {4}forward: solution shown, ${today}\n`),
  );
  printed(() => exercise.solution());
  assert.equal(linesOf(file).length, 3);
  passElu(undefined, exercise);
  assert.match(
    printed(showProgress),
    new RegExp(`forward: correct, ${today}; solution shown, ${today}\n`),
  );
});

test("record: false leaves the file alone", (context) => {
  const file = ownProgressFile(context);
  assert.doesNotMatch(passElu({ record: false }), /Noted/);
  assert.deepEqual(readdirSync(path.dirname(file)), []);
});

test("what the first version of the course has left counts, and stays as it is", (context) => {
  const file = ownProgressFile(context);
  const old = path.join(path.dirname(file), "progress.json");
  const text = '{\n  "passed": [\n    "xor",\n    "nix"\n  ]\n}\n';
  writeFileSync(old, text);
  assert.match(
    printed(showProgress),
    /^Exercises passed: 1 of[\s\S]*medianEpochs: correct, earlier/,
  );
  assert.match(passElu(undefined), /Noted: 2 of/);
  assert.equal(readFileSync(old, "utf8"), text);
});

test("lines that are damaged or of a newer version stay, and the others count", (context) => {
  const file = ownProgressFile(context);
  const strange = [
    '{"part":"elu.nix","event":"reviewed","date":"2030-01-01","by":"x"}',
    '{"part":"elu.f',
  ];
  const own = '{"part":"elu.forward","event":"correct","date":"2026-01-02T03:04:05.678Z"}';
  const text = [strange[0], own, strange[1]].join("\n");
  writeFileSync(file, text);
  const words =
    /^2 lines of .*progress\.jsonl cannot be read: damaged, or of a newer version\. They are left as they/;
  assert.match(printed(showProgress), words);
  assert.match(printed(showProgress), /forward: correct, 2026-01-02\n/);
  assert.match(passElu(undefined), /2 lines[\s\S]*Noted: 1 of/);
  assert.ok(readFileSync(file, "utf8").startsWith(`${text}\n{"part":"elu.derivative"`));
});

test("a file that holds something else is put aside, whole", (context) => {
  const file = ownProgressFile(context);
  const texts = ["{", "null", "my notes\n", '{"passed":3}', "\0\0\0"];
  for (const [index, text] of texts.entries()) {
    writeFileSync(file, text);
    assert.match(
      printed(showProgress),
      /holds something other than progress\.\nExercises passed: none/,
    );
    const aside = `${file}.copy-${index + 1}`;
    assert.ok(passElu().includes(`What was there is ${aside} now.\nNoted: 1 of`), text);
    assert.equal(readFileSync(aside, "utf8"), text);
    assert.match(printed(showProgress), /^Exercises passed: 1 of/);
  }
});

describe("what is in the way is said, and stays", () => {
  /** @param {string} file @param {RegExp} cause */
  function isSaid(file, cause) {
    assert.match(printed(showProgress), /^Your progress cannot be read: [\s\S]*none of/);
    assert.match(printed(showProgress), cause);
    const said = passElu();
    assert.match(said, /you have passed[\s\S]*This could not be noted in .*\. All else goes on\.$/);
    assert.match(said, cause);
    assert.ok(lstatSync(file));
  }

  test("a folder", (context) => {
    const file = ownProgressFile(context);
    mkdirSync(file);
    isSaid(file, /is no file/);
  });

  const onUnix = { skip: process.platform === "win32" && "there are none on Windows" };
  test("a pipe, which is not waited for", onUnix, (context) => {
    const file = ownProgressFile(context);
    assert.equal(spawnSync("mkfifo", [file]).status, 0);
    isSaid(file, /is no file/);
    assert.ok(lstatSync(file).isFIFO());
  });

  test("a large file", (context) => {
    const file = ownProgressFile(context);
    writeFileSync(file, "x".repeat(1_000_001));
    isSaid(file, /is too large/);
  });

  test("a place where nothing may be written", (context) => {
    const file = ownProgressFile(context);
    process.env.ACTIVATION_LAB_PROGRESS = path.join(
      path.dirname(file),
      "missing",
      "progress.jsonl",
    );
    assert.match(passElu(), /you have passed[\s\S]*This could not be noted in .*ENOENT/);
    process.env.ACTIVATION_LAB_PROGRESS = file;
    writeFileSync(file, "");
    chmodSync(file, 0o444);
    // Root may write all the same.
    assert.match(
      passElu(),
      process.getuid?.() === 0 ? /Noted: 1 of/ : /could not be noted .*(EACCES|EPERM)/,
    );
  });

  test("a link is followed, and stays one", onUnix, (context) => {
    const file = ownProgressFile(context);
    const target = path.join(path.dirname(file), "elsewhere.jsonl");
    symlinkSync(target, file);
    assert.match(passElu(), /Noted: 1 of/);
    assert.ok(lstatSync(file).isSymbolicLink());
    assert.equal(linesOf(target).length, 3);
    writeFileSync(target, "my notes");
    assert.match(passElu(), /could not be noted in .*symbolic link/);
    assert.equal(readFileSync(target, "utf8"), "my notes");
  });
});

test("several kernels at once lose nothing", async (context) => {
  const file = ownProgressFile(context);
  const script = `
    const { addProgressLine } = await import(${JSON.stringify(new URL("../../lib/dist/lib/notebook/progress-file.js", import.meta.url).href)});
    for (let i = 0; i < 100; i++) addProgressLine(JSON.stringify({ by: process.argv[1], i }));`;
  const kernels = ["a", "b", "c"].map((name) =>
    spawn(process.execPath, ["--input-type=module", "-e", script, name], {
      cwd: inProject(),
      stdio: "inherit",
    }),
  );
  await Promise.all(kernels.map((kernel) => once(kernel, "exit")));
  const lines = linesOf(file).map(({ by, i }) => `${by}${i}`);
  assert.equal(new Set(lines).size, 300);
});
