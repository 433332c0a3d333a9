/** Exercise "Gradient health monitor": warns when a layer's gradients vanish or explode. */
import * as fc from "fast-check";
import { restoreBuiltIns } from "./built-ins.js";
import { type ExerciseDefinition, fewOf, mistake, type Part, quarters } from "./part.js";
import { isClass, toPlainValue } from "./values.js";

/** A layer whose gradient is out of bounds. Epochs and layers count from 1. */
export interface GradientWarning {
  epoch: number;
  layer: number;
  /** "vanishing" or "exploding". */
  kind: string;
  /** Mean size of the layer's gradients. */
  mean: number;
}

/** What a monitor can do. */
export interface GradientMonitorLike {
  /** The mean of each layer, epoch by epoch. */
  readonly history: readonly (readonly number[])[];
  /** Takes the gradients of one epoch, a list a layer, and returns that epoch's warnings. */
  observe(gradients: readonly (readonly number[])[]): readonly GradientWarning[];
}

/** What the exercise asks for. */
export interface GradientMonitorAnswer {
  layerMeans: (gradients: readonly (readonly number[])[]) => number[];
  status: (mean: number) => string;
  monitor: new () => GradientMonitorLike;
}

// #region layerMeans
export function layerMeans(gradients: readonly (readonly number[])[]): number[] {
  return gradients.map(
    (layer) => layer.reduce((sum, gradient) => sum + Math.abs(gradient), 0) / layer.length,
  );
}
// #endregion

// #region status
export function status(mean: number): string {
  if (mean < 0.001) return "vanishing";
  // Written so that NaN, which is neither above nor below anything, does not pass as healthy.
  return mean <= 100 ? "healthy" : "exploding";
}
// #endregion

// #region monitor
export class GradientMonitor {
  /** The mean of each layer, epoch by epoch. */
  readonly history: number[][] = [];

  /** Takes the gradients of one epoch, a list a layer, and returns that epoch's warnings. */
  observe(gradients: readonly (readonly number[])[]): GradientWarning[] {
    const means = layerMeans(gradients);
    const epoch = this.history.push(means); // push returns the new length
    return means.flatMap((mean, index) => {
      const kind = status(mean);
      return kind === "healthy" ? [] : [{ epoch, layer: index + 1, kind, mean }];
    });
  }
}
// #endregion

/** The gradients of one epoch, a list a layer. */
type Gradients = readonly (readonly number[])[];

/** No mean of two or three of these is a limit: there, rounding would decide. */
const randomGradient = fc.constantFrom(
  ...[0.5, 0.0003, 0.0008, 0.0021, 0, 7, 90, 130, 340, -0.0003, -0.0021, -90, -340],
  Number.NaN,
);
const randomGradients = fewOf(fewOf(fc.oneof(quarters(-2, 2), randomGradient), 4), 4);

const layerMeansPart: Part = {
  parameters: ["gradients"],
  cases: [
    [
      [
        [0.5, -0.5, 0.2],
        [-0.001, 0.003],
      ],
    ],
    [[[200, -300], [0.0001, -0.0004, 0.0001, 0], [3]]],
    [[[Number.NaN, 1], [Number.NEGATIVE_INFINITY, 2], [0.5]]],
  ],
  random: fc.tuple(randomGradients),
  expected: layerMeans,
  mistakes: [
    mistake(
      "sign",
      "the sign: opposite gradients cancel. Take the size of each first.",
      (gradients: Gradients) =>
        gradients.map((layer) => layer.reduce((sum, g) => sum + g, 0) / layer.length),
    ),
    mistake(
      "size-too-late",
      "the size is taken after the mean: opposite gradients have cancelled.",
      (gradients: Gradients) =>
        gradients.map((layer) => Math.abs(layer.reduce((sum, g) => sum + g, 0) / layer.length)),
    ),
    mistake("sum", "this is the sum; the mean is wanted.", (gradients: Gradients) =>
      gradients.map((layer) => layer.reduce((sum, g) => sum + Math.abs(g), 0)),
    ),
    mistake(
      "layer-count",
      "the sum is divided by the number of layers instead of the layer's own length.",
      (gradients: Gradients) =>
        gradients.map((layer) => layer.reduce((sum, g) => sum + Math.abs(g), 0) / gradients.length),
    ),
    mistake("largest", "this is the largest; the mean is wanted.", (gradients: Gradients) =>
      gradients.map((layer) => Math.max(...layer.map(Math.abs))),
    ),
    mistake(
      "root-mean-square",
      "this is the root of the mean square; the mean of the sizes is wanted.",
      (gradients: Gradients) =>
        gradients.map((layer) =>
          Math.sqrt(layer.reduce((sum, g) => sum + g * g, 0) / layer.length),
        ),
    ),
    mistake(
      "skips-zeros",
      "gradients of 0 are left out: they count as any other.",
      (gradients: Gradients) => layerMeans(gradients.map((layer) => layer.filter((g) => g !== 0))),
      (gradients: Gradients) => layerMeans(gradients.map((layer) => layer.filter((g) => g))),
    ),
    mistake(
      "hides-nan",
      "a gradient of NaN is left out or counts as 0. It has to make the mean NaN: something has gone wrong in that layer.",
      (gradients: Gradients) => layerMeans(gradients.map((layer) => layer.map((g) => g || 0))),
      (gradients: Gradients) =>
        layerMeans(gradients.map((layer) => layer.filter((g) => !Number.isNaN(g)))),
    ),
  ],
  hints: [
    "One number a layer: gradients.map((layer) => …).",
    "Take Math.abs of each gradient before you add.",
    "Divide the sum of sizes by layer.length.",
  ],
};

