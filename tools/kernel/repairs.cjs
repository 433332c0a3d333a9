/**
 * What the course mends in tslab's language: variables, errors, and what it does not know. It needs nothing that
 * tslab's converter does not need itself, so that it serves wherever that runs.
 */
const { describe } = require("./inspection.cjs");
const sessionsWith = require("./session.cjs");
const repairTypeScript = require("./typescript.cjs");

/**
 * @param {import("./types.d.ts").TypeScript} ts
 * @param {import("./types.d.ts").Stops} [stops]
 */
module.exports = function repair(ts, stops) {
  const { convert, typescript } = repairTypeScript(ts, { stoppable: Boolean(stops) });
  return {
    /** What tslab's converter is to get for its TypeScript. */
    typescript,
    /** What is to be called in place of tslab's `createExecutor`. */
    executorWith: (/** @type {import("./types.d.ts").CreateExecutor} */ createTslabExecutor) =>
      sessionsWith(ts, convert, createTslabExecutor, stops),
    /** What is to be called in place of tslab's `printQuickInfo`. */
    describe,
  };
};
