/** Exercise "The right gain": how large weights must be for a gradient to come through fifty layers. */
import * as fc from "fast-check";
import { activations } from "../activations.js";
import {
  type DeepNetworkDraws,
  drawDeepNetwork,
  gradientsThroughLayers,
} from "../course/gradient-flow.js";
import { spread } from "../statistics.js";
import { type ExerciseDefinition, mistake, type Part } from "./part.js";
import { withCode } from "./values.js";

/** What the exercise asks for. */
export interface GainAnswer {
  gradientLeft: (gradients: readonly number[]) => number;
  findGain: (left: (gain: number) => number, low: number, high: number) => number;
  gainOf: (activation: "tanh" | "relu") => number;
}

// #region gradientLeft
export function gradientLeft(gradients: readonly number[]): number {
  return gradients[0] / gradients[gradients.length - 1];
}
// #endregion

// #region findGain
export function findGain(left: (gain: number) => number, low: number, high: number): number {
  let [below, above] = [low, high];
  while (above - below > 1e-6) {
    const middle = (below + above) / 2;
    if (left(middle) < 1) below = middle;
    else above = middle;
  }
  return (below + above) / 2;
}
// #endregion

// #region gainOf
/** As measured on the seeds 0 to 19. */
export function gainOf(activation: "tanh" | "relu"): number {
  return { tanh: 1.34, relu: 1.49 }[activation];
}
// #endregion

const size = fc.integer({ min: 1, max: 40 }).map((n) => n / 4);

const gradientLeftPart: Part = {
  parameters: ["gradients"],
  cases: [[[0.5, 1, 2]], [[8, 0.1, 4]], [[3]], [[1e-9, 1e-6, 1e-3, 0.5]], [[6, 2]]],
  random: fc.tuple(fc.array(size, { minLength: 1, maxLength: 5 })),
  expected: gradientLeft as unknown as Part["expected"],
  mistakes: [
    mistake(
      "upside-down",
      "this is the last layer's gradient for each of the first's: the other way round.",
      (gradients: number[]) => gradients[gradients.length - 1] / gradients[0],
    ),
    mistake(
      "difference",
      "this is a difference. What is left is a share: divide.",
      (gradients: number[]) => gradients[0] - gradients[gradients.length - 1],
    ),
    mistake(
      "first",
      "this is the first layer's gradient alone. It depends on how large the last one is.",
      (gradients: number[]) => gradients[0],
    ),
    mistake(
      "neighbours",
      "this compares the first layer with the second: compare it with the last.",
      (gradients: number[]) => gradients[0] / (gradients[1] ?? gradients[0]),
    ),
    mistake(
      "mean",
      "this compares the first layer with the mean of all: compare it with the last.",
      (gradients: number[]) =>
        (gradients[0] * gradients.length) / gradients.reduce((sum, g) => sum + g, 0),
    ),
  ],
  hints: [
    "The gradient comes in at the last layer and arrives at the first.",
    "The first entry is gradients[0]. How many entries are there?",
    "`gradients[0] / gradients[gradients.length - 1]`.",
  ],
};

/** A curve that rises through 1 at this gain. */
function crossing(gain: number, power: number): (gain: number) => number {
  return withCode((g: number) => (g / gain) ** power, `(g) => (g / ${gain}) ** ${power}`);
}

const steps = withCode((g: number) => (g < 1.7 ? 0.001 : 50), "(g) => (g < 1.7 ? 0.001 : 50)");

/** Halving an interval this often, from both ends of it. */
function halved(times: number, left: (gain: number) => number, low: number, high: number): number {
  let [below, above] = [low, high];
  for (let i = 0; i < times; i++) {
    const middle = (below + above) / 2;
    if (left(middle) < 1) below = middle;
    else above = middle;
  }
  return (below + above) / 2;
}

