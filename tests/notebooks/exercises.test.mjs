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
const CHECK = /\n\nexercise\.check\(\{ (\w+)/;

/** @import { CodeCell } from "../../tools/notebooks.mjs" */

/**
 * The part that a cell has checked.
 * @param {CodeCell} cell
 */
const partIn = (cell) => CHECK.exec(sourceOf(cell))?.[1];

/**
 * The cells of a solved notebook that contain a solution, by the part that they solve.
 * @param {string} name
 * @returns {Map<string, string>}
 */
function solutionsOf(name) {
  const cells = codeCells(readNotebook(inProject("notebooks", name)));
  return new Map(
    cells.flatMap((cell) => {
      const part = partIn(cell);
      return part ? [[part, sourceOf(cell)]] : [];
    }),
  );
}

/**
 * Runs an exercise notebook whose stub cells are changed.
 * @param {string} name
 * @param {(source: string, part: string) => string} change
 * @param {string} [progress] the learner's file
 */
function runChanged(name, change, progress) {
  const notebook = readNotebook(inProject("notebooks", name));
  for (const cell of codeCells(notebook)) {
    const part = partIn(cell);
    if (part) cell.source = change(sourceOf(cell), part);
  }
  const file = path.join(folder, path.basename(name));
  writeFileSync(file, JSON.stringify(notebook));
  return runNotebook(file, { progress });
}

describe("exercises", () => {
  test("each has its notebook, and a solved twin of the same parts", () => {
    assert.equal(names.length, Object.keys(exercises).length);
    for (const name of names) {
      const twin = solutionsOf(name.replace("exercises/", "solutions/"));
      assert.deepEqual([...twin.keys()], [...solutionsOf(name).keys()]);
    }
  });

  for (const [index, name] of names.entries()) {
    test(`${name}: untouched, nothing is right or wrong`, () => {
      const cells = codeCells(readNotebook(inProject("notebooks", name)));
      for (const cell of cells.filter(partIn)) {
        assert.match(printedBy(cell), /^\w+: not attempted yet\./);
      }
    });

    test(`${name}: solved, it passes and is noted`, async (t) => {
      const progress = path.join(temporaryFolder(t), "progress.json");
      const earlier = Object.keys(exercises).slice(0, index);
      writeFileSync(progress, JSON.stringify({ passed: earlier }));
      const solutions = solutionsOf(name.replace("exercises/", "solutions/"));
      const solved = await runChanged(
        name,
        (_, part) => String(solutions.get(part)).replace(", { record: false }", ""),
        progress,
      );
      const printed = codeCells(solved).map(printedBy).join("");
      assert.equal(printed.match(/: correct\./g)?.length, solutions.size);
      assert.match(printed, /you have passed/);
      assert.match(printed, new RegExp(`Noted: ${index + 1} of ${names.length} exercises passed`));
      assert.doesNotMatch(printed, /not attempted|First make all/);
      assert.equal(JSON.parse(readFileSync(progress, "utf8")).passed.length, index + 1);
    });
  }

  test("hints and the solution are shown when their line is no longer a comment", async () => {
    const run = await runChanged(names[0], (source) =>
      source.replaceAll("// exercise.", "exercise."),
    );
    const [cell] = codeCells(run).filter(partIn);
    assert.match(printedBy(cell), /forward, hint 1 of 3: /);
    const shown = cell.outputs.find(({ data }) => data?.["text/markdown"])?.data;
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
    await passes("4-gradient-monitor", {
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
    await passes("5-xor", {
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
      ["exercises/4-gradient-monitor.ipynb", "monitor"],
    ]) {
      const solution = solutionsOf(name.replace("exercises/", "solutions/")).get(last);
      assert.ok(solution);
      const run = await runChanged(name, (source, part) => (part === last ? solution : source));
      const printed = codeCells(run).map(printedBy).join("");
      assert.match(
        printed,
        /not attempted yet: it calls a function that is still todo\(\)\. Write that one first\.\n {4}It calls (prelu|layerMeans), and (forward|layerMeans) is not correct yet/,
      );
    }
  });

  test("an endless loop is stopped, and the kernel goes on", async () => {
    const run = await runChanged(names[0], (source, part) =>
      part === "forward" ? source.replace("return todo();", "for (;;);") : source,
    );
    const [loop, next] = codeCells(run).filter(partIn);
    assert.match(printedBy(loop), /forward: ran for more than half a second and was stopped/);
    assert.match(printedBy(next), /derivative: not attempted yet/);
  });

  test("a wrong signature is a readable type error", async () => {
    await assert.rejects(
      runChanged(names[0], (source) =>
        source.replace("alpha: number): number", "alpha: string): number"),
      ),
      /code cell 2 failed:[\s\S]*'string' is not assignable to type 'number'|Type 'number' is not assignable to type 'string'/,
    );
  });
});
