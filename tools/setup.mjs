/**
 * Sets the project up: npm packages, Python environment, kernel, compiled library. Runs on plain
 * Node. A step whose inputs are as they were is skipped; one that was interrupted is done again,
 * because its stamp is written last.
 */
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
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

/** Runs `main` after the set-up, and ends with one clear message if a SetupError comes. */
export async function afterSetUp(main) {
  try {
    await setUp();
    await main();
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
  const options = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  // Under `npm start`, npm says where it is itself; that works on Windows too, where npm is a script.
  const npm = process.env.npm_execpath;
  if (npm?.endsWith(".js")) await run(process.execPath, [npm, ...options]);
  else await run("npm", options, { shell: process.platform === "win32" });
  writeFileSync(npmStamp, npmInputs());
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
  const [command = "", ...options] = findPython();
  rmSync(venv, { recursive: true, force: true, maxRetries: 3 });
  await run(command, [...options, "-m", "venv", venv]);
  const pip = ["-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--quiet"];
  await run(python, [...pip, "--require-hashes", "-r", inProject("tools", "requirements.txt")]);
  writeFileSync(venvStamp, venvInputs());
}

/**
 * The first Python that is new enough and can make virtual environments, as command and arguments.
 * @param {string[][]} [candidates]
 * @param {(command: string[]) => { version: number[]; complete: boolean } | undefined} [ask]
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
    else return command;
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
  const question =
    "import sys, importlib.util as u; print(*sys.version_info[:3], all(u.find_spec(m) for m in ('venv', 'ensurepip')))";
  const { status, stdout } = spawnSync(command, [...options, "-c", question], { encoding: "utf8" });
  if (status !== 0) return undefined;
  const [major, minor, patch, complete] = stdout.trim().split(" ");
  return { version: [major, minor, patch].map(Number), complete: complete === "True" };
}

// Kernel

const kernelFolder = inProject(".venv", "share", "jupyter", "kernels", "tslab");

/** Paths relative to the kernel's own folder, so that the project can be moved. */
const kernelSpec = `${JSON.stringify(
  {
    display_name: "TypeScript (tslab)",
    language: "typescript",
    argv: [
      "node",
      "{resource_dir}/../../../../../tools/kernel.cjs",
      "kernel",
      "--config-path",
      "{connection_file}",
    ],
    // Loading the library, an ES module, makes some Nodes warn below the learner's first cell.
    env: { NODE_NO_WARNINGS: "1" },
  },
  null,
  2,
)}\n`;

function kernelIsDone() {
  return readStamp(`${kernelFolder}/kernel.json`) === kernelSpec;
}

function writeKernel() {
  mkdirSync(kernelFolder, { recursive: true });
  writeFileSync(`${kernelFolder}/kernel.json`, kernelSpec);
}

// Library

const libraryStamp = inProject("lib", "dist", ".course-setup");

/** Whether a file of `lib/`, named relative to it, is one that is compiled. */
export function isLibrarySource(name) {
  return name.endsWith(".ts") && !/^(\.?dist|node_modules)/.test(name);
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
  rmSync(aside, { recursive: true, force: true });
  await run(process.execPath, [tsc, "--pretty", "false", "--outDir", aside], {
    explain: (output) =>
      `lib/ does not compile:\n${output}\nMend what it names, then run the command again.`,
  });
  rmSync(inProject("lib", "dist"), { recursive: true, force: true });
  renameSync(aside, inProject("lib", "dist"));
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
    signs: /EROFS|EACCES|EPERM|permission denied|read-only file system/i,
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
