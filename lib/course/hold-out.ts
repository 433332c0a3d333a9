/** Samples in two parts: some to learn from, some to be judged by. */
import { requireSome } from "../checks.js";
import { type Seed, seededRandom } from "../random.js";

/**
 * Shuffles the samples and holds some of them out, which a network then has never seen.
 * @param count how many are held out
 * @returns lists of their own; the samples themselves are not copied
 * @throws RangeError if `count` is not a whole number from 1 to one less than there are samples
 * @throws TypeError if `seed` is no seed (see `seededRandom`)
 * @example holdOut([1, 2, 3], 1, "any").training.length // 2
 */
export function holdOut<Item>(
  samples: readonly Item[],
  count: number,
  seed: Seed,
): { training: Item[]; heldOut: Item[] } {
  requireSome("samples", samples);
  if (!(Number.isInteger(count) && count >= 1 && count < samples.length)) {
    throw new RangeError(
      `count must be a whole number from 1 to ${samples.length - 1}, got ${count}`,
    );
  }
  const random = seededRandom(seed);
  const shuffled = [...samples];
  // R. Durstenfeld (1964), doi:10.1145/364520.364540.
  for (let left = shuffled.length; left > 1; left--) {
    const chosen = Math.floor(random.uniform() * left);
    [shuffled[left - 1], shuffled[chosen]] = [shuffled[chosen], shuffled[left - 1]];
  }
  return { training: shuffled.slice(count), heldOut: shuffled.slice(0, count) };
}
