/** The npm packages. */
import {
  accessSync,
  constants,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
} from "node:fs";
import path from "node:path";
import { inProject } from "../paths.mjs";
import { explainFailure, SetupError } from "./failures.mjs";
import { fingerprint, isAsStamped, replace, withAside, writeStamp } from "./files.mjs";
import { run } from "./run.mjs";

const stamp = inProject("node_modules", ".course-setup");

const readJson = (/** @type {string[]} */ ...parts) =>
  JSON.parse(readFileSync(inProject(...parts), "utf8"));

/** The folders with packages of their own: the project and its workspaces. */
const packageFolders = () => ["", ...readJson("package.json").workspaces];

const FIELDS = ["name", "dependencies", "devDependencies", "overrides", "workspaces"];

/** What the packages depend on: the lock file, and what each package.json says about packages. */
export function npmInputs() {
  const wanted = packageFolders().map((folder) => {
    const description = readJson(folder, "package.json");
    return FIELDS.map((field) => description[field]);
  });
  return fingerprint(["package-lock.json"], wanted, process.platform, process.arch);
}

export function npmIsDone() {
  return isAsStamped(stamp, npmInputs());
}

/**
 * Installs the packages aside and, when they are whole, puts them in their place.
 * @param {(text: string) => void} [report] is told how far it has come
 * @throws SetupError
 */
export async function installNpmPackages(report = () => {}) {
  const inputs = npmInputs();
  const folders = packageFolders();
  await withAside(inProject("node_modules"), async (aside) => {
    for (const file of [
      "package-lock.json",
      ".npmrc",
      ...folders.map((one) => path.join(one, "package.json")),
    ])
      if (existsSync(inProject(file))) cpSync(inProject(file), path.join(aside, file));
    await runNpmCi(aside, report);
    for (const folder of folders.map((one) => path.join(one, "node_modules")).reverse())
      if (existsSync(path.join(aside, folder)))
        await replace(inProject(folder), (place) => renameSync(path.join(aside, folder), place));
  });
  await writeStamp(stamp, inputs, {
    folders: folders.map((one) => inProject(one, "node_modules")).filter((one) => existsSync(one)),
  });
}

/**
 * @param {string} cwd
 * @param {(text: string) => void} report
 */
async function runNpmCi(cwd, report) {
  const total = countPackages();
  let fetched = 0;
  const isNews = (/** @type {string} */ line) => {
    if (/^npm error +at /.test(line)) return true;
    if (!line.startsWith("npm http ")) return false;
    if (line.includes(".tgz")) report(`${++fetched} of ${total} fetched`);
    return true;
  };
  const npm = (/** @type {string[]} */ words, /** @type {Parameters<typeof run>[2]} */ options) => {
    const { command, args, shell } = npmCommand(words);
    return run(command, args, { cwd, shell, ...options });
  };
  const words = [
    "ci",
    "--ignore-scripts",
    // What a learner's own settings, such as NODE_ENV=production, leave out.
    "--include=dev",
    "--include=optional",
    "--location=project",
    "--no-audit",
    "--no-fund",
    "--loglevel=http",
    ...ownCache(),
  ];
  const output = await npm(words, { isNews });
  // On a full disk npm warns, leaves files empty, and ends well.
  if (output.includes("TAR_ENTRY_ERROR")) throw new SetupError(explainFailure(output, "npm ci"));
  await npm(["ls", "--all", "--loglevel=error"], {
    explain: (/** @type {string} */ said, /** @type {string} */ task) =>
      explainFailure(
        said,
        task,
        "npm left packages out, as a setting of yours tells it to: look for it with `npm config list`, and take it away.",
      ),
  });
}

/** As many packages as this system gets. */
function countPackages() {
  const fits = (/** @type {string[] | undefined} */ list, /** @type {string} */ name) =>
    !list || list.includes(name) || list[0]?.startsWith("!");
  return Object.entries(readJson("package-lock.json").packages).filter(
    ([place, { os, cpu, link }]) =>
      place.includes("node_modules/") &&
      !link &&
      fits(os, process.platform) &&
      fits(cpu, process.arch),
  ).length;
}

/** Where npm's cache cannot be written to, as in containers without a home, one beside what is installed. */
function ownCache({ npm_config_cache: cache } = process.env) {
  if (!cache) return [];
  try {
    mkdirSync(cache, { recursive: true });
    accessSync(cache, constants.W_OK);
    return [];
  } catch {
    return ["--cache=npm-cache"];
  }
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
