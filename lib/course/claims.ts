/** The lesson's claims on trial: their list, and what can be decided on each. */
import { type Spread, spread } from "../statistics.js";

/**
 * What the lesson says, in the course's words, by number.
 * @example claims[10] // 'GELU never falls below about −0.17'
 */
export const claims: Readonly<Record<number, string>> = {
  1: "Ten sigmoid layers leave at most 0.25¹⁰ of the gradient for the first one",
  2: "Gradient at layer 1 of 10: sigmoid 10⁻⁶, tanh 10⁻³, ReLU 1, GELU 0.8",
  3: "A deep sigmoid network cannot be trained",
  4: "ReLU keeps the size of the gradient from layer to layer",
  5: "Passing a signal forward through ten layers shows vanishing gradients",
  6: "Between 10 and 40 % of ReLU units die while a network trains",
  7: "Counting silent units of a fresh network finds the dead neurons of training",
  8: "GELU has no dead neurons and a better gradient flow, so Leaky ReLU is not needed",
  9: "The lesson's GELU derivative is the slope of the lesson's GELU",
  10: "GELU never falls below about −0.17",
  11: "Swish was discovered in 2017 by an automated search",
  12: "ReLU dates from 1969 and became popular in 2010",
  13: "Positive sigmoid outputs force the gradients of a unit to share a sign (zig-zag)",
  14: "A deep linear network can learn neither XOR nor a spiral",
  15: "On the circle, GELU beats ReLU and ReLU beats sigmoid",
  16: "Softmax ranks probabilities like logits and keeps their relative confidence",
  17: "GELU is what language models use",
  18: "On XOR the activations rank otherwise than on the circle",
};

/** What a verdict can be. A condition is spelt out, so that a reader can check it. */
export type Verdict =
  | "holds"
  | `holds only if ${string}`
  | "does not hold"
  | `does not hold: ${string}`
  | "a matter of record"
  | `a matter of record: ${string}`;

/** What many seeds say. */
export interface Figure extends Spread {
  /** How many seeds. */
  seeds: number;
}

/** What was decided on a claim, and on which figures. */
export interface ClaimResult {
  claim: number;
  verdict: Verdict;
  /** By what is measured, unit included: a figure over seeds, or one number where nothing is drawn. */
  figures: Record<string, number | Figure>;
  /**
   * The names of figures from chaotic training: it makes much of the last bit, in which another machine's
   * `Math.exp` may differ. They are shown and kept, but not compared. To find them, add noise of one bit
   * to `Math.exp`, `log` and `tanh`, run the notebook and see which figures move.
   */
  chaotic?: readonly string[];
}

/**
 * The verdict on a claim that was measured under several conditions: it holds under all, under none,
 * or only under those that the verdict then names.
 * @param holdsIf whether it held, by condition, as in "the weights are drawn by He's rule"
 * @throws RangeError if there is no condition
 * @example verdictFrom({ "it rains": true, "it snows": false }) // 'holds only if it rains'
 */
export function verdictFrom(holdsIf: Readonly<Record<string, boolean>>): Verdict {
  const all = Object.keys(holdsIf);
  if (all.length === 0) throw new RangeError("holdsIf is empty, give at least one condition");
  const conditions = all.filter((condition) => holdsIf[condition]);
  if (conditions.length === all.length) return "holds";
  if (conditions.length === 0) return "does not hold";
  return `holds only if ${conditions.join(" or ")}`;
}

/**
 * Median, 5–95 % range and number of the values, one a seed. Throws what `spread` throws.
 * @example figure([1, 2, 3]).seeds // 3
 */
export function figure(values: readonly number[]): Figure {
  return { ...spread(values), seeds: values.length };
}
