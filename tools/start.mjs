/** `npm start`: the set-up, then JupyterLab on the first notebook. Arguments go on to JupyterLab. */
import { requireNode } from "./node-version.mjs";

requireNode();
const { afterSetUp } = await import("./setup.mjs");
const { startJupyterLab } = await import("./jupyterlab.mjs");

await afterSetUp(() => startJupyterLab(process.argv.slice(2)));
