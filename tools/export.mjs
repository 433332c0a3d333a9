/** `npm run export`: makes pages of the notebooks to hand out. */
import { existsSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { NotebookError } from "./notebooks.mjs";
import { inProject, listNotebooks, namedNotebooks } from "./paths.mjs";
import { SetupError } from "./setup/failures.mjs";
import { setUpAndHold } from "./setup.mjs";
import { requireSiteFolder } from "./site-folder.mjs";

const HELP = `npm run export [-- options] [notebooks/NAME.ipynb …]

Runs the notebooks and writes the site exports/: index.html, a page for each notebook, and what they
share in assets/. It needs no server and no network.

Named notebooks replace their own pages and leave the other pages in exports/ as they are. Without
names, all that an export has written there is replaced; files of your own stay. A notebook that fails
gets no new page and stops no other: the end names it, and the exit code is 1.

  --single-file    each page carries everything, to be mailed alone
  --static         leaves out what makes the cells run in their pages
  --no-solutions   leaves the solutions of the exercises out
  --fresh          runs every notebook; without it, one is run only if its code, the library, the data,
                   the kernel or Node has changed since its last run on this machine
  --output FOLDER  writes the site there instead of exports/: a folder that is new, empty or
                   an earlier export
  --help           says this

npm run serve shows the site on this machine.`;

/** @param {string[]} args */
export async function main(args) {
  const options = readArguments(args);
  if (typeof options === "string") throw new SetupError(`${options}\n\n${HELP}`);
  if (options.help) return console.log(HELP);
  requireSiteFolder(options.folder);
  await setUpAndHold(() => exportPages(options));
}

/**
 * What is asked for, or what is wrong with it.
 * @param {string[]} args
 */
function readArguments(args) {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        help: { type: "boolean", default: false },
        "single-file": { type: "boolean", default: false },
        fresh: { type: "boolean", default: false },
        static: { type: "boolean", default: false },
        "no-solutions": { type: "boolean", default: false },
        output: { type: "string", default: inProject("exports") },
      },
    });
    const { help, output, "single-file": singleFile, "no-solutions": noSolutions } = values;
    const { fresh, static: isStatic } = values;
    if (help) return { help, fresh, singleFile, isStatic, keep: false, names: [], folder: "" };
    if (output === "") return "--output needs the name of a folder.";
    if (noSolutions && positionals.length > 0)
      return "--no-solutions is for the whole course: leave it out, or name no notebook.";
    const named = namedNotebooks(positionals);
    if (typeof named === "string") return named;
    const chosen = listNotebooks().filter(
      (name) => !(noSolutions && name.startsWith("solutions/")),
    );
    const keep = named.length > 0;
    const names = keep ? named : chosen;
    return { help, fresh, singleFile, isStatic, keep, names, folder: path.resolve(output) };
  } catch (error) {
    const { code, message } = /** @type {NodeJS.ErrnoException} */ (error);
    if (code?.startsWith("ERR_PARSE_ARGS")) return message;
    throw error;
  }
}

/**
 * @param {{ names: string[], fresh: boolean, singleFile: boolean, isStatic: boolean, keep: boolean, folder: string }}
 *   options
 */
async function exportPages({ names, fresh, singleFile, isStatic, keep, folder }) {
  const start = Date.now();
  const interruption = new AbortController();
  for (const name of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"]))
    process.once(name, () => interruption.abort());
  const { signal } = interruption;
  // Here, because the set-up, which installs what they need, comes first.
  const { runNotebooks, writePages } = await import("./pages.mjs");
  let done = 0;
  let outcome;
  try {
    console.log(`Running ${names.length} notebook${names.length === 1 ? "" : "s"} …`);
    const { notebooks, failures } = await runNotebooks(names, {
      fresh,
      signal,
      onDone: (name, seconds) => {
        done += 1;
        console.log(`${done} of ${names.length}: ${name}, ${seconds.toFixed(1)} s`);
      },
    });
    if (notebooks.size === 0) throw new NotebookError(failures.join("\n\n"));
    outcome = await writePages(folder, notebooks, {
      singleFile,
      isStatic,
      keep,
      withReference: !singleFile,
      signal,
    });
    outcome.failures.unshift(...failures);
  } catch (error) {
    const kept = existsSync(folder) ? ` ${folder} is as it was.` : "";
    if (signal.aborted) throw new SetupError(`Interrupted: no page was written.${kept}`);
    if (error instanceof NotebookError)
      throw new SetupError(`${error.message}\n\nNo page was written.${kept}`);
    throw error;
  }
  const seconds = ((Date.now() - start) / 1000).toFixed(1);
  const index = path.relative(process.cwd(), path.join(folder, "index.html"));
  console.log(`\n${index} and its pages: ${seconds} s. Open it by double-click.`);
  report(outcome);
}

/** @param {{ failures: string[], notes: string[] }} outcome */
function report({ failures, notes }) {
  if (notes.length > 0)
    console.log(
      `\nNot on the pages as in JupyterLab:\n${notes.map((one) => `  ${one}`).join("\n")}`,
    );
  if (failures.length > 0) {
    console.error(`\nWithout a new page:\n\n${failures.join("\n\n")}`);
    process.exitCode = 1;
  }
}
