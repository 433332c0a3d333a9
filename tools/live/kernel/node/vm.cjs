// In the place of Node's module vm, of which tslab calls this.
const { evaluate } = require("../evaluate.cjs");
const { guardLoops } = require("../loops.js");

/** @param {string} code */
exports.runInThisContext = (code) => evaluate(guardLoops(code));
