/** tslab's own modules, with the repairs in them. */
const { createRequire } = require("node:module");
const repair = require("./repairs.cjs");

/**
 * To be called before anything else loads tslab.
 * @param {import("./types.d.ts").Stops} [stops]
 * @returns {NodeJS.Require} what loads a module of tslab
 */
module.exports = function mendTslab(stops) {
  const requireFromTslab = createRequire(require.resolve("tslab/package.json"));
  const file = requireFromTslab.resolve("@tslab/typescript-for-tslab");
  const repairs = repair(requireFromTslab(file), stops);
  const typescript = /** @type {NodeJS.Module} */ (require.cache[file]);
  typescript.exports = repairs.typescript;
  requireFromTslab("./dist/inspect.js").printQuickInfo = repairs.describe;
  const executor = requireFromTslab("./dist/executor.js");
  executor.createExecutor = repairs.executorWith(executor.createExecutor);
  return requireFromTslab;
};
