/** Exercise "Fifty layers": how the size of a signal and its sensitivity change from layer to layer. */
import * as fc from "fast-check";
import { type Activation, activations, type ScalarFunction } from "../activations.js";
import { type SignalDraws, signalThroughLayers } from "../course/experiments.js";
import { readReference } from "../course/reference.js";
import { usualTolerance } from "./comparison.js";
import {
  anyActivation,
  drawer,
  type ExerciseDefinition,
  fewOf,
  mistake,
  type Part,
  quarters,
  sum,
} from "./part.js";
import { withCode } from "./values.js";

/** What the exercise asks for. */
export interface FiftyLayersAnswer {
  magnitudes: (fn: ScalarFunction, draws: SignalDraws) => number[];
  /** undefined if no layer is below. */
  firstBelow: (sizes: readonly number[], threshold: number) => number | null | undefined;
  sensitivity: (activation: Activation, draws: SignalDraws) => number[];
}

// #region magnitudes
export function magnitudes(fn: ScalarFunction, { inputs, weights }: SignalDraws): number[] {
  let values = inputs;
  return weights.map((row) => {
    const preActivation = row.reduce((sum, weight, j) => sum + weight * values[j], 0);
    const activation = fn(preActivation);
    values = inputs.map(() => activation);
    return Math.abs(activation);
  });
}
// #endregion

// #region firstBelow
export function firstBelow(sizes: readonly number[], threshold: number): number | undefined {
  const index = sizes.findIndex((size) => size < threshold);
  return index < 0 ? undefined : index + 1;
}
// #endregion

// #region sensitivity
export function sensitivity({ fn, derivative }: Activation, draws: SignalDraws): number[] {
  let values = draws.inputs;
  let size = 1; // all inputs move by t, so each moves by 1 per t
  return draws.weights.map((row) => {
    const preActivation = row.reduce((sum, weight, j) => sum + weight * values[j], 0);
    const weightSum = row.reduce((sum, weight) => sum + weight, 0);
    size *= Math.abs(derivative(preActivation) * weightSum);
    values = values.map(() => fn(preActivation));
    return size;
  });
}
// #endregion

function drawSignal(seed: number, layers: number): SignalDraws {
  const draw = drawer(`signal ${seed}`);
  const row = () => Array.from({ length: 3 }, draw);
  return { inputs: row(), weights: Array.from({ length: layers }, row) };
}

/** A signal of 1e-300 is not 0 here; only the last digits of the smallest doubles are anyone's guess. */
const tiny = { ...usualTolerance, absolute: 1e-317 };

/** Small enough to follow with pencil and paper. */
const twoLayers: SignalDraws = {
  inputs: [1, 2],
  weights: [
    [0.5, -1],
    [1, -3],
  ],
};

const { inputs, weights } = readReference("signal-through-layers");
const lessonDraws = withCode({ inputs, weights }, 'readReference("signal-through-layers")');

function weightedSum(weights: readonly number[], values: readonly number[]): number {
  return weights.reduce((total, weight, j) => total + weight * values[j], 0);
}

/** The lesson's experiment with its steps open to change. */
function wrongSignal(change: {
  combine?: (
    row: readonly number[],
    values: readonly number[],
    inputs: readonly number[],
  ) => number;
  size?: (activation: number, preActivation: number) => number;
  next?: (
    activation: number,
    inputs: readonly number[],
    preActivation: number,
  ) => readonly number[];
}) {
  const { combine = weightedSum, size = Math.abs } = change;
  const next = change.next ?? ((activation, inputs) => inputs.map(() => activation));
  return (fn: ScalarFunction, { inputs, weights }: SignalDraws): number[] => {
    let values = inputs;
    return weights.map((row) => {
      const preActivation = combine(row, values, inputs);
      const activation = fn(preActivation);
      values = next(activation, inputs, preActivation);
      return size(activation, preActivation);
    });
  };
}

/** As many weights a layer as there are inputs. */
const randomSignal = fc.integer({ min: 1, max: 3 }).chain((size) => {
  const row = fewOf(quarters(-2, 2), size, size);
  return fc.record({ inputs: row, weights: fewOf(row, 4) });
});

