/** What each part of each exercise is tried on, which mistakes are known, and the hints. */
import { type Activation, activations, type ScalarFunction, sigmoid } from "../activations.js";
import type { SignalDraws } from "../course/experiments.js";
import { readReference } from "../course/reference.js";
import type { Sample } from "../datasets.js";
import { seededRandom } from "../random.js";
import { hushed, isClass, type Mistake, type Part, plain } from "./check.js";
import { inWords } from "./feedback.js";
import type { ExerciseKey } from "./progress.js";
import * as solutions from "./solutions.js";

/** The two-layer network of exercise 1: a hidden layer with one learned slope, and a sigmoid output. */
export interface PReluNetwork {
  /** Hidden units × inputs. */
  w1: number[][];
  /** One a hidden unit. */
  b1: number[];
  /** One a hidden unit. */
  w2: number[];
  b2: number;
  /** The slope for pre-activations of 0 and below, the same for all hidden units. */
  alpha: number;
}

/** A layer whose gradient is out of bounds. Epochs and layers count from 1. */
export interface GradientWarning {
  epoch: number;
  layer: number;
  /** "vanishing" or "exploding". */
  kind: string;
  /** Mean size of the layer's gradients. */
  mean: number;
}

/** What exercise 4's monitor can do. */
export interface GradientMonitorLike {
  /** The mean of each layer, epoch by epoch. */
  readonly history: readonly (readonly number[])[];
  observe(gradients: readonly (readonly number[])[]): readonly GradientWarning[];
}

