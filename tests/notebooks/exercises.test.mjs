/** The exercise notebooks, solved as a learner would: the solution typed into the stub's cell. */
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { after, describe, test } from "node:test";
import { exercises } from "activation-lab/exercises";
import { codeCells, joined, readNotebook, runNotebook, sourceOf } from "../../tools/notebooks.mjs";
import { inProject, listNotebooks } from "../../tools/paths.mjs";
import { scratch, temporaryFolder } from "../support.mjs";
import { printedBy } from "./support.mjs";

// A notebook finds the library only from inside the project.
const folder = temporaryFolder({ after }, scratch);
const names = listNotebooks().filter((name) => name.startsWith("exercises/"));
/** @import { CodeCell, Notebook } from "../../tools/notebooks.mjs" */

/**
 * The part that a cell has checked.
 * @param {CodeCell} cell
 */
const checkedIn = (cell) => /(?:^|\n\n)exercise\.check\(\{ (\w+)/.exec(sourceOf(cell))?.[1];

/**
 * The cells that a learner fills, by part: each stands before the cell that checks it.
 * @param {Notebook} notebook
 */
function stubsOf(notebook) {
  const cells = codeCells(notebook);
  return cells.flatMap((stub, index) => {
    const check = cells[index + 1];
    const part = check && checkedIn(check);
    return part ? [{ part, stub, check, hint: cells[index + 2] }] : [];
  });
}

/**
 * The code of the solutions in a solved notebook, by part.
 * @param {string} name
 * @returns {Map<string, string>}
 */
function solutionsOf(name) {
  const cells = codeCells(readNotebook(inProject("notebooks", name)));
  return new Map(
    cells.flatMap((cell) => {
      const part = checkedIn(cell);
      return part ? [[part, sourceOf(cell).replace(/\n\nexercise\.check[\s\S]*/, "")]] : [];
    }),
  );
}

/** @param {string} name */
const twinOf = (name) => name.replace("exercises/", "solutions/");

/**
 * Runs an exercise notebook in which something else is written into the stubs.
 * @param {string} name
 * @param {(source: string, part: string) => string} change
 * @param {string} [progress] the learner's file
 */
function runChanged(name, change, progress) {
  const notebook = readNotebook(inProject("notebooks", name));
  for (const { stub, part } of stubsOf(notebook)) stub.source = change(sourceOf(stub), part);
  return run(name, notebook, progress);
}

/**
 * @param {string} name
 * @param {Notebook} notebook
 * @param {string} [progress]
 */
function run(name, notebook, progress) {
  const file = path.join(folder, path.basename(name));
  writeFileSync(file, JSON.stringify(notebook));
  return runNotebook(file, { progress });
}

describe("exercises", () => {
  test("each has its notebook, and a solved twin of the same parts", () => {
    assert.equal(names.length, Object.keys(exercises).length);
    for (const name of names) {
      const stubs = stubsOf(readNotebook(inProject("notebooks", name)));
      assert.deepEqual(
        [...solutionsOf(twinOf(name)).keys()],
        stubs.map(({ part }) => part),
      );
      for (const { part, check, hint } of stubs) {
        assert.match(sourceOf(check), /^exercise\.check\(\{[^\n]*\}\);$/);
        assert.equal(sourceOf(hint), `exercise.hint("${part}", 0);`);
      }
    }
  });

  for (const name of names) {
    test(`${name}: untouched, nothing is right or wrong`, () => {
      for (const { part, check, hint } of stubsOf(readNotebook(inProject("notebooks", name)))) {
        assert.match(printedBy(check), /^\w+: not attempted yet\./);
        assert.match(printedBy(hint), new RegExp(`^${part}: there are \\d hints\\. Write 1 `));
      }
    });
  }

  // Pages do this with all of them: see tests/browser/exercises.test.mjs.
  test("solved, one passes and is noted beside what was passed before", async (t) => {
    const name = String(names[2]);
    const progress = path.join(temporaryFolder(t), "progress.jsonl");
    const earlier = JSON.stringify({ passed: ["prelu"] });
    writeFileSync(path.join(path.dirname(progress), "progress.json"), earlier);
    const solutions = solutionsOf(twinOf(name));
    const solved = await runChanged(name, (_, part) => String(solutions.get(part)), progress);
    const printed = codeCells(solved).map(printedBy).join("");
    assert.equal(printed.match(/: correct\./g)?.length, solutions.size);
    assert.match(printed, /you have passed exercise 3/);
    assert.match(printed, new RegExp(`Noted: 2 of ${names.length} exercises passed`));
    assert.doesNotMatch(printed, /not attempted|First make all/);
    const lines = readFileSync(progress, "utf8").trimEnd().split("\n");
    assert.equal(lines.length, solutions.size);
  });

  test("hints and the solution are shown, also below a stub that does not compile", async () => {
    const notebook = readNotebook(inProject("notebooks", String(names[0])));
    const [{ stub, check, hint }] = stubsOf(notebook);
    // A cell that fails ends a notebook that is run as a whole: what it would leave is left out with it.
    notebook.cells = notebook.cells.filter((cell) => cell !== stub && cell !== check);
    hint.source = 'exercise.hint("forward", 2);\nexercise.solution("forward");';
    notebook.cells.length = notebook.cells.indexOf(hint) + 1;
    const cells = codeCells(await run(String(names[0]), notebook));
    const { outputs } = /** @type {CodeCell} */ (cells.at(-1));
    assert.match(joined(outputs[0].text), /^forward, hint 2 of 3: /);
    const shown = outputs.find(({ data }) => data?.["text/markdown"])?.data;
    assert.match(joined(shown?.["text/markdown"]), /^```ts\nfunction prelu/);
  });

  test("right answers in other styles pass the kernel's own type checks", async () => {
    /** @param {string} name @param {Record<string, string>} bodies of the functions, by part */
    const passes = async (name, bodies) => {
      const run = await runChanged(`exercises/${name}.ipynb`, (source, part) =>
        source.replace("return todo();", bodies[part]),
      );
      const printed = codeCells(run).map(printedBy).join("");
      assert.equal(printed.match(/: correct\./g)?.length, Object.keys(bodies).length, printed);
    };
    await passes("3-gradient-monitor", {
      layerMeans:
        "return gradients.map((g) => g.map(Math.abs).reduce((a, b) => a + b) / g.length);",
      status: `let word = "healthy";
  if (mean < 0.001) word = "vanishing";
  if (mean > 100 || Number.isNaN(mean)) word = "exploding";
  return word;`,
      monitor: `const means = layerMeans(gradients);
    this.history.push(means);
    return means
      .map((mean, i) => ({ epoch: this.history.length, layer: i + 1, kind: status(mean), mean }))
      .filter(({ kind }) => kind !== "healthy");`,
    });
    await passes("6-xor", {
      epochsToSolve: `const last = accuracies.findLastIndex((accuracy) => accuracy < 1);
  return last === accuracies.length - 1 ? Infinity : last + 2;`,
      solvedShare: `const sorted = epochs.toSorted((a, b) => a - b).toReversed();
  const slowest = sorted.toReversed().findLast(Number.isFinite);
  return slowest === undefined ? 0 : 1 - sorted.indexOf(slowest) / epochs.length;`,
      medianEpochs: `const sorted = epochs.toSorted((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;`,
    });
  });

  test("a solution fits beside the stubs of the parts that it calls, and the check names them", async () => {
    for (const [name, last] of [
      ["exercises/1-prelu.ipynb", "trainStep"],
      ["exercises/3-gradient-monitor.ipynb", "monitor"],
    ]) {
      const solution = solutionsOf(twinOf(name)).get(last);
      assert.ok(solution);
      const run = await runChanged(name, (source, part) => (part === last ? solution : source));
      const printed = codeCells(run).map(printedBy).join("");
      assert.match(
        printed,
        /not attempted yet: it calls a function that is still todo\(\)\. Write that one first\.\n {4}It calls (preluDerivative|layerMeans), and (derivative|layerMeans) is not correct yet/,
      );
    }
  });

  test("an endless loop, with await or without, is stopped, and the kernel goes on", async () => {
    /** @type {Record<string, string>} */
    const endless = {
      forward: "for (;;);",
      derivative: "(async () => { for (;;) await null; })();\n  return x > 0 ? 1 : alpha;",
    };
    const notebook = await runChanged(String(names[0]), (source, part) =>
      source.replace("return todo();", endless[part] ?? "return todo();"),
    );
    const [loop, later, next] = stubsOf(notebook).map(({ check }) => printedBy(check));
    assert.match(loop, /forward: ran for more than half a second and was stopped/);
    assert.match(later, /derivative: wrong\. It starts something that goes on later/);
    assert.match(next, /alphaGradient: not attempted yet/);
  });

  test("a path without return, and null, are readable type errors", async () => {
    for (const [code, message] of [
      ["if (x > 0) return x;", "Not all code paths return a value"],
      ["return x > 0 ? x : null;", "Type 'null' is not assignable to type 'number'"],
    ]) {
      await assert.rejects(
        runChanged(String(names[0]), (source) => source.replace("return todo();", code)),
        new RegExp(`code cell 2 failed:[\\s\\S]*${message}`),
      );
    }
  });

  test("a wrong signature is a readable type error", async () => {
    await assert.rejects(
      runChanged(String(names[0]), (source) =>
        source.replace("alpha: number): number", "alpha: string): number"),
      ),
      /code cell 2 failed:[\s\S]*'string' is not assignable to type 'number'|Type 'number' is not assignable to type 'string'/,
    );
  });
});
