/** What training costs with more epochs, samples and hidden units: 1 for a unit of work is linear. */
import { availableParallelism } from "node:os";
import { SetupError } from "../setup/failures.mjs";
import { ratioOf } from "./table.mjs";

const REPEATS = 5;
const BASE = { epochs: 100, samples: 200, units: 8 };

/** @typedef {typeof import("activation-lab")} Lab */

/** @returns {Promise<string[][]>} rows of the table: what, result */
export async function benchScaling() {
  const lab = await import("activation-lab");
  const circle = lab.lessonCircle();
  const seconds = (/** @type {typeof BASE} */ { epochs, samples, units }) => {
    const many = Array.from({ length: samples }, (_, i) => circle[i % circle.length]);
    const random = lab.seededRandom(1);
    const draw = () => random.normal(0, 1 / Math.sqrt(units));
    const weights = {
      w1: Array.from({ length: units }, () => [draw(), draw()]),
      b1: Array.from({ length: units }, () => 0),
      w2: Array.from({ length: units }, draw),
      b2: 0,
    };
    const network = new lab.TwoLayerNetwork({ activation: lab.activations.relu, weights });
    const start = performance.now();
    network.train(many, { epochs });
    return (performance.now() - start) / 1000;
  };
  seconds(BASE); // Let the compiler warm up.
  const rows = [];
  for (const what of /** @type {const} */ (["epochs", "samples", "units"])) {
    for (const factor of [10, 100]) {
      console.error(`scaling: ${factor} × ${what} …`);
      const base = [];
      const larger = [];
      for (let repeat = 0; repeat < REPEATS; repeat++) {
        base.push(seconds(BASE));
        larger.push(seconds({ ...BASE, [what]: BASE[what] * factor }) / factor);
      }
      rows.push([`Time per unit of work, ${factor} × ${what} / 1 ×`, ratioOf(larger, base)]);
    }
  }
  return [...rows, await allCores(lab)];
}

/**
 * The same experiment on one core and on all.
 * @param {Lab} lab
 */
async function allCores(lab) {
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
  return [`100 seeds, one core / all ${availableParallelism()}`, ratioOf(one, all)];
}
