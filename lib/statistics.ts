/** What many seeds say: the median, and the range that holds nine of ten. */
import { quantileSorted } from "d3-array";
import { requireLength, requireSome } from "./checks.js";

/** The middle of some values and how far they spread. */
export interface Spread {
  /** 5 % of the values are below. */
  low: number;
  median: number;
  /** 5 % of the values are above. */
  high: number;
}

/**
 * Median and 5–95 % range, interpolated between neighbours (R's and NumPy's default, type 7).
 * R. Hyndman and Y. Fan (1996), doi:10.1080/00031305.1996.10473566.
 * @throws RangeError if `values` is empty
 * @throws TypeError if a value is NaN, which has no place in an order
 * @example spread([1, 2, 3]).median // 2
 */
export function spread(values: readonly number[]): Spread {
  requireSome("spread: values", values);
  const wrong = values.findIndex((value) => typeof value !== "number" || Number.isNaN(value));
  if (wrong >= 0)
    throw new TypeError(`spread: values[${wrong}] must be a number, got ${values[wrong]}`);
  const sorted = Array.from(Float64Array.from(values).sort());
  const at = (share: number) => {
    const quantile = quantileSorted(sorted, share) as number;
    // Between two infinite neighbours d3 computes ∞ − ∞.
    return Number.isNaN(quantile) ? sorted[Math.floor(share * (sorted.length - 1))] : quantile;
  };
  return { low: at(0.05), median: at(0.5), high: at(0.95) };
}

/**
 * The spread at each position of curves of equal length: one curve a seed in, three curves out.
 * @throws RangeError if there is no curve or the lengths differ
 * @example spreadOfCurves([[1, 5], [3, 5]]).median // [ 2, 5 ]
 */
export function spreadOfCurves(
  curves: readonly (readonly number[])[],
): Record<keyof Spread, number[]> {
  requireSome("spreadOfCurves: curves", curves);
  const { length } = curves[0];
  for (const [index, curve] of curves.entries())
    requireLength(`spreadOfCurves: curves[${index}]`, curve, length);
  const spreads = Array.from({ length }, (_, position) =>
    spread(curves.map((curve) => curve[position] as number)),
  );
  return {
    low: spreads.map(({ low }) => low),
    median: spreads.map(({ median }) => median),
    high: spreads.map(({ high }) => high),
  };
}
