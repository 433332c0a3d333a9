/** `npm start`: the set-up, then JupyterLab on the first notebook. */
import { startJupyterLab } from "./jupyterlab.mjs";
import { setUp } from "./setup.mjs";

/** @param {string[]} args go on to JupyterLab */
export async function main(args) {
  await setUp();
  // Here, because what is installed first makes it.
  const { buildFigures } = await import("./figures/build.mjs");
  await buildFigures();
  await startJupyterLab(args);
}
