/** How long a learner waits for a kernel: its first result, and a cell once it runs. */
import { spawnSync } from "node:child_process";
import { inProject, jupyterEnvironment, python } from "../paths.mjs";
import { SetupError } from "../setup/failures.mjs";
import { ratioOf, spreadOf } from "./table.mjs";

const REPEATS = 5;
const NO_SUCH_KERNEL = 3;
/** Names by the kernel's own. @type {Record<string, string>} */
const kernels = { tslab: "tslab", python3: "ipykernel", deno: "Deno" };

/** @returns {Promise<import("./table.mjs").Row[]>} */
export async function benchKernels() {
  /** @type {Record<string, { first: number[], cell: number[] }>} */
  const times = Object.fromEntries(
    Object.keys(kernels).map((name) => [name, { first: [], cell: [] }]),
  );
  for (let repeat = 0; repeat < REPEATS; repeat++) {
    console.error(`kernels: ${repeat + 1} of ${REPEATS} …`);
    for (const name of Object.keys(kernels)) {
      const seconds = timeKernel(name);
      if (!seconds) continue;
      times[name].first.push(seconds[0]);
      times[name].cell.push(seconds[1]);
    }
  }
  const { tslab, ...others } = times;
  /** @type {import("./table.mjs").Row[]} */
  const rows = [];
  for (const [what, of, unit, scale] of /** @type {const} */ ([
    ["Kernel start to first result", "first", "s", 1],
    ["A cell that adds two numbers", "cell", "ms", 1000],
  ])) {
    rows.push([`${what}: tslab, ${unit}`, spreadOf(tslab[of].map((seconds) => scale * seconds))]);
    for (const [name, other] of Object.entries(others)) {
      const isThere = other[of].length > 0;
      rows.push([
        `${what}: tslab / ${kernels[name]}`,
        isThere ? ratioOf(tslab[of], other[of]) : "not installed",
        "less",
      ]);
    }
  }
  return rows;
}

/**
 * Seconds to the first result and of a later cell; undefined where the kernel is not installed.
 * @param {string} name
 */
function timeKernel(name) {
  const { status, stdout, stderr } = spawnSync(
    python,
    [inProject("tools", "bench", "kernel.py"), name],
    { env: jupyterEnvironment(), encoding: "utf8" },
  );
  // A kernel may print something of its own first.
  if (status === 0) return stdout.trim().split("\n").at(-1)?.split(" ").map(Number);
  if (status === NO_SUCH_KERNEL) return undefined;
  throw new SetupError(
    `The kernel ${name} did not answer. Run npm start to see why:\n${stderr.trim()}`,
  );
}
