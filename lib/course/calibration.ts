/** How well one's own verdicts agree with the trial's, and whether one knew it. */
import { type ClaimResult, KINDS, type Kind, kindOf } from "./claims.js";
import { shareInterval } from "./intervals.js";

/** A verdict of one's own: on which claim, which kind, and how sure in per cent. */
export type OwnVerdict = readonly [claim: number, kind: Kind, sure: number];

/** Ends of the groups by sureness, in per cent. A third is a guess among three verdicts. */
const GROUPS = [0, 50, 70, 90, 100] as const;

/**
 * Compares verdicts of one's own with the results, in groups by how sure one was: a row a group that has any,
 * and one for all. Who is well calibrated is right as often as sure.
 * @param own the last verdict on a claim counts
 * @throws RangeError if a claim has no result, a kind is none, or a sureness is not from 0 to 100
 * @example calibration([], []) // []
 */
export function calibration(
  own: readonly OwnVerdict[],
  results: readonly ClaimResult[],
): { sure: string; verdicts: number; "right, %": string; "sure, %": string }[] {
  const judged = [...new Map(own.map((one) => [one[0], one])).values()].map(
    ([claim, kind, sure]) => {
      const result = results.find((one) => one.claim === claim);
      if (!result) throw new RangeError(`claim ${claim} has no result: run its section first`);
      if (!KINDS.includes(kind))
        throw new RangeError(
          `claim ${claim}: the verdict must be one of ${KINDS.join(", ")}, got ${kind}`,
        );
      if (!(sure >= 0 && sure <= 100))
        throw new RangeError(`claim ${claim}: how sure must be from 0 to 100, got ${sure}`);
      return { sure, isRight: kindOf(result.verdict) === kind };
    },
  );
  const row = (sure: string, group: typeof judged) => {
    const right = group.filter(({ isRight }) => isRight).length;
    const { low, high } = shareInterval(right, group.length);
    const meanSure = group.reduce((sum, one) => sum + one.sure, 0) / group.length;
    return {
      sure,
      verdicts: group.length,
      "right, %": `${whole(100 * (right / group.length))} [${whole(100 * low)} to ${whole(100 * high)}]`,
      "sure, %": whole(meanSure),
    };
  };
  const groups = GROUPS.slice(1).map((to, i) => {
    const from = GROUPS[i] as number;
    const group = judged
      .filter(({ sure }) => sure < to || to === 100)
      .filter(({ sure }) => sure >= from);
    return { name: `${from} to ${to} %`, group };
  });
  return [
    ...groups.filter(({ group }) => group.length > 0).map(({ name, group }) => row(name, group)),
    ...(judged.length > 0 ? [row("all", judged)] : []),
  ];
}

function whole(value: number): string {
  return value.toFixed(0);
}
