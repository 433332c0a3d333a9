/** The notebooks' code: types under `strict` with the project's own TypeScript, and format. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { after, describe, test } from "node:test";
import { codeCells, readNotebook, sourceOf } from "../../tools/notebooks.mjs";
import { inProject, listNotebooks, root, tsc } from "../../tools/paths.mjs";

const folder = inProject("tests", "scratch", "cells");
after(() => rmSync(folder, { recursive: true, force: true }));

const sources = Object.fromEntries(
  listNotebooks().map((name) => [
    name,
    codeCells(readNotebook(inProject("notebooks", name))).map(sourceOf),
  ]),
);

/** Compiles all cells of a notebook as one module; the messages name the cell and its line. */
function typeErrors(name, cells) {
  const lines = [];
  const origins = [];
  for (const [index, cell] of cells.entries()) {
    for (const [line, text] of cell.split("\n").entries()) {
      lines.push(text);
      origins.push(`cell ${index + 1}, line ${line + 1}`);
    }
  }
  const file = path.join(folder, `${name.replaceAll("/", "-")}.mts`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, `${lines.join("\n")}\nexport {};\n`);
  const options =
    "--ignoreConfig --noEmit --strict --target ES2022 --module NodeNext --types node --skipLibCheck";
  const { stdout } = spawnSync(
    process.execPath,
    [tsc, ...options.split(" "), "--pretty", "false", file],
    {
      cwd: root,
      encoding: "utf8",
    },
  );
  return stdout.replace(
    /^\S+\.mts\((\d+),\d+\)/gm,
    (_, line) => `${name}, ${origins[Number(line) - 1]}`,
  );
}

/** The cells that Biome would write otherwise, as it would write them. */
function formatErrors(cells) {
  const biome = inProject("node_modules", "@biomejs", "biome", "bin", "biome");
  return cells.flatMap((cell, index) => {
    const { stdout, stderr } = spawnSync(
      process.execPath,
      [biome, "format", "--stdin-file-path=cell.ts"],
      {
        cwd: root,
        input: `${cell}\n`,
        encoding: "utf8",
      },
    );
    return stdout === `${cell}\n` ? [] : [`cell ${index + 1} should be:\n${stdout || stderr}`];
  });
}

describe("types", () => {
  test("the check sees what tslab's does not", () => {
    assert.match(
      typeErrors("loose.ipynb", ["const a = 1;", "a;\nfunction f(x) {\n  return x;\n}"]),
      /loose\.ipynb, cell 2, line 2: error TS7006/,
    );
    assert.match(
      typeErrors("unknown.ipynb", ['import { relu } from "activation-lab";\nrelu("1");']),
      /TS2345/,
    );
    assert.equal(typeErrors("fine.ipynb", ["const a = 1;", "await Promise.resolve(a);"]), "");
  });

  for (const [name, cells] of Object.entries(sources)) {
    test(name, () => assert.equal(typeErrors(name, cells), ""));
  }
});

describe("format", () => {
  test("the check sees a badly formatted cell", () => {
    assert.equal(formatErrors(["const a = 1;", "const  b=2"]).length, 1);
  });

  for (const [name, cells] of Object.entries(sources)) {
    test(name, () => assert.deepEqual(formatErrors(cells), []));
  }
});
