/** The Python environment, with the TypeScript kernel in it. */
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { inProject, python, root, venv } from "../paths.mjs";
import { RETRY, SetupError } from "./failures.mjs";
import { fingerprint, readStamp, removeFolder, writeFileIn } from "./files.mjs";
import { describeKernel, KERNEL } from "./kernel.mjs";
import { run } from "./run.mjs";

const OLDEST_PYTHON = [3, 11];

/** Relative to the kernel's own folder, so that the project can be moved. */
const kernelSpec = describeKernel("{resource_dir}/../../../../../tools/kernel.cjs");
const venvStamp = path.join(venv, ".course-setup");

/** The folder is an input, because a virtual environment does not survive being moved. */
function venvInputs() {
  const { platform, arch } = process;
  return fingerprint(["tools/requirements.txt"], platform, arch, root, kernelSpec);
}

export function venvIsDone() {
  // The Python that it was made from may have gone since, or be a newer one now, which finds no packages here.
  const probe = "import importlib.util as u; raise SystemExit(u.find_spec('jupyterlab') is None)";
  return readStamp(venvStamp) === venvInputs() && spawnSync(python, ["-c", probe]).status === 0;
}

export async function buildVenv() {
  const systemPython = findPython();
  removeFolder(venv);
  await run(systemPython, ["-m", "venv", venv]);
  const pip = ["-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--quiet"];
  await run(python, [...pip, "--require-hashes", "-r", inProject("tools", "requirements.txt")]);
  writeFileIn(path.join(venv, ...KERNEL), kernelSpec);
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