const findGainPart: Part = {
  parameters: ["left", "low", "high"],
  cases: [
    [crossing(1.3, 49), 1, 2],
    [crossing(1.8, 10), 1, 2],
    [crossing(0.4, 2), 0.1, 8],
    [steps, 1, 2],
    [crossing(3, 1), 2.5, 4],
  ],
  random: fc
    .tuple(fc.integer({ min: 5, max: 30 }), fc.integer({ min: 1, max: 49 }))
    .map(([tenths, power]) => [crossing(tenths / 10, power), 0.25, 4]),
  expected: findGain as unknown as Part["expected"],
  // What is within 0.001 of the gain may be further from what the solution finds.
  tolerance: { relative: 0, absolute: 2e-3 },
  mistakes: [
    mistake(
      "middle",
      "this is the middle of low and high, whatever happens in between.",
      (_left, low: number, high: number) => (low + high) / 2,
    ),
    mistake(
      "coarse",
      "the interval is not halved often enough: the answer is to be within 0.001.",
      ...[1, 2, 3, 4, 5, 6].map(
        (times) => (left: (gain: number) => number, low: number, high: number) =>
          halved(times, left, low, high),
      ),
    ),
    mistake(
      "wrong-half",
      "it goes on with the wrong half: where less than 1 is left, the gain is too small.",
      (left: (gain: number) => number, low: number, high: number) =>
        halved(60, (gain) => 2 - left(gain), low, high),
    ),
    mistake(
      "straight-line",
      "this draws a straight line from low to high. The curve is no line: 50 factors are multiplied.",
      (left: (gain: number) => number, low: number, high: number) =>
        low + ((1 - left(low)) / (left(high) - left(low))) * (high - low),
    ),
    mistake(
      "left",
      "this is what is left there; the gain itself is wanted.",
      (left: (gain: number) => number, low: number, high: number) =>
        left(halved(60, left, low, high)),
    ),
  ],
  hints: [
    "Look at the middle of the interval. In which half does the curve reach 1?",
    "Less than 1 is left: the gain is too small, so the upper half has it. Otherwise the lower half.",
    "Keep two numbers, below and above. `while (above - below > 0.0001)`, take their mean, ask `left(middle) < 1`, and move one of the two to the middle.",
  ],
};

/** The networks by which a gain is judged: none that the notebook looks at. */
let fresh: DeepNetworkDraws[] | undefined;

/** How far from 1 the median may be: a factor of 10, in either direction. */
const FACTOR = 10;

function judgeGain(gain: unknown, [key]: readonly unknown[]): unknown {
  if (typeof gain !== "number" || !(gain > 0 && gain < Number.POSITIVE_INFINITY)) {
    return "this is no number above 0";
  }
  fresh ??= Array.from({ length: 20 }, (_, i) => drawDeepNetwork({ layers: 50, seed: 100 + i }));
  const activation = activations[key as "tanh" | "relu"];
  const left = fresh.map((network) => {
    const weightDeviation = gain / Math.sqrt(network.width);
    return gradientLeft(gradientsThroughLayers(network, { activation, weightDeviation }).gradients);
  });
  // A network that is too large by far leaves Infinity at both ends.
  const median = spread(
    left.map((one) => (Number.isNaN(one) ? Number.POSITIVE_INFINITY : one)),
  ).median;
  if (median < 1 / FACTOR) return "the gradient vanishes";
  return median > FACTOR ? "the gradient explodes" : "the gradient is kept";
}

const gainOfPart: Part = {
  parameters: ["activation"],
  cases: [["tanh"], ["relu"]],
  expected: gainOf as unknown as Part["expected"],
  outcome: judgeGain,
  mistakes: [
    mistake(
      "one",
      "at a gain of 1, either activation takes a little of the gradient in each layer, fifty times over.",
      () => 1,
    ),
    mistake("large", "both are too large: the gradient grows in each layer.", () => 2),
    mistake(
      "relu-small",
      "ReLU's is too small. It stops half of what comes back, so it needs more than tanh does.",
      () => 1.34,
    ),
    mistake("relu-large", "ReLU's is too large.", (key) => (key === "relu" ? 1.8 : 1.34)),
    mistake("tanh-large", "tanh's is too large.", (key) => (key === "relu" ? 1.49 : 2.2)),
    mistake("tanh-small", "tanh's is too small.", (key) => (key === "relu" ? 1.49 : 0.9)),
  ],
  hints: [
    "The two cells above measure: run them, and hand what medianLeft says to your findGain.",
    'findGain((gain) => medianLeft("relu", gain), 1, 2) takes a second or two.',
    'Write down what you have found, as in `return activation === "tanh" ? 1.2 : 1.3;`, with your two numbers.',
  ],
};

export const gainExercise: ExerciseDefinition<GainAnswer> = {
  title: "The right gain",
  name: "gain",
  parts: { gradientLeft: gradientLeftPart, findGain: findGainPart, gainOf: gainOfPart },
  questions: {
    factor: {
      number: 0.8 ** 49,
      within: 1e-5,
      says: "49 steps lie between layer 50 and layer 1, and 0.8 to the power of 49 is about two in a hundred thousand.",
      otherwise: "Each of the 49 steps from layer 50 to layer 1 multiplies by 0.8.",
    },
    wider: {
      right: "a",
      says: {
        a: "Tanh flattens a signal that is too large, and its slope falls with it: that holds the gradient back, and makes up for part of the gain. ReLU lets every factor through.",
        b: "A slope that is at most 1 holds for both.",
        c: "Half of ReLU's slopes are 0, and the other half 1, whatever the gain.",
      },
    },
  },
};
