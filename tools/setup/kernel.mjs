/** The TypeScript kernel, as Jupyter knows it. */

/** Where Jupyter looks for it, below the folder of its Python. */
export const KERNEL = ["share", "jupyter", "kernels", "tslab", "kernel.json"];

/** @param {string} script where tools/kernel.cjs is */
export function describeKernel(script) {
  const spec = {
    display_name: "TypeScript (tslab)",
    language: "typescript",
    argv: ["node", script, "kernel", "--config-path", "{connection_file}"],
    // Loading the library, an ES module, makes some Nodes warn below the learner's first cell.
    env: { NODE_NO_WARNINGS: "1" },
    // A signal stops more, a loop without any await too; Windows has none.
    interrupt_mode: process.platform === "win32" ? "message" : "signal",
  };
  return `${JSON.stringify(spec, null, 2)}\n`;
}
