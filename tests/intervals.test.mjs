/** Intervals of what seeds say, and rulings on them: against published values and what must hold of any. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { seededRandom } from "activation-lab";
import {
  bootstrapInterval,
  mean,
  median,
  ruleOn,
  ruleOnShare,
  shareInterval,
} from "activation-lab/course";
import { near } from "./support.mjs";

/** @param {number} count @param {number} of */
const flags = (count, of) => Array.from({ length: of }, (_, i) => i < count);

/** @param {import("activation-lab").Seed} seed @param {number} size */
const normals = (seed, size) => {
  const random = seededRandom(seed);
  return Array.from({ length: size }, () => random.normal());
};

describe("shareInterval", () => {
  // R. Newcombe (1998), Statistics in Medicine 17, table I, method 3 (Wilson's score without correction).
  for (const [count, of, low, high] of [
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ]) {
    test(`is Newcombe's for ${count} of ${of}`, () => {
      const interval = shareInterval(count, of);
      assert.equal(interval.low.toFixed(4), low.toFixed(4));
      assert.equal(interval.high.toFixed(4), high.toFixed(4));
    });
  }

  test("is the same from the other side, and exact at the ends", () => {
    for (const count of [0, 1, 7, 50, 100]) {
      const { low, high } = shareInterval(count, 100);
      const other = shareInterval(100 - count, 100);
      near(low, 1 - other.high, 1e-12, `low of ${count}`);
      near(high, 1 - other.low, 1e-12, `high of ${count}`);
    }
    assert.equal(shareInterval(0, 7).low, 0);
    assert.equal(shareInterval(7, 7).high, 1);
  });

  test("refuses what is no count", () => {
    assert.throws(() => shareInterval(1, 0), /of must be a whole number above 0, got 0/);
    for (const count of [-1, 4, 1.5, Number.NaN]) {
      assert.throws(() => shareInterval(count, 3), {
        name: "RangeError",
        message: `count must be a whole number from 0 to 3, got ${count}`,
      });
    }
  });
});

describe("bootstrapInterval", () => {
  test("of a mean is about 1.96 standard errors to each side", () => {
    const values = normals("mean", 1000);
    const { low, high } = bootstrapInterval(values, mean);
    const error = Math.sqrt(mean(values.map((v) => (v - mean(values)) ** 2)) / 1000);
    near(high - low, 2 * 1.96 * error, 0.1 * (high - low), "width");
    assert.ok(low < mean(values) && mean(values) < high);
  });

  test("holds the true median in about 95 of 100 samples", () => {
    const holding = Array.from({ length: 100 }, (_, seed) => {
      const { low, high } = bootstrapInterval(normals(seed, 100), median);
      return low <= 0 && high >= 0;
    });
    const count = holding.filter(Boolean).length;
    assert.ok(count >= 88 && count <= 100, `${count} of 100`);
  });

  test("is the same each time, and refuses an empty list", () => {
    const values = normals(1, 50);
    assert.deepEqual(bootstrapInterval(values, median), bootstrapInterval(values, median));
    assert.throws(() => bootstrapInterval([], mean), /values is empty/);
  });
});

const what = "mean of draws";

describe("ruleOn", () => {
  const values = normals("ruling", 1000);

  test("answers by the whole interval", () => {
    assert.equal(ruleOn(values, mean, { what, above: -0.5 }).answer, "yes");
    assert.equal(ruleOn(values, mean, { what, above: 0.5 }).answer, "no");
    assert.equal(ruleOn(values, mean, { what, below: 0.5 }).answer, "yes");
    assert.equal(ruleOn(values, mean, { what, below: -0.5 }).answer, "no");
    assert.equal(ruleOn(values, mean, { what, above: mean(values) }).answer, "undecided");
    assert.equal(ruleOn(values, mean, { what, above: -1, below: 1 }).answer, "yes");
    assert.equal(ruleOn(values, mean, { what, above: 0.5, below: 1 }).answer, "no");
    assert.equal(
      ruleOn(values, mean, { what, above: -1, below: mean(values) }).answer,
      "undecided",
    );
  });

  test("says what it rests on", () => {
    const { value, low, high, bar, seeds } = ruleOn(values, median, {
      what,
      above: -2,
      below: 0.7,
    });
    assert.deepEqual({ low, high }, bootstrapInterval(values, median));
    assert.equal(value, median(values));
    assert.equal(bar, "mean of draws from −2 to 0.7");
    assert.equal(seeds, 1000);
    assert.equal(ruleOn(values, mean, { what, above: 3 }).bar, "mean of draws above 3");
    assert.equal(ruleOn(values, mean, { what, below: 3 }).bar, "mean of draws below 3");
  });

  test("counts how often a hundred would be on the same side", () => {
    assert.equal(ruleOn(values, mean, { what, above: -1 }).agreement, 100);
    assert.equal(ruleOn(values, mean, { what, above: 1 }).agreement, 100);
    const { agreement } = ruleOn(values, mean, { what, above: mean(values) - 0.1 });
    // A hundred means scatter by 0.1: one standard error is exceeded downwards in 16 of 100 cases.
    assert.ok(agreement > 79 && agreement < 89, `${agreement}`);
    assert.throws(() => ruleOn([], mean, { what, above: 0 }), /values is empty/);
  });
});

describe("ruleOnShare", () => {
  test("rules in per cent by Wilson's interval", () => {
    const ruling = ruleOnShare(flags(977, 1000), { what, above: 95 });
    const { low, high } = shareInterval(977, 1000);
    assert.deepEqual(
      [ruling.answer, ruling.value, ruling.low, ruling.high],
      ["yes", 97.7, 100 * low, 100 * high],
    );
    assert.equal(ruleOnShare(flags(96, 100), { what, above: 95 }).answer, "undecided");
    assert.equal(ruleOnShare(flags(80, 100), { what, above: 95 }).answer, "no");
    assert.throws(() => ruleOnShare([], { what, above: 95 }), /isSo is empty/);
  });

  test("is not certain of what it never saw", () => {
    const { high, agreement } = ruleOnShare(flags(0, 50), { what, below: 5 });
    assert.ok(high > 5);
    assert.equal(agreement, 100);
  });
});

test("mean and median", () => {
  assert.equal(mean([1, 2, 6]), 3);
  assert.equal(median([1, 2, 6]), 2);
  assert.throws(() => mean([]), /values is empty/);
});
