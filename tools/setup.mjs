/**
 * Sets the project up: npm packages, Python environment, kernel, compiled library. Runs on plain
 * Node. A step whose inputs are as they were is skipped; one that was interrupted is done again,
 * because its stamp is written last.
 */
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { inProject, python, root, tsc } from "./paths.mjs";

/** A problem whose message says what to do: no stack trace is shown. */
export class SetupError extends Error {}

const OLDEST_PYTHON = [3, 11];
const RETRY = "Then run the command again: what was done is kept.";

const steps = [
  { name: "npm packages", about: "about a minute", isDone: npmIsDone, run: installNpmPackages },
  {
    name: "Python environment with JupyterLab",
    about: "one to two minutes",
    isDone: venvIsDone,
    run: buildVenv,
  },
  { name: "TypeScript kernel", about: "an instant", isDone: kernelIsDone, run: writeKernel },
  { name: "the course's library", about: "a second", isDone: libraryIsDone, run: buildLibrary },
];

/**
 * Does what is left to do, saying what.
 * @throws SetupError
 */
export async function setUp() {
  requireWritableFolder();
  requireLockFile();
  // Better to hear that Python is missing at once than after a minute of downloading.
  if (!venvIsDone()) findPython();
  const left = steps.filter((step) => !step.isDone());
  for (const [index, step] of left.entries()) {
    const label = `Set-up ${index + 1} of ${left.length}: ${step.name}`;
    console.log(`${label} (${step.about}) …`);
    const start = Date.now();
    await step.run();
    console.log(`${label}: done in ${((Date.now() - start) / 1000).toFixed(1)} s`);
  }
}

/**
 * The set-up for a Python that has `tools/requirements.txt` already, as in an image for Binder or JupyterHub:
 * no `.venv`, and Jupyter finds the kernel and the course's configuration without `npm start`'s environment.
 * @param {string} prefix the folder of that Python, `sys.prefix`
 * @throws SetupError
 */
export async function setUpImage(prefix) {
  await installNpmPackages();
  await buildLibrary();
  writeFileIn(path.join(prefix, ...KERNEL), describeKernel(inProject("tools", "kernel.cjs")));
  for (const name of ["jupyter_config.py", "labconfig/default_setting_overrides.json"]) {
    const link = path.join(prefix, "etc", "jupyter", name);
    mkdirSync(path.dirname(link), { recursive: true });
    rmSync(link, { force: true });
    // A link, because jupyter_config.py looks for the export's template beside where it really is.
    symlinkSync(inProject("tools", "jupyter", name), link);
  }
}

/** Runs `main` after the set-up, and ends with one clear message if a SetupError comes. */
export async function afterSetUp(main) {
  await explained(async () => {
    await setUp();
    await main();
  });
}

/** Runs `work`; a SetupError ends it with one clear message. */
export async function explained(work) {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    console.error(`\n${error.message}\n`);
    process.exitCode = 1;
  }
}

// npm packages

const npmStamp = inProject("node_modules", ".course-setup");

function npmInputs() {
  return fingerprint(
    ["package.json", "package-lock.json", "lib/package.json"],
    process.platform,
    process.arch,
  );
}

function npmIsDone() {
  return readStamp(npmStamp) === npmInputs();
}

async function installNpmPackages() {
  const { command, args, shell } = npmCommand([
    "ci",
    "--ignore-scripts",
    "--no-audit",
    "--no-fund",
    "--loglevel=error",
  ]);
  await run(command, args, { shell });
  writeFileSync(npmStamp, npmInputs());
}

/**
 * How to run npm. Under `npm start`, npm says where its script is, which Node runs on every system. Without
 * it, Windows needs a shell for npm.cmd, and a shell takes one line: words apart make Node warn.
 * @param {string[]} words without spaces in them
 */
export function npmCommand(words, platform = process.platform, environment = process.env) {
  const script = environment.npm_execpath ?? "";
  // Yarn and pnpm set the variable too.
  if (/[\\/]npm-cli\.c?js$/.test(script))
    return { command: process.execPath, args: [script, ...words], shell: false };
  if (platform === "win32") return { command: ["npm", ...words].join(" "), args: [], shell: true };
  return { command: "npm", args: words, shell: false };
}

// Python environment

const venv = inProject(".venv");
const venvStamp = inProject(".venv", ".course-setup");

/** The folder is an input, because a virtual environment does not survive being moved. */
function venvInputs() {
  return fingerprint(["tools/requirements.txt"], process.platform, process.arch, root);
}

function venvIsDone() {
  // The Python it was made from may have gone since.
  return readStamp(venvStamp) === venvInputs() && spawnSync(python, ["-c", ""]).status === 0;
}

