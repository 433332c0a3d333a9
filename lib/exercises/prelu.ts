/** Exercise "PReLU": an activation with a learned slope, its two derivatives, and a training step. */
import * as fc from "fast-check";
import { leakyRelu, leakyReluDerivative, sigmoid } from "../activations.js";
import type { Sample } from "../datasets.js";
import {
  drawer,
  type ExerciseDefinition,
  fewOf,
  mistake,
  type Part,
  quarters,
  sum,
} from "./part.js";

/** The two-layer network of the exercise: a hidden layer with one learned slope, and a sigmoid output. */
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

/** What a forward pass finds on its way. */
export interface PReluPass {
  /** Pre-activations, one a hidden unit. */
  z: number[];
  /** Outputs of the hidden units. */
  hidden: number[];
  output: number;
}

/** What the exercise asks for. */
export interface PReluAnswer {
  forward: (x: number, alpha: number) => number;
  derivative: (x: number, alpha: number) => number;
  alphaGradient: (x: number, alpha: number) => number;
  forwardPass: (network: PReluNetwork, x: readonly number[]) => PReluPass;
  alphaSlope: (dHidden: number[], z: number[], alpha: number) => number;
  /** Changes the network, or returns the new one. */
  // biome-ignore lint/suspicious/noConfusingVoidType: a function that changes the network returns nothing
  trainStep: (network: PReluNetwork, sample: Sample, learningRate: number) => PReluNetwork | void;
}

// #region forward
export function prelu(x: number, alpha: number): number {
  return x > 0 ? x : alpha * x;
}
// #endregion

// #region derivative
export function preluDerivative(x: number, alpha: number): number {
  return x > 0 ? 1 : alpha;
}
// #endregion

// #region alphaGradient
/** alpha · x depends on alpha with slope x; for x > 0 there is no alpha in the formula. */
export function preluAlphaGradient(x: number, _alpha: number): number {
  return x > 0 ? 0 : x;
}
// #endregion

// #region forwardPass
export function forwardPass(network: PReluNetwork, x: readonly number[]): PReluPass {
  const { w1, b1, w2, b2, alpha } = network;
  const z = w1.map((row, i) => row.reduce((sum, w, j) => sum + w * x[j], b1[i]));
  const hidden = z.map((value) => prelu(value, alpha));
  const output = sigmoid(hidden.reduce((sum, h, i) => sum + w2[i] * h, b2));
  return { z, hidden, output };
}
// #endregion

// #region alphaSlope
export function alphaSlope(dHidden: number[], z: number[], alpha: number): number {
  return dHidden.reduce((sum, d, i) => sum + d * preluAlphaGradient(z[i], alpha), 0);
}
// #endregion

// #region trainStep
export function trainStep(network: PReluNetwork, { x, label }: Sample, learningRate: number): void {
  const { w1, b1, w2, alpha } = network;
  const { z, hidden, output } = forwardPass(network, x);
  const dLogit = (output - label) * output * (1 - output);
  const dHidden = w2.map((w) => dLogit * w); // with w2 as it was in the forward pass
  const dAlpha = alphaSlope(dHidden, z, alpha);

  for (let i = 0; i < z.length; i++) {
    const dPreActivation = dHidden[i] * preluDerivative(z[i], alpha);
    w2[i] -= learningRate * dLogit * hidden[i];
    for (let j = 0; j < x.length; j++) w1[i][j] -= learningRate * dPreActivation * x[j];
    b1[i] -= learningRate * dPreActivation;
  }
  network.b2 -= learningRate * dLogit;
  network.alpha -= learningRate * dAlpha;
}
// #endregion

const parameters = ["x", "alpha"];

// Slopes above 1 are in, where max(x, alpha · x) is wrong, below 0, and 0 itself. The first input that
// goes wrong is shown, so an ordinary one comes first.
const cases = [-0.5, 0.5, -3, 2, 0].flatMap((x) => [0.25, 1.5, -0.5, 0].map((alpha) => [x, alpha]));

const random = fc.tuple(quarters(-4, 4), quarters(-2, 3));

