/** The kernel as Jupyter runs it: its variables and messages, and what interrupting it does. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { test } from "node:test";
import { codeCells, readNotebook, runNotebook, sourceOf } from "../../tools/notebooks.mjs";
import { inProject, jupyterEnvironment, python } from "../../tools/paths.mjs";
import { scratch, temporaryFolder } from "../support.mjs";
import { repeatable, writeNotebook } from "./support.mjs";

/** @typedef {string | { code: string, interrupt_at: string }} Cell what it is to be interrupted at, if it is */

/**
 * Runs cells in a fresh kernel, in the folder of the notebooks.
 * @param {Cell[]} cells
 */
const run = (...cells) => runAs([], cells);

/**
 * @param {string[]} args of the script
 * @param {Cell[]} cells
 * @returns {{ status: string, text: string }[]} what came of each cell
 */
function runAs(args, cells) {
  const script = inProject("tests", "notebooks", "run_cells.py");
  const { stdout, stderr } = spawnSync(python, [script, ...args], {
    cwd: inProject("notebooks"),
    env: jupyterEnvironment(),
    input: JSON.stringify(cells.map((cell) => (typeof cell === "string" ? { code: cell } : cell))),
    encoding: "utf8",
    timeout: 120_000,
  });
  assert.ok(stdout, stderr);
  return JSON.parse(stdout);
}

/** @param {{ text: string }[]} cells */
const texts = (cells) => cells.map(({ text }) => text);
const STOPPED = "Interrupted: the cell was stopped before its end.";

test("later cells change the variables that functions read", () => {
  const cells = run(
    "let alpha = 0.1;\nfunction leaky(x: number) {\n  return x > 0 ? x : alpha * x;\n}",
    "alpha = 0.3;\nconsole.log(leaky(-1));",
    "const weights = [1, 2];",
    "console.log({ weights });",
  );
  assert.deepEqual(texts(cells), ["", "-0.3", "", "{ weights: [ 1, 2 ] }"]);
});

test("a notebook gives the same with each statement in a cell of its own", async (context) => {
  const name = "03-where-gradients-die.ipynb";
  const notebook = readNotebook(inProject("notebooks", name));
  const file = path.join(temporaryFolder(context, scratch), name);
  writeNotebook(file, codeCells(notebook).map(sourceOf).flatMap(statementsOf));
  const shown = (/** @type {typeof notebook} */ one) =>
    repeatable(one).flatMap(({ outputs }) => outputs.map(textOf));
  assert.equal(shown(await runNotebook(file)).join(""), shown(notebook).join(""));
});

/**
 * Printed lines as text, and anything else as JSON: cells that follow one another print what one would.
 * @param {{ [kind: string]: any }} output
 */
const textOf = ({ stdout, ...others }) =>
  stdout ? [stdout].flat().join("") : JSON.stringify(others);

/** @param {string} source */
function statementsOf(source) {
  const requireFromTslab = createRequire(
    createRequire(import.meta.url).resolve("tslab/package.json"),
  );
  /** @type {typeof import("@tslab/typescript-for-tslab")} */
  const ts = requireFromTslab("@tslab/typescript-for-tslab");
  // A module, in which a statement may begin with await.
  const file = ts.createSourceFile("cell.ts", `export {};${source}`, ts.ScriptTarget.ES2022);
  const [, ...statements] = file.statements.map(({ pos, end }) => file.text.slice(pos, end));
  // Only the last one of a cell shows its value.
  return statements.map((text, index) => (index < statements.length - 1 ? `${text}\n{}` : text));
}

test("a cell imports a file beside the notebook, and what that imports", (context) => {
  const folder = temporaryFolder(context, inProject("notebooks"));
  const name = path.basename(folder);
  writeFileSync(path.join(folder, "two.ts"), "export const two: number = 2;\n");
  writeFileSync(
    path.join(folder, "twice.ts"),
    'import { two } from "./two";\nexport const twice = (x: number): number => two * x;\n',
  );
  const [imported, called, wrong] = run(
    `import { twice } from "./${name}/twice";`,
    "console.log(twice(21));",
    'twice("21")',
  );
  assert.deepEqual([imported?.text, called?.text], ["", "42"]);
  assert.match(wrong?.text ?? "", /'string' is not assignable to parameter of type 'number'/);
});

test("an error names cells and lines, and nothing else", () => {
  const [, failed, noted, missing, timer] = run(
    'import { TwoLayerNetwork } from "activation-lab";\n\nconst make = () => new TwoLayerNetwork({} as any);',
    "// A comment\nmake();",
    "const n: number = 'one';",
    "n + 1",
    "setTimeout(() => {\n  throw new Error('late');\n}, 1);\nawait new Promise((resolve) => setTimeout(resolve, 100));",
  );
  assert.equal(failed?.status, "error");
  assert.match(
    failed.text,
    /^\w*Error: .*\n {4}at make \(In \[1\], line 3\)\n {4}at In \[2\], line 2$/s,
  );
  assert.equal(noted?.text, "1:7 - Type 'string' is not assignable to type 'number'.");
  assert.match(
    missing?.text ?? "",
    /^1:1 - Cannot find 'n': In \[3\], which declares it, did not compile/,
  );
  assert.match(
    timer?.text ?? "",
    /^UncaughtException: Error: late\n {4}at .*\(In \[5\], line 2\)$/m,
  );
});

