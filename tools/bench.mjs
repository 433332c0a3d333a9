/**
 * `npm run bench [-- PART …]`: one table of ratios, which say more than seconds on a machine that others use. Of all
 * parts together the table is kept in bench/RESULTS.md.
 */
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { cpus, totalmem, type } from "node:os";
import { parseArgs } from "node:util";
import { markdownTable, worseThan } from "./bench/table.mjs";
import { inProject, python } from "./paths.mjs";
import { setUp } from "./setup.mjs";

/** Imported when they run, because the set-up, which installs what they need, comes first. */
const parts = {
  training: async () => (await import("./bench/training.mjs")).benchTraining(),
  scaling: async () => (await import("./bench/scaling.mjs")).benchScaling(),
  kernels: async () => (await import("./bench/kernels.mjs")).benchKernels(),
  jupyterlab: async () => (await import("./bench/jupyterlab.mjs")).benchJupyterLab(),
  pages: async () => (await import("./bench/pages.mjs")).benchPages(),
  live: async () => (await import("./bench/live.mjs")).benchLive(),
  course: async () => (await import("./bench/course.mjs")).benchCourse(),
};

const HELP = `npm run bench [-- PART …]

Measures the course's speed and prints one table. Without parts it measures all, which takes about
ten minutes, and writes the table to tools/bench/RESULTS.md.

  training     the network against C, Python, TensorFlow.js and TensorFlow Playground's way
  scaling      ten and a hundred times the epochs, samples, inputs, units, layers and seeds, in time and memory
  kernels      tslab's kernel against ipykernel and Deno's
  jupyterlab   from npm start to the first chart
  pages        what a page loads, its first chart on a laptop and on a phone, its memory
  live         pages that run: what they load, the first result, cells, training
  course       cells, export, sizes
  --help       says this

What is not installed is left out, and the table says so. Ratios that are worse than in the kept table
by more than a tenth are named at the end.`;

/** @param {string[]} args */
export async function main(args) {
  const names = readArguments(args);
  if (typeof names === "string") return (process.exitCode ? console.error : console.log)(names);
  await setUp();
  await bench(names);
}

/**
 * The parts asked for, or what to say instead.
 * @param {string[]} args
 */
function readArguments(args) {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    strict: false,
    options: { help: { type: "boolean" } },
  });
  const { help, ...unknown } = values;
  const wrong = [
    ...Object.keys(unknown).map((name) => `--${name}`),
    ...positionals.filter((name) => !Object.hasOwn(parts, name)),
  ];
  if (wrong.length === 0) return help ? HELP : positionals;
  process.exitCode = 1;
  return `The benchmark has no part ${wrong.join(", ")}.\n\n${HELP}`;
}

/** @param {string[]} names of parts; none for all */
async function bench(names) {
  const results = inProject("tools", "bench", "RESULTS.md");
  const earlier = readFileSync(results, "utf8");
  /** @type {import("./bench/table.mjs").Row[]} */
  const rows = [];
  for (const [name, run] of Object.entries(parts))
    if (names.length === 0 || names.includes(name)) rows.push(...(await run()));
  const table = markdownTable(["What", "Median (smallest–largest)"], rows);
  console.log(`${machine()}\n\n${table}\n`);
  const worse = worseThan(rows, earlier);
  console.log(
    worse.length > 0
      ? ["Worse by more than a tenth than in tools/bench/RESULTS.md:", ...worse].join("\n  ")
      : "No ratio is worse by more than a tenth than in tools/bench/RESULTS.md.",
  );
  if (names.length > 0) return;
  const day = new Date().toISOString().slice(0, 10);
  const note = "`npm run bench` writes this file; `npm run bench -- --help` says what is measured.";
  writeFileSync(results, `# Benchmark, ${day}\n\n${note}\n\nMachine: ${machine()}.\n\n${table}\n`);
}

function machine() {
  const firstLine = (/** @type {string} */ program) =>
    spawnSync(program, ["--version"], { encoding: "utf8" }).stdout?.split("\n")[0].trim();
  return [
    `${cpus()[0]?.model.trim()}, ${cpus().length} cores`,
    `${(totalmem() / 2 ** 30).toFixed(0)} GiB`,
    type(),
    `Node ${process.version}`,
    firstLine(python),
    firstLine("cc") ?? "no C compiler",
  ].join(", ");
}