const statusPart: Part = {
  parameters: ["mean"],
  cases: [
    ...[0.5, 0.0001, 0, 0.005, 50, 250, 0.001, 100, 0.00099, 0.00101, 99.9, 100.1],
    ...[Number.POSITIVE_INFINITY, Number.NaN],
  ].map((mean) => [mean]),
  random: fc.tuple(
    fc.oneof(
      fc.integer({ min: -20, max: 20 }).map((percent) => 0.001 * (1 + percent / 100)),
      fc.integer({ min: -20, max: 20 }).map((percent) => 100 * (1 + percent / 100)),
      fc.constantFrom(0, 1e-9, 0.02, 7, 1e6, Number.POSITIVE_INFINITY, Number.NaN),
    ),
  ),
  expected: status,
  mistakes: [
    mistake(
      "both-boundaries",
      "the boundary: 0.001 itself is not below 0.001, nor 100 above 100.",
      (mean) => (mean <= 0.001 ? "vanishing" : mean < 100 ? "healthy" : "exploding"),
    ),
    mistake("lower-boundary", "the boundary: 0.001 itself is not below 0.001.", (mean) =>
      mean <= 0.001 ? "vanishing" : mean <= 100 ? "healthy" : "exploding",
    ),
    mistake("upper-boundary", "the boundary: 100 itself is not above 100.", (mean) =>
      mean < 0.001 ? "vanishing" : mean < 100 ? "healthy" : "exploding",
    ),
    mistake(
      "nan-healthy",
      "every comparison with NaN is false, so NaN falls through to the last case. It means exploding: ∞ − ∞.",
      (mean) => (mean < 0.001 ? "vanishing" : mean > 100 ? "exploding" : "healthy"),
    ),
    mistake(
      "nan-vanishing",
      "every comparison with NaN is false, so NaN falls through to the last case.",
      (mean) => (mean > 100 ? "exploding" : mean >= 0.001 ? "healthy" : "vanishing"),
    ),
    mistake("swapped-words", "the two words are the wrong way round.", (mean) =>
      mean < 0.001 ? "exploding" : mean <= 100 ? "healthy" : "vanishing",
    ),
  ],
  hints: [
    "Two comparisons, three words. Both limits themselves are healthy.",
    "What does NaN > 100 give? And what should a mean of NaN be called?",
    'First `if (mean < 0.001) return "vanishing";`, then ask `mean <= 100`, which is false for NaN.',
  ],
};

/** A new monitor. The notebook makes it with new, too. */
function makeMonitor(answer: unknown): GradientMonitorLike {
  if (!isClass(answer)) throw new TypeError("a monitor is made with new: write a class");
  const made = new answer() as Partial<GradientMonitorLike>;
  if (typeof made.observe !== "function") throw new TypeError("a monitor has a method observe");
  if (made.history === undefined) {
    throw new TypeError("a monitor has a list history, not static, and this one has none");
  }
  return made as GradientMonitorLike;
}

/**
 * Lets a monitor watch two epochs and a second monitor the second one.
 * @returns all that they say, by how a learner would call it
 */
function watchTwoEpochs(answer: unknown, [first, second]: readonly unknown[]): unknown {
  const [one, other] = [makeMonitor(answer), makeMonitor(answer)];
  if (Array.isArray(one.history) && one.history === other.history) return { history: "shared" };
  // As it was when it was returned, and by layer: the task leaves the order open.
  const observed = (by: GradientMonitorLike, gradients: unknown) => {
    const returned = by.observe(gradients as Gradients);
    restoreBuiltIns();
    const warnings = toPlainValue(returned);
    const layerOf = (warning: unknown) => Number((warning as GradientWarning | null)?.layer);
    return Array.isArray(warnings) ? warnings.sort((a, b) => layerOf(a) - layerOf(b)) : warnings;
  };
  return {
    "observe(first)": observed(one, first),
    "observe(second)": observed(one, second),
    history: one.history,
    "observe(second) of a new monitor": observed(other, second),
    "history of the new monitor": other.history,
  };
}

