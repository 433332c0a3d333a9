/** Runs the programs of the set-up. */
import { spawn } from "node:child_process";
import { root } from "../paths.mjs";
import { explainFailure, SetupError } from "./failures.mjs";

/**
 * Runs a program quietly; its output appears only in what a failure says.
 * @param {string} command
 * @param {string[]} args
 * @param {{ shell?: boolean, explain?: (output: string, task: string) => string }} [options]
 * @returns {Promise<void>}
 */
export function run(command, args, { shell = false, explain } = {}) {
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
