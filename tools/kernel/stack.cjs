/**
 * Where an error happened, as a learner finds it: the numbers and lines of the cells, and nothing of what ran
 * around and between them.
 */

/** A place in a cell, as V8 writes it (`fit (In[3]:2:5)`) or Firefox (`fit@In[3]:2:5`). */
const PLACE = /^(.*?)[ (@]*In\[(\d+)\]:(\d+):(\d+)/;
const MOST_FRAMES = 10;

/** @param {(cell: number, line: number, column: number) => number | undefined} lineOf the line of a cell's source */
module.exports = function createStacks(lineOf) {
  /**
   * What was written of each error.
   * @type {WeakMap<Error, { head: string, own: string[] }>}
   */
  const written = new WeakMap();

  /**
   * @param {string[]} frames as the engine writes them
   * @returns {string[]} those in cells
   */
  function inCells(frames) {
    const found = [];
    for (const frame of frames) {
      const [, name, cell, line, column] = PLACE.exec(frame) ?? [];
      const sourceLine = cell && lineOf(Number(cell), Number(line), Number(column));
      if (!sourceLine) continue;
      const where = `In [${cell}], line ${sourceLine}`;
      found.push(name && name !== "async" ? `${name} (${where})` : where);
    }
    const left = found.length - MOST_FRAMES;
    if (left <= 0) return found;
    // Of a long recursion, where it ended and where it began.
    return [...found.slice(0, MOST_FRAMES - 2), `… (${left + 1} more)`, ...found.slice(-1)];
  }

  /**
   * What V8 calls for the stack of an error. One that no cell has to do with keeps its frames.
   * @param {Error} error
   * @param {NodeJS.CallSite[]} sites
   */
  function write(error, sites) {
    const head = headOf(error);
    const frames = sites.map(String);
    const own = inCells(frames);
    written.set(error, { head, own });
    return stack(head, own.length > 0 ? own : frames);
  }

  /**
   * An error that nothing caught, without what Node puts above it and without foreign frames.
   * @param {Error} error
   * @param {string} cell where it came to, if it came from elsewhere
   */
  function readable(error, cell) {
    // V8 writes it when it is asked for it; Firefox has written frames only.
    const frames = String(error.stack).split("\n");
    const { head, own } = written.get(error) ?? { head: headOf(error), own: inCells(frames) };
    try {
      error.stack = stack(head, own.length > 0 ? own : [cell]);
    } catch {
      // A frozen error is shown as it is.
    }
    return error;
  }

  return { write, readable };
};

/** @param {string} head @param {string[]} frames */
function stack(head, frames) {
  return [head, ...frames.map((frame) => `    at ${frame}`)].join("\n");
}

/** @param {Error} error */
function headOf(error) {
  try {
    return Error.prototype.toString.call(error);
  } catch {
    return "Error";
  }
}
