/** The lesson's claims on trial: their list, and what can be decided on each. */
import { type Spread, spread } from "../statistics.js";
import type { Ruling } from "./intervals.js";

/** Something that the lesson says, in the course's words. */
export interface Claim {
  readonly text: string;
  /** Under which heading of the lesson. */
  readonly place: string;
}

/**
 * What the lesson says that can be checked, by number.
 * @example claims[10].text // 'GELU never falls below about −0.17'
 */
export const claims: Readonly<Record<number, Claim>> = {
  1: {
    text: "Ten sigmoid layers leave at most 0.25¹⁰ of the gradient for the first one",
    place: "Sigmoid",
  },
  2: {
    text: "Gradient at layer 1 of 10: sigmoid 10⁻⁶, tanh 10⁻³, ReLU 1, GELU 0.8",
    place: "Gradient Flow Comparison",
  },
  3: { text: "A deep sigmoid network cannot be trained", place: "Sigmoid" },
  4: { text: "ReLU keeps the size of the gradient from layer to layer", place: "ReLU" },
  5: {
    text: "Passing a signal forward through ten layers shows vanishing gradients",
    place: "Step 3",
  },
  6: { text: "Between 10 and 40 % of ReLU units die while a network trains", place: "ReLU" },
  7: {
    text: "Counting silent units of a fresh network finds the dead neurons of training",
    place: "Step 4",
  },
  8: { text: "GELU has no dead neurons, so Leaky ReLU is not needed", place: "GELU, Use It" },
  9: { text: "The lesson's GELU derivative is the slope of the lesson's GELU", place: "Step 1" },
  10: { text: "GELU never falls below about −0.17", place: "Comparison of Shapes" },
  11: { text: "Swish was discovered in 2017 by an automated search", place: "Swish / SiLU" },
  12: { text: "ReLU dates from 1969 and became popular in 2010", place: "ReLU" },
  13: {
    text: "Positive sigmoid outputs force the gradients of a unit to share a sign (zig-zag)",
    place: "Sigmoid",
  },
  14: {
    text: "A deep linear network can learn neither XOR nor a spiral",
    place: "The Problem",
  },
  15: { text: "On the circle, GELU beats ReLU and ReLU beats sigmoid", place: "Step 5" },
  16: {
    text: "Softmax ranks probabilities like logits and keeps their relative confidence",
    place: "Softmax",
  },
  17: { text: "GELU is what language models use", place: "GELU, Swish / SiLU" },
  18: { text: "The activations rank differently on XOR than on the circle", place: "Exercise 5" },
  19: { text: "Swish and GELU perform almost identically", place: "Swish / SiLU" },
  20: { text: "GELU has a better gradient flow than ReLU", place: "GELU, Use It" },
  21: { text: "With Leaky ReLU dead neurons get a gradient and can recover", place: "Leaky ReLU" },
  22: {
    text: "Ten layers of tanh crush the gradient too, only less than sigmoid's",
    place: "Tanh",
  },
  23: {
    text: "In a deep sigmoid network the loss falls while the first layers stand still",
    place: "Sigmoid",
  },
  24: { text: "GELU and Swish are smooth and not monotonic", place: "GELU, Swish / SiLU" },
  25: {
    text: "The outputs of softmax lie strictly between 0 and 1 and add up to 1",
    place: "Softmax, Key Terms",
  },
  26: { text: "In transformers GELU outperforms ReLU", place: "GELU" },
  27: {
    text: "Unbounded activations make gradients explode if the weights are not scaled with care",
    place: "The Problem",
  },
};

/** What a verdict can be. A condition is spelt out, so that a reader can check it. */
export type Verdict =
  | "holds"
  | `holds only if ${string}`
  | "undecided"
  | `undecided if ${string}`
  | "does not hold"
  | `does not hold: ${string}`
  | "a matter of record"
  | `a matter of record: ${string}`;

/**
 * What verdicts come to, without their conditions.
 * @example KINDS[0] // 'holds'
 */
export const KINDS = [
  "holds",
  "holds only if",
  "undecided",
  "does not hold",
  "a matter of record",
] as const;
/** What a verdict comes to. */
export type Kind = (typeof KINDS)[number];

/**
 * What a verdict comes to, without its condition.
 * @example kindOf("holds only if it rains") // 'holds only if'
 */
export function kindOf(verdict: Verdict): Kind {
  return KINDS.find((kind) => kind !== "holds" && verdict.startsWith(kind)) ?? "holds";
}

/** What many seeds say. */
export interface Figure extends Spread {
  /** How many seeds. */
  seeds: number;
}

/** What was decided on a claim, and on which figures. */
export interface ClaimResult {
  claim: number;
  verdict: Verdict;
  /** What the verdict rests on, by condition. */
  rulings: Record<string, Ruling>;
  /** By what is measured, unit included: a figure over seeds, or one number where nothing is drawn. */
  figures: Record<string, number | Figure>;
  /**
   * The names of rulings and figures from chaotic training: it makes much of the last bit, in which another machine's
   * `Math.exp` may differ. They are shown and kept; only a ruling's answer is compared. To find them, add noise of one bit
   * to `Math.exp`, `log` and `tanh`, run the notebook and see which figures move.
   */
  chaotic?: readonly string[];
}

/**
 * The verdict on a claim that was measured under several conditions: it holds under all, under none,
 * or only under those that the verdict then names, along with those under which it stays undecided.
 * @param holdsIf whether it held, by condition, as in "the weights are drawn by He's rule"
 * @throws RangeError if there is no condition
 * @example verdictFrom({ "it rains": true, "it snows": false }) // 'holds only if it rains'
 */
export function verdictFrom(holdsIf: Readonly<Record<string, boolean | Ruling>>): Verdict {
  const all = Object.keys(holdsIf);
  if (all.length === 0) throw new RangeError("holdsIf is empty, give at least one condition");
  const answered = (answer: Ruling["answer"]) =>
    all.filter((condition) => answerOf(holdsIf[condition]) === answer);
  const [yes, open] = [answered("yes"), answered("undecided")];
  if (yes.length === all.length) return "holds";
  if (open.length === all.length) return "undecided";
  if (yes.length + open.length === 0) return "does not hold";
  const undecided = open.length > 0 && `undecided if ${open.join(" or ")}`;
  if (yes.length === 0) return undecided as Verdict;
  return `holds only if ${yes.join(" or ")}${undecided ? `; ${undecided}` : ""}`;
}

function answerOf(ruling: boolean | Ruling): Ruling["answer"] {
  return typeof ruling === "boolean" ? (ruling ? "yes" : "no") : ruling.answer;
}

/**
 * Median, 5–95 % range and number of the values, one a seed. Throws what `spread` throws.
 * @example figure([1, 2, 3]).seeds // 3
 */
export function figure(values: readonly number[]): Figure {
  return { ...spread(values), seeds: values.length };
}
