/** How well some seeds know what all seeds would say: 95 % intervals, and rulings that rest on them. */
import { requireSome } from "../checks.js";
import { seededRandom } from "../random.js";
import { spread } from "../statistics.js";
import { shortNumber } from "./short-number.js";

/** A 95 % interval: of a hundred computed so, about 95 hold what endless seeds would give. */
export interface Interval {
  low: number;
  high: number;
}

/** 97.5 % of a standard normal distribution are below. */
const TWO_SIDED_95 = 1.959963984540054;

/**
 * Wilson's 95 % interval of a share that was counted, as a fraction: unlike "share ± error" it serves
 * for few seeds and for shares of 0 and 1. E. Wilson (1927), doi:10.1080/01621459.1927.10502953.
 * @throws RangeError if `count` and `of` are not whole numbers with 0 ≤ count ≤ of and of > 0
 * @example shareInterval(0, 20).high.toFixed(3) // '0.161'
 */
export function shareInterval(count: number, of: number): Interval {
  if (!(Number.isInteger(of) && of > 0)) {
    throw new RangeError(`of must be a whole number above 0, got ${of}`);
  }
  if (!(Number.isInteger(count) && count >= 0 && count <= of)) {
    throw new RangeError(`count must be a whole number from 0 to ${of}, got ${count}`);
  }
  const share = count / of;
  const z2 = TWO_SIDED_95 ** 2;
  const centre = share + z2 / (2 * of);
  const reach = TWO_SIDED_95 * Math.sqrt((share * (1 - share)) / of + z2 / (4 * of ** 2));
  const at = (end: number) => Math.min(1, Math.max(0, end / (1 + z2 / of)));
  // At the ends rounding leaves 1e-17 of what is exactly 0.
  return { low: count === 0 ? 0 : at(centre - reach), high: count === of ? 1 : at(centre + reach) };
}

/** How many new samples a bootstrap draws. */
const RESAMPLES = 500;

/** Which of `of` values each resample draws, kept because drawing takes longer than computing. */
const drawn = new Map<string, number[][]>();

function drawIndices(size: number, of: number): number[][] {
  const key = `${size} of ${of}`;
  const known = drawn.get(key);
  if (known) return known;
  const random = seededRandom(key);
  const indices = Array.from({ length: RESAMPLES }, () =>
    Array.from({ length: size }, () => Math.floor(random.uniform() * of)),
  );
  drawn.set(key, indices);
  return indices;
}

/** What a statistic says of samples drawn from the values, with replacement. */
function resampled<Value>(
  values: readonly Value[],
  statistic: (values: readonly Value[]) => number,
  size: number,
): number[] {
  return drawIndices(size, values.length).map((indices) =>
    statistic(indices.map((index) => values[index])),
  );
}

/**
 * The 95 % interval of a statistic, a median or a mean say, by the bootstrap: the values are drawn anew,
 * with replacement, 500 times, and 2.5 % of what the statistic then says is left out at either end.
 * B. Efron (1981), doi:10.2307/3314608.
 * @param values one a seed
 * @throws RangeError if there is no value
 * @example bootstrapInterval([2, 2, 2], (values) => Math.max(...values)) // { low: 2, high: 2 }
 */
export function bootstrapInterval<Value>(
  values: readonly Value[],
  statistic: (values: readonly Value[]) => number,
): Interval {
  requireSome("values", values);
  const sorted = resampled(values, statistic, values.length).sort((a, b) => a - b);
  const cut = Math.round(0.025 * RESAMPLES);
  return { low: sorted[cut], high: sorted[RESAMPLES - 1 - cut] };
}

/** Where a value must lie for the answer "yes", and what the value is, such as "median loss". */
export type Bar = { readonly what: string } & (
  | { readonly above: number; readonly below?: number }
  | { readonly above?: undefined; readonly below: number }
);

/** A question put to seeds, and their answer. */
export interface Ruling extends Interval {
  /** "undecided" if the interval reaches across the bar. */
  answer: "yes" | "no" | "undecided";
  /** What was asked, such as "median loss below 0.05". */
  bar: string;
  value: number;
  seeds: number;
  /** In how many per cent of hundreds of such seeds the value is on this side of the bar. */
  agreement: number;
}

/** How many seeds one is compared with who has only looked at some. */
const HUNDRED = 100;

/**
 * Rules on a statistic: "yes" if its 95 % interval lies within the bar, "no" if it lies outside, "undecided"
 * if it reaches across. Says too how often a hundred such seeds alone would be on the same side.
 * @param values one a seed, of seeds that were not looked at when the bar was chosen
 * @throws RangeError if there is no value
 * @example ruleOn([1, 2, 3], median, { what: "median", above: 0 }).answer // 'yes'
 */
export function ruleOn<Value>(
  values: readonly Value[],
  statistic: (values: readonly Value[]) => number,
  bar: Bar,
): Ruling {
  const interval = bootstrapInterval(values, statistic);
  return ruling(values, statistic, bar, interval);
}

/**
 * Rules on the share, in per cent, of the seeds for which something is so, by Wilson's interval.
 * @throws RangeError if there is no seed
 * @example ruleOnShare([true, true, false], { what: "seeds, %", above: 90 }).answer // 'undecided'
 */
export function ruleOnShare(isSo: readonly boolean[], bar: Bar): Ruling {
  requireSome("isSo", isSo);
  const count = isSo.filter(Boolean).length;
  const { low, high } = shareInterval(count, isSo.length);
  const share = (flags: readonly boolean[]) => (100 * flags.filter(Boolean).length) / flags.length;
  return ruling(isSo, share, bar, { low: 100 * low, high: 100 * high });
}

function ruling<Value>(
  values: readonly Value[],
  statistic: (values: readonly Value[]) => number,
  bar: Bar,
  { low, high }: Interval,
): Ruling {
  const { above = Number.NEGATIVE_INFINITY, below = Number.POSITIVE_INFINITY } = bar;
  const isWithin = (value: number) => value > above && value < below;
  const isOutside = high <= above || low >= below;
  const value = statistic(values);
  const alike = resampled(values, statistic, HUNDRED).filter(
    (other) => isWithin(other) === isWithin(value),
  ).length;
  return {
    answer: isWithin(low) && isWithin(high) ? "yes" : isOutside ? "no" : "undecided",
    bar: `${bar.what} ${barText(above, below)}`,
    value,
    low,
    high,
    seeds: values.length,
    agreement: (100 * alike) / RESAMPLES,
  };
}

function barText(above: number, below: number): string {
  if (below === Number.POSITIVE_INFINITY) return `above ${shortNumber(above)}`;
  const under = shortNumber(below);
  return above === Number.NEGATIVE_INFINITY
    ? `below ${under}`
    : `from ${shortNumber(above)} to ${under}`;
}

/**
 * The arithmetic mean.
 * @throws RangeError if there is no value
 * @example mean([1, 2, 6]) // 3
 */
export function mean(values: readonly number[]): number {
  requireSome("values", values);
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/**
 * The middle value. Throws what `spread` throws.
 * @example median([1, 2, 6]) // 2
 */
export function median(values: readonly number[]): number {
  return spread(values).median;
}