async function buildVenv() {
  const systemPython = findPython();
  removeFolder(venv);
  await run(systemPython, ["-m", "venv", venv]);
  const pip = ["-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--quiet"];
  await run(python, [...pip, "--require-hashes", "-r", inProject("tools", "requirements.txt")]);
  writeFileSync(venvStamp, venvInputs());
}

/**
 * @typedef {object} PythonAnswer
 * @property {number[]} version
 * @property {boolean} complete whether it can make virtual environments
 * @property {string} executable the Python itself, not the one of a virtual environment made from it
 */

/**
 * The first Python that is new enough and can make virtual environments.
 * @param {string[][]} [candidates] commands with their arguments
 * @param {(command: string[]) => PythonAnswer | undefined} [ask]
 * @returns its executable
 * @throws SetupError saying what was found instead
 */
export function findPython(candidates = pythonCandidates(), ask = askPython) {
  const tooOld = [];
  const incomplete = [];
  for (const command of candidates) {
    const answer = ask(command);
    if (!answer) continue;
    const found = `${command.join(" ")} is Python ${answer.version.join(".")}`;
    const [major, minor] = answer.version;
    if (major < OLDEST_PYTHON[0] || (major === OLDEST_PYTHON[0] && minor < OLDEST_PYTHON[1]))
      tooOld.push(found);
    else if (!answer.complete) incomplete.push(found);
    else return answer.executable;
  }
  const needed = OLDEST_PYTHON.join(".");
  if (incomplete.length > 0) {
    throw new SetupError(
      `${incomplete[0]}, but its venv module is missing.\n` +
        `On Debian or Ubuntu: sudo apt install python3-venv. Elsewhere: install Python from https://www.python.org.\n${RETRY}`,
    );
  }
  const problem =
    tooOld.length > 0 ? `Python is too old (${tooOld.join(", ")})` : "Python was not found";
  throw new SetupError(
    `${problem}: the course needs Python ${needed} or newer for JupyterLab.\n` +
      `Install it from https://www.python.org, or set the variable PYTHON to where it is.\n${RETRY}`,
  );
}

export function pythonCandidates(platform = process.platform, environment = process.env) {
  const own = environment.PYTHON ? [[environment.PYTHON]] : [];
  const versions = ["3.14", "3.13", "3.12", "3.11"];
  if (platform === "win32") return [...own, ["py", "-3"], ["python"], ["python3"]];
  return [...own, ["python3"], ["python"], ...versions.map((version) => [`python${version}`])];
}

/** @param {string[]} command */
function askPython([command = "", ...options]) {
  // In a terminal where .venv is active, as editors like to make them, `python` is the one about to be deleted.
  const question =
    "import sys, importlib.util as u; print(*sys.version_info[:3], all(u.find_spec(m) for m in ('venv', 'ensurepip')), getattr(sys, '_base_executable', sys.executable), sep='\\n')";
  const { status, stdout } = spawnSync(command, [...options, "-c", question], {
    encoding: "utf8",
    env: { ...process.env, PYTHONUTF8: "1" },
  });
  if (status !== 0) return undefined;
  const [major, minor, patch, complete, executable = command] = stdout.trim().split(/\r?\n/);
  return {
    version: [major, minor, patch].map(Number),
    complete: complete === "True",
    executable,
  };
}

// Kernel

const KERNEL = ["share", "jupyter", "kernels", "tslab", "kernel.json"];
const kernelFile = path.join(venv, ...KERNEL);
/** Relative to the kernel's own folder, so that the project can be moved. */
const kernelSpec = describeKernel("{resource_dir}/../../../../../tools/kernel.cjs");

/** @param {string} script where tools/kernel.cjs is */
function describeKernel(script) {
  const spec = {
    display_name: "TypeScript (tslab)",
    language: "typescript",
    argv: ["node", script, "kernel", "--config-path", "{connection_file}"],
    // Loading the library, an ES module, makes some Nodes warn below the learner's first cell.
    env: { NODE_NO_WARNINGS: "1" },
  };
  return `${JSON.stringify(spec, null, 2)}\n`;
}

function kernelIsDone() {
  return readStamp(kernelFile) === kernelSpec;
}

function writeKernel() {
  writeFileIn(kernelFile, kernelSpec);
}

function writeFileIn(file, text) {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
}

// Library

const libraryStamp = inProject("lib", "dist", ".course-setup");

/** Whether a file of `lib/`, named relative to it, is one that is compiled. */
export function isLibrarySource(name) {
  return name.endsWith(".ts") && !/^(dist|\.dist-new|node_modules)[\\/]/.test(name);
}

