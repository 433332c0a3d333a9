/** The notebooks' code: types under `strict` with the project's own TypeScript, and format. */
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { describe, test } from "node:test";
import { codeCells, readNotebook, sourceOf } from "../../tools/notebooks.mjs";
import { inProject, listNotebooks, tsc } from "../../tools/paths.mjs";
import { runNode, scratch, temporaryFolder } from "../support.mjs";

/** @import { TestContext } from "node:test" */

/** The cells of each notebook, by its name. @typedef {Record<string, string[]>} Notebooks */

/** @type {Notebooks} */
const course = Object.fromEntries(
  listNotebooks().map((name) => [
    name,
    codeCells(readNotebook(inProject("notebooks", name))).map(sourceOf),
  ]),
);

/** @param {string} name */
const fileOf = (name) => name.replaceAll("/", "-").replace(/\.ipynb$/, "");

/**
 * Compiles each notebook's cells as one module, all in one run; the messages name the cell and its line.
 * @param {TestContext} context
 * @param {Notebooks} notebooks
 */
function typeErrors(context, notebooks) {
  const aside = temporaryFolder(context, scratch);
  /** @type {Record<string, string[]>} */
  const origins = {};
  for (const [name, cells] of Object.entries(notebooks)) {
    const lines = cells.flatMap((cell, index) =>
      cell.split("\n").map((text, line) => ({ text, at: `cell ${index + 1}, line ${line + 1}` })),
    );
    const file = `${fileOf(name)}.mts`;
    origins[file] = lines.map(({ at }) => `${name}, ${at}`);
    const module = `${lines.map(({ text }) => text).join("\n")}\nexport {};\n`;
    writeFileSync(path.join(aside, file), module);
  }
  const options =
    "--ignoreConfig --noEmit --strict --target ES2022 --lib ES2023 --module NodeNext --types node --skipLibCheck --pretty false";
  const files = Object.keys(origins).map((file) => path.join(aside, file));
  const { stdout } = runNode([tsc, ...options.split(" "), ...files]);
  return stdout.replace(
    /^.*?([^/\\\n]+\.mts)\((\d+),\d+\)/gm,
    (_, file, line) => origins[file][Number(line) - 1],
  );
}

/**
 * What Biome would write otherwise, all in one run; the messages name notebook and cell.
 * @param {TestContext} context
 * @param {Notebooks} notebooks
 */
function formatErrors(context, notebooks) {
  const biome = inProject("node_modules", "@biomejs", "biome", "bin", "biome");
  const aside = temporaryFolder(context, scratch);
  for (const [name, cells] of Object.entries(notebooks)) {
    for (const [index, cell] of cells.entries())
      writeFileSync(path.join(aside, `${fileOf(name)}, cell ${index + 1}.ts`), `${cell}\n`);
  }
  // Git ignores the folder, and so would Biome.
  const options = ["format", "--vcs-enabled=false", "--max-diagnostics=none", "--colors=off"];
  const { status, stderr } = runNode([biome, ...options, aside]);
  return status === 0 ? "" : stderr;
}

describe("types", () => {
  test("the check sees what tslab's does not", (t) => {
    const errors = typeErrors(t, {
      "loose.ipynb": ["const a = 1;", "a;\nfunction f(x) {\n  return x;\n}"],
      "argument.ipynb": ['import { relu } from "activation-lab";\nrelu("1");'],
      "colour.ipynb": ['import { colours } from "activation-lab/charts";\ncolours.tael;'],
      "door.ipynb": ['import { show } from "activation-lab";\nshow;'],
      "fine.ipynb": ["const a = 1;", "await Promise.resolve(a);"],
    });
    assert.match(errors, /^loose\.ipynb, cell 2, line 2: error TS7006/m);
    assert.match(errors, /^argument\.ipynb, cell 1, line 2: error TS2345/m);
    assert.match(errors, /^colour\.ipynb, cell 1, line 2: error TS2339/m);
    assert.match(errors, /^door\.ipynb, cell 1, line 1: error TS2305/m);
    assert.doesNotMatch(errors, /fine/);
  });

  test("every notebook", (t) => assert.equal(typeErrors(t, course), ""));
});

describe("format", () => {
  test("the check sees a badly formatted cell", (t) => {
    const errors = formatErrors(t, { "loose.ipynb": ["const a = 1;", "const  b=2"] });
    assert.match(errors, /loose, cell 2\.ts/);
    assert.doesNotMatch(errors, /loose, cell 1\.ts/);
  });

  test("every notebook", (t) => assert.equal(formatErrors(t, course), ""));
});
