/** Samples in two parts: nothing is lost or doubled, and the seed decides. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { holdOut } from "activation-lab/course";
import fc from "fast-check";

const numbers = Array.from({ length: 30 }, (_, i) => i);

test("each sample is in one of the parts, once", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 29 }), fc.integer(), (count, seed) => {
      const { training, heldOut } = holdOut(numbers, count, seed);
      assert.equal(heldOut.length, count);
      assert.deepEqual(
        [...training, ...heldOut].sort((a, b) => a - b),
        numbers,
      );
    }),
  );
});

test("the same seed gives the same parts in the same order, another other ones", () => {
  assert.deepEqual(holdOut(numbers, 10, "a"), holdOut(numbers, 10, "a"));
  assert.notDeepEqual(holdOut(numbers, 10, "a"), holdOut(numbers, 10, "b"));
  assert.deepEqual(numbers[7], 7);
});

test("every sample comes to every place equally often", () => {
  const seeds = 3000;
  const counts = [0, 1, 2, 3].map(() => [0, 0, 0, 0]);
  for (let seed = 0; seed < seeds; seed++) {
    const { training, heldOut } = holdOut([0, 1, 2, 3], 1, seed);
    for (const [place, item] of [...heldOut, ...training].entries()) counts[place][item]++;
  }
  // Five standard deviations of a count.
  const most = 5 * Math.sqrt(seeds * 0.25 * 0.75);
  for (const count of counts.flat()) assert.ok(Math.abs(count - seeds / 4) < most, `${count}`);
});

test("refuses to leave a part empty", () => {
  for (const count of [0, 30, 1.5, Number.NaN])
    assert.throws(() => holdOut(numbers, count, 1), /count must be a whole number from 1 to 29/);
  assert.throws(() => holdOut([], 1, 1), /samples is empty/);
});
