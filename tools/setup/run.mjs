/** Runs the programs of the set-up. */
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { root } from "../paths.mjs";
import { explainFailure, SetupError } from "./failures.mjs";

/**
 * Runs a program quietly; its output appears only in what a failure says.
 * @param {string} command
 * @param {string[]} args
 * @param {object} [options]
 * @param {string} [options.cwd]
 * @param {NodeJS.ProcessEnv} [options.env]
 * @param {boolean} [options.shell]
 * @param {(line: string) => boolean} [options.isNews] takes the lines that say how far it has come: they are no
 *   part of the output
 * @param {(output: string, task: string) => string} [options.explain]
 * @returns {Promise<string>} the output
 * @throws SetupError
 */
export function run(command, args, options = {}) {
  const { cwd = root, env = process.env, shell = false, isNews = () => false } = options;
  const { explain = explainFailure } = options;
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, shell, stdio: ["ignore", "pipe", "pipe"] });
    /** @type {string[]} */
    const output = [];
    for (const input of [child.stdout, child.stderr])
      createInterface({ input }).on("line", (line) => isNews(line) || output.push(line));
    child.on("error", (error) =>
      reject(new SetupError(explain(error.message, `start ${command}`))),
    );
    child.on("close", (code, signal) => {
      if (signal) output.push(`It was ended by ${signal}.`);
      const said = output.join("\n").trim();
      if (code === 0) resolve(said);
      else reject(new SetupError(explain(said, [command, ...args].join(" "))));
    });
  });
}
