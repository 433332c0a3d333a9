/** Which cell owes a name: when a cell does not compile, the later ones do not find what it would have declared. */

/** TypeScript's codes for a name that it does not find. */
const NOT_FOUND = [2304, 2503, 2552, 2580, 2581, 2582, 2583, 2584, 2591, 2592, 2593, 18004];

/** @import { Diagnostic } from "tslab/dist/converter.js" */
/** @typedef {{ cell: number, root: number }} Cause a cell, and the one that is to be corrected first */

module.exports = function createMissing() {
  /**
   * By name, the cell that would have declared it.
   * @type {Map<string, Cause>}
   */
  const causes = new Map();

  /**
   * A cell has not compiled.
   * @param {number} cell
   * @param {string[]} names that it would have declared
   * @param {string} source
   * @param {Diagnostic[]} diagnostics
   * @returns {Diagnostic[]} the diagnostics, with one in place of all that another cell is to blame for
   */
  function add(cell, names, source, diagnostics) {
    /** @type {Map<number, { cause: Cause, diagnostic: Diagnostic, names: Set<string> }>} */
    const owed = new Map();
    const others = diagnostics.filter((diagnostic) => {
      const name = source.slice(diagnostic.start.offset, diagnostic.end.offset);
      const cause = NOT_FOUND.includes(diagnostic.code) && causes.get(name);
      if (!cause) return true;
      const owing = owed.get(cause.cell) ?? { cause, diagnostic, names: new Set() };
      owed.set(cause.cell, owing);
      owing.names.add(name);
      return false;
    });
    const sentences = [...owed.values()].map(({ cause, diagnostic, names }) => ({
      ...diagnostic,
      messageText: sentence([...names], cause),
    }));
    const [first] = others.length === 0 ? owed.values() : [];
    for (const name of names) causes.set(name, { cell, root: first?.cause.root ?? cell });
    return [...sentences, ...others];
  }

  /**
   * A cell has compiled that declares these names.
   * @param {string[]} names
   */
  function remove(names) {
    for (const name of names) causes.delete(name);
  }

  return { add, remove };
};

/** @param {string[]} names @param {Cause} cause */
function sentence(names, { cell, root }) {
  const quoted = names.map((name) => `'${name}'`);
  const list = new Intl.ListFormat("en").format(quoted);
  const they = names.length > 1 ? "them" : "it";
  const failed = `Cannot find ${list}: In [${cell}], which declares ${they}, did not compile`;
  return root === cell
    ? `${failed}. Correct that cell and run it again first.`
    : `${failed} because of In [${root}]. Correct In [${root}] and run both again first.`;
}
