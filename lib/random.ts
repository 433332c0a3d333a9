/** Seeded random draws: the same seed gives the same numbers on every machine. */
import { randomNormal, randomUniform } from "d3-random";
import seedrandom from "seedrandom";

/** What identifies a sequence of draws. 1 and "1" are the same seed. */
export type Seed = number | string;

/** A sequence of draws; each call advances it. */
export interface Random {
  /** One draw, uniform on [min, max). Defaults to [0, 1). */
  uniform(min?: number, max?: number): number;
  /** One draw from the normal distribution. Defaults to mean 0 and standard deviation 1. */
  normal(mean?: number, deviation?: number): number;
}

/**
 * Starts a sequence of draws.
 * @throws TypeError if `seed` is not a finite number or a string that is not empty
 */
export function seededRandom(seed: Seed): Random {
  const usable = typeof seed === "string" ? seed !== "" : Number.isFinite(seed);
  if (!usable) {
    throw new TypeError(`seed must be a finite number or a non-empty string, got ${String(seed)}`);
  }
  const source = seedrandom(String(seed));
  return {
    uniform: (min = 0, max = 1) => randomUniform.source(source)(min, max)(),
    normal: (mean = 0, deviation = 1) => randomNormal.source(source)(mean, deviation)(),
  };
}
