/** JupyterLab as `npm start` runs it. */
import { spawn } from "node:child_process";
import { watch } from "node:fs";
import { inProject, jupyterEnvironment, listNotebooks, python, root } from "./paths.mjs";
import { buildLibrary, isLibrarySource } from "./setup/library.mjs";
import { withLock } from "./setup/lock.mjs";

/**
 * Runs JupyterLab until it ends, compiling `lib/` again whenever a file there changes.
 * @param {string[]} options passed on to JupyterLab
 */
export async function startJupyterLab(options) {
  const watcher = rebuildOnChange();
  const args = [
    "-m",
    "jupyterlab",
    // Named, it is the server's only one: another could open it to other machines.
    `--config=${inProject("tools", "jupyter", "jupyter_config.py")}`,
    `--ServerApp.root_dir=${root}`,
    `--LabApp.default_url=/lab/tree/notebooks/${listNotebooks()[0]}`,
    ...options,
  ];
  const lab = spawn(python, args, { cwd: root, env: jupyterEnvironment(), stdio: "inherit" });
  // Ctrl+C reaches JupyterLab too, which asks whether to stop: wait for its answer.
  process.on("SIGINT", () => {});
  process.on("SIGTERM", () => lab.kill("SIGTERM"));
  process.exitCode = await new Promise((resolve) => lab.on("close", (code) => resolve(code ?? 1)));
  watcher.close();
}

/**
 * Calls `build` when a source in the folder has been saved, never twice at once: builds write the same files.
 * @param {string} folder
 * @param {() => Promise<void>} build
 */
export function rebuildOnChange(folder = inProject("lib"), build = () => withLock(buildLibrary)) {
  /** @type {NodeJS.Timeout} */
  let timer;
  let last = Promise.resolve();
  const rebuild = async () => {
    try {
      await build();
      console.log("lib/ compiled: restart the kernel to use it (Kernel → Restart Kernel).");
    } catch (error) {
      console.error(error instanceof Error ? error.message : error);
    }
  };
  const watcher = watch(folder, { recursive: true }, (_, file) => {
    if (!file || !isLibrarySource(file)) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      last = last.then(rebuild);
    }, 200);
  });
  // JupyterLab goes on without it.
  watcher.on("error", (error) =>
    console.error(
      `lib/ is no longer watched (${error.message}): run npm start again to compile it.`,
    ),
  );
  return watcher;
}

/**
 * The address that a JupyterLab which was started prints when it is ready.
 * @param {import("node:child_process").ChildProcessWithoutNullStreams} lab
 * @returns {Promise<URL>}
 */
export function addressOf(lab) {
  return new Promise((resolve, reject) => {
    let output = "";
    const read = (/** @type {Buffer} */ text) => {
      output += text;
      const address = output.match(/https?:\/\/\S+token=\w+/);
      if (address) resolve(new URL(address[0]));
    };
    lab.stdout.on("data", read);
    lab.stderr.on("data", read);
    lab.on("close", (code) => reject(new Error(`JupyterLab ended with ${code}:\n${output}`)));
  });
}
