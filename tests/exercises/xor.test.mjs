// Exercise XOR: right answers pass, wrong ones are refused for what is wrong with them.
import { testAnswers } from "./support.mjs";

testAnswers("xor", {
  epochsToSolve: {
    right: [
      (accuracies) => {
        for (let i = 0; i < accuracies.length; i++) {
          if (accuracies.slice(i).every((a) => a === 1)) return i + 1;
        }
        return Infinity;
      },
      (accuracies) => {
        const index = accuracies.map((a) => a < 1).lastIndexOf(true);
        return index === accuracies.length - 1 ? 1 / 0 : index + 2;
      },
      (accuracies) => {
        accuracies.reverse();
        const solved = accuracies.findIndex((a) => a < 1);
        if (solved === 0) return Infinity;
        return solved < 0 ? 1 : accuracies.length - solved + 1;
      },
    ],
    wrong: [
      [(a) => (a.includes(1) ? a.indexOf(1) + 1 : Infinity), "lost-again"],
      [(a) => a.indexOf(1), "lost-again-from-0"],
      [(a) => (a.at(-1) === 1 ? a.indexOf(1) + 1 : Infinity), "lost-again"],
      [(a) => a.findIndex((x, i) => x === 1 && a[i + 1] === 1) + 1 || Infinity, "unrecognised"],
      [(a) => a.filter((x) => x === 1).length, "count"],
      [(a) => (a.at(-1) === 1 ? a.map((x) => x < 1).lastIndexOf(true) + 1 : Infinity), "one-early"],
      [(a) => (a.at(-1) === 1 ? a.map((x) => x < 1).lastIndexOf(true) + 2 : 0), "never-is-0"],
      [
        (a) => (a.at(-1) === 1 ? a.map((x) => x < 1).lastIndexOf(true) + 2 : undefined),
        "no-infinity",
      ],
      [
        (a) => (a.at(-1) === 1 ? a.map((x) => x < 1).lastIndexOf(true) + 2 : a.length),
        "never-is-length",
      ],
      [lastRunOfOnes, "unsolved-end"],
      [
        (a) => {
          // The epoch after the last drop, be it solved there or not.
          const drop = a.findLastIndex((x, i) => x < a[i - 1]);
          if (a.at(-1) !== 1) return Infinity;
          return drop < 0 ? a.indexOf(1) + 1 : drop + 2;
        },
        "last-drop",
      ],
      [longestRunOfOnes, "longest-run"],
      [(a) => (a.at(-1) === 1 && a.at(-2) === 1 ? lastRunOfOnes(a) : Infinity), "two-in-a-row"],
    ],
  },
  solvedShare: {
    right: [
      (epochs) => epochs.filter(Number.isFinite).length / epochs.length,
      (epochs) => epochs.reduce((sum, e) => sum + (e < Infinity ? 1 : 0), 0) / epochs.length,
      (epochs) => {
        let solved = 0;
        for (const e of epochs) if (e !== Infinity) solved++;
        return solved / epochs.length;
      },
    ],
    wrong: [
      [(e) => e.filter((x) => x === Infinity).length / e.length, "unsolved-share"],
      [(e) => e.filter((x) => x < Infinity).length, "count"],
      [(e) => (100 * e.filter((x) => x < Infinity).length) / e.length, "percentage"],
      [() => 1, "infinity-solved"],
      [(e) => e.filter((x) => x < 2000).length / e.length, "limit"],
      [(e) => `${e.length}`, "shape"],
      [(e) => e.filter((x) => x <= 10_000).length / e.length, "limit"],
    ],
  },
  medianEpochs: {
    right: [
      (epochs) => {
        const s = [...epochs].sort((a, b) => a - b);
        const [low, high] = [s[(s.length - 1) >> 1], s[s.length >> 1]];
        return low === high ? low : (low + high) / 2;
      },
      (epochs) => {
        epochs.sort((a, b) => (a < b ? -1 : Number(a > b)));
        const half = epochs.length / 2;
        return Number.isInteger(half)
          ? (epochs[half - 1] + epochs[half]) / 2
          : epochs[Math.floor(half)];
      },
      (epochs) => {
        let rest = [...epochs];
        while (rest.length > 2) {
          rest.splice(rest.indexOf(Math.min(...rest)), 1);
          rest.splice(rest.indexOf(Math.max(...rest)), 1);
        }
        rest = rest.length === 1 ? [rest[0], rest[0]] : rest;
        return rest[0] / 2 + rest[1] / 2;
      },
    ],
    wrong: [
      [(e) => median(e.filter(Number.isFinite)), "left-out"],
      [(e) => medianOfSorted([...e].sort()), "sorted-as-text"],
      [(e) => medianOfSorted(e), "unsorted"],
      [(e) => e.reduce((a, b) => a + b) / e.length, "mean"],
      [(e) => [...e].sort((a, b) => a - b)[e.length >> 1], "one-of-two"],
      [(e) => Math.min(...e), "fastest"],
      [(e) => Math.floor(median(e)), "rounded"],
      [
        (e) => {
          const finite = e.filter(Number.isFinite);
          return finite.length > 0 ? median(finite) : Infinity;
        },
        "left-out",
      ],
      [
        (e) =>
          e.length % 2 ? median(e) : median(e) + [...e].sort((a, b) => a - b)[e.length / 2 - 1] / 2,
        "brackets",
      ],
      [
        (e) => {
          const failed = e.filter((x) => x === Infinity).length;
          if (failed > e.length / 2) return Infinity;
          const value = median(e);
          return value === Infinity ? Math.max(...e.filter(Number.isFinite)) : value;
        },
        "half",
      ],
      [
        (e) => {
          const failed = e.filter((x) => x === Infinity).length;
          return failed > e.length / 2 ? Infinity : median(e.filter(Number.isFinite));
        },
        "left-out",
      ],
    ],
  },
});

/** @param {readonly number[]} values */
function median(values) {
  return medianOfSorted([...values].sort((a, b) => a - b));
}

/** @param {readonly number[]} sorted */
function medianOfSorted(sorted) {
  const half = sorted.length >> 1;
  return sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

/**
 * From where to where the accuracy is 1, as [index, length].
 * @param {readonly number[]} accuracies
 */
function runsOfOnes(accuracies) {
  /** @type {[index: number, length: number][]} */
  const runs = [];
  for (const [i, accuracy] of accuracies.entries()) {
    if (accuracy < 1) continue;
    if (accuracies[i - 1] === 1) runs[runs.length - 1][1]++;
    else runs.push([i, 1]);
  }
  return runs;
}

/** @param {readonly number[]} accuracies */
function lastRunOfOnes(accuracies) {
  const [index] = runsOfOnes(accuracies).at(-1) ?? [Infinity];
  return index + 1;
}

/** @param {readonly number[]} accuracies */
function longestRunOfOnes(accuracies) {
  if (accuracies.at(-1) !== 1) return Infinity;
  const [[index]] = runsOfOnes(accuracies).sort(([, a], [, b]) => b - a);
  return index + 1;
}
