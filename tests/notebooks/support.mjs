/** What the tests of notebooks share. */
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
 * What a run must repeat. Pictures are made by a browser, whose fonts differ between machines.
 * @param {Notebook} notebook
 */
export function repeatable(notebook) {
  return codeCells(notebook).map((cell) => ({
    source: sourceOf(cell),
    count: cell.execution_count,
    outputs: cell.outputs.map(({ data, text, name }) => {
      const { "image/png": _, ...rest } = data ?? {};
      return data ? rest : { [String(name)]: text };
    }),
  }));
}

/**
 * What a cell has printed.
 * @param {CodeCell} cell
 */
export function printedBy({ outputs }) {
  return outputs.map(({ text }) => joined(text)).join("");
}
