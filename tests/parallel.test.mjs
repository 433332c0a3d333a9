/** Work on all cores: the order of the results, and what a failure does to the rest. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { inParallel } from "../tools/notebooks.mjs";

test("results come in the order of the items, never more at work than allowed", async () => {
  let atWork = 0;
  let most = 0;
  const results = await inParallel(
    [30, 1, 20, 1],
    async (milliseconds) => {
      atWork += 1;
      most = Math.max(most, atWork);
      await wait(milliseconds);
      atWork -= 1;
      return milliseconds;
    },
    2,
  );
  assert.deepEqual(results, [30, 1, 20, 1]);
  assert.equal(most, 2);
});

test("after a failure none is begun, and those at work have ended when it is reported", async () => {
  /** @type {number[]} */
  const begun = [];
  /** @type {number[]} */
  const ended = [];
  const work = async (/** @type {number} */ item) => {
    begun.push(item);
    await wait(item === 1 ? 5 : 40);
    if (item === 1) throw new Error("1 fails");
    ended.push(item);
  };
  await assert.rejects(inParallel([1, 2, 3, 4], work, 2), /1 fails/);
  assert.deepEqual(begun, [1, 2]);
  assert.deepEqual(ended, [2]);
});