const forwardPart: Part = {
  parameters,
  cases,
  random,
  expected: prelu,
  inLibrary: [leakyRelu],
  mistakes: [
    mistake(
      "max",
      "max(x, alpha · x) is right only for alpha up to 1, and alpha is learned.",
      (x, a) => Math.max(x, a * x),
    ),
    mistake(
      "sign",
      "the sign for negative x: alpha · x is negative there if alpha is positive.",
      (x, a) => (x > 0 ? x : -a * x),
    ),
    mistake("relu", "this is ReLU: for x ≤ 0 the result is alpha · x, not 0.", (x) =>
      Math.max(0, x),
    ),
    mistake(
      "fixed-slope",
      "the slope is fixed at 0.01, as in Leaky ReLU. Use the argument alpha.",
      (x) => (x > 0 ? x : 0.01 * x),
    ),
    mistake(
      "alpha-everywhere",
      "alpha applies to negative x only; a positive x stays as it is.",
      (x, a) => a * x,
    ),
    mistake("swapped-cases", "the two cases are the wrong way round.", (x, a) =>
      x > 0 ? a * x : x,
    ),
    mistake(
      "missing-x",
      "for x ≤ 0 this returns alpha, the slope, instead of alpha · x.",
      (x, a) => (x > 0 ? x : a),
    ),
    mistake(
      "zero-alpha",
      "alpha can be 0, and `alpha || 0.01` replaces it. Use alpha as it is.",
      (x, a) => (x > 0 ? x : (a || 0.01) * x),
    ),
  ],
  hints: [
    "There are two cases, and only one of them has alpha in it.",
    "Ask whether x is above 0. If it is, nothing happens to x.",
    "Otherwise multiply x by alpha: `x > 0 ? … : …`. Do not use Math.max: it is right only for alpha ≤ 1.",
  ],
};

const derivativePart: Part = {
  parameters,
  cases,
  random,
  expected: preluDerivative,
  inLibrary: [leakyReluDerivative],
  mistakes: [
    mistake(
      "boundary",
      "the boundary. The task counts 0 to the side of alpha: x > 0, not x ≥ 0.",
      (x, a) => (x >= 0 ? 1 : a),
    ),
    mistake("not-derived", "this is the function, not its derivative.", prelu),
    mistake("relu", "for x ≤ 0 the slope is alpha, not 0. Zero is ReLU's.", (x) => (x > 0 ? 1 : 0)),
    mistake("swapped-cases", "the two cases are the wrong way round.", (x, a) => (x > 0 ? a : 1)),
    mistake("sign", "the sign: alpha · x has the slope alpha.", (x, a) => (x > 0 ? 1 : -a)),
    mistake("fixed-slope", "the slope is fixed at 0.01, as in Leaky ReLU.", (x) =>
      x > 0 ? 1 : 0.01,
    ),
    mistake(
      "by-alpha",
      "this is the derivative with respect to alpha; this part asks for x.",
      (x) => (x > 0 ? 0 : x),
    ),
    mistake("slope-of-x", "for x > 0 the slope of x is 1, not x.", (x, a) => (x > 0 ? x : a)),
    mistake(
      "zero-alpha",
      "alpha can be 0, and `alpha || 0.01` replaces it. Use alpha as it is.",
      (x, a) => (x > 0 ? 1 : a || 0.01),
    ),
  ],
  hints: [
    "Take the derivative of each of the two cases by itself.",
    "The derivative of x with respect to x is 1. What is that of alpha · x?",
    "1 for x > 0, and alpha otherwise, at 0 too.",
  ],
};

