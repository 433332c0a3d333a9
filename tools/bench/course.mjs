/** How long a learner waits for a kernel's first result, and how large the notebooks are. */
import { spawnSync } from "node:child_process";
import { statSync } from "node:fs";
import { inProject, jupyterEnvironment, listNotebooks, python } from "../paths.mjs";
import { SetupError } from "../setup.mjs";
import { ratioOf, spreadOf } from "./table.mjs";

const REPEATS = 3;
const kernels = [
  { name: "tslab", label: "tslab", code: "1 + 1" },
  { name: "python3", label: "ipykernel", code: "1 + 1" },
  { name: "deno", label: "Deno", code: "1 + 1" },
];

/** @returns {Promise<string[][]>} rows of the table: what, result */
export async function benchCourse() {
  /** @type {Record<string, number[]>} */
  const times = Object.fromEntries(kernels.map(({ name }) => [name, []]));
  for (let repeat = 0; repeat < REPEATS; repeat++) {
    console.error(`course: kernels, ${repeat + 1} of ${REPEATS} …`);
    for (const { name, code } of kernels) {
      const seconds = startKernel(name, code);
      if (seconds !== undefined) times[name].push(seconds);
    }
  }
  const what = "Kernel start to first result";
  const sizes = listNotebooks().map((name) => statSync(inProject("notebooks", name)).size);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  return [
    [`${what}: tslab, s`, spreadOf(times.tslab)],
    ...kernels.slice(1).map(({ name, label }) => {
      const isThere = times[name].length > 0;
      return [
        `${what}: tslab / ${label}`,
        isThere ? ratioOf(times.tslab, times[name]) : "not installed",
      ];
    }),
    [`${sizes.length} notebooks, MB`, (total / 1e6).toFixed(2)],
  ];
}

/** Seconds, or undefined where the kernel is not installed. */
function startKernel(name, code) {
  const { status, stdout, stderr } = spawnSync(
    python,
    [inProject("tools", "bench", "kernel.py"), name, code],
    { env: jupyterEnvironment(), encoding: "utf8" },
  );
  if (status === 0) return Number(stdout);
  if (stderr.trim().endsWith("not installed")) return undefined;
  throw new SetupError(
    `The kernel ${name} did not answer. Run npm start to see why:\n${stderr.trim()}`,
  );
}
