/** The five exercises: what each asks for, and the object with which a notebook checks an answer. */
import type { Activation, ScalarFunction } from "../activations.js";
import type { SignalDraws } from "../course/experiments.js";
import type { Sample } from "../datasets.js";
import { type Exercise, makeExercise, type Part } from "./check.js";
import { exerciseParts, type GradientMonitorLike, type PReluNetwork } from "./parts.js";
import { type ExerciseKey, exerciseTitles } from "./progress.js";
import { solutionCode } from "./solutions.js";

export { type Exercise, todo } from "./check.js";
export type { GradientMonitorLike, GradientWarning, PReluNetwork } from "./parts.js";
export { type ExerciseKey, showProgress } from "./progress.js";

/** What exercise 1 asks for. */
export interface PReluAnswer {
  forward: (x: number, alpha: number) => number;
  derivative: (x: number, alpha: number) => number;
  alphaGradient: (x: number, alpha: number) => number;
  /** Changes the network, or returns the new one. */
  // biome-ignore lint/suspicious/noConfusingVoidType: a function that changes the network returns nothing
  trainStep: (network: PReluNetwork, sample: Sample, learningRate: number) => PReluNetwork | void;
}

/** What exercise 2 asks for. */
export interface FiftyLayersAnswer {
  magnitudes: (fn: ScalarFunction, draws: SignalDraws) => number[];
  /** undefined if no layer is below. */
  firstBelow: (sizes: readonly number[], threshold: number) => number | null | undefined;
  sensitivity: (activation: Activation, draws: SignalDraws) => number[];
}

/** What exercise 3 asks for. */
export interface EluAnswer {
  forward: (x: number, alpha: number) => number;
  derivative: (x: number, alpha: number) => number;
  deadShare: (
    derivative: ScalarFunction,
    preActivations: readonly (readonly number[])[],
    threshold: number,
  ) => number;
}

/** What exercise 4 asks for. */
export interface GradientMonitorAnswer {
  layerMeans: (gradients: readonly (readonly number[])[]) => number[];
  status: (mean: number) => string;
  /** A class, or a function that makes a monitor. */
  monitor: (new () => GradientMonitorLike) | (() => GradientMonitorLike);
}

/** What exercise 5 asks for. */
export interface XorAnswer {
  /** Infinity if it is never solved. */
  epochsToSolve: (accuracies: readonly number[]) => number;
  solvedShare: (epochs: readonly number[]) => number;
  medianEpochs: (epochs: readonly number[]) => number;
}

function exercise<Answer>(
  key: ExerciseKey,
  parts: Readonly<Record<keyof Answer & string, Part>>,
): Exercise<Answer> {
  const solutionOf = (part: string) => solutionCode(`${key}.${part}`);
  return makeExercise<Answer>({ key, title: exerciseTitles[key], parts, solutionOf });
}

/** The exercises by key. Each has `check`, `hint` and `solution`, which print below the cell. */
export const exercises = {
  prelu: exercise<PReluAnswer>("prelu", exerciseParts.prelu),
  fiftyLayers: exercise<FiftyLayersAnswer>("fiftyLayers", exerciseParts.fiftyLayers),
  elu: exercise<EluAnswer>("elu", exerciseParts.elu),
  gradientMonitor: exercise<GradientMonitorAnswer>(
    "gradientMonitor",
    exerciseParts.gradientMonitor,
  ),
  xor: exercise<XorAnswer>("xor", exerciseParts.xor),
} satisfies Record<ExerciseKey, unknown>;