/** Shorthand for a mistake. */
// biome-ignore lint/suspicious/noExplicitAny: each mistake has the parameters of its part
function mistake(says: string, answer: (...args: any[]) => unknown): Mistake {
  return { says, answer };
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const mean = (values: readonly number[]) => sum(values) / values.length;

// 1 PReLU. Slopes above 1 are in, where max(x, alpha · x) is wrong, and below 0. The first input that
// goes wrong is shown, so an ordinary one comes first.
const preluInputs = [-0.5, 0.5, -3, 2, 0].flatMap((x) => [0.25, 1.5, -0.5].map((a) => [x, a]));
const scalar = ["x", "alpha"];

const preluForward: Part = {
  parameters: scalar,
  cases: preluInputs,
  expected: solutions.prelu,
  mistakes: [
    mistake("max(x, alpha · x) is right only for alpha up to 1, and alpha is learned.", (x, a) =>
      Math.max(x, a * x),
    ),
    mistake("the sign for negative x: alpha · x is negative there if alpha is positive.", (x, a) =>
      x > 0 ? x : -a * x,
    ),
    mistake("this is ReLU: for x ≤ 0 the result is alpha · x, not 0.", (x) => Math.max(0, x)),
    mistake("the slope is fixed at 0.01, as in Leaky ReLU. Use the argument alpha.", (x) =>
      x > 0 ? x : 0.01 * x,
    ),
    mistake("alpha applies to negative x only; a positive x stays as it is.", (x, a) => a * x),
    mistake("the two cases are the wrong way round.", (x, a) => (x > 0 ? a * x : x)),
    mistake("for x ≤ 0 this returns alpha, the slope, instead of alpha · x.", (x, a) =>
      x > 0 ? x : a,
    ),
  ],
  hints: [
    "There are two cases, and only one of them has alpha in it.",
    "Ask whether x is above 0. If it is, nothing happens to x.",
    "Otherwise multiply x by alpha: `x > 0 ? … : …`. Do not use Math.max: it is right only for alpha ≤ 1.",
  ],
};

const preluDerivative: Part = {
  parameters: scalar,
  cases: preluInputs,
  expected: solutions.preluDerivative,
  mistakes: [
    mistake("the boundary. The task counts 0 to the side of alpha: x > 0, not x ≥ 0.", (x, a) =>
      x >= 0 ? 1 : a,
    ),
    mistake("this is the function, not its derivative.", solutions.prelu),
    mistake("for x ≤ 0 the slope is alpha, not 0. Zero is ReLU's.", (x) => (x > 0 ? 1 : 0)),
    mistake("the two cases are the wrong way round.", (x, a) => (x > 0 ? a : 1)),
    mistake("the sign: alpha · x has the slope alpha.", (x, a) => (x > 0 ? 1 : -a)),
    mistake("the slope is fixed at 0.01, as in Leaky ReLU.", (x) => (x > 0 ? 1 : 0.01)),
    mistake("this is the derivative with respect to alpha; this part asks for x.", (x) =>
      x > 0 ? 0 : x,
    ),
    mistake("for x > 0 the slope of x is 1, not x.", (x, a) => (x > 0 ? x : a)),
  ],
  hints: [
    "Take the derivative of each of the two cases by itself.",
    "The derivative of x with respect to x is 1. What is that of alpha · x?",
    "1 for x > 0, and alpha otherwise, at 0 too.",
  ],
};

const preluAlphaGradient: Part = {
  parameters: scalar,
  cases: preluInputs,
  expected: solutions.preluAlphaGradient,
  mistakes: [
    mistake("this is the derivative with respect to x; here x is fixed and alpha moves.", (x, a) =>
      x > 0 ? 1 : a,
    ),
    mistake("for x > 0 there is no alpha in the formula, so the derivative is 0 there.", (x) => x),
    mistake("this is the function itself; alpha · x has the slope x in alpha.", solutions.prelu),
    mistake("the factor x is missing: alpha · x has the slope x in alpha.", (x) => (x > 0 ? 0 : 1)),
    mistake("the sign: for negative x the derivative is x, which is negative.", (x) =>
      x > 0 ? 0 : -x,
    ),
    mistake("the two cases are the wrong way round.", (x) => (x > 0 ? x : 0)),
    mistake("alpha · x for x ≤ 0: that still has alpha in it. Its slope in alpha is x.", (x, a) =>
      x > 0 ? 0 : a * x,
    ),
  ],
  hints: [
    "Now alpha is the variable and x a constant.",
    "In which of the two cases does the result change when alpha changes a little?",
    "Where alpha does not occur, 0. The derivative of alpha · x with respect to alpha is the other factor.",
  ],
};

/** A training step with flaws, for telling a learner's from a right one. */
function flawedStep(flaw: string) {
  return (network: PReluNetwork, { x, label }: Sample, rate: number): void => {
    const { w1, b1, w2 } = network;
    const z = w1.map((row, i) => row.reduce((sum, w, j) => sum + w * x[j], b1[i]));
    const hidden = z.map((value) => solutions.prelu(value, network.alpha));
    const output = sigmoid(hidden.reduce((sum, h, i) => sum + w2[i] * h, network.b2));
    const slope = flaw === "output slope" ? 1 : output * (1 - output);
    const dLogit = (output - label) * slope * (flaw === "factor 2" ? 2 : 1);
    const step = flaw === "sign" ? -rate : rate;

    const dHidden = w2.map((w, i) =>
      flaw === "w2 first" ? dLogit * (w - step * dLogit * hidden[i]) : dLogit * w,
    );
    const at = flaw === "at hidden" ? hidden : z;
    const alphaGradients = at.map((value, i) => {
      if (flaw === "alpha by x")
        return dHidden[i] * solutions.preluDerivative(value, network.alpha);
      if (flaw === "alpha everywhere") return dHidden[i] * value;
      const through = flaw === "alpha without w2" ? dLogit : dHidden[i];
      return through * solutions.preluAlphaGradient(value, network.alpha);
    });
    const dAlpha = sum(alphaGradients) / (flaw === "mean" ? z.length : 1);
    if (flaw === "alpha first") network.alpha -= step * dAlpha;
    for (let i = 0; i < z.length; i++) {
      if (flaw === "alpha in loop") network.alpha -= step * alphaGradients[i];
      const slopeHere = solutions.preluDerivative(at[i], network.alpha);
      const dZ = dHidden[i] * (flaw === "no slope" ? 1 : slopeHere);
      w2[i] -= step * dLogit * hidden[i];
      for (let j = 0; j < x.length; j++) w1[i][j] -= step * dZ * x[j];
      b1[i] -= step * dZ;
    }
    if (flaw === "copies") return;
    network.b2 -= step * dLogit;
    if (!["alpha first", "alpha in loop"].includes(flaw)) network.alpha -= step * dAlpha;
  };
}

/** Draws of two digits, so that a message can show them all. */
function drawer(seed: string): () => number {
  const random = seededRandom(`exercise ${seed}`);
  return () => Number(random.normal().toFixed(2));
}

function drawPReluNetwork(seed: number, alpha: number): PReluNetwork {
  const draw = drawer(`prelu ${seed}`);
  return {
    w1: Array.from({ length: 4 }, () => [draw(), draw()]),
    b1: Array.from({ length: 4 }, draw),
    w2: Array.from({ length: 4 }, draw),
    b2: draw(),
    alpha,
  };
}

/** Small enough to follow with pencil and paper: one unit is off and one is on. */
const twoUnits = {
  w1: [
    [1, -1],
    [0.5, 1],
  ],
  b1: [0.5, -1],
  w2: [2, -1],
  b2: 0.5,
  alpha: 0.25,
};

const preluTrainStep: Part = {
  parameters: ["network", "sample", "learningRate"],
  inPlace: true,
  cases: [
    [twoUnits, { x: [1, 2], label: 1 }, 0.5],
    [drawPReluNetwork(1, 0.25), { x: [1, -0.5], label: 1 }, 0.5],
    [drawPReluNetwork(2, -0.1), { x: [-1.5, 0.8], label: 0 }, 1],
    [drawPReluNetwork(3, 1.2), { x: [0.3, 1.7], label: 1 }, 2],
  ],
  expected: solutions.trainStep,
  mistakes: [
    mistake(
      "nothing has changed. Change the network's numbers, or return a new network.",
      (network) => network,
    ),
    mistake(
      "b2 and alpha do not move: `let { b2, alpha } = network` copies numbers. Write network.b2 and network.alpha.",
      flawedStep("copies"),
    ),
    mistake(
      "alpha is updated before it is used: the gradients of w1 and b1 need the alpha of the forward pass.",
      flawedStep("alpha first"),
    ),
    mistake(
      "alpha changes inside the loop over the units: the later ones need the alpha of the forward pass too.",
      flawedStep("alpha in loop"),
    ),
    mistake(
      "w2 is updated before it is used: the gradients of the hidden layer need the w2 of the forward pass.",
      flawedStep("w2 first"),
    ),
    mistake("the sign: descent subtracts the gradient.", flawedStep("sign")),
    mistake(
      "alpha's gradient is the sum over the hidden units, not their mean: all of them share it.",
      flawedStep("mean"),
    ),
    mistake(
      "a factor of the chain rule is missing: the output's own slope, output · (1 − output).",
      flawedStep("output slope"),
    ),
    mistake(
      "a factor of the chain rule is missing in alpha's gradient: the way to the output leads through w2.",
      flawedStep("alpha without w2"),
    ),
    mistake(
      "a factor of the chain rule is missing in the gradients of w1 and b1: the slope of PReLU.",
      flawedStep("no slope"),
    ),
    mistake(
      "alpha's gradient uses the derivative with respect to x; it needs the one with respect to alpha.",
      flawedStep("alpha by x"),
    ),
    mistake(
      "the slopes are taken at the outputs of the hidden units; they belong to the pre-activations z.",
      flawedStep("at hidden"),
    ),
    mistake(
      "units with a positive pre-activation add to alpha's gradient; they do not depend on alpha.",
      flawedStep("alpha everywhere"),
    ),
    mistake(
      "the factor 2 of the squared error: the task's loss is ½ · error², whose derivative is the error.",
      flawedStep("factor 2"),
    ),
  ],
  hints: [
    "It is the training step of a two-layer network with one more number to learn. Do the forward pass first, and keep the pre-activations z.",
    "With dLogit = (output − label) · output · (1 − output), what arrives at hidden unit i is dHidden = dLogit · w2[i], with w2 as it was.",
    "What notebook 06 has, too: w2[i] moves by dLogit · hidden[i], b2 by dLogit, w1[i][j] by dPreActivation · x[j] and b1[i] by dPreActivation, each times learningRate, downwards.",
    "From dHidden two ways lead on: dHidden · derivative(z, alpha) is dPreActivation, for the unit's weights, and dHidden · alphaGradient(z, alpha) is for alpha.",
    "Add up dHidden · alphaGradient(z[i], alpha) over all units, and after the loop: network.alpha -= learningRate * dAlpha.",
  ],
};

// 2 Fifty layers
function drawSignal(seed: number, layers: number): SignalDraws {
  const draw = drawer(`signal ${seed}`);
  const row = () => Array.from({ length: 3 }, draw);
  return { inputs: row(), weights: Array.from({ length: layers }, row) };
}

/** Small enough to follow with pencil and paper. */
const twoLayers: SignalDraws = {
  inputs: [1, 2],
  weights: [
    [0.5, -1],
    [1, -3],
  ],
};

/** Read when asked for: most kernels that load the library never do this exercise. */
const lessonDraws = (): SignalDraws => {
  if (!drawn) {
    const { inputs, weights } = readReference("signal-through-layers");
    drawn = { inputs, weights };
  }
  return drawn;
};
let drawn: SignalDraws | undefined;

/** The lesson's experiment with its steps open to change. */
function flawedSignal(change: {
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
  const sum = (row: readonly number[], values: readonly number[]) =>
    row.reduce((total, weight, j) => total + weight * values[j], 0);
  const { combine = sum, size = Math.abs } = change;
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

const fiftyMagnitudes: Part = {
  parameters: ["fn", "draws"],
  get cases() {
    return [
      [activations.tanh.fn, twoLayers],
      [activations.sigmoid.fn, drawSignal(1, 6)],
      [activations.tanh.fn, drawSignal(2, 6)],
      [activations.gelu.fn, drawSignal(3, 6)],
      [activations.tanh.fn, lessonDraws()],
      [activations.relu.fn, lessonDraws()],
    ];
  },
  expected: solutions.magnitudes,
  mistakes: [
    mistake("the sign: a magnitude is |activation|.", flawedSignal({ size: (value) => value })),
    mistake(
      "the first layer's inputs differ: take each with its own weight, not the first with all.",
      flawedSignal({ combine: (row, [value]) => row.reduce((sum, w) => sum + w * value, 0) }),
    ),
    mistake(
      "every layer sees the original inputs: pass on what the layer before gave.",
      flawedSignal({ next: (_, inputs) => inputs }),
    ),
    mistake(
      "this is the size of the pre-activation: apply fn first.",
      flawedSignal({ size: (_, preActivation) => Math.abs(preActivation) }),
    ),
    mistake(
      "only one input of each layer gets the signal: all of them carry the same value.",
      flawedSignal({ next: (value, inputs) => inputs.map((_, j) => (j === 0 ? value : 0)) }),
    ),
    mistake(
      "the mean of the weighted inputs instead of their sum.",
      flawedSignal({
        combine: (row, values) =>
          row.reduce((sum, weight, j) => sum + weight * values[j], 0) / row.length,
      }),
    ),
    mistake(
      "fn is applied to what is reported but not to what goes on to the next layer.",
      flawedSignal({ next: (_, inputs, preActivation) => inputs.map(() => preActivation) }),
    ),
    mistake(
      "the size |activation| is passed on: the next layer gets the activation with its sign.",
      flawedSignal({ next: (value, inputs) => inputs.map(() => Math.abs(value)) }),
    ),
    mistake(
      "the square of the activation instead of its size.",
      flawedSignal({ size: (value) => value ** 2 }),
    ),
  ],
  hints: [
    "Notebook 04 does this with ten layers; the number of layers is draws.weights.length.",
    "Per layer: weighted sum of the current values, then fn, then note the size.",
    "What each input of the next layer gets is the activation itself: `values = inputs.map(() => activation)`. What you note is Math.abs(activation).",
  ],
};

const fiftyFirstBelow: Part = {
  parameters: ["sizes", "threshold"],
  cases: [
    [[0.5, 0.2, 0.001, 0.05, 0.0001], 0.01],
    [[0.5, 0.1, 0.05], 0.1],
    [[1e-9, 1e-3], 1e-6],
    [[0.5, 0.4, 0.6], 1e-6],
    [[1, 1e-200, 0, 0], 5e-324],
  ],
  expected: solutions.firstBelow,
  mistakes: [
    mistake("layers count from 1, and this counts from 0.", (sizes: number[], threshold) =>
      sizes.findIndex((size) => size < threshold),
    ),
    mistake(
      "where no layer is below, findIndex gives −1, and −1 + 1 is 0: return undefined there.",
      (sizes: number[], threshold) => sizes.findIndex((size) => size < threshold) + 1,
    ),
    mistake(
      "below means <: a layer equal to the threshold is not below it.",
      (sizes: number[], t) => sizes.findIndex((size) => size <= t) + 1 || undefined,
    ),
    mistake("this returns the size; the layer's number is wanted.", (sizes: number[], t) =>
      sizes.find((size) => size < t),
    ),
    mistake(
      "this counts how many layers are below.",
      (sizes: number[], t) => sizes.filter((size) => size < t).length,
    ),
    mistake(
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
function flawedSensitivity(
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
      const preActivation = row.reduce((sum, weight, j) => sum + weight * values[j], 0);
      const weightSum = row.reduce((sum, weight) => sum + weight, 0);
      const activation = fn(preActivation);
      values = inputs.map(() => activation);
      const own = factor({ derivative, preActivation, activation, row, weightSum });
      size = alone ? own : size * own;
      return size;
    });
  };
}

const fiftySensitivity: Part = {
  parameters: ["activation", "draws"],
  get cases() {
    return [
      [activations.tanh, twoLayers],
      [activations.sigmoid, drawSignal(1, 6)],
      [activations.tanh, drawSignal(2, 6)],
      [activations.gelu, drawSignal(3, 6)],
      [activations.sigmoid, lessonDraws()],
    ];
  },
  expected: solutions.sensitivity,
  describe: (activation, draws) =>
    `activation = ${(activation as Activation).name}, draws = ${inWords(draws)}`,
  mistakes: [
    mistake(
      "a factor of the chain rule is missing: the slope of the activation.",
      flawedSensitivity(({ weightSum }) => Math.abs(weightSum)),
    ),
    mistake(
      "a factor of the chain rule is missing: the sum of the layer's weights, by which the pre-activation moves.",
      flawedSensitivity(({ derivative, preActivation }) => Math.abs(derivative(preActivation))),
    ),
    mistake(
      "the slope is taken at the activation: it belongs to the pre-activation.",
      flawedSensitivity(({ derivative, activation, weightSum }) =>
        Math.abs(derivative(activation) * weightSum),
      ),
    ),
    mistake(
      "the sign: the size of the product is wanted.",
      flawedSensitivity(
        ({ derivative, preActivation, weightSum }) => derivative(preActivation) * weightSum,
      ),
    ),
    mistake(
      "each layer alone: multiply by what came from the layers before.",
      flawedSensitivity(
        ({ derivative, preActivation, weightSum }) =>
          Math.abs(derivative(preActivation) * weightSum),
        true,
      ),
    ),
    mistake(
      "the sizes of the weights are added: opposite weights cancel here, because all inputs move together.",
      flawedSensitivity(({ derivative, preActivation, row }) =>
        Math.abs(derivative(preActivation) * row.reduce((sum, w) => sum + Math.abs(w), 0)),
      ),
    ),
    mistake(
      "the mean of the weights instead of their sum.",
      flawedSensitivity(({ derivative, preActivation, row, weightSum }) =>
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

// 3 ELU. At 800 e^x is ∞, which must not be multiplied by 0.
const eluInputs = [-0.5, 0.5, -2, 3, -8, 0, 800].flatMap((x) => [1, 0.5, 2].map((a) => [x, a]));

const CARET = "^ is not a power in TypeScript. e^x is Math.exp(x).";

const eluForward: Part = {
  parameters: scalar,
  cases: eluInputs,
  expected: solutions.elu,
  mistakes: [
    mistake("the − 1 is missing: at 0 the curve has to meet 0.", (x, a) =>
      x > 0 ? x : a * Math.exp(x),
    ),
    mistake("alpha is missing: it multiplies the whole bracket.", (x) =>
      x > 0 ? x : Math.expm1(x),
    ),
    mistake("the sign: for x < 0 the result is negative, e^x − 1, not 1 − e^x.", (x, a) =>
      x > 0 ? x : -a * Math.expm1(x),
    ),
    mistake("alpha multiplies the bracket, not the exponent.", (x, a) =>
      x > 0 ? x : Math.expm1(a * x),
    ),
    mistake("alpha multiplies the bracket: alpha · (e^x − 1), not alpha · e^x − 1.", (x, a) =>
      x > 0 ? x : a * Math.exp(x) - 1,
    ),
    mistake("the two cases are the wrong way round.", (x, a) => (x > 0 ? a * Math.expm1(x) : x)),
    mistake("this is ReLU: below 0 it has a curve of its own.", (x) => Math.max(0, x)),
    mistake("this is PReLU: below 0 ELU bends and levels off at −alpha.", solutions.prelu),
    mistake("e^(−x) instead of e^x: for x → −∞ the result goes to −alpha.", (x, a) =>
      x > 0 ? x : a * Math.expm1(-x),
    ),
    mistake(CARET, (x, a) => (x > 0 ? x : a * ((Math.E ^ x) - 1))),
    // The subtraction comes first, as in Math.E ^ x - 1.
    mistake(CARET, (x, a) => (x > 0 ? x : a * (Math.E ^ (x - 1)))),
  ],
  hints: [
    "Two cases again, and the positive one is as in ReLU.",
    "e^x is Math.exp(x). Check x = 0: both cases should give 0.",
    "`alpha * (Math.exp(x) - 1)` for x ≤ 0; Math.expm1(x) is the bracket in one call.",
  ],
};

const eluDerivative: Part = {
  parameters: scalar,
  cases: eluInputs,
  expected: solutions.eluDerivative,
  mistakes: [
    mistake(
      "the boundary. The task counts 0 to the curved side, where the slope is alpha.",
      (x, a) => (x >= 0 ? 1 : a * Math.exp(x)),
    ),
    mistake("this is the function, not its derivative.", solutions.elu),
    mistake("the constant − 1 has the derivative 0, so it disappears.", (x, a) =>
      x > 0 ? 1 : a * Math.expm1(x),
    ),
    mistake("alpha is missing: a factor stays when you take the derivative.", (x) =>
      x > 0 ? 1 : Math.exp(x),
    ),
    mistake("the sign: e^x rises, so its slope is positive.", (x, a) =>
      x > 0 ? 1 : -a * Math.exp(x),
    ),
    mistake("e^(−x) instead of e^x: the slope fades to 0 for x → −∞.", (x, a) =>
      x > 0 ? 1 : a * Math.exp(-x),
    ),
    mistake(CARET, (x, a) => (x > 0 ? 1 : a * (Math.E ^ x))),
    mistake("e^x is not a power of x: it is its own derivative.", (x, a) =>
      x > 0 ? 1 : a * x * Math.exp(x - 1),
    ),
    mistake("for x ≤ 0 this is ReLU's slope 0; ELU's is not 0 anywhere.", (x) => (x > 0 ? 1 : 0)),
    mistake("for x > 0 the slope of x is 1, not x.", (x, a) => (x > 0 ? x : a * Math.exp(x))),
    mistake("the two cases are the wrong way round.", (x, a) => (x > 0 ? a * Math.exp(x) : 1)),
  ],
  hints: [
    "Take the derivative of each case by itself.",
    "The derivative of e^x is e^x, alpha is a constant factor, and −1 a constant.",
    "1 for x > 0 and alpha * Math.exp(x) otherwise, which is also elu(x, alpha) + alpha.",
  ],
};

const preActivationCases = [
  [-3, -2, -1],
  [-2, 1, -1],
  [-30, -20, -10],
  [-0.5, -40, 0],
  [2, 3, 4],
];
const { relu, leakyRelu, swish } = activations;
const MEAN_SLOPE =
  "the mean slope over the samples is compared; a unit is dead only if each single one is small.";
const eluSlope = (z: number) => solutions.eluDerivative(z, 1);
const deepUnits = [
  [-30, -30, -4],
  [-5, -5, -5],
  [-2, -3],
];

/** The share of units that something holds for, told by their slopes. */
function shareOf(
  isDead: (slopes: number[], threshold: number, unit: readonly number[]) => boolean,
) {
  return (derivative: ScalarFunction, units: readonly number[][], threshold: number) =>
    units.filter((unit) =>
      isDead(
        unit.map((z) => derivative(z)),
        threshold,
        unit,
      ),
    ).length / units.length;
}

const eluDeadShare: Part = {
  parameters: ["derivative", "preActivations", "threshold"],
  cases: [
    [relu.derivative, preActivationCases, 0.01],
    [eluSlope, preActivationCases, 0.01],
    [eluSlope, deepUnits, 0.01],
    [eluSlope, deepUnits, 0.1],
    [swish.derivative, [[-1.5, -2, -3], [-2, -2, -0.7], ...preActivationCases], 0.05],
    [leakyRelu.derivative, preActivationCases, 0.01],
    [relu.derivative, [[1], [2]], 0.01],
  ],
  expected: solutions.deadShare,
  mistakes: [
    mistake(
      "no unit is ever dead. Do you compare derivative(z), called, unit by unit, and return in every { }?",
      () => 0,
    ),
    mistake(
      "a unit is dead if its slope is small on every sample, and here one sample is enough.",
      shareOf((slopes, threshold) => slopes.some((slope) => Math.abs(slope) < threshold)),
    ),
    mistake(
      "this is the share of units that are alive.",
      (...args: Parameters<typeof solutions.deadShare>) => 1 - solutions.deadShare(...args),
    ),
    mistake(
      "this is the number of dead units: divide by how many there are.",
      (...args: Parameters<typeof solutions.deadShare>) =>
        solutions.deadShare(...args) * args[1].length,
    ),
    mistake(
      "this is a percentage; a share from 0 to 1 is wanted.",
      (...args: Parameters<typeof solutions.deadShare>) => solutions.deadShare(...args) * 100,
    ),
    mistake(
      "the sign: Swish's slope can be negative and large. Compare its size, |slope|.",
      shareOf((slopes, threshold) => slopes.every((slope) => slope < threshold)),
    ),
    mistake(
      "below means <: Leaky ReLU's slope of 0.01 is not below 0.01.",
      shareOf((slopes, threshold) => slopes.every((slope) => Math.abs(slope) <= threshold)),
    ),
    mistake(
      "the threshold is fixed at 0.01: use the argument threshold.",
      shareOf((slopes) => slopes.every((slope) => Math.abs(slope) < 0.01)),
    ),
    mistake(
      "only a slope of exactly 0 counts here: compare its size with threshold.",
      shareOf((slopes) => slopes.every((slope) => slope === 0)),
    ),
    mistake(
      "this counts pairs of a unit and a sample; count units.",
      (derivative: ScalarFunction, units: readonly number[][], threshold: number) =>
        solutions.deadShare(
          derivative,
          units.flat().map((z) => [z]),
          threshold,
        ),
    ),
    mistake(
      "the pre-activation's own sign or size is compared; it is the slope there that counts.",
      shareOf((_slopes, _threshold, unit) => unit.every((z) => z <= 0)),
    ),
    mistake(
      MEAN_SLOPE,
      shareOf((slopes, threshold) => Math.abs(mean(slopes)) < threshold),
    ),
    mistake(
      MEAN_SLOPE,
      shareOf((slopes, threshold) => mean(slopes.map(Math.abs)) < threshold),
    ),
    mistake(
      "the slopes of a unit are added up; a unit is dead if each single one is small.",
      shareOf((slopes, threshold) => sum(slopes.map(Math.abs)) < threshold),
    ),
  ],
  hints: [
    "Decide for one unit first: when is it dead? Then count such units.",
    "`unit.every((z) => …)` says whether something holds for all pre-activations of a unit.",
    "The condition is Math.abs(derivative(z)) < threshold; divide the number of such units by preActivations.length.",
  ],
};

// 4 Gradient health monitor
type Gradients = readonly (readonly number[])[];
const gradientCases: Gradients[] = [
  [
    [0.5, -0.5, 0.2],
    [-0.001, 0.003],
  ],
  [[200, -300], [0.0001, -0.0004, 0.0001, 0], [3]],
];

const monitorLayerMeans: Part = {
  parameters: ["gradients"],
  cases: gradientCases.map((gradients) => [gradients]),
  expected: solutions.layerMeans,
  mistakes: [
    mistake(
      "the sign: opposite gradients cancel. Take the size of each first.",
      (gradients: Gradients) =>
        gradients.map((layer) => layer.reduce((sum, g) => sum + g, 0) / layer.length),
    ),
    mistake(
      "the size is taken after the mean: opposite gradients have cancelled.",
      (gradients: Gradients) =>
        gradients.map((layer) => Math.abs(layer.reduce((sum, g) => sum + g, 0) / layer.length)),
    ),
    mistake("this is the sum; the mean is wanted.", (gradients: Gradients) =>
      gradients.map((layer) => layer.reduce((sum, g) => sum + Math.abs(g), 0)),
    ),
    mistake(
      "the sum is divided by the number of layers instead of the layer's own length.",
      (gradients: Gradients) =>
        gradients.map((layer) => layer.reduce((sum, g) => sum + Math.abs(g), 0) / gradients.length),
    ),
    mistake("this is the largest; the mean is wanted.", (gradients: Gradients) =>
      gradients.map((layer) => Math.max(...layer.map(Math.abs))),
    ),
    mistake(
      "this is the root of the mean square; the mean of the sizes is wanted.",
      (gradients: Gradients) =>
        gradients.map((layer) =>
          Math.sqrt(layer.reduce((sum, g) => sum + g * g, 0) / layer.length),
        ),
    ),
  ],
  hints: [
    "One number a layer: gradients.map((layer) => …).",
    "Take Math.abs of each gradient before you add.",
    "Divide the sum of sizes by layer.length.",
  ],
};

const monitorStatus: Part = {
  parameters: ["mean"],
  cases: [0.5, 0.0001, 0, 0.005, 50, 250, 0.001, 100, Number.POSITIVE_INFINITY, Number.NaN].map(
    (mean) => [mean],
  ),
  expected: solutions.status,
  mistakes: [
    mistake("the boundary: 0.001 itself is not below 0.001, nor 100 above 100.", (mean) =>
      mean <= 0.001 ? "vanishing" : mean < 100 ? "healthy" : "exploding",
    ),
    mistake("the boundary: 0.001 itself is not below 0.001.", (mean) =>
      mean <= 0.001 ? "vanishing" : mean <= 100 ? "healthy" : "exploding",
    ),
    mistake("the boundary: 100 itself is not above 100.", (mean) =>
      mean < 0.001 ? "vanishing" : mean < 100 ? "healthy" : "exploding",
    ),
    mistake(
      "every comparison with NaN is false, so NaN falls through to the last case. It means exploding: ∞ − ∞.",
      (mean) => (mean < 0.001 ? "vanishing" : mean > 100 ? "exploding" : "healthy"),
    ),
    mistake("every comparison with NaN is false, so NaN falls through to the last case.", (mean) =>
      mean > 100 ? "exploding" : mean >= 0.001 ? "healthy" : "vanishing",
    ),
    mistake("the two words are the wrong way round.", (mean) =>
      mean < 0.001 ? "exploding" : mean <= 100 ? "healthy" : "vanishing",
    ),
  ],
  hints: [
    "Two comparisons, three words. Both limits themselves are healthy.",
    "What does NaN > 100 give? And what should a mean of NaN be called?",
    'First `if (mean < 0.001) return "vanishing";`, then ask `mean <= 100`, which is false for NaN.',
  ],
};

/** Lets a monitor watch two epochs and a second monitor one, and looks at all that they say. */
function watch(monitor: unknown, [first, second]: unknown[]): unknown {
  const make = () => {
    const made = hushed(isClass(monitor) ? new monitor() : (monitor as () => unknown)());
    const { observe, history } = (made ?? {}) as Partial<GradientMonitorLike>;
    if (typeof observe !== "function") {
      throw new TypeError(`a monitor has a function observe, and this is ${inWords(made)}`);
    }
    if (history === undefined) {
      throw new TypeError("a monitor has a list history, not static, and this one has none");
    }
    return made as GradientMonitorLike;
  };
  const [one, other] = [make(), make()];
  if (Array.isArray(one.history) && one.history === other.history) return { ownHistory: false };
  // As it was when it was returned, and by layer: the task leaves the order open.
  const observed = (by: GradientMonitorLike, gradients: unknown) => {
    const warnings = plain(by.observe(gradients as Gradients));
    const layerOf = (warning: unknown) => Number((warning as GradientWarning | null)?.layer);
    return Array.isArray(warnings) ? warnings.sort((a, b) => layerOf(a) - layerOf(b)) : warnings;
  };
  return {
    ownHistory: true,
    warnings: [observed(one, first), observed(one, second)],
    history: one.history,
    newMonitorsWarnings: observed(other, second),
    newMonitorsHistory: other.history,
  };
}

/** A monitor with its steps open to change. */
function flawedMonitor(flaw: string) {
  const shared: number[][] = [];
  return () => {
    const history: number[][] = flaw === "shared" ? shared : [];
    const given: GradientWarning[] = [];
    return {
      history,
      observe(gradients: Gradients) {
        const means = solutions.layerMeans(gradients);
        if (flaw === "last only") history.length = 0;
        if (flaw !== "no history") history.push(means);
        const epoch = history.length - (flaw === "from 0" ? 1 : 0);
        const warnings = means.flatMap((mean, index) => {
          const kind = flaw === "no NaN" && Number.isNaN(mean) ? "healthy" : solutions.status(mean);
          if (kind === "healthy" && flaw !== "healthy too") return [];
          const layer = index + (["from 0", "layer from 0"].includes(flaw) ? 0 : 1);
          if (flaw === "once" && given.some((warning) => warning.layer === layer)) return [];
          return [{ epoch, layer, kind, mean }];
        });
        given.push(...warnings);
        return flaw === "all" ? [...given] : warnings;
      },
    };
  };
}

const monitorMonitor: Part = {
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
  ],
  expected: solutions.GradientMonitor as unknown as Part["expected"],
  use: watch,
  describe: (first, second) =>
    `observe(${inWords(first)}) gives warnings[0], observe(${inWords(second)}) warnings[1]; then a new monitor sees only the latter`,
  mistakes: [
    mistake("epochs and layers count from 1.", flawedMonitor("from 0")),
    mistake("layers count from 1.", flawedMonitor("layer from 0")),
    mistake("history stays empty: keep each epoch's means in it.", flawedMonitor("no history")),
    mistake("history holds only the last epoch.", flawedMonitor("last only")),
    mistake("two monitors share one history: each needs its own.", flawedMonitor("shared")),
    mistake(
      "a layer is warned about only once: warn in each epoch in which it is out of bounds.",
      flawedMonitor("once"),
    ),
    mistake(
      "this returns the warnings of all epochs so far; only those of this epoch are wanted.",
      flawedMonitor("all"),
    ),
    mistake("healthy layers get a warning too.", flawedMonitor("healthy too")),
    mistake("a mean of NaN gets no warning: ask your status().", flawedMonitor("no NaN")),
  ],
  hints: [
    "The two functions from before do the work; the monitor only remembers and counts.",
    "history starts as an empty list; observe pushes layerMeans(gradients) and the epoch is then history.length.",
    "Return an object { epoch, layer, kind, mean } for each layer whose status is not healthy, with layer = index + 1. flatMap is handy: [] for nothing, [warning] for one.",
  ],
};

// 5 XOR
const LOST_AGAIN =
  "the first epoch with all points right: it can be lost again. Find the one from which on they stay right.";

const xorEpochsToSolve: Part = {
  parameters: ["accuracies"],
  cases: [
    [[0.5, 0.75, 1, 1, 1]],
    [[0.5, 1, 0.75, 0.5, 1, 1]],
    [[0.5, 1, 1, 0.75, 1, 1, 1]],
    [[0.5, 0.5, 0.75]],
    [[0.5, 1, 0.75]],
    [[1, 1]],
  ],
  expected: solutions.epochsToSolve,
  mistakes: [
    mistake(
      "one too early: epochs count from 1, and the first one that stays right is wanted.",
      (accuracies: readonly number[]) => solutions.epochsToSolve(accuracies) - 1,
    ),
    mistake(LOST_AGAIN, (accuracies: number[]) =>
      accuracies.includes(1) ? accuracies.indexOf(1) + 1 : Number.POSITIVE_INFINITY,
    ),
    mistake(LOST_AGAIN, (accuracies: number[]) =>
      accuracies.at(-1) === 1 ? accuracies.indexOf(1) + 1 : Number.POSITIVE_INFINITY,
    ),
    mistake(
      "the first epoch with all points right, counted from 0: it can be lost again, and epochs count from 1.",
      (accuracies: number[]) => accuracies.indexOf(1),
    ),
    mistake(
      "where it is never solved this gives the number of epochs: return Infinity.",
      (accuracies: number[]) => Math.min(solutions.epochsToSolve(accuracies), accuracies.length),
    ),
    mistake(
      "this is how many epochs had all points right.",
      (accuracies: number[]) => accuracies.filter((accuracy) => accuracy === 1).length,
    ),
    ...[0, -1, undefined].map((never) =>
      mistake(
        `where it is never solved this gives ${never}: return Infinity.`,
        (accuracies: number[]) =>
          accuracies.at(-1) === 1 ? solutions.epochsToSolve(accuracies) : never,
      ),
    ),
  ],
  hints: [
    "If the last epoch is not at 1, the network has not solved it: Infinity.",
    "Otherwise look from the end: what is the last epoch that was not at 1?",
    "Count down from accuracies.length while the epoch's accuracy is 1. Epoch n, counted from 1, is `accuracies[n - 1]`; the answer is the one after the last that fails.",
  ],
};

const epochCases = [
  [[30, 200, 100, 4, 5000]],
  [[8, Number.POSITIVE_INFINITY, 21, 10]],
  [[Number.POSITIVE_INFINITY, 5, Number.POSITIVE_INFINITY]],
  [[7]],
  [[Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]],
];

const xorSolvedShare: Part = {
  parameters: ["epochs"],
  cases: epochCases,
  expected: solutions.solvedShare,
  mistakes: [
    mistake(
      "this is the share that never solved it.",
      (epochs: number[]) => 1 - solutions.solvedShare(epochs),
    ),
    mistake(
      "this is the number of networks: divide by how many there are.",
      (epochs: number[]) => epochs.filter(Number.isFinite).length,
    ),
    mistake(
      "this is a percentage; a share from 0 to 1 is wanted.",
      (epochs: number[]) => 100 * solutions.solvedShare(epochs),
    ),
    mistake(
      "Infinity counts as solved here: it means never.",
      (epochs: number[]) => epochs.filter((epoch) => epoch > 0).length / epochs.length,
    ),
    mistake(
      "a limit such as 2,000 is built in: a network that needed 5,000 epochs has solved it. Only Infinity means never.",
      (epochs: number[]) => epochs.filter((epoch) => epoch < 2000).length / epochs.length,
    ),
    mistake(
      "this compares solved with unsolved; divide by all.",
      (epochs: number[]) =>
        epochs.filter(Number.isFinite).length / epochs.filter((e) => !Number.isFinite(e)).length,
    ),
  ],
  hints: [
    "Count the networks that have a finite number of epochs.",
    "Number.isFinite(epoch) is false for Infinity.",
    "`epochs.filter(…).length / epochs.length`.",
  ],
};

const LEFT_OUT =
  "networks that never solve it are left out, which flatters an activation that often fails. Infinity sorts last and stays in.";

const xorMedianEpochs: Part = {
  parameters: ["epochs"],
  cases: epochCases,
  expected: solutions.medianEpochs,
  mistakes: [
    ...[undefined, Number.NaN, Number.POSITIVE_INFINITY, 0].map((none) =>
      mistake(LEFT_OUT, (epochs: number[]) => {
        const solved = epochs.filter(Number.isFinite);
        return solved.length === 0 ? none : solutions.medianEpochs(solved);
      }),
    ),
    mistake("/ comes before +: put the sum into brackets.", (epochs: number[]) => {
      const sorted = [...epochs].sort((a, b) => a - b);
      const middle = Math.floor(sorted.length / 2);
      return sorted.length % 2 === 1 ? sorted[middle] : sorted[middle - 1] + sorted[middle] / 2;
    }),
    mistake(
      "sort() without a function sorts numbers as text, 100 before 30: give it `(a, b) => a - b`.",
      (epochs: number[]) => {
        const sorted = [...epochs].sort();
        const middle = Math.floor(sorted.length / 2);
        if (sorted.length % 2 === 1) return sorted[middle];
        return mean([sorted[middle - 1], sorted[middle]]);
      },
    ),
    mistake("the list has to be sorted first.", (epochs: number[]) => {
      const middle = Math.floor(epochs.length / 2);
      return epochs.length % 2 === 1 ? epochs[middle] : mean([epochs[middle - 1], epochs[middle]]);
    }),
    mistake("this is the mean; the median is wanted.", mean),
    mistake("with an even number, take the mean of the two in the middle.", (epochs: number[]) =>
      [...epochs].sort((a, b) => a - b).at(Math.floor(epochs.length / 2)),
    ),
    mistake("with an even number, take the mean of the two in the middle.", (epochs: number[]) =>
      [...epochs].sort((a, b) => a - b).at(Math.ceil(epochs.length / 2) - 1),
    ),
    mistake("this is the fastest network; the median is wanted.", (epochs: number[]) =>
      Math.min(...epochs),
    ),
  ],
  hints: [
    "Half of the networks are faster than the median and half are slower; one that never solves it is slower than all others.",
    "Copy, then sort by number: `[...epochs].sort((a, b) => a - b)`.",
    "An odd number has one in the middle; of an even number take the mean of the two in the middle. (∞ + ∞) / 2 is ∞ as it should be.",
  ],
};

/** The parts of all exercises, for whoever wants to test the tests. */
export const exerciseParts = {
  prelu: {
    forward: preluForward,
    derivative: preluDerivative,
    alphaGradient: preluAlphaGradient,
    trainStep: preluTrainStep,
  },
  fiftyLayers: {
    magnitudes: fiftyMagnitudes,
    firstBelow: fiftyFirstBelow,
    sensitivity: fiftySensitivity,
  },
  elu: { forward: eluForward, derivative: eluDerivative, deadShare: eluDeadShare },
  gradientMonitor: {
    layerMeans: monitorLayerMeans,
    status: monitorStatus,
    monitor: monitorMonitor,
  },
  xor: {
    epochsToSolve: xorEpochsToSolve,
    solvedShare: xorSolvedShare,
    medianEpochs: xorMedianEpochs,
  },
} satisfies Record<ExerciseKey, Record<string, Part>>;