const magnitudesPart: Part = {
  parameters: ["fn", "draws"],
  cases: [
    [activations.tanh.fn, twoLayers],
    [activations.sigmoid.fn, drawSignal(1, 6)],
    [activations.tanh.fn, drawSignal(2, 6)],
    [activations.gelu.fn, drawSignal(3, 6)],
    [activations.tanh.fn, lessonDraws],
    [activations.relu.fn, lessonDraws],
    [activations.gelu.fn, lessonDraws],
  ],
  random: fc.tuple(
    anyActivation.map(({ fn }) => fn),
    randomSignal,
  ),
  expected: magnitudes,
  inLibrary: [signalThroughLayers],
  tolerance: tiny,
  mistakes: [
    mistake(
      "sign",
      "the sign: a magnitude is |activation|.",
      wrongSignal({ size: (value) => value }),
    ),
    mistake(
      "first-input",
      "the first layer's inputs differ: take each with its own weight, not the first with all.",
      wrongSignal({ combine: (row, [value]) => row.reduce((total, w) => total + w * value, 0) }),
    ),
    mistake(
      "original-inputs",
      "every layer sees the original inputs: pass on what the layer before gave.",
      wrongSignal({ next: (_, inputs) => inputs }),
    ),
    mistake(
      "pre-activation",
      "this is the size of the pre-activation: apply fn first.",
      wrongSignal({ size: (_, preActivation) => Math.abs(preActivation) }),
    ),
    mistake(
      "one-input",
      "only one input of each layer gets the signal: all of them carry the same value.",
      wrongSignal({ next: (value, inputs) => inputs.map((_, j) => (j === 0 ? value : 0)) }),
    ),
    mistake(
      "mean",
      "the mean of the weighted inputs instead of their sum.",
      wrongSignal({ combine: (row, values) => weightedSum(row, values) / row.length }),
    ),
    mistake(
      "pre-activation-passed-on",
      "fn is applied to what is reported but not to what goes on to the next layer.",
      wrongSignal({ next: (_, inputs, preActivation) => inputs.map(() => preActivation) }),
    ),
    mistake(
      "size-passed-on",
      "the size |activation| is passed on: the next layer gets the activation with its sign.",
      wrongSignal({ next: (value, inputs) => inputs.map(() => Math.abs(value)) }),
    ),
    mistake(
      "square",
      "the square of the activation instead of its size.",
      wrongSignal({ size: (value) => value ** 2 }),
    ),
  ],
  hints: [
    "Notebook 04 does this with ten layers; the number of layers is draws.weights.length.",
    "Per layer: weighted sum of the current values, then fn, then note the size.",
    "What each input of the next layer gets is the activation itself: `values = inputs.map(() => activation)`. What you note is Math.abs(activation).",
  ],
};

const firstBelowPart: Part = {
  parameters: ["sizes", "threshold"],
  cases: [
    [[0.5, 0.2, 0.001, 0.05, 0.0001], 0.01],
    [[0.5, 0.1, 0.05], 0.1],
    [[1e-9, 1e-3], 1e-6],
    [[0.5, 0.4, 0.6], 1e-6],
    [[1, 1e-200, 0, 0], 5e-324],
  ],
  random: fc.tuple(
    fewOf(fc.constantFrom(0, 0.001, 0.01, 0.1, 1), 6),
    fc.constantFrom(0.01, 0.1, 1e-6, 0.001),
  ),
  expected: firstBelow,
  mistakes: [
    mistake(
      "from-0",
      "layers count from 1, and this counts from 0.",
      (sizes: number[], t) => sizes.findIndex((size) => size < t),
      (sizes: number[], t) => {
        const index = sizes.findIndex((size) => size < t);
        return index < 0 ? undefined : index;
      },
    ),
    mistake(
      "skips-zeros",
      "a layer of size 0 is skipped, as by `size && …`: 0 is below the threshold too.",
      (sizes: number[], t) => sizes.findIndex((size) => size && size < t) + 1 || undefined,
    ),
    mistake(
      "none-is-0",
      "where no layer is below, findIndex gives −1, and −1 + 1 is 0: return undefined there.",
      (sizes: number[], t) => sizes.findIndex((size) => size < t) + 1,
    ),
    mistake(
      "boundary",
      "below means <: a layer equal to the threshold is not below it.",
      (sizes: number[], t) => sizes.findIndex((size) => size <= t) + 1 || undefined,
    ),
    mistake("size", "this returns the size; the layer's number is wanted.", (sizes: number[], t) =>
      sizes.find((size) => size < t),
    ),
    mistake(
      "count",
      "this counts how many layers are below.",
      (sizes: number[], t) => sizes.filter((size) => size < t).length,
    ),
    mistake(
      "last",
      "this is the last layer below the threshold, and the first is wanted.",
      (sizes: number[], t) =>
        sizes.some((size) => size < t)
          ? sizes.reduce((last, size, i) => (size < t ? i + 1 : last), 0)
          : undefined,
    ),
  ],
  hints: [
    "Lists have a method that finds the first position where something holds.",
    "`sizes.findIndex((size) => size < threshold)` counts from 0 and gives −1 if there is none.",
    "Return undefined if the index is −1, and index + 1 otherwise.",
  ],
};

/** The product along the layers, with the factor of one layer open to change. */
function wrongSensitivity(
  factor: (at: {
    derivative: ScalarFunction;
    preActivation: number;
    activation: number;
    row: readonly number[];
    weightSum: number;
  }) => number,
  alone = false,
) {
  return ({ fn, derivative }: Activation, { inputs, weights }: SignalDraws): number[] => {
    let values = inputs;
    let size = 1;
    return weights.map((row) => {
      const preActivation = weightedSum(row, values);
      const activation = fn(preActivation);
      values = inputs.map(() => activation);
      const own = factor({ derivative, preActivation, activation, row, weightSum: sum(row) });
      size = alone ? own : size * own;
      return size;
    });
  };
}

