/** The npm packages. */
import { writeFileSync } from "node:fs";
import { inProject } from "../paths.mjs";
import { fingerprint, readStamp } from "./files.mjs";
import { run } from "./run.mjs";

const npmStamp = inProject("node_modules", ".course-setup");

/** What the packages depend on. */
export function npmInputs() {
  return fingerprint(
    ["package.json", "package-lock.json", "lib/package.json"],
    process.platform,
    process.arch,
  );
}

export function npmIsDone() {
  return readStamp(npmStamp) === npmInputs();
}

export async function installNpmPackages() {
  const { command, args, shell } = npmCommand([
    "ci",
    "--ignore-scripts",
    // Where NODE_ENV is "production", npm would leave the compiler out.
    "--include=dev",
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
