/** What the tests of notebooks share. */
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { codeCells, joined, sourceOf } from "../../tools/notebooks.mjs";

/** @import { CodeCell, Notebook } from "../../tools/notebooks.mjs" */

/**
 * Writes a notebook of code cells that have not run.
 * @param {string} file
 * @param {(string | { source: string, metadata: object })[]} cells their sources, or more of them
 */
export function writeNotebook(file, cells) {
  const notebook = {
    cells: cells.map((cell, index) => ({
      cell_type: "code",
      id: `cell-${index + 1}`,
      execution_count: null,
      metadata: {},
      outputs: [],
      ...(typeof cell === "string" ? { source: cell } : cell),
    })),
    metadata: { kernelspec: { name: "tslab", display_name: "TypeScript", language: "typescript" } },
    nbformat: 4,
    nbformat_minor: 5,
  };
  writeFileSync(file, JSON.stringify(notebook));
}
/**
 * @param {Notebook} again
 * @param {Notebook} stored
 * @param {string} name the notebook's
 */
export function assertSameOutputs(again, stored, name) {
  const expected = repeatable(stored);
  for (const [index, cell] of repeatable(again).entries())
    assert.deepEqual(
      cell,
      expected[index],
      `${name}, cell ${index + 1} gives other outputs than committed: run npm run render and look at the difference`,
    );
  assert.equal(codeCells(again).length, expected.length);
}

/**
 * What a run must repeat. Pictures are made by a browser, whose fonts differ between machines. Prints in turn are one
 * print, however they were sent.
 * @param {Notebook} notebook
 */
export function repeatable(notebook) {
  return codeCells(notebook).map((cell) => ({
    source: sourceOf(cell),
    count: cell.execution_count,
    outputs: cell.outputs.reduce((/** @type {any[]} */ all, { data, text, name }) => {
      const { "image/png": _, ...rest } = data ?? {};
      const stream = String(name);
      const last = all.at(-1);
      if (data) all.push(rest);
      else if (last && stream in last) last[stream] += joined(text);
      else all.push({ [stream]: joined(text) });
      return all;
    }, []),
  }));
}

/**
 * What a cell has printed.
 * @param {CodeCell} cell
 */
export function printedBy({ outputs }) {
  return outputs.map(({ text }) => joined(text)).join("");
}
