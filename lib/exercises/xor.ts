/** Exercise "XOR": when a network is done, and the typical time of networks of which some never are. */
import * as fc from "fast-check";
import { median } from "../course/intervals.js";
import { spread } from "../statistics.js";
import { type ExerciseDefinition, fewOf, mean, mistake, type Part } from "./part.js";

/** What the exercise asks for. */
export interface XorAnswer {
  /** Infinity if it is never solved. */
  epochsToSolve: (accuracies: readonly number[]) => number;
  solvedShare: (epochs: readonly number[]) => number;
  medianEpochs: (epochs: readonly number[]) => number;
}

// #region epochsToSolve
export function epochsToSolve(accuracies: readonly number[]): number {
  let failing = accuracies.length; // backwards to the last epoch that fails
  while (failing > 0 && accuracies[failing - 1] === 1) failing--;
  return failing === accuracies.length ? Number.POSITIVE_INFINITY : failing + 1;
}
// #endregion

// #region solvedShare
export function solvedShare(epochs: readonly number[]): number {
  return epochs.filter((epoch) => Number.isFinite(epoch)).length / epochs.length;
}
// #endregion

// #region medianEpochs
export function medianEpochs(epochs: readonly number[]): number {
  const sorted = [...epochs].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  if (sorted.length % 2 === 1) return sorted[middle];
  const [below, above] = [sorted[middle - 1], sorted[middle]];
  return below === above ? below : (below + above) / 2;
}
// #endregion

const epochsToSolvePart: Part = {
  parameters: ["accuracies"],
  cases: [
    [[0.5, 0.75, 1, 1, 1]],
    [[0.5, 1, 0.75, 0.5, 1, 1]],
    [[0.5, 1, 1, 0.75, 1, 1, 1]],
    [[0.5, 0.5, 0.75]],
    [[0.5, 1, 0.75]],
    [[1, 1]],
    [[1, 1, 1, 0.5, 1]],
    [[1, 0.5, 0.5, 0.75, 1]],
    [[0.5, 1, 1, 0.75]],
    [[0.5, 0.5, 1]],
    [[1]],
    [[0.75]],
  ],
  random: fc.tuple(fewOf(fc.constantFrom(1, 0.75, 0.5), 12)),
  expected: epochsToSolve,
  mistakes: [
    mistake(
      "one-early",
      "one too early: epochs count from 1, and the first one that stays right is wanted.",
      (accuracies: readonly number[]) => epochsToSolve(accuracies) - 1,
    ),
    mistake(
      "lost-again",
      "the first epoch with all points right: it can be lost again. Find the one from which they stay right.",
      (accuracies: number[]) =>
        accuracies.includes(1) ? accuracies.indexOf(1) + 1 : Number.POSITIVE_INFINITY,
      (accuracies: number[]) =>
        accuracies.at(-1) === 1 ? accuracies.indexOf(1) + 1 : Number.POSITIVE_INFINITY,
    ),
    mistake(
      "lost-again-from-0",
      "the first epoch with all points right, counted from 0: it can be lost again, and epochs count from 1.",
      (accuracies: number[]) => accuracies.indexOf(1),
    ),
    mistake(
      "unsolved-end",
      "where the last epoch is not right it is never solved, whatever came before: return Infinity.",
      (accuracies: number[]) =>
        accuracies.includes(1)
          ? epochsToSolve(accuracies.slice(0, accuracies.lastIndexOf(1) + 1))
          : Number.POSITIVE_INFINITY,
    ),
    mistake(
      "last-drop",
      "the epoch after the last drop need not be right yet. Find the one from which all are 1.",
      (accuracies: number[]) => {
        if (accuracies.at(-1) !== 1) return Number.POSITIVE_INFINITY;
        const isDrop = accuracies.map((accuracy, i) => accuracy < accuracies[i - 1]);
        const last = isDrop.lastIndexOf(true);
        return last < 0 ? accuracies.indexOf(1) + 1 : last + 2;
      },
    ),
    mistake(
      "longest-run",
      "the longest run of right epochs can be lost again. Find the run that lasts to the end.",
      (accuracies: number[]) => {
        if (accuracies.at(-1) !== 1) return Number.POSITIVE_INFINITY;
        const lengths = accuracies.map((_, i) => {
          const rest = accuracies.slice(i);
          return rest.some((accuracy) => accuracy < 1) ? rest.findIndex((a) => a < 1) : rest.length;
        });
        return lengths.indexOf(Math.max(...lengths)) + 1;
      },
    ),
    mistake(
      "two-in-a-row",
      "one right epoch at the end is enough: from there to the end of the list, all are right.",
      (accuracies: number[]) =>
        accuracies.at(-2) === 1 ? epochsToSolve(accuracies) : Number.POSITIVE_INFINITY,
    ),
    mistake(
      "never-is-length",
      "where it is never solved this gives the number of epochs: return Infinity.",
      (accuracies: number[]) => Math.min(epochsToSolve(accuracies), accuracies.length),
    ),
    mistake(
      "count",
      "this is how many epochs had all points right.",
      (accuracies: number[]) => accuracies.filter((accuracy) => accuracy === 1).length,
    ),
    ...Object.entries({ "never-is-0": 0, "never-is-negative": -1, "no-infinity": undefined }).map(
      ([id, never]) =>
        mistake(
          id,
          `where it is never solved this gives ${never}: return Infinity.`,
          (accuracies: number[]) => (accuracies.at(-1) === 1 ? epochsToSolve(accuracies) : never),
        ),
    ),
  ],
  hints: [
    "If the last epoch is not at 1, the network has not solved it: Infinity.",
    "Otherwise look from the end: what is the last epoch that was not at 1?",
    "Count down from accuracies.length while the epoch's accuracy is 1. Epoch n, counted from 1, is `accuracies[n - 1]`; the answer is the one after the last that fails.",
  ],
};

