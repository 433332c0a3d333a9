/**
 * Builds what makes pages run: a small script for each page, and what that loads when the first cell is run or
 * edited. All of it are classic scripts, because a page that is opened from disk can load nothing else.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { inProject } from "../paths.mjs";
import { fingerprint, isAsStamped, replace, writeStamp } from "../setup/files.mjs";
import { typesOf } from "./types.mjs";

const here = inProject("tools", "live");
const target = inProject("tools", "live", "dist");
const stamp = path.join(target, ".course-live");

/**
 * What stands in the place of modules of Node that tslab and TypeScript import.
 * @type {Record<string, string>}
 */
const standIns = {
  "./jupyter": "jupyter.cjs",
  "@tslab/typescript-for-tslab": "typescript.cjs",
  crypto: "crypto.cjs",
  module: "module.cjs",
  vm: "vm.cjs",
};
const unused = ["fs", "inspector", "os", "perf_hooks", "source-map-support"];

/** @type {import("esbuild").Plugin} */
const plugin = {
  name: "in the place of Node",
  setup({ onResolve }) {
    const standIn = (/** @type {string} */ name) => ({
      path: path.join(here, "kernel", "node", name),
    });
    onResolve({ filter: /^[@\w./-]+$/ }, ({ path: name, importer }) => {
      if (
        Object.hasOwn(standIns, name) &&
        /[\\/]node_modules[\\/]tslab[\\/]dist[\\/]/.test(importer)
      )
        return standIn(standIns[name]);
      if (unused.includes(name)) return standIn("nothing.cjs");
      if (name === "path")
        return { path: inProject("node_modules", "path-browserify", "index.js") };
      // tslab's executor means tslab itself.
      if (name === ".." && /[\\/]tslab[\\/]dist[\\/]/.test(importer))
        return { path: inProject("node_modules", "tslab", "dist", "public.js") };
      return undefined;
    });
  },
};

/**
 * Builds it if it is not there as its sources are now.
 * @returns {Promise<string>} the folder
 */
export async function buildLive() {
  const inputs = liveInputs();
  if (isAsStamped(stamp, inputs)) return target;
  const built = await scripts();
  await replace(target, (aside) => {
    mkdirSync(aside);
    for (const [name, text] of Object.entries(built)) writeFileSync(path.join(aside, name), text);
  });
  await writeStamp(stamp, inputs);
  return target;
}

function liveInputs() {
  // What its scripts share with the kernel and with JupyterLab is there.
  const sources = ["live", "kernel", "jupyter/labextensions"]
    .flatMap((name) =>
      readdirSync(inProject("tools", name), { recursive: true, withFileTypes: true }),
    )
    .map((entry) => ({
      ...entry,
      file: path.join(entry.parentPath, entry.name),
      isFile: entry.isFile(),
    }))
    .filter(({ file, isFile }) => isFile && !/^\.?dist/.test(path.relative(here, file)))
    .map(({ file }) => path.relative(inProject(), file));
  const files = [...sources.sort(), "package-lock.json", "lib/dist/.course-setup"];
  return fingerprint(files);
}

async function scripts() {
  const [math, library, kernel, digits, tensorflow, editor, live, style] = await Promise.all([
    bundle("math.js", { minify: true }),
    // Its functions keep their names, which its messages use.
    bundle("kernel/library.js", { minify: true, keepNames: true }),
    bundle("kernel/kernel.js", { minify: true }),
    bundle("kernel/digits.js", { minify: true }),
    bundle("kernel/tensorflow.js", { minify: true, keepNames: true }),
    bundle("page/editor.js", { minify: true }),
    bundle("page/live.js", { minify: true }),
    bundle("page/live.css", { minify: true }),
  ]);
  const own = [
    "activation-lab",
    "activation-lab/charts",
    "activation-lab/course",
    "activation-lab/exercises",
  ];
  const others = [
    "@tensorflow/tfjs-core",
    "@tensorflow/tfjs-backend-cpu",
    "@tensorflow/tfjs-layers",
  ];
  const types = typesOf([...own, "tslab"]);
  /** @param {string} script @param {readonly string[]} modules that it brings */
  const addition = (script, modules) => {
    const all = Object.entries(typesOf([...own, "tslab", ...modules]));
    const more = all.filter(([name]) => !Object.hasOwn(types, name));
    return JSON.stringify({ script, types: Object.fromEntries(more) });
  };
  const start = { types, sources: exerciseSources(), versions: versions() };
  return {
    "live.js": live,
    "live.css": style,
    "kernel.js": packed("kernel", JSON.stringify({ math, library, kernel, start })),
    "digits.js": packed("digits", addition(digits, ["activation-lab/digits"])),
    "tensorflow.js": packed("tensorflow", addition(tensorflow, others)),
    "editor.js": packed("editor", editor),
  };
}

/**
 * @param {string} entry
 * @param {import("esbuild").BuildOptions} options
 */
async function bundle(entry, options) {
  const { outputFiles = [] } = await build({
    entryPoints: [path.join(here, entry)],
    bundle: true,
    write: false,
    format: "iife",
    platform: "browser",
    target: "es2022",
    charset: "utf8",
    legalComments: "none",
    logLevel: "error",
    define: { __dirname: '"/course/node_modules/tslab/dist"' },
    plugins: [plugin],
    ...options,
  });
  return outputFiles[0].text;
}

/**
 * A part as a script that keeps it as text: a third of its size, so that it is there soon from servers that compress
 * nothing, and no page is slower for it.
 * @param {string} name
 * @param {string} text
 */
export function packed(name, text) {
  const data = gzipSync(text, { level: 9 }).toString("base64");
  return `(globalThis.courseParts ??= {})[${JSON.stringify(name)}] = "${data}";\n`;
}

/** The solutions are shown from the exercises' own files, of which nothing else is needed. */
function exerciseSources() {
  const names = readdirSync(inProject("lib", "exercises")).filter((name) => name.endsWith(".ts"));
  const withSolution = names.map((name) => [
    `exercises/${name}`,
    readFileSync(inProject("lib", "exercises", name), "utf8")
      .match(/^\/\/ #region .+?^\/\/ #endregion$/gms)
      ?.join("\n"),
  ]);
  return Object.fromEntries(withSolution.filter(([, text]) => text));
}

/** Of the packages whose version cells may ask for: they are in the page. */
function versions() {
  const require = createRequire(import.meta.url);
  const names = ["activation-lab", "tslab", "plotly.js-dist-min", "seedrandom"];
  return Object.fromEntries(names.map((name) => [name, require(`${name}/package.json`).version]));
}
