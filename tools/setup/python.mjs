/** The Python environment, with the TypeScript kernel in it. */
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { inProject, plainEnvironment, python, venv, venvPython } from "../paths.mjs";
import { explainFailure, RETRY, SetupError } from "./failures.mjs";
import { fingerprint, isAsStamped, replace, writeFileIn, writeStamp } from "./files.mjs";
import { describeKernel, KERNEL } from "./kernel.mjs";
import { run } from "./run.mjs";

const OLDEST_PYTHON = [3, 11];

const stamp = path.join(venv, ".course-setup");
const kernelFile = path.join(venv, ...KERNEL);
/** Relative to the kernel's own folder, so that the project can be moved. */
const kernelSpec = describeKernel("{resource_dir}/../../../../../tools/kernel.cjs");

function venvInputs() {
  return fingerprint(["tools/requirements.txt"], process.platform, process.arch);
}

export function venvIsDone() {
  return packagesAreDone() && kernelIsDone() && scriptsPlace() === venv;
}

function packagesAreDone() {
  // The Python that it was made from may have gone since, or be a newer one now, which finds no packages here.
  return isAsStamped(stamp, venvInputs()) && hasPackages(python);
}

function kernelIsDone() {
  return existsSync(kernelFile) && readFileSync(kernelFile, "utf8") === kernelSpec;
}

/**
 * Makes the environment aside and, when it is whole, puts it in its place. One that was only moved is kept.
 * @param {(text: string) => void} [report] is told how far it has come
 * @throws SetupError
 */
export async function buildVenv(report = () => {}) {
  const inputs = venvInputs();
  if (!packagesAreDone()) {
    const systemPython = findPython();
    await replace(venv, async (aside) => {
      await run(systemPython, ["-m", "venv", aside], { env: plainEnvironment() });
      await installPackages(venvPython(aside), report);
    });
  }
  moveScripts();
  await writeStamp(stamp, inputs, { except: [kernelFile] });
  await writeFileIn(kernelFile, kernelSpec);
}

/**
 * @param {string} envPython
 * @param {(text: string) => void} report
 */
async function installPackages(envPython, report) {
  const file = inProject("tools", "requirements.txt");
  const total = readFileSync(file, "utf8").match(/^[\w.-]+==/gm)?.length;
  let found = 0;
  const isNews = (/** @type {string} */ line) => {
    if (line.startsWith("Collecting ")) report(`${++found} of ${total}`);
    if (line.startsWith("Installing ")) report("unpacking");
    return /^ *(Collecting|Downloading|Using cached|Ignoring|Installing|Looking in) /.test(line);
  };
  const words =
    "-m pip install --no-user --disable-pip-version-check --no-input --progress-bar=off";
  const env = pipEnvironment();
  await run(envPython, [...words.split(" "), "--require-hashes", "-r", file], { env, isNews });
  const explain = (/** @type {string} */ said, /** @type {string} */ task) =>
    explainFailure(
      said,
      task,
      "pip left packages out or put them elsewhere, as a setting of yours tells it to: look for it with `pip config list` and among the variables PIP_…, and take it away.",
    );
  await run(envPython, ["-m", "pip", "check"], { env, explain });
  if (!hasPackages(envPython))
    throw new SetupError(explain("Not all of tools/requirements.in is there.", "pip install"));
}

/** How to reach the packages is the learner's to set; where they go and which is not. */
function pipEnvironment() {
  const names =
    /^PIP_(USER|TARGET|PREFIX|ROOT|PYTHON|DRY_RUN|NO_DEPS|NO_BINARY|CONSTRAINT|REQUIREMENT|QUIET|VERBOSE)$/i;
  const kept = Object.entries(plainEnvironment()).filter(([name]) => !names.test(name));
  return Object.fromEntries(kept);
}

/**
 * Whether a Python has what the course asks for.
 * @param {string} envPython
 */
function hasPackages(envPython) {
  const asked = readFileSync(inProject("tools", "requirements.in"), "utf8");
  const names = Array.from(asked.matchAll(/^([\w.-]+)==/gm), ([, name]) => String(name));
  const probe = "import sys; from importlib.metadata import version; [*map(version, sys.argv[1:])]";
  const { status } = spawnSync(envPython, ["-c", probe, ...names], { env: plainEnvironment() });
  return status === 0;
}

/** The folder that the environment's scripts name: where it was made, or was when they were last written. */
function scriptsPlace() {
  const config = readFileSync(path.join(venv, "pyvenv.cfg"), "utf8");
  return /^command = .* -m venv (.+?)\r?$/m.exec(config)?.[1] ?? venv;
}

/** Makes the environment's scripts, such as `jupyter` and `activate`, name the folder where it is now. */
function moveScripts() {
  // Programs for Windows are among them: bytes as they are.
  const bytes = (/** @type {string} */ text) => Buffer.from(text).toString("latin1");
  const [before, now] = [bytes(scriptsPlace()), bytes(venv)];
  const folder = path.dirname(python);
  const scripts = readdirSync(folder, { withFileTypes: true }).filter((one) => one.isFile());
  for (const name of ["../pyvenv.cfg", ...scripts.map((one) => one.name)]) {
    const file = path.join(folder, name);
    const text = readFileSync(file, "latin1");
    const moved = runnable(
      text.replaceAll(before, () => now),
      now,
    );
    if (moved !== text) writeFileSync(file, moved, "latin1");
  }
}

/**
 * The system reads a script's first line only to a space and not for long: then a shell reads it, as pip has it.
 * @param {string} script
 * @param {string} folder
 */
function runnable(script, folder) {
  const line = script.slice(0, script.indexOf("\n"));
  if (!line.startsWith(`#!${folder}`) || (!line.includes(" ") && line.length < 127)) return script;
  return `#!/bin/sh\n'''exec' "${line.slice(2)}" "$0" "$@"\n' '''${script.slice(line.length)}`;
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
  const own = candidates.length === 1 ? `${candidates[0]}, which the variable PYTHON names,` : "";
  const missing = own ? `${own} does not start` : "Python was not found";
  const problem = tooOld.length > 0 ? `Python is too old (${tooOld.join(", ")})` : missing;
  throw new SetupError(
    `${problem}: the course needs Python ${needed} or newer for JupyterLab.\n` +
      `Install it from https://www.python.org, or set the variable PYTHON to where it is.\n${RETRY}`,
  );
}

/** Where Python may be; the variable PYTHON says where it is. */
export function pythonCandidates(platform = process.platform, environment = process.env) {
  if (environment.PYTHON) return [[environment.PYTHON]];
  const versions = ["3.14", "3.13", "3.12", "3.11"];
  if (platform === "win32") return [["py", "-3"], ["python"], ["python3"]];
  return [["python3"], ["python"], ...versions.map((version) => [`python${version}`])];
}

/** @param {string[]} command */
function askPython([command = "", ...options]) {
  // In a terminal where .venv is active, as editors like to make them, `python` is the one about to be deleted.
  const question =
    "import sys, importlib.util as u; print(*sys.version_info[:3], all(u.find_spec(m) for m in ('venv', 'ensurepip')), getattr(sys, '_base_executable', sys.executable), sep='\\n')";
  const { status, stdout } = spawnSync(command, [...options, "-c", question], {
    encoding: "utf8",
    env: plainEnvironment(),
  });
  if (status !== 0) return undefined;
  const [major, minor, patch, complete, executable = command] = stdout.trim().split(/\r?\n/);
  return {
    version: [major, minor, patch].map(Number),
    complete: complete === "True",
    executable,
  };
}
