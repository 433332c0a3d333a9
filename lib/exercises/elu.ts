/** Exercise "ELU": an activation that bends below 0, its derivative, and which of its units are dead. */
import * as fc from "fast-check";
import { activations, type ScalarFunction } from "../activations.js";
import {
  anyActivation,
  type ExerciseDefinition,
  fewOf,
  mean,
  mistake,
  type Part,
  quarters,
  sum,
} from "./part.js";
import { withCode } from "./values.js";

/** What the exercise asks for. */
export interface EluAnswer {
  forward: (x: number, alpha: number) => number;
  derivative: (x: number, alpha: number) => number;
  deadShare: (
    derivative: ScalarFunction,
    preActivations: readonly (readonly number[])[],
    threshold: number,
  ) => number;
}

// #region forward
export function elu(x: number, alpha: number): number {
  return x > 0 ? x : alpha * Math.expm1(x); // expm1(x) is e^x − 1 without the lost digits
}
// #endregion

// #region derivative
export function eluDerivative(x: number, alpha: number): number {
  return x > 0 ? 1 : alpha * Math.exp(x);
}
// #endregion

// #region deadShare
export function deadShare(
  derivative: ScalarFunction,
  preActivations: readonly (readonly number[])[],
  threshold: number,
): number {
  const isDead = (unit: readonly number[]) =>
    unit.every((z) => Math.abs(derivative(z)) < threshold);
  return preActivations.filter(isDead).length / preActivations.length;
}
// #endregion

const parameters = ["x", "alpha"];

// At 800 e^x is ∞, which must not be multiplied by 0.
const cases = [
  ...[-0.5, 0.5, -2, 3, -8, 0].flatMap((x) => [1, 0.5, 2, 0].map((alpha) => [x, alpha])),
  ...[1, 0.5, 2].map((alpha) => [800, alpha]),
];

const random = fc.tuple(quarters(-4, 4), quarters(0, 3));

const CARET = "^ is not a power in TypeScript. e^x is Math.exp(x).";

const forwardPart: Part = {
  parameters,
  cases,
  random,
  expected: elu,
  mistakes: [
    mistake("missing-constant", "the − 1 is missing: at 0 the curve has to meet 0.", (x, a) =>
      x > 0 ? x : a * Math.exp(x),
    ),
    mistake("missing-alpha", "alpha is missing: it multiplies the whole bracket.", (x) =>
      x > 0 ? x : Math.expm1(x),
    ),
    mistake("sign", "the sign: for x < 0 the result is negative, e^x − 1, not 1 − e^x.", (x, a) =>
      x > 0 ? x : -a * Math.expm1(x),
    ),
    mistake("alpha-in-exponent", "alpha multiplies the bracket, not the exponent.", (x, a) =>
      x > 0 ? x : Math.expm1(a * x),
    ),
    mistake(
      "brackets",
      "alpha multiplies the bracket: alpha · (e^x − 1), not alpha · e^x − 1.",
      (x, a) => (x > 0 ? x : a * Math.exp(x) - 1),
    ),
    mistake("swapped-cases", "the two cases are the wrong way round.", (x, a) =>
      x > 0 ? a * Math.expm1(x) : x,
    ),
    mistake("relu", "this is ReLU: below 0 it has a curve of its own.", (x) => Math.max(0, x)),
    mistake("prelu", "this is PReLU: below 0 ELU bends and levels off at −alpha.", (x, a) =>
      x > 0 ? x : a * x,
    ),
    mistake(
      "exponent-sign",
      "e^(−x) instead of e^x: for x → −∞ the result goes to −alpha.",
      (x, a) => (x > 0 ? x : a * Math.expm1(-x)),
    ),
    mistake(
      "caret",
      CARET,
      (x, a) => (x > 0 ? x : a * ((Math.E ^ x) - 1)),
      // The subtraction comes first, as in Math.E ^ x - 1.
      (x, a) => (x > 0 ? x : a * (Math.E ^ (x - 1))),
    ),
    mistake(
      "zero-alpha",
      "alpha can be 0, and `alpha || 1` replaces it. Use alpha as it is.",
      (x, a) => (x > 0 ? x : (a || 1) * Math.expm1(x)),
    ),
  ],
  hints: [
    "Two cases again, and the positive one is as in ReLU.",
    "e^x is Math.exp(x). Check x = 0: both cases should give 0.",
    "`alpha * (Math.exp(x) - 1)` for x ≤ 0; Math.expm1(x) is the bracket in one call.",
  ],
};

