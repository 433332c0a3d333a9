/**
 * What tslab, and cells, find of Node in the page's worker: a console that prints as Node's does, and the little of
 * `process` that tslab asks for. It must be there before any other module runs.
 */
import { format, inspect } from "node-inspect-extracted";
import { print } from "./output.js";

globalThis.global = globalThis;
globalThis.setImmediate = /** @type {any} */ ((work, ...args) => setTimeout(work, 0, ...args));
globalThis.process = /** @type {any} what tslab and cells ask of it */ ({
  // By which TypeScript sees that it has no file system here.
  browser: true,
  // By which tslab chooses the language's version.
  version: "v20.19.0",
  env: {},
  argv: [],
  cwd: () => "/course/notebooks",
  stdout: { write: (text) => print("stdout", String(text)) },
  stderr: { write: (text) => print("stderr", String(text)) },
});

const printer =
  (name) =>
  (...values) =>
    print(name, `${format(...values)}\n`);

Object.assign(console, {
  log: printer("stdout"),
  info: printer("stdout"),
  debug: printer("stdout"),
  error: printer("stderr"),
  warn: printer("stderr"),
  trace: printer("stderr"),
  dir: (value, options) =>
    print("stdout", `${inspect(value, { customInspect: false, ...options })}\n`),
});
