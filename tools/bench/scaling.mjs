/** What training costs as the work grows, in time and memory, and what a second core brings. */
import { spawnSync } from "node:child_process";
import { availableParallelism } from "node:os";
import { inProject } from "../paths.mjs";
import { SetupError } from "../setup/failures.mjs";
import { digits, ratioOf } from "./table.mjs";

const REPEATS = 5;

/** @typedef {typeof import("activation-lab")} Lab */
/** @import { Row } from "./table.mjs" */

/** @returns {Promise<Row[]>} */
export async function benchScaling() {
  const rows = ["epochs", "samples", "inputs", "units", "layers", "seeds"].flatMap(growth);
  return [...rows, await allCores()];
}

/**
 * In processes of their own, whose memory is that of the work alone.
 * @param {string} what grows
 * @returns {Row[]}
 */
function growth(what) {
  const [one, ten, hundred] = [1, 10, 100].map((factor) => {
    console.error(`scaling: ${factor} × ${what} …`);
    const script = inProject("tools", "bench", "growth.mjs");
    const args = [script, what, String(factor)];
    const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
    if (!stdout) throw new SetupError(`${args.join(" ")} failed:\n${stderr}`);
    /** @type {{ base: number[], larger: number[], megabytes: number }} */
    const measured = JSON.parse(stdout);
    return measured;
  });
  const time = `Time per unit of work`;
  return [
    [`${time}, 10 × ${what} / 1 ×`, ratioOf(ten.larger, ten.base), "less"],
    [`${time}, 100 × ${what} / 1 ×`, ratioOf(hundred.larger, hundred.base), "less"],
    [
      `Memory at most, 1, 10 and 100 × ${what}, MB`,
      [one, ten, hundred].map(({ megabytes }) => digits(Math.round(megabytes))).join(", "),
    ],
  ];
}

/**
 * The same experiment on one core and on all.
 * @returns {Promise<Row>}
 */
async function allCores() {
  const lab = await import("activation-lab");
  const { onAllCores } = await import("activation-lab/course");
  const seeds = Array.from({ length: 100 }, (_, seed) => seed);
  /**
   * @param {number} seed
   * @param {Pick<Lab, "TwoLayerNetwork" | "activations" | "circle">} lab
   */
  const work = (seed, lab) => {
    const network = new lab.TwoLayerNetwork({ activation: lab.activations.gelu, seed });
    return network.train(lab.circle({ seed: `circle ${seed}` }), { epochs: 200 }).losses[199];
  };
  const one = [];
  const all = [];
  for (let repeat = 0; repeat < REPEATS; repeat++) {
    console.error(`scaling: all cores, ${repeat + 1} of ${REPEATS} …`);
    let start = performance.now();
    const losses = seeds.map((seed) => work(seed, lab));
    one.push(performance.now() - start);
    start = performance.now();
    const same = await onAllCores("scaling: 100 seeds on all cores", seeds, work);
    all.push(performance.now() - start);
    if (losses.some((loss, seed) => loss !== same[seed]))
      throw new SetupError(
        "onAllCores gives other numbers than one core. See lib/course/cores.ts.",
      );
  }
  return [`100 seeds, one core / all ${availableParallelism()}`, ratioOf(one, all), "more"];
}