test("what a cell prints late goes below that cell, and a promise is printed as such", () => {
  const [, first, second, promise] = run(
    "const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));",
    "setTimeout(() => console.log('late'), 200);\nconsole.log('soon');",
    "await sleep(600);\nconsole.log('second');",
    "sleep(1).then(() => 1)",
  );
  assert.equal(first?.text, "soon\nlate");
  assert.equal(second?.text, "second");
  assert.equal(promise?.text, "Promise { <pending> }");
});

/** Cells that would go on without end. */
const endless = {
  "that awaits in a loop": "for (;;) {\n  step();\n  await sleep(20);\n}",
  "that awaits in a function":
    "const work = async () => {\n  for (;;) {\n    step();\n    await sleep(20);\n  }\n};\nawait work();",
  "that goes through what comes one after the other":
    "async function* ticks() {\n  for (;;) yield sleep(20);\n}\nfor await (const _ of ticks()) step();",
  "that catches every error":
    "for (;;) {\n  try {\n    step();\n    await sleep(20);\n  } catch {\n    step();\n  }\n}",
  "with a timer": "setInterval(step, 20);\nawait sleep(60_000);",
  "that waits for nothing": "step();\nwhile (true) {}",
};
for (const [name, code] of Object.entries(endless)) {
  test(`interrupting a cell ${name} stops it for good`, () => {
    const [, stopped, after, later] = run(
      "let steps = 0;\nconst sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));\nconst step = () => {\n  steps++;\n  console.log('step');\n};",
      { code, interrupt_at: "step" },
      "const before = steps;\nawait sleep(300);\nconsole.log('after');",
      "console.log(steps - before);",
    );
    assert.equal(stopped?.status, "error");
    assert.equal(stopped.text.replaceAll("step\n", ""), STOPPED);
    assert.deepEqual(after, { status: "ok", text: "after" });
    if (name !== "with a timer") assert.equal(later?.text, "0");
  });
}

test("an interrupted cell cleans up, and what it calls can hear of it", () => {
  const [, stopped, later] = run(
    "const heard: string[] = [];",
    {
      code: `import { setTimeout as sleep } from "node:timers/promises";
const signal: AbortSignal = (globalThis as any)[Symbol.for("kernel.interrupt")];
signal.addEventListener("abort", () => heard.push("abort"));
console.log("waiting");
try {
  await sleep(60_000, undefined, { signal });
} catch (error) {
  heard.push(error.name);
} finally {
  await sleep(1);
  heard.push("never");
}`,
      interrupt_at: "waiting",
    },
    'const now: AbortSignal = (globalThis as any)[Symbol.for("kernel.interrupt")];\n[heard, now.aborted]',
  );
  assert.equal(stopped?.text, `waiting\n${STOPPED}`);
  assert.equal(later?.text, "[ [ 'abort', 'AbortError' ], false ]");
});

test("interrupting by a message, as on Windows, stops a cell that awaits", () => {
  const [, stopped, after] = runAs(
    ["message"],
    [
      "const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));",
      { code: "for (;;) {\n  console.log('step');\n  await sleep(20);\n}", interrupt_at: "step" },
      "await sleep(200);\nconsole.log('after');",
    ],
  );
  assert.equal(stopped?.text.replaceAll("step\n", ""), STOPPED);
  assert.deepEqual(after, { status: "ok", text: "after" });
});

test("interrupting the library's long work stops it for good", () => {
  const [, bar, , cores, after] = run(
    'import { onAllCores, withProgress } from "activation-lab/course";\nlet steps = 0;',
    {
      code: `await withProgress("Counting", Array(1000).fill(0), () => {
  const end = Date.now() + 20;
  while (Date.now() < end);
  steps++;
});`,
      interrupt_at: "left",
    },
    "const before = steps;",
    {
      code: 'await onAllCores("Never ending", [1, 2, 3], () => {\n  while (true) {}\n});',
      interrupt_at: "0 of 3",
    },
    "await new Promise((resolve) => setTimeout(resolve, 300));\nsteps - before",
  );
  assert.match(
    bar?.text ?? "",
    new RegExp(`^Counting: [^\\n]* 0 of 1000\\n.*left\\n${STOPPED}$`, "s"),
  );
  assert.match(cores?.text ?? "", new RegExp(`^Never ending: [^\\n]*\\n${STOPPED}$`));
  assert.deepEqual(after, { status: "ok", text: "0" });
});
