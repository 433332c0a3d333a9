/** Where things are. */
import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

/** The project's folder. */
export const root = withDriveLetter(path.dirname(path.dirname(fileURLToPath(import.meta.url))));

/**
 * Windows terminals differ in how they write the drive (`c:`, `C:`); what is compared must not.
 * @param {string} folder
 */
export function withDriveLetter(folder) {
  return folder.replace(/^[a-z]:/, (/** @type {string} */ drive) => drive.toUpperCase());
}

/**
 * A path inside the project.
 * @param {string[]} parts
 */
export function inProject(...parts) {
  return path.join(root, ...parts);
}

/**
 * The Python of the virtual environment `venv`.
 * @param {string} venv
 */
export function venvPython(venv, platform = process.platform) {
  return platform === "win32"
    ? path.join(venv, "Scripts", "python.exe")
    : path.join(venv, "bin", "python");
}

/** The project's own Python environment, with the kernel's description in it. */
export const venv = inProject(".venv");

/** The project's own Python. */
export const python = venvPython(venv);

/** The project's TypeScript compiler. `npx tsc` would be tslab's, an older one. */
export const tsc = inProject("node_modules", "typescript", "bin", "tsc");

/** Every notebook of the course, in reading order, as paths relative to `notebooks/` with forward slashes. */
export function listNotebooks() {
  return ["", "exercises", "solutions"].flatMap((folder) => {
    const directory = inProject("notebooks", folder);
    if (!existsSync(directory)) return [];
    return readdirSync(directory)
      .filter((name) => name.endsWith(".ipynb"))
      .sort()
      .map((name) => path.posix.join(folder, name));
  });
}

/**
 * The notebooks that a command was given as files, as `listNotebooks` names them.
 * @param {readonly string[]} files
 * @returns {string[] | string} what is wrong, if one is unknown or there twice
 */
export function namedNotebooks(files) {
  const all = listNotebooks();
  const names = files.map((file) =>
    path.relative(inProject("notebooks"), path.resolve(file)).split(path.sep).join("/"),
  );
  const unknown = names.findIndex((name) => !all.includes(name));
  if (unknown >= 0) {
    const list = all.map((name) => `  notebooks/${name}`).join("\n");
    return `${files[unknown]} is no notebook of the course. There are:\n${list}`;
  }
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  return twice ? `notebooks/${twice} is named twice: name it once.` : names;
}

/** The environment without the learner's own settings of Python and Jupyter, which are not the course's. */
export function plainEnvironment() {
  const kept = Object.entries(process.env).filter(([name]) => !/^(PYTHON|JUPYTER)/i.test(name));
  return { ...Object.fromEntries(kept), PYTHONUTF8: "1" };
}

/**
 * Environment in which Jupyter has the project's configuration and kernel, writes its own files in the project, and
 * starts the kernel with this Node.
 */
export function jupyterEnvironment() {
  const files = inProject(".jupyter");
  return {
    ...plainEnvironment(),
    JUPYTER_CONFIG_PATH: inProject("tools", "jupyter"),
    JUPYTER_CONFIG_DIR: files,
    JUPYTER_DATA_DIR: path.join(files, "data"),
    IPYTHONDIR: path.join(files, "ipython"),
    JUPYTER_PREFER_ENV_PATH: "1",
    PATH: [path.dirname(process.execPath), process.env.PATH].filter(Boolean).join(path.delimiter),
  };
}