/** Mistakes of a monitor, and what to say about each. */
const monitorMistakes = {
  "from-0": "epochs and layers count from 1.",
  "layers-from-0": "layers count from 1.",
  "epochs-from-0":
    "epochs count from 1: the epoch is history.length after the push, not before it.",
  "no-history": "history stays empty: keep each epoch's means in it.",
  "last-epoch-only": "history holds only the last epoch.",
  "shared-history": "two monitors share one history: each needs its own.",
  once: "a layer is warned about only once: warn in each epoch in which it is out of bounds.",
  "all-so-far":
    "this returns the warnings of all epochs so far; only those of this epoch are wanted.",
  "healthy-too": "healthy layers get a warning too.",
  largest: "a layer is judged by its largest gradient: judge it by its mean.",
  "no-nan": "a mean of NaN gets no warning: ask your status().",
};

/** Monitors with one of the mistakes. */
function wrongMonitor(flaw: string) {
  const shared: number[][] = [];
  return class {
    readonly history = flaw === "shared-history" ? shared : [];
    readonly given: GradientWarning[] = [];

    observe(gradients: Gradients) {
      const { given, history } = this;
      const means = layerMeans(gradients);
      if (flaw === "last-epoch-only") history.length = 0;
      if (flaw !== "no-history") history.push(means);
      const epoch = history.length - (["from-0", "epochs-from-0"].includes(flaw) ? 1 : 0);
      const warnings = means.flatMap((mean, index) => {
        const judged = flaw === "largest" ? Math.max(...gradients[index].map(Math.abs)) : mean;
        const kind = flaw === "no-nan" && Number.isNaN(mean) ? "healthy" : status(judged);
        if (kind === "healthy" && flaw !== "healthy-too") return [];
        const layer = index + (["from-0", "layers-from-0"].includes(flaw) ? 0 : 1);
        if (flaw === "once" && given.some((warning) => warning.layer === layer)) return [];
        return [{ epoch, layer, kind, mean }];
      });
      given.push(...warnings);
      return flaw === "all-so-far" ? [...given] : warnings;
    }
  };
}

const monitorPart: Part = {
  parameters: ["first", "second"],
  cases: [
    [
      [[0.0002, -0.0004], [0.5, -0.1], [400]],
      [[0.0001, 0.0001], [0.2, 0.3], [2]],
    ],
    [
      [[1], [2]],
      [[0.0001], [1000, -3000]],
    ],
    [
      [[Number.NaN], [Number.POSITIVE_INFINITY, 1], [0.5]],
      [[0.001], [100], [-100]],
    ],
    [
      [[0.0003, 0.0015], [20, -170], [1]],
      [[0.0001, 0.0001], [1], [300, 10]],
    ],
  ],
  random: fc.integer({ min: 1, max: 3 }).chain((layers) => {
    const epoch = fewOf(fewOf(randomGradient, 3), layers, layers);
    return fc.tuple(epoch, epoch);
  }),
  expected: GradientMonitor as unknown as Part["expected"],
  use: watchTwoEpochs,
  code: (call, [first, second]) =>
    `{ const m = ${call}(); console.log(m.observe(${first}), m.observe(${second}), m.history); }`,
  mistakes: Object.entries(monitorMistakes).map(([id, says]) =>
    mistake(id, says, wrongMonitor(id)),
  ),
  hints: [
    "The two functions from before do the work; the monitor only remembers and counts.",
    "history starts as an empty list; observe pushes layerMeans(gradients) and the epoch is then history.length.",
    "Return an object { epoch, layer, kind, mean } for each layer whose status is not healthy, with layer = index + 1. flatMap is handy: [] for nothing, [warning] for one.",
  ],
};

export const gradientMonitorExercise: ExerciseDefinition<GradientMonitorAnswer> = {
  title: "Gradient health monitor",
  name: "gradient-monitor",
  parts: { layerMeans: layerMeansPart, status: statusPart, monitor: monitorPart },
  questions: {
    small: {
      right: "c",
      says: {
        a: "A broken network can have a small gradient in its first layers for ever.",
        b: "Small in the first layers and large in the last is the mark of a vanishing gradient.",
        c: "At a minimum the gradient is 0 by definition. A healthy end is small in all layers alike, and the loss is small, too.",
      },
    },
    hidden: {
      right: "b",
      says: {
        a: "An explosion shows in the mean: one huge gradient is enough.",
        b: "Half of a layer's units can have no gradient at all while the other half make up the mean. Count the zeros beside it.",
        c: "If all gradients of a layer are small, so is their mean.",
      },
    },
    scaled: {
      right: "a",
      says: {
        a: "Every gradient is 1,000 times as large and every step, rate times gradient, is as before. Fixed limits are in the units of the loss; a ratio between layers has none.",
        b: "The monitor sees gradients, not steps. Did they change?",
        c: "Rate times gradient: one is divided by 1,000, the other multiplied.",
      },
    },
    recovered: {
      right: "b",
      says: {
        a: "A network that has recovered learns. Count the units that are on in each layer.",
        b: "The one huge step has thrown the weights so far that no unit of a layer is on for any sample. Nothing gets through any more. Only the history shows that it was an explosion.",
        c: "The loss is far from small: look at what the network answers.",
      },
    },
  },
};