const alphaGradientPart: Part = {
  parameters,
  cases,
  random,
  expected: preluAlphaGradient,
  mistakes: [
    mistake(
      "by-x",
      "this is the derivative with respect to x; here x is fixed and alpha moves.",
      (x, a) => (x > 0 ? 1 : a),
    ),
    mistake(
      "x-everywhere",
      "for x > 0 there is no alpha in the formula, so the derivative is 0 there.",
      (x) => x,
    ),
    mistake(
      "not-derived",
      "this is the function itself; alpha · x has the slope x in alpha.",
      prelu,
    ),
    mistake(
      "missing-factor",
      "the factor x is missing: alpha · x has the slope x in alpha.",
      (x) => (x > 0 ? 0 : 1),
    ),
    mistake("sign", "the sign: for negative x the derivative is x, which is negative.", (x) =>
      x > 0 ? 0 : -x,
    ),
    mistake("swapped-cases", "the two cases are the wrong way round.", (x) => (x > 0 ? x : 0)),
    mistake(
      "alpha-kept",
      "alpha · x for x ≤ 0: that still has alpha in it. Its slope in alpha is x.",
      (x, a) => (x > 0 ? 0 : a * x),
    ),
  ],
  hints: [
    "Now alpha is the variable and x a constant.",
    "In which of the two cases does the result change when alpha changes a little?",
    "Where alpha does not occur, 0. The derivative of alpha · x with respect to alpha is the other factor.",
  ],
};

/** Mistakes of a training step, and what to say about each. */
const stepMistakes = {
  copies:
    "b2 and alpha do not move: `let { b2, alpha } = network` copies numbers. Write network.b2 and network.alpha.",
  "alpha-too-early":
    "alpha is updated before it is used: the gradients of w1 and b1 need the alpha of the forward pass.",
  "alpha-in-loop":
    "alpha changes inside the loop over the units: the later ones need the alpha of the forward pass too.",
  "w2-too-early":
    "w2 is updated before it is used: the gradients of the hidden layer need the w2 of the forward pass.",
  sign: "the sign: descent subtracts the gradient.",
  mean: "alpha's gradient is the sum over the hidden units, not their mean: all of them share it.",
  "no-output-slope":
    "a factor of the chain rule is missing: the output's own slope, output · (1 − output).",
  "no-w2-for-alpha":
    "a factor of the chain rule is missing in alpha's gradient: the way to the output leads through w2.",
  "no-slope":
    "a factor of the chain rule is missing in the gradients of w1 and b1: the slope of PReLU.",
  "alpha-by-x":
    "alpha's gradient uses the derivative with respect to x; it needs the one with respect to alpha.",
  "slope-at-output":
    "the slopes are taken at the outputs of the hidden units; they belong to the pre-activations z.",
  "positive-units":
    "units with a positive pre-activation add to alpha's gradient; they do not depend on alpha.",
  boundary:
    "the boundary. A unit whose z is exactly 0 counts to the side of alpha: z > 0, not z ≥ 0.",
  "zero-alpha": "alpha can be 0, and `alpha || 0.01` replaces it. Use network.alpha as it is.",
  "factor-2":
    "the factor 2 of the squared error: the task's loss is ½ · error², whose derivative is the error.",
};

/** A training step with one of the mistakes, for telling a learner's from a right one. */
function wrongStep(flaw: string) {
  return (network: PReluNetwork, { x, label }: Sample, rate: number): void => {
    const { w1, b1, w2 } = network;
    const usedFor0 = flaw === "zero-alpha" && network.alpha === 0 ? 0.01 : 0;
    network.alpha += usedFor0;
    const z = w1.map((row, i) => row.reduce((total, w, j) => total + w * x[j], b1[i]));
    const hidden = z.map((value) => prelu(value, network.alpha));
    const output = sigmoid(hidden.reduce((total, h, i) => total + w2[i] * h, network.b2));
    const slope = flaw === "no-output-slope" ? 1 : output * (1 - output);
    const dLogit = (output - label) * slope * (flaw === "factor-2" ? 2 : 1);
    const step = flaw === "sign" ? -rate : rate;

    const dHidden = w2.map((w, i) =>
      flaw === "w2-too-early" ? dLogit * (w - step * dLogit * hidden[i]) : dLogit * w,
    );
    const at = flaw === "slope-at-output" ? hidden : z;
    const alphaGradients = at.map((value, i) => {
      if (flaw === "alpha-by-x") return dHidden[i] * preluDerivative(value, network.alpha);
      if (flaw === "positive-units") return dHidden[i] * value;
      const through = flaw === "no-w2-for-alpha" ? dLogit : dHidden[i];
      return through * preluAlphaGradient(value, network.alpha);
    });
    const dAlpha = sum(alphaGradients) / (flaw === "mean" ? z.length : 1);
    if (flaw === "alpha-too-early") network.alpha -= step * dAlpha;
    for (let i = 0; i < z.length; i++) {
      if (flaw === "alpha-in-loop") network.alpha -= step * alphaGradients[i];
      const slopeHere =
        flaw === "boundary" && at[i] === 0 ? 1 : preluDerivative(at[i], network.alpha);
      const dZ = dHidden[i] * (flaw === "no-slope" ? 1 : slopeHere);
      w2[i] -= step * dLogit * hidden[i];
      for (let j = 0; j < x.length; j++) w1[i][j] -= step * dZ * x[j];
      b1[i] -= step * dZ;
    }
    if (flaw === "copies") return;
    network.b2 -= step * dLogit;
    if (!["alpha-too-early", "alpha-in-loop"].includes(flaw)) network.alpha -= step * dAlpha;
    network.alpha -= usedFor0;
  };
}

