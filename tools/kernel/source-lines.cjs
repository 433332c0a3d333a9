/** The line of a cell's source that a place in its JavaScript was made from. */

/** @param {import("./types.d.ts").TypeScript} ts */
module.exports = function createSourceLines(ts) {
  /**
   * Of each cell, its source maps, from the JavaScript that runs to the source.
   * @type {Map<number, string[]>}
   */
  const cells = new Map();

  /**
   * @param {number} cell
   * @param {string[]} maps each from one text to the one that it was made from, which has a line above the rest
   */
  function add(cell, maps) {
    cells.set(cell, maps);
  }

  /**
   * @param {number} cell
   * @param {number} line of the JavaScript, from 1
   * @param {number} column from 1
   * @returns {number | undefined} the line of the source, from 1; undefined of what is not from the source
   */
  function find(cell, line, column) {
    let place = { line: line - 1, column: column - 1 };
    for (const map of cells.get(cell) ?? []) {
      let nearest;
      for (const mapping of ts.decodeMappings(map)) {
        if (mapping.generatedLine > place.line) break;
        const isBefore = mapping.generatedCharacter <= place.column;
        if (mapping.generatedLine === place.line && isBefore) nearest = mapping;
      }
      if (nearest?.sourceLine === undefined || nearest.sourceLine === 0) return undefined;
      place = { line: nearest.sourceLine - 1, column: nearest.sourceCharacter };
    }
    return cells.has(cell) ? place.line + 1 : undefined;
  }

  return { add, find };
};
