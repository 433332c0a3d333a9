/**
 * `npm run bench`: the training of the course's network against the same in plain C and plain Python,
 * taken in turn in one run. Prints ratios, which say more than seconds on a machine that others use.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import path from "node:path";
import { inProject, python } from "./paths.mjs";
import { afterSetUp, SetupError } from "./setup.mjs";

const EPOCHS = 200;
const REPEATS = 7;
const PYTHON_REPEATS = 3;

await afterSetUp(async () => {
  const lab = await import("activation-lab");
  const folder = mkdtempSync(path.join(tmpdir(), "bench-"));
  try {
    const c = compileC(folder);
    const samples = lab.lessonCircle();
    const { initial } = lab.readReference("training");
    const input = [
      samples.length,
      ...samples.flatMap(({ x, label }) => [...x, label]),
      ...initial.w1.flat(),
      ...initial.w2,
    ].join(" ");

    console.log(
      `${cpus()[0]?.model.trim()}, Node ${process.version}: ${EPOCHS} epochs of 200 samples, 2–8–1`,
    );
    const rows = /** @type {const} */ (["sigmoid", "relu", "gelu"]).map((name) => {
      const ours = () => trainHere(lab, lab.activations[name], samples, initial);
      ours(); // Let the compiler warm up, as in a notebook that trains more than once.
      const times = measure({
        ours,
        c: c && (() => trainElsewhere(c, [name, String(EPOCHS)], input)),
        python: () =>
          trainElsewhere(
            python,
            [inProject("tools", "bench", "train.py"), name, String(EPOCHS)],
            input,
          ),
      });
      return {
        activation: lab.activations[name].name,
        "ours, ms": spreadOf(times.ours.map((seconds) => seconds * 1000)),
        "ours / C": times.c ? ratio(times.ours, times.c) : "no C compiler",
        "Python / ours": ratio(times.python, times.ours),
      };
    });
    console.table(rows);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

/** The compiled C program, or undefined where there is no compiler. */
function compileC(folder) {
  const program = path.join(folder, "train");
  const options = [
    "-O3",
    "-march=native",
    inProject("tools", "bench", "train.c"),
    "-o",
    program,
    "-lm",
  ];
  return spawnSync("cc", options).status === 0 ? program : undefined;
}

/** Takes the contestants in turn, so that whatever else the machine does meets them all. */
function measure({ ours, c, python: slow }) {
  const times = { ours: [], c: c ? [] : undefined, python: [] };
  const losses = [];
  for (let repeat = 0; repeat < REPEATS; repeat++) {
    for (const [name, run] of Object.entries({ ours, c, python: slow })) {
      if (!run || (name === "python" && repeat >= PYTHON_REPEATS)) continue;
      const { loss, seconds } = run();
      losses.push(loss);
      times[name].push(seconds);
    }
  }
  const gap = Math.max(...losses) - Math.min(...losses);
  if (!(gap < 1e-9))
    throw new SetupError(`The contestants do not compute the same: losses differ by ${gap}`);
  return times;
}

function trainHere(lab, activation, samples, weights) {
  const network = new lab.TwoLayerNetwork({ activation, weights });
  const start = performance.now();
  const { losses } = network.train(samples, { epochs: EPOCHS });
  return { seconds: (performance.now() - start) / 1000, loss: losses.at(-1) };
}

function trainElsewhere(program, args, input) {
  const { stdout, stderr, status } = spawnSync(program, args, { input, encoding: "utf8" });
  if (status !== 0) throw new SetupError(`${program} failed: ${stderr}`);
  const [loss, seconds] = stdout.trim().split(" ").map(Number);
  return { loss, seconds };
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

function spreadOf(values) {
  return `${median(values).toFixed(1)} (${Math.min(...values).toFixed(1)}–${Math.max(...values).toFixed(1)})`;
}

function ratio(numerators, denominators) {
  return (median(numerators) / median(denominators)).toFixed(1);
}
