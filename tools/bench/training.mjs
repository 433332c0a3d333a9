/** The training of the course's network against what others would train it with, taken in turn. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { inProject, python } from "../paths.mjs";
import { SetupError } from "../setup/failures.mjs";
import { trainLikePlayground } from "./playground.mjs";
import { ratioOf, spreadOf } from "./table.mjs";

const EPOCHS = 200;
const REPEATS = 5;
const SLOW_REPEATS = 3;
/** TensorFlow.js with batch size 1 is measured over so few epochs and scaled up to EPOCHS. */
const TENSORFLOW_EPOCHS = 2;

/** @import { Activation, NetworkWeights, Sample } from "activation-lab" */
/** @typedef {{ seconds: number, loss?: number }} Run its loss only where it can be compared */

/** @returns {Promise<import("./table.mjs").Row[]>} */
export async function benchTraining() {
  const lab = await import("activation-lab");
  const tensorflow = await loadTensorflow();
  const folder = mkdtempSync(path.join(tmpdir(), "bench-"));
  try {
    const c = compileC(folder);
    const samples = lab.lessonCircle();
    const { readReference } = await import("activation-lab/course");
    const { initial } = readReference("training");
    const input = [
      samples.length,
      ...samples.flatMap(({ x, label }) => [...x, label]),
      ...initial.w1.flat(),
      ...initial.w2,
    ].join(" ");
    /** @type {import("./table.mjs").Row[]} */
    const rows = [];
    for (const name of /** @type {const} */ (["sigmoid", "relu", "gelu"])) {
      console.error(`training: ${name} …`);
      const ours = () => trainHere(lab, lab.activations[name], samples, initial);
      ours(); // Let the compiler warm up, as in a notebook that trains more than once.
      const args = [name, String(EPOCHS)];
      const script = inProject("tools", "bench", "train.py");
      const times = await measure({
        ours,
        c: c === undefined ? undefined : () => trainElsewhere(c, args, input),
        playground: () =>
          trainLikePlayground({
            activation: lab.activations[name],
            samples,
            weights: initial,
            epochs: EPOCHS,
          }),
        python: () => trainElsewhere(python, [script, ...args], input),
        single: () => tensorflow(name, samples, { batchSize: 1, epochs: TENSORFLOW_EPOCHS }),
        full: () => tensorflow(name, samples, { batchSize: samples.length, epochs: EPOCHS }),
      });
      const what = `Training, ${lab.activations[name].name}`;
      rows.push(
        [`${what}: ours, ms`, spreadOf(times.ours.map((seconds) => seconds * 1000))],
        [`${what}: ours / C`, c ? ratioOf(times.ours, times.c) : "no C compiler", "less"],
        [
          `${what}: TensorFlow Playground's way / ours`,
          ratioOf(times.playground, times.ours),
          "more",
        ],
        [`${what}: Python / ours`, ratioOf(times.python, times.ours), "more"],
        [
          `${what}: TensorFlow.js, batch size 1 / ours (scaled up from ${TENSORFLOW_EPOCHS} epochs)`,
          ratioOf(times.single, times.ours),
          "more",
        ],
        [
          `${what}: TensorFlow.js, full batch (one step an epoch) / ours`,
          ratioOf(times.full, times.ours),
          "more",
        ],
      );
    }
    return rows;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * The compiled C program, or undefined where there is no compiler.
 * @param {string} folder where it may be put
 */
function compileC(folder) {
  const program = path.join(folder, "train");
  const source = inProject("tools", "bench", "train.c");
  const options = ["-O3", "-march=native", source, "-o", program, "-lm"];
  return spawnSync("cc", options).status === 0 ? program : undefined;
}

/**
 * Takes the contestants in turn, so that whatever else the machine does meets them all.
 * @param {Record<string, (() => Run | Promise<Run>) | undefined>} contestants
 */
async function measure(contestants) {
  /** @type {Record<string, number[]>} */
  const times = Object.fromEntries(Object.keys(contestants).map((name) => [name, []]));
  /** @type {number[]} */
  const losses = [];
  for (let repeat = 0; repeat < REPEATS; repeat++) {
    for (const [name, run] of Object.entries(contestants)) {
      const isSlow = !["ours", "c", "playground"].includes(name);
      if (!run || (isSlow && repeat >= SLOW_REPEATS)) continue;
      const { loss, seconds } = await run();
      if (loss !== undefined) losses.push(loss);
      times[name].push(seconds);
    }
  }
  const gap = Math.max(...losses) - Math.min(...losses);
  if (!(gap < 1e-9))
    throw new SetupError(
      `Ours, C, Playground's way and Python do not compute the same: their losses differ by ${gap}. ` +
        "Compare lib/network.ts with train.c, playground.mjs and train.py in tools/bench.",
    );
  return times;
}

/**
 * @param {typeof import("activation-lab")} lab
 * @param {Activation} activation
 * @param {readonly Sample[]} samples
 * @param {NetworkWeights} weights
 * @returns {Run}
 */
function trainHere(lab, activation, samples, weights) {
  const network = new lab.TwoLayerNetwork({ activation, weights });
  const start = performance.now();
  const { losses } = network.train(samples, { epochs: EPOCHS });
  return { seconds: (performance.now() - start) / 1000, loss: losses.at(-1) };
}

/**
 * @param {string} program
 * @param {string[]} args
 * @param {string} input
 * @returns {Run}
 */
function trainElsewhere(program, args, input) {
  const { stdout, stderr, status } = spawnSync(program, args, { input, encoding: "utf8" });
  if (status !== 0) throw new SetupError(`${program} failed: ${stderr}`);
  const [loss, seconds] = stdout.trim().split(" ").map(Number);
  return { loss, seconds };
}

/**
 * TensorFlow.js on its plain JavaScript backend. Its weights are 32-bit and its loss is averaged while
 * the weights change, so the losses are not compared.
 */
async function loadTensorflow() {
  const tf = await import("@tensorflow/tfjs-core");
  await import("@tensorflow/tfjs-backend-cpu");
  const { layers, sequential } = await import("@tensorflow/tfjs-layers");
  tf.env().set("IS_NODE", false);
  /**
   * @param {"sigmoid" | "relu" | "gelu"} activation
   * @param {readonly Sample[]} samples
   * @param {{ batchSize: number, epochs: number }} options
   * @returns {Promise<Run>}
   */
  return async (activation, samples, { batchSize, epochs }) => {
    const model = sequential({
      layers: [
        layers.dense({ units: 8, inputShape: [2], activation }),
        layers.dense({ units: 1, activation: "sigmoid" }),
      ],
    });
    model.compile({ optimizer: tf.train.sgd(0.1), loss: "meanSquaredError" });
    const inputs = tf.tensor2d(samples.map(({ x }) => [...x]));
    const labels = tf.tensor2d(samples.map(({ label }) => [label]));
    const options = {
      batchSize,
      shuffle: false,
      verbose: 0,
      yieldEvery: /** @type {const} */ ("never"),
    };
    await model.fit(inputs, labels, { ...options, epochs: 1 });
    const start = performance.now();
    await model.fit(inputs, labels, { ...options, epochs });
    const seconds = ((performance.now() - start) / 1000) * (EPOCHS / epochs);
    tf.dispose([inputs, labels]);
    model.dispose();
    return { seconds };
  };
}
