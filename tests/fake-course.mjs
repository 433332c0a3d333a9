/** A folder with the course's tools in which npm, TypeScript and Python are stand-ins that take no time and no network. */
import { spawn, spawnSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { inProject } from "../tools/paths.mjs";

/** The stand-ins of Python are shell scripts. */
export const needsShell = {
  skip: process.platform === "win32" && "the stand-in for Python is a shell script",
};

/** FAKE_NPM makes it fail in one of the ways that npm has. */
const npm = `
const { appendFileSync, mkdirSync, readFileSync, writeFileSync } = require("node:fs");
const way = process.env.FAKE_NPM;
if (process.argv[2] === "ls") process.exit(way === "incomplete" ? 1 : 0);
appendFileSync(process.env.FAKE_LOG, "npm in " + process.cwd() + "\\n");
const put = (file, text) => {
  mkdirSync(require("node:path").dirname(file), { recursive: true });
  writeFileSync(file, text);
};
put("node_modules/typescript/bin/tsc", \`
  const { mkdirSync, writeFileSync } = require("node:fs");
  const folder = process.argv.at(-1) + "/lib";
  mkdirSync(folder, { recursive: true });
  writeFileSync(folder + "/index.js", "compiled");\`);
put("node_modules/tslab/package.json", "{}");
put("node_modules/esbuild/index.js", 'exports.build = async () => ({ outputFiles: [{ text: "built" }] });');
put("tools/reference/node_modules/typedoc/package.json", "{}");
if (way === "waits for Python")
  for (const end = Date.now() + 30_000; !readFileSync(process.env.FAKE_LOG, "utf8").includes("Python in"); )
    if (Date.now() > end) process.exit(1);
if (way === "hangs") return setInterval(() => {}, 1000);
if (way === "fails") {
  console.error("npm error code ENOTFOUND");
  process.exit(1);
}
if (way === "full") console.error("npm warn tar TAR_ENTRY_ERROR ENOSPC: no space left on device, write");
`;

/** FAKE_PIP is what pip ends with. */
const python = `#!/bin/sh
case "$2" in
venv)
  /bin/mkdir -p "$3/bin" && /bin/cp "$0" "$3/bin/python"
  printf 'command = python3 -m venv %s\\n' "$3" > "$3/pyvenv.cfg"
  printf '#!%s\\n' "$3/bin/python" > "$3/bin/jupyter"
  echo "Python in $3" >> "$FAKE_LOG" ;;
pip) echo "$3 to <$PIP_USER$PIP_TARGET$PYTHONPATH>" >> "$FAKE_LOG"; exit "\${FAKE_PIP:-0}" ;;
jupyterlab) echo "JupyterLab runs" ;;
*) printf '3\\n12\\n3\\nTrue\\n%s\\n' "$FAKE_PYTHON" ;;
esac
`;

/** Makes the folder; `remove` when the tests have ended. */
export function makeFakeCourse() {
  const parent = mkdtempSync(path.join(tmpdir(), "course-"));
  const folder = path.join(parent, "my course ü");
  for (const name of [
    "package.json",
    "package-lock.json",
    "tsconfig.json",
    "lib/package.json",
    "tools",
  ])
    cpSync(inProject(name), path.join(folder, name), {
      recursive: true,
      filter: (source) => path.basename(source) !== "node_modules",
    });
  mkdirSync(path.join(folder, "data"));
  mkdirSync(path.join(folder, "notebooks"));
  const log = path.join(parent, "log");
  const bin = path.join(parent, "bin");
  const npmScript = path.join(parent, "npm-cli.js");
  writeFileSync(npmScript, `(() => {${npm}})();`);
  mkdirSync(bin);

  /** A `python3` that is the only one on PATH. */
  const usePython = (/** @type {string} */ script) => {
    writeFileSync(path.join(bin, "python3"), script);
    chmodSync(path.join(bin, "python3"), 0o755);
  };
  usePython(python);
  writeFileSync(log, "");
  const environment = (/** @type {NodeJS.ProcessEnv} */ more) => ({
    ...process.env,
    PATH: bin,
    PYTHON: "",
    npm_execpath: npmScript,
    FAKE_LOG: log,
    FAKE_PYTHON: path.join(bin, "python3"),
    ...more,
  });
  const run = (/** @type {string[]} */ args, more = {}, options = {}) =>
    spawnSync(process.execPath, ["tools/run.mjs", ...args], {
      cwd: folder,
      env: environment(more),
      encoding: "utf8",
      ...options,
    });
  return {
    folder,
    log,
    python: path.join(bin, "python3"),
    usePython,
    inFolder: (/** @type {string[]} */ ...parts) => path.join(folder, ...parts),
    /** Runs a command of the course to its end, with a changed environment. */
    run,
    start: (more = {}, options = {}) => run(["start"], more, options),
    /** `npm start`, as it runs. */
    begin: (more = {}) =>
      spawn(process.execPath, ["tools/run.mjs", "start"], { cwd: folder, env: environment(more) }),
    remove: () => rmSync(parent, { recursive: true, force: true }),
  };
}