const derivativePart: Part = {
  parameters,
  cases,
  random,
  expected: eluDerivative,
  mistakes: [
    mistake(
      "boundary",
      "the boundary. The task counts 0 to the curved side, where the slope is alpha.",
      (x, a) => (x >= 0 ? 1 : a * Math.exp(x)),
    ),
    mistake("not-derived", "this is the function, not its derivative.", elu),
    mistake("constant-kept", "the constant − 1 has the derivative 0, so it disappears.", (x, a) =>
      x > 0 ? 1 : a * Math.expm1(x),
    ),
    mistake(
      "missing-alpha",
      "alpha is missing: a factor stays when you take the derivative.",
      (x) => (x > 0 ? 1 : Math.exp(x)),
    ),
    mistake("sign", "the sign: e^x rises, so its slope is positive.", (x, a) =>
      x > 0 ? 1 : -a * Math.exp(x),
    ),
    mistake("exponent-sign", "e^(−x) instead of e^x: the slope fades to 0 for x → −∞.", (x, a) =>
      x > 0 ? 1 : a * Math.exp(-x),
    ),
    mistake("caret", CARET, (x, a) => (x > 0 ? 1 : a * (Math.E ^ x))),
    mistake("power-rule", "e^x is not a power of x: it is its own derivative.", (x, a) =>
      x > 0 ? 1 : a * x * Math.exp(x - 1),
    ),
    mistake("relu", "for x ≤ 0 this is ReLU's slope 0; ELU's is not 0 anywhere.", (x) =>
      x > 0 ? 1 : 0,
    ),
    mistake("slope-of-x", "for x > 0 the slope of x is 1, not x.", (x, a) =>
      x > 0 ? x : a * Math.exp(x),
    ),
    mistake("swapped-cases", "the two cases are the wrong way round.", (x, a) =>
      x > 0 ? a * Math.exp(x) : 1,
    ),
    mistake(
      "zero-alpha",
      "alpha can be 0, and `alpha || 1` replaces it. Use alpha as it is.",
      (x, a) => (x > 0 ? 1 : (a || 1) * Math.exp(x)),
    ),
  ],
  hints: [
    "Take the derivative of each case by itself.",
    "The derivative of e^x is e^x, alpha is a constant factor, and −1 a constant.",
    "1 for x > 0 and alpha * Math.exp(x) otherwise, which is also elu(x, alpha) + alpha.",
  ],
};

const { relu, leakyRelu, swish } = activations;
const eluSlope = withCode((z: number) => eluDerivative(z, 1), "(z) => (z > 0 ? 1 : Math.exp(z))");

const units = [
  [-3, -2, -1],
  [-2, 1, -1],
  [-30, -20, -10],
  [-0.5, -40, 0],
  [2, 3, 4],
];
const deepUnits = [
  [-30, -30, -4],
  [-5, -5, -5],
  [-2, -3],
];

/** Only the last unit is dead; each of the others is alive in one sample, the first or the last. */
const lastDead = [
  [1, -2, -3],
  [-1, -2, 3],
  [-5, -1, -2],
];

/** The share of units that something holds for, told by their slopes. */
function shareOf(
  isDead: (slopes: number[], threshold: number, unit: readonly number[]) => boolean,
) {
  return (slope: ScalarFunction, preActivations: readonly number[][], threshold: number) => {
    const dead = preActivations.filter((unit) =>
      isDead(
        unit.map((z) => slope(z)),
        threshold,
        unit,
      ),
    );
    return dead.length / preActivations.length;
  };
}

