/** Seeded random draws: the same seed gives the same numbers on every machine. */
import { randomNormal, randomUniform } from "d3-random";
import seedrandom from "seedrandom";
import { requireFinite } from "./checks.js";

/** What identifies a sequence of draws. 1 and "1" are the same seed. */
export type Seed = number | string;

/** A sequence of draws; each call advances it. */
export interface Random {
  /**
   * One draw, uniform on [min, max). Defaults to [0, 1).
   * @throws RangeError if an end is not finite or they are the wrong way round
   */
  uniform(min?: number, max?: number): number;
  /**
   * One draw from the normal distribution. Defaults to mean 0 and standard deviation 1.
   * @throws RangeError if `mean` is not finite or `deviation` is not a finite number from 0 on
   */
  normal(mean?: number, deviation?: number): number;
}

/**
 * Starts a sequence of draws.
 * @throws TypeError if `seed` is not a finite number or a string that is not empty
 * @example seededRandom("course").uniform(3, 3) // 3
 */
export function seededRandom(seed: Seed): Random {
  const usable = typeof seed === "string" ? seed !== "" : Number.isFinite(seed);
  if (!usable) {
    throw new TypeError(`seed must be a finite number or a non-empty string, got ${String(seed)}`);
  }
  // seedrandom sees the low byte of each character, to which "š" is "a", and repeats a short seed until its
  // key is full, to which "1" is "11". So other characters are spelt out, and a line end says where it ends.
  const spelt = `${seed}`.replace(/[%\n\u0080-\uffff]/g, (unit) => `%${unit.charCodeAt(0)};`);
  const source = seedrandom(`${spelt}\n`);
  // One generator for all normal draws: it makes them in pairs and keeps the second for the next call.
  const standardNormal = randomNormal.source(source)();
  return {
    uniform: (min = 0, max = 1) => {
      if (!(min <= max && Number.isFinite(min) && Number.isFinite(max))) {
        throw new RangeError(
          `uniform: min and max must be finite numbers, min not above max, got ${min} and ${max}`,
        );
      }
      return randomUniform.source(source)(min, max)();
    },
    normal: (mean = 0, deviation = 1) => {
      requireFinite("normal: mean", mean);
      if (!(deviation >= 0 && Number.isFinite(deviation))) {
        throw new RangeError(
          `normal: deviation must be a finite number from 0 on, got ${deviation}`,
        );
      }
      return mean + deviation * standardNormal();
    },
  };
}