const cases = [
  [[30, 200, 100, 4, 5000]],
  [[8, Number.POSITIVE_INFINITY, 21, 10]],
  [[Number.POSITIVE_INFINITY, 5, Number.POSITIVE_INFINITY]],
  [[7]],
  [[Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]],
  [[Number.POSITIVE_INFINITY, 12, 7, Number.POSITIVE_INFINITY]],
  [[9, Number.POSITIVE_INFINITY]],
  [[150_000, 30, Number.POSITIVE_INFINITY]],
];

const random = fc.tuple(
  fewOf(fc.oneof(fc.integer({ min: 1, max: 5000 }), fc.constant(Number.POSITIVE_INFINITY)), 12),
);

const solvedSharePart: Part = {
  parameters: ["epochs"],
  cases,
  random,
  expected: solvedShare,
  mistakes: [
    mistake(
      "unsolved-share",
      "this is the share that never solved it.",
      (epochs: number[]) => 1 - solvedShare(epochs),
    ),
    mistake(
      "count",
      "this is the number of networks: divide by how many there are.",
      (epochs: number[]) => epochs.filter(Number.isFinite).length,
    ),
    mistake(
      "percentage",
      "this is a percentage; a share from 0 to 1 is wanted.",
      (epochs: number[]) => 100 * solvedShare(epochs),
    ),
    mistake(
      "infinity-solved",
      "Infinity counts as solved here: it means never.",
      (epochs: number[]) => epochs.filter((epoch) => epoch > 0).length / epochs.length,
    ),
    mistake(
      "limit",
      "a limit such as 2,000 is built in: a network that needed 5,000 epochs has solved it. Only Infinity means never.",
      ...[2000, 10_000, 100_000].map(
        (limit) => (epochs: number[]) =>
          epochs.filter((epoch) => epoch < limit).length / epochs.length,
      ),
    ),
    mistake(
      "odds",
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

const medianEpochsPart: Part = {
  parameters: ["epochs"],
  cases,
  random,
  expected: medianEpochs,
  inLibrary: [median, spread],
  mistakes: [
    mistake(
      "left-out",
      "networks that never solve it are left out, which flatters an activation that often fails. Infinity sorts last and stays in.",
      ...[undefined, Number.NaN, Number.POSITIVE_INFINITY, 0].map((none) => (epochs: number[]) => {
        const solved = epochs.filter(Number.isFinite);
        return solved.length === 0 ? none : medianEpochs(solved);
      }),
      (epochs: number[]) => {
        const solved = epochs.filter(Number.isFinite);
        if (solved.length < epochs.length / 2) return Number.POSITIVE_INFINITY;
        return medianEpochs(solved);
      },
    ),
    mistake(
      "half",
      "if exactly half never solve it, the two in the middle are a number and Infinity: their mean is Infinity.",
      (epochs: number[]) => {
        const solved = epochs.filter(Number.isFinite);
        return 2 * solved.length === epochs.length ? Math.max(...solved) : medianEpochs(epochs);
      },
    ),
    mistake("brackets", "/ comes before +: put the sum into brackets.", (epochs: number[]) => {
      const sorted = [...epochs].sort((a, b) => a - b);
      const middle = Math.floor(sorted.length / 2);
      return sorted.length % 2 === 1 ? sorted[middle] : sorted[middle - 1] + sorted[middle] / 2;
    }),
    mistake(
      "sorted-as-text",
      "sort() without a function sorts numbers as text, 100 before 30: give it `(a, b) => a - b`.",
      (epochs: number[]) => {
        const sorted = [...epochs].sort();
        const middle = Math.floor(sorted.length / 2);
        if (sorted.length % 2 === 1) return sorted[middle];
        return mean([sorted[middle - 1], sorted[middle]]);
      },
    ),
    mistake("unsorted", "the list has to be sorted first.", (epochs: number[]) => {
      const middle = Math.floor(epochs.length / 2);
      return epochs.length % 2 === 1 ? epochs[middle] : mean([epochs[middle - 1], epochs[middle]]);
    }),
    mistake("mean", "this is the mean; the median is wanted.", mean),
    mistake(
      "one-of-two",
      "with an even number, take the mean of the two in the middle.",
      (epochs: number[]) => [...epochs].sort((a, b) => a - b).at(Math.floor(epochs.length / 2)),
      (epochs: number[]) => [...epochs].sort((a, b) => a - b).at(Math.ceil(epochs.length / 2) - 1),
    ),
    mistake("fastest", "this is the fastest network; the median is wanted.", (epochs: number[]) =>
      Math.min(...epochs),
    ),
  ],
  hints: [
    "Half of the networks are faster than the median and half are slower; one that never solves it is slower than all others.",
    "Copy, then sort by number: `[...epochs].sort((a, b) => a - b)`.",
    "An odd number has one in the middle; of an even number take the mean of the two in the middle. (∞ + ∞) / 2 is ∞ as it should be.",
  ],
};

export const xorExercise: ExerciseDefinition<XorAnswer> = {
  title: "XOR",
  name: "xor",
  parts: {
    epochsToSolve: epochsToSolvePart,
    solvedShare: solvedSharePart,
    medianEpochs: medianEpochsPart,
  },
  questions: {
    failing: {
      right: "a",
      says: {
        a: "Where all units are off at two points of different labels, every gradient that could tell these points apart is 0, for ever. Leaky ReLU keeps a hundredth of it, which is slow but enough.",
        b: "Both have the same learning rate, and with ReLU a smaller one fails as well.",
        c: "Both draw the same starting weights from a seed.",
      },
    },
    cheap: {
      right: "c",
      says: {
        a: "More epochs help most seeds, but that is waiting and not a change.",
        b: "Sigmoid's largest slope is 1/4: smaller steps make it slower still.",
        c: "Larger inputs reach the bends of sigmoid. Try trainOnXor(key, seed, { move: (x) => 4 * x - 2 }).",
      },
    },
    report: {
      right: "b",
      says: {
        a: "That compares the lucky runs of one activation with all runs of another.",
        b: "The share that finished, together with the limit, says more than the median of those that did. A quantile below that share is finite, too.",
        c: "The mean of a list with Infinity in it is Infinity.",
      },
    },
    moved: {
      right: "b",
      says: {
        a: "Then the order at −2 and 2 would be the one at 0 and 1. Try trainOnXor(key, seed, { move: (x) => 4 * x - 2 }).",
        b: "At −2 and 2 GELU is first again and Swish close behind, nearly as on the circle. It is the size of the inputs that decides whether they reach the bends.",
        c: "One of the six is far slower than the others at any size.",
      },
    },
  },
};
