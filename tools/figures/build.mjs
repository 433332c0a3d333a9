/** Makes one script of the figures to touch. Exported pages bundle theirs themselves: see course_filters.py. */
import { build } from "esbuild";
import { inProject } from "../paths.mjs";
import { writeFileIn } from "../setup/files.mjs";

/** Where JupyterLab's extension loads it from. */
const inJupyterLab = inProject(
  ...["tools", "jupyter", "labextensions", "activation-lab", "static", "figures.js"],
);

/** @returns {Promise<string>} */
export async function figuresScript() {
  const { outputFiles } = await build({
    entryPoints: [inProject("tools", "figures", "figures.mjs")],
    bundle: true,
    minify: true,
    write: false,
    charset: "utf8",
    logLevel: "error",
  });
  return outputFiles[0].text;
}

/** Puts it where JupyterLab finds it. */
export async function buildFigures() {
  await writeFileIn(inJupyterLab, await figuresScript());
}