const sensitivityPart: Part = {
  parameters: ["activation", "draws"],
  cases: [
    [activations.tanh, twoLayers],
    [activations.sigmoid, drawSignal(1, 6)],
    [activations.tanh, drawSignal(2, 6)],
    [activations.gelu, drawSignal(3, 6)],
    [activations.sigmoid, lessonDraws],
    [activations.gelu, twoLayers],
  ],
  random: fc.tuple(anyActivation, randomSignal),
  expected: sensitivity,
  tolerance: tiny,
  mistakes: [
    mistake(
      "no-slope",
      "a factor of the chain rule is missing: the slope of the activation.",
      wrongSensitivity(({ weightSum }) => Math.abs(weightSum)),
    ),
    mistake(
      "no-weights",
      "a factor of the chain rule is missing: the sum of the layer's weights, by which the pre-activation moves.",
      wrongSensitivity(({ derivative, preActivation }) => Math.abs(derivative(preActivation))),
    ),
    mistake(
      "slope-at-activation",
      "the slope is taken at the activation: it belongs to the pre-activation.",
      wrongSensitivity(({ derivative, activation, weightSum }) =>
        Math.abs(derivative(activation) * weightSum),
      ),
    ),
    mistake(
      "sign",
      "the sign: the size of the product is wanted.",
      wrongSensitivity(
        ({ derivative, preActivation, weightSum }) => derivative(preActivation) * weightSum,
      ),
    ),
    mistake(
      "negative-slope",
      "the slope's sign: GELU's slope is negative at some z. Take the size of the whole product.",
      wrongSensitivity(
        ({ derivative, preActivation, weightSum }) =>
          derivative(preActivation) * Math.abs(weightSum),
      ),
    ),
    mistake(
      "each-alone",
      "each layer alone: multiply by what came from the layers before.",
      wrongSensitivity(
        ({ derivative, preActivation, weightSum }) =>
          Math.abs(derivative(preActivation) * weightSum),
        true,
      ),
    ),
    mistake(
      "sizes-of-weights",
      "the sizes of the weights are added: opposite weights cancel here, because all inputs move together.",
      wrongSensitivity(({ derivative, preActivation, row }) =>
        Math.abs(derivative(preActivation) * sum(row.map(Math.abs))),
      ),
    ),
    mistake(
      "mean",
      "the mean of the weights instead of their sum.",
      wrongSensitivity(({ derivative, preActivation, row, weightSum }) =>
        Math.abs((derivative(preActivation) * weightSum) / row.length),
      ),
    ),
  ],
  hints: [
    "Chain rule, layer by layer: the size after a layer is the size before it times one factor.",
    "If every input of a layer moves by s, its pre-activation moves by s · (sum of its weights), and its activation by φ′(z) times that.",
    "Keep the forward pass from the first part and a number that starts at 1: `size *= Math.abs(derivative(z) * weightSum)`.",
  ],
};

export const fiftyLayersExercise: ExerciseDefinition<FiftyLayersAnswer> = {
  title: "Fifty layers",
  name: "fifty-layers",
  parts: {
    magnitudes: magnitudesPart,
    firstBelow: firstBelowPart,
    sensitivity: sensitivityPart,
  },
  questions: {
    constant: {
      right: "c",
      says: {
        a: "Its slope is at most 1/4, so it loses more of the input than the others do.",
        b: "The weights are the same for all four.",
        c: "σ(0) is 1/2. A layer that gets nothing still passes 1/2 on, whatever the input was: the signal is there, and says nothing.",
      },
    },
    alive: {
      number: 2 ** -10,
      within: 2 ** -12,
      says: "All inputs of a layer are equal, so each layer cuts with probability 1/2: (1/2)^10 is one in a thousand, and (1/2)^50 is never.",
      otherwise:
        "All inputs of a layer are equal, so a layer cuts if the sum of its weights is negative. How probable is that, and how probable is it that ten layers in a row do not cut?",
    },
    he: {
      right: "b",
      says: {
        a: "A larger scale makes the numbers larger. Which sign has the sum of the weights then?",
        b: "A cut depends on the sign of the sum of the weights, and scaling does not change a sign. He's scale keeps the mean over many units, of which half are cut; here each layer has only one.",
        c: "Exploding is no danger to a signal that is cut in half of the layers.",
      },
    },
    zero: {
      number: 1300,
      within: 400,
      says: "A factor of a little more than a half per layer needs more than a thousand layers to get below the smallest double.",
      otherwise:
        "Take the factor by which GELU's signal changes in a typical layer, over many seeds, and ask how many layers it takes to get from 1 to Number.MIN_VALUE.",
    },
  },
};
