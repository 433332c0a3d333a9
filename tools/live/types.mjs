/** The types that the kernel's TypeScript reads for what cells import. */
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { inProject } from "../paths.mjs";

/** What no cell sees: @types/node, for which cell-globals.d.ts stands, and what only the inside of the library uses. */
const UNUSED = /node_modules\/(@types\/node|undici-types|fast-check|pure-rand)\//;

const requireOfTslab = createRequire(createRequire(import.meta.url).resolve("tslab/package.json"));

/**
 * @param {readonly string[]} modules what cells import
 * @returns {Record<string, string>} the text of each file, under the path that it has in the page
 */
export function typesOf(modules) {
  /** @type {typeof import("@tslab/typescript-for-tslab")} */
  const ts = requireOfTslab("@tslab/typescript-for-tslab");
  const cell = inProject("notebooks", "cell.ts");
  const source = modules.map((name) => `import ${JSON.stringify(name)};`).join("\n");
  const options = {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Node10,
    lib: ["lib.es2023.d.ts"],
    esModuleInterop: true,
    skipLibCheck: true,
    types: [],
  };
  const host = ts.createCompilerHost(options);
  /** @type {Set<string>} */
  const descriptions = new Set();
  const { readFile, getSourceFile } = host;
  host.readFile = (name) => {
    if (path.basename(name) === "package.json") descriptions.add(name);
    return readFile(name);
  };
  host.getSourceFile = (name, ...rest) =>
    name === cell
      ? ts.createSourceFile(name, source, options.target)
      : getSourceFile(name, ...rest);
  // Where links lead: the library lies in lib/.
  host.realpath = (name) => name;
  const program = ts.createProgram([cell], options, host);
  const files = program
    .getSourceFiles()
    .filter(({ fileName }) => fileName !== cell && !UNUSED.test(fileName))
    .map(({ fileName, text }) => [placeOf(fileName), text]);
  const packages = [...descriptions]
    .filter(existsSync)
    .map((name) => [placeOf(name), description(name)]);
  const node = "/course/node_modules/@types/node";
  return Object.fromEntries([
    ...files,
    ...packages.filter(([name]) => !name.startsWith(node)),
    [`${node}/package.json`, '{ "name": "@types/node", "types": "index.d.ts" }'],
    [
      `${node}/index.d.ts`,
      readFileSync(inProject("tools", "live", "kernel", "cell-globals.d.ts"), "utf8"),
    ],
  ]);
}

/**
 * Where the page's TypeScript finds it.
 * @param {string} file
 */
function placeOf(file) {
  const place = path.relative(inProject(), file).split(path.sep).join("/");
  return `/course/${place.replace("node_modules/tslab/node_modules/", "node_modules/")}`;
}

/**
 * What the compiler asks of a package's description.
 * @param {string} file
 */
function description(file) {
  const { name, version, main, type, types, typings, typesVersions } = JSON.parse(
    readFileSync(file, "utf8"),
  );
  return JSON.stringify({ name, version, main, type, types: types ?? typings, typesVersions });
}