const deadSharePart: Part = {
  parameters: ["derivative", "preActivations", "threshold"],
  cases: [
    [relu.derivative, units, 0.01],
    [eluSlope, units, 0.01],
    [eluSlope, deepUnits, 0.01],
    [eluSlope, deepUnits, 0.1],
    [swish.derivative, [[-1.5, -2, -3], [-2, -2, -0.7], ...units], 0.05],
    [leakyRelu.derivative, units, 0.01],
    [relu.derivative, [[1], [2]], 0.01],
    [relu.derivative, lastDead, 0.01],
  ],
  random: fc.tuple(
    fc.oneof(
      fc.constant(eluSlope),
      anyActivation.map(({ derivative }) => derivative),
    ),
    fewOf(fewOf(quarters(-8, 4), 3), 4),
    fc.constantFrom(0.01, 0.05, 0.2, 0.5),
  ),
  expected: deadShare,
  mistakes: [
    mistake(
      "none-dead",
      "no unit is ever dead. Do you compare derivative(z), called, unit by unit, and return in every { }?",
      () => 0,
    ),
    mistake(
      "one-sample",
      "a unit is dead if its slope is small on every sample, and here one sample is enough.",
      shareOf((slopes, threshold) => slopes.some((slope) => Math.abs(slope) < threshold)),
    ),
    mistake(
      "alive",
      "this is the share of units that are alive.",
      (...args: Parameters<typeof deadShare>) => 1 - deadShare(...args),
    ),
    mistake(
      "count",
      "this is the number of dead units: divide by how many there are.",
      (...args: Parameters<typeof deadShare>) => deadShare(...args) * args[1].length,
    ),
    mistake(
      "one-too-few",
      "divide by the number of units, not by one less.",
      (...args: Parameters<typeof deadShare>) =>
        (deadShare(...args) * args[1].length) / (args[1].length - 1),
    ),
    mistake(
      "unit-left-out",
      "one unit is left out, the first or the last: all of them count.",
      (slope: ScalarFunction, all: readonly number[][], threshold: number) =>
        (deadShare(slope, all.slice(0, -1), threshold) * (all.length - 1)) / all.length,
      (slope: ScalarFunction, all: readonly number[][], threshold: number) =>
        (deadShare(slope, all.slice(1), threshold) * (all.length - 1)) / all.length,
    ),
    mistake(
      "sample-left-out",
      "one sample of each unit is left out, the first or the last: all of them count.",
      shareOf((slopes, threshold) => slopes.slice(0, -1).every((s) => Math.abs(s) < threshold)),
      shareOf((slopes, threshold) => slopes.slice(1).every((s) => Math.abs(s) < threshold)),
    ),
    mistake(
      "percentage",
      "this is a percentage; a share from 0 to 1 is wanted.",
      (...args: Parameters<typeof deadShare>) => deadShare(...args) * 100,
    ),
    mistake(
      "sign",
      "the sign: Swish's slope can be negative and large. Compare its size, |slope|.",
      shareOf((slopes, threshold) => slopes.every((slope) => slope < threshold)),
    ),
    mistake(
      "boundary",
      "below means <: Leaky ReLU's slope of 0.01 is not below 0.01.",
      shareOf((slopes, threshold) => slopes.every((slope) => Math.abs(slope) <= threshold)),
    ),
    mistake(
      "fixed-threshold",
      "the threshold is fixed at 0.01: use the argument threshold.",
      shareOf((slopes) => slopes.every((slope) => Math.abs(slope) < 0.01)),
    ),
    mistake(
      "only-zero",
      "only a slope of exactly 0 counts here: compare its size with threshold.",
      shareOf((slopes) => slopes.every((slope) => slope === 0)),
    ),
    mistake(
      "pairs",
      "this counts pairs of a unit and a sample; count units.",
      (slope: ScalarFunction, preActivations: readonly number[][], threshold: number) =>
        deadShare(
          slope,
          preActivations.flat().map((z) => [z]),
          threshold,
        ),
    ),
    mistake(
      "pre-activation",
      "the pre-activation's own sign or size is compared; it is the slope there that counts.",
      shareOf((_slopes, _threshold, unit) => unit.every((z) => z <= 0)),
    ),
    mistake(
      "mean",
      "the mean slope over the samples is compared; a unit is dead only if each single one is small.",
      shareOf((slopes, threshold) => Math.abs(mean(slopes)) < threshold),
      shareOf((slopes, threshold) => mean(slopes.map(Math.abs)) < threshold),
    ),
    mistake(
      "sum",
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

export const eluExercise: ExerciseDefinition<EluAnswer> = {
  title: "ELU",
  name: "elu",
  parts: { forward: forwardPart, derivative: derivativePart, deadShare: deadSharePart },
  questions: {
    slope: {
      number: Math.log(0.01),
      within: 0.05,
      says: "For alpha = 1 the slope is e^x, so it is ln 0.01. A unit has to stay below that on all samples to count as dead.",
      otherwise: "For alpha = 1 the slope below 0 is e^x. Where is e^x = 0.01?",
    },
    underflow: {
      number: -745,
      within: 1,
      says: "Below that, e^x is smaller than the smallest double, and a computer makes it 0.",
      otherwise: "Try eluDerivative(x, 1) === 0 for x = -100, -1000 and so on, and close in.",
    },
    threshold: {
      right: "a",
      says: {
        a: "At 0.1 an ELU unit is dead below about −2.3 already, and Leaky ReLU's slope of 0.01 is dead wherever the unit is negative on all samples. At 0.01 Leaky ReLU is never dead: the threshold decides, so it belongs in every sentence that reports one.",
        b: "Leaky ReLU's slope below 0 is 0.01. Is that below 0.1?",
        c: "A larger threshold can only make more units count as dead.",
      },
    },
    mean: {
      right: "b",
      says: {
        a: "ELU's largest slope is 1, as ReLU's.",
        b: "ReLU's outputs are never negative, so the next layer sees a constant shift. ELU's negative outputs bring the mean closer to 0, and with it the gradient closer to the natural gradient.",
        c: "ELU needs an exponential: it takes more time, not less.",
      },
    },
  },
};