function drawNetwork(seed: number, alpha: number): PReluNetwork {
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

/** The pre-activation of its first unit is 0 for the inputs 1 and 1. */
const unitAt0 = { ...twoUnits, b1: [0, -2], alpha: 0.5 };

const randomUnit = fc.record({
  weights: fc.tuple(quarters(-2, 2), quarters(-2, 2)),
  bias: quarters(-2, 2),
  out: quarters(-2, 2),
});

const randomNetwork = fc
  .record({ units: fewOf(randomUnit, 3), b2: quarters(-2, 2), alpha: quarters(-1, 2) })
  .map(({ units, b2, alpha }) => ({
    w1: units.map(({ weights }) => weights),
    b1: units.map(({ bias }) => bias),
    w2: units.map(({ out }) => out),
    b2,
    alpha,
  }));

/** A forward pass with its steps open to change. */
function wrongPass(change: {
  z?: (sum: number, bias: number) => number;
  hidden?: (z: number, alpha: number) => number;
  output?: (sum: number, bias: number) => number;
}) {
  const { z: preActivation = (total, bias) => total + bias, hidden: activate = prelu } = change;
  const output = change.output ?? ((total: number, bias: number) => sigmoid(total + bias));
  return ({ w1, b1, w2, b2, alpha }: PReluNetwork, x: readonly number[]): PReluPass => {
    const z = w1.map((row, i) => preActivation(sum(row.map((w, j) => w * x[j])), b1[i]));
    const hidden = z.map((value) => activate(value, alpha));
    return { z, hidden, output: output(sum(hidden.map((h, i) => w2[i] * h)), b2) };
  };
}

const randomInputs = fc.tuple(quarters(-2, 2), quarters(-2, 2));

const forwardPassPart: Part = {
  parameters: ["network", "x"],
  cases: [
    [twoUnits, [1, 2]],
    [drawNetwork(5, 0.25), [1, -0.5]],
    [drawNetwork(6, -0.5), [-1.5, 0.8]],
    [unitAt0, [1, 1]],
  ],
  random: fc.tuple(randomNetwork, randomInputs),
  expected: forwardPass as unknown as Part["expected"],
  mistakes: [
    mistake(
      "no-hidden-bias",
      "the biases b1 are missing in the pre-activations.",
      wrongPass({ z: (total) => total }),
    ),
    mistake(
      "no-output-bias",
      "the bias b2 is missing in the output.",
      wrongPass({ output: (total) => sigmoid(total) }),
    ),
    mistake(
      "no-sigmoid",
      "the output has no sigmoid: it is the sum itself.",
      wrongPass({ output: (total, bias) => total + bias }),
    ),
    mistake(
      "bias-too-late",
      "b2 is added after the sigmoid: it belongs into the sum.",
      wrongPass({ output: (total, bias) => sigmoid(total) + bias }),
    ),
    mistake(
      "no-prelu",
      "the hidden units pass on their pre-activations: apply your prelu to each.",
      wrongPass({ hidden: (z) => z }),
    ),
    mistake(
      "relu",
      "the hidden units are ReLU's: they need the network's alpha.",
      wrongPass({ hidden: (z) => Math.max(0, z) }),
    ),
    mistake(
      "prelu-at-output",
      "the output goes through PReLU: it needs the sigmoid.",
      (network: PReluNetwork, x: readonly number[]) =>
        wrongPass({ output: (total, bias) => prelu(total + bias, network.alpha) })(network, x),
    ),
  ],
  hints: [
    "Three lines of formulas are three lines of code: z, hidden, output.",
    "Row i of w1 has one weight for each input: add up w1[i][j] * x[j], starting from b1[i].",
    "`hidden = z.map((value) => prelu(value, alpha))`, and the output is sigmoid of b2 plus the sum of all w2[i] * hidden[i]. Return { z, hidden, output }.",
  ],
};

/** The slope of the loss in alpha, with the step from unit to sum open to change. */
function wrongSlope(unit: (d: number, z: number, alpha: number) => number, isMean = false) {
  return (dHidden: readonly number[], z: readonly number[], alpha: number): number =>
    sum(dHidden.map((d, i) => unit(d, z[i], alpha))) / (isMean ? z.length : 1);
}

const randomPair = fc.tuple(quarters(-2, 2), quarters(-3, 3));

const alphaSlopePart: Part = {
  parameters: ["dHidden", "z", "alpha"],
  cases: [
    [[0.5, -1], [-2, -0.5], 0.25],
    [[1, 2, -3], [1, -2, 3], 0.25],
    [[0.2, -0.4, 0.6, 1], [-1, -3, 2, 0], 1.5],
    [[-1.5], [-4], 0],
    [[2, 1], [3, 0.5], -0.5],
  ],
  random: fc
    .tuple(fewOf(randomPair, 4), quarters(-1, 2))
    .map(([pairs, alpha]) => [pairs.map(([d]) => d), pairs.map(([, z]) => z), alpha]),
  expected: alphaSlope as unknown as Part["expected"],
  mistakes: [
    mistake(
      "mean",
      "this is the mean over the units. All of them share alpha, so their shares add up.",
      wrongSlope((d, z) => d * preluAlphaGradient(z, 0), true),
    ),
    mistake(
      "no-arriving",
      "what arrives at each unit is missing: multiply by dHidden.",
      wrongSlope((_, z) => preluAlphaGradient(z, 0)),
    ),
    mistake(
      "by-x",
      "this uses the derivative with respect to x; alpha needs the one with respect to alpha.",
      wrongSlope((d, z, alpha) => d * preluDerivative(z, alpha)),
    ),
    mistake(
      "positive-units",
      "units with a positive z add to it; they do not depend on alpha.",
      wrongSlope((d, z) => d * z),
    ),
    mistake(
      "function",
      "each unit's output is used where its derivative with respect to alpha belongs.",
      wrongSlope((d, z, alpha) => d * prelu(z, alpha)),
    ),
    mistake(
      "sign",
      "the sign: this is the gradient. Descent subtracts it later.",
      wrongSlope((d, z) => -d * preluAlphaGradient(z, 0)),
    ),
    mistake(
      "first-unit",
      "only the first unit counts here: add up over all of them.",
      (dHidden: readonly number[], z: readonly number[]) =>
        dHidden[0] * preluAlphaGradient(z[0], 0),
    ),
  ],
  hints: [
    "Each unit has its own share: what arrives at it, times how much its output moves with alpha.",
    "How much a unit's output moves with alpha is preluAlphaGradient at the unit's z.",
    "Add up `dHidden[i] * preluAlphaGradient(z[i], alpha)` over all units.",
  ],
};

const trainStepPart: Part = {
  parameters: ["network", "sample", "learningRate"],
  inPlace: true,
  code: (call, [network, ...others]) =>
    `{ const network = ${network}; console.log(${call}(network, ${others.join(", ")}), network); }`,
  cases: [
    [twoUnits, { x: [1, 2], label: 1 }, 0.5],
    [drawNetwork(1, 0.25), { x: [1, -0.5], label: 1 }, 0.5],
    [drawNetwork(2, -0.1), { x: [-1.5, 0.8], label: 0 }, 1],
    [drawNetwork(3, 1.2), { x: [0.3, 1.7], label: 1 }, 2],
    [unitAt0, { x: [1, 1], label: 0 }, 1],
    [drawNetwork(4, 0), { x: [-0.6, -1.1], label: 0 }, 1],
  ],
  random: fc.tuple(
    randomNetwork,
    fc.record({ x: fc.tuple(quarters(-2, 2), quarters(-2, 2)), label: fc.constantFrom(0, 1) }),
    fc.constantFrom(1, 0.5, 0.25),
  ),
  expected: trainStep,
  mistakes: [
    mistake(
      "unchanged",
      "nothing has changed. Change the network's numbers, or return a new network.",
      (network) => network,
    ),
    ...Object.entries(stepMistakes).map(([id, says]) => mistake(id, says, wrongStep(id))),
  ],
  hints: [
    "It is the training step of a two-layer network with one more number to learn. Your forwardPass gives z, hidden and output.",
    "With dLogit = (output − label) · output · (1 − output), what arrives at hidden unit i is dHidden = dLogit · w2[i], with w2 as it was.",
    "What notebook 06 has, too: w2[i] moves by dLogit · hidden[i], b2 by dLogit, w1[i][j] by dPreActivation · x[j] and b1[i] by dPreActivation, each times learningRate, downwards.",
    "From dHidden two ways lead on: dHidden · preluDerivative(z[i], alpha) is dPreActivation, for the unit's weights, and your alphaSlope makes dAlpha of all of them.",
    "Take dHidden and dAlpha before anything moves, and after the loop: network.alpha -= learningRate * dAlpha.",
  ],
};

export const preluExercise: ExerciseDefinition<PReluAnswer> = {
  title: "PReLU",
  name: "prelu",
  parts: {
    forward: forwardPart,
    derivative: derivativePart,
    alphaGradient: alphaGradientPart,
    forwardPass: forwardPassPart,
    alphaSlope: alphaSlopePart,
    trainStep: trainStepPart,
  },
  questions: {
    where: {
      right: "d",
      says: {
        a: "ReLU is not where it stays. Run the next cells and look.",
        b: "A straight line could not tell inside from outside. Run the next cells and look.",
        c: "A few seeds end there, and most do not. Run the next cells and look.",
        d: "In most networks the slope turns negative, and each unit becomes a V. Run the next cells and look.",
      },
    },
    unseen: {
      number: 7,
      within: 2,
      says: "On new points the learned slope is behind in most seeds, although both are nearly perfect on the points they were trained on.",
      otherwise:
        "Count the seeds from 100 to 129 in which PReLU gets more of the unseen points right than Leaky ReLU, each trained from the same seed.",
    },
    decay: {
      right: "b",
      says: {
        a: "One number more or less costs nothing. What does decay pull towards?",
        b: "Decay pulls alpha towards 0, which is ReLU: one could no longer tell whether 0 is the best slope or where decay has put it.",
        c: "Decay makes numbers smaller, never larger.",
      },
    },
    own: {
      right: "a",
      says: {
        a: "Each slope follows the gradient of its own unit, so a V can stand beside a ReLU in one layer. He et al. try both ways.",
        b: "The sum over the units disappears, and with it what made them agree.",
        c: "The weights of the next layer can scale a unit, but they cannot bend it.",
      },
    },
    start: {
      right: "c",
      says: {
        a: "At 1 the network is linear, but the gradient of alpha is not 0 there. Try learnAlpha(seed, 1) with ten seeds.",
        b: "Some do. Try learnAlpha(seed, 1) with ten seeds and count.",
        c: "At 1 the network is linear, and it can go either way: some seeds go down to the V, others up to a steep left side.",
      },
    },
  },
};