function libraryInputs() {
  const sources = readdirSync(inProject("lib"), { recursive: true, encoding: "utf8" })
    .filter(isLibrarySource)
    .map((name) => `lib/${name.split(path.sep).join("/")}`);
  const files = [...sources.sort(), "lib/package.json", "tsconfig.json"];
  return fingerprint(files, npmInputs());
}

function libraryIsDone() {
  return readStamp(libraryStamp) === libraryInputs();
}

/**
 * Compiles `lib/` to `lib/dist/`.
 * @throws SetupError with the compiler's messages
 */
export async function buildLibrary() {
  const inputs = libraryInputs();
  // Written aside, so that a notebook that is starting finds the old library or the new one.
  const aside = inProject("lib", ".dist-new");
  removeFolder(aside);
  await run(process.execPath, [tsc, "--pretty", "false", "--outDir", aside], {
    explain: (output) =>
      `lib/ does not compile:\n${output}\nMend what it names, then run the command again.`,
  });
  moveFolder(aside, inProject("lib", "dist"));
  writeFileSync(libraryStamp, inputs);
}

// What the steps share

function requireWritableFolder() {
  const probe = inProject(`.writable-${process.pid}`);
  try {
    writeFileSync(probe, "");
    rmSync(probe);
  } catch (error) {
    throw new SetupError(explainFailure(String(error), `write in ${root}`));
  }
}

/** @throws SetupError if another program has something in it open, which Windows does not allow */
function removeFolder(folder) {
  try {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  } catch (error) {
    throw new SetupError(explainFailure(String(error), `remove ${folder}`));
  }
}

/** Puts a folder in another's place, also where Windows refuses because an editor watches it. */
function moveFolder(from, to) {
  removeFolder(to);
  try {
    renameSync(from, to);
  } catch {
    cpSync(from, to, { recursive: true });
    removeFolder(from);
  }
}

function requireLockFile() {
  if (existsSync(inProject("package-lock.json"))) return;
  throw new SetupError(
    "package-lock.json is missing: it says which versions to install.\n" +
      "Bring it back with `git checkout package-lock.json`, then run the command again.",
  );
}

/**
 * Runs a program quietly; its output appears only in what a failure says.
 * @param {string} command
 * @param {string[]} args
 * @param {{ shell?: boolean, explain?: (output: string, task: string) => string }} [options]
 * @returns {Promise<void>}
 */
function run(command, args, { shell = false, explain } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, shell, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text) => {
        output += text;
      });
    }
    child.on("error", (error) =>
      reject(new SetupError(explainFailure(error.message, `start ${command}`))),
    );
    child.on("close", (code) => {
      if (code === 0) resolve();
      else
        reject(
          new SetupError((explain ?? explainFailure)(output.trim(), [command, ...args].join(" "))),
        );
    });
  });
}

const knownFailures = [
  {
    signs: /ENOSPC|no space left/i,
    advice: "The disk is full. Free about 1.5 GB.",
  },
  {
    signs: /EBUSY|ENOTEMPTY|EPERM.*\b(unlink|rmdir|rename)\b|WinError 32|being used by another/i,
    advice:
      "Another program has files of this folder open. Close JupyterLab and the editors that show them.",
  },
  {
    signs: /Long Path support|ENAMETOOLONG/i,
    advice:
      "This folder's path is too long for Windows. Move the project to a shorter one, such as C:\\course.",
  },
  {
    signs: /EROFS|EACCES|EPERM|permission denied|access is denied|read-only file system/i,
    advice: "This folder cannot be written to. Copy the project to a folder of your own.",
  },
  {
    signs:
      /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ERR_SOCKET_TIMEOUT|NewConnectionError|ConnectTimeout|ReadTimeout|Max retries|Temporary failure in name resolution|CERTIFICATE|ProxyError/i,
    advice:
      "A package registry cannot be reached. The set-up needs the network once: check the connection, and the proxy if you have one.",
  },
];

/** One message out of a failed program's output: what it means, what to do, and how it began and ended. */
export function explainFailure(output, task) {
  const known = knownFailures.find(({ signs }) => signs.test(output));
  const advice = known?.advice ?? "The set-up failed. The lines below say why.";
  const lines = output.split("\n").map((line) => `  ${line.slice(0, 300)}`);
  const ends = lines.length > 12 ? [...lines.slice(0, 6), "  …", ...lines.slice(-6)] : lines;
  return `${advice}\n${RETRY}\n\nWhat failed: ${task}\n${ends.join("\n")}`;
}

function readStamp(file) {
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}

function fingerprint(files, ...values) {
  const hash = createHash("sha256").update(JSON.stringify(values));
  for (const file of files) hash.update(readFileSync(inProject(file)));
  return hash.digest("hex");
}
