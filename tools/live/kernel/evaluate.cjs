/** Runs a script in the worker's own scope, where it sees no variable of a module. */
// biome-ignore lint/security/noGlobalEval: this is what a kernel does.
exports.evaluate = globalThis.eval;
