/** TypeScript with its files and the course's repairs, before tslab is loaded: it asks for them at once. */
import ts from "@tslab/typescript-for-tslab";
import repair from "../../kernel/repairs.cjs";
import { createSystem } from "./system.js";

export const FOLDER = "/course/notebooks";

export const system = createSystem(
  FOLDER,
  "/course/node_modules/@tslab/typescript-for-tslab/lib/typescript.js",
);
/** @type {any} it has more than its types say */ (ts).setSys(system);

/** Those of the kernel in JupyterLab. What is stopped here ends as a whole, so nothing has to stop where it awaits. */
export const repairs = repair(/** @type {any} */ (ts));
