// Seeded draws: repeatable, and from the distribution they are named after.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { seededRandom } from "activation-lab";
import fc from "fast-check";
import seedrandom from "seedrandom";
import { near, untyped } from "./support.mjs";

fc.configureGlobal({ seed: 5489, numRuns: 100 });

/** @typedef {import("activation-lab").Random} Random */

/** @param {number} count @param {() => number} draw */
const draws = (count, draw) => Array.from({ length: count }, () => draw());

const seeds = fc.oneof(fc.integer(), fc.string({ minLength: 1 }));

/** @param {number[]} values @param {(share: number) => number} shareBelow @param {number[]} at */
function assertDistribution(values, shareBelow, at) {
  for (const edge of at) {
    const share = values.filter((value) => value < edge).length / values.length;
    // Five standard errors at 20,000 draws.
    near(share, shareBelow(edge), 0.018, `share below ${edge}`);
  }
}

describe("a seed", () => {
  test("gives the same draws each time, in the order they are asked for", () => {
    const sequence = (/** @type {Random} */ random) => [
      random.uniform(),
      random.normal(),
      random.uniform(-3, 3),
      random.normal(5, 2),
    ];
    fc.assert(
      fc.property(seeds, (seed) => {
        const first = sequence(seededRandom(seed));
        assert.deepEqual(sequence(seededRandom(seed)), first);
        assert.deepEqual(sequence(seededRandom(String(seed))), first);
        assert.equal(new Set(first).size, 4);
      }),
    );
  });

  test("has a sequence of its own, also where it is another one repeated", () => {
    // seedrandom by itself draws the same for "1", "11" and "111".
    const starts = Array.from({ length: 2000 }, (_, seed) => seededRandom(seed).uniform());
    assert.equal(new Set(starts).size, 2000);
    assert.notEqual(seededRandom("ab").uniform(), seededRandom("abab").uniform());
    assert.notEqual(seededRandom("a").uniform(), seededRandom("a\na").uniform());
    assert.notEqual(seededRandom(1).normal(), seededRandom(2).normal());
  });

  test("is told from every other text, in any script", () => {
    // seedrandom by itself sees the low byte of a character, which "š" shares with "a".
    const texts = [
      "a",
      "š",
      "Łukasz",
      "Aukasz",
      "é",
      "%233;",
      "e",
      "😀",
      "😁",
      "\ud83d",
      "\n",
      "%10;",
    ];
    const starts = texts.map((text) => seededRandom(text).uniform());
    assert.equal(new Set(starts).size, texts.length);
    fc.assert(
      fc.property(
        fc.string({ minLength: 1, unit: "binary" }),
        fc.string({ minLength: 1, unit: "binary" }),
        (one, other) => {
          fc.pre(one !== other);
          assert.notEqual(seededRandom(one).uniform(), seededRandom(other).uniform());
        },
      ),
    );
  });

  test("is one of seedrandom's with a line end: the draws can be repeated elsewhere", () => {
    const [random, source] = [seededRandom("course"), seedrandom("course\n")];
    for (let i = 0; i < 5; i++) assert.equal(random.uniform(), source());
  });

  test("shares nothing with another sequence or with Math.random", () => {
    const alone = draws(4, seededRandom(9).uniform);
    const [random, other] = [seededRandom(9), seededRandom(9)];
    const mixed = draws(4, () => {
      other.normal();
      Math.random();
      return random.uniform();
    });
    assert.deepEqual(mixed, alone);
  });

  for (const seed of ["", Number.NaN, Infinity, -Infinity, undefined, null, true, {}, [1]]) {
    test(`of ${typeof seed} "${seed}" is a TypeError`, () => {
      assert.throws(() => seededRandom(untyped(seed)), {
        name: "TypeError",
        message: `seed must be a finite number or a non-empty string, got ${seed}`,
      });
    });
  }
});

describe("uniform draws", () => {
  test("lie from min up to max, 0 to 1 without being told", () => {
    const bound = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(seeds, bound, bound, (seed, a, b) => {
        const [min, max] = a < b ? [a, b] : [b, a];
        const random = seededRandom(seed);
        const value = random.uniform(min, max);
        assert.ok(value >= min && value <= max, `${value}`);
        const plain = random.uniform();
        assert.ok(plain >= 0 && plain < 1, `${plain}`);
      }),
    );
  });

  test("are spread evenly", () => {
    const random = seededRandom("uniform");
    assertDistribution(draws(20_000, random.uniform), (x) => x, [0.1, 0.25, 0.5, 0.75, 0.9]);
    const wide = draws(20_000, () => random.uniform(-2, 2));
    assertDistribution(wide, (x) => (x + 2) / 4, [-1.5, -1, 0, 1, 1.5]);
  });

  test("from min to max when they are equal: just that", () => {
    assert.equal(seededRandom(1).uniform(3, 3), 3);
  });

  for (const [min, max] of [
    [1, 0],
    [Number.NaN, 1],
    [0, Number.NaN],
    [0, Infinity],
    [-Infinity, 0],
  ]) {
    test(`from ${min} to ${max}: a RangeError, and no draw is used up`, () => {
      const random = seededRandom(1);
      assert.throws(() => random.uniform(min, max), {
        name: "RangeError",
        message: `uniform: min and max must be finite numbers, min not above max, got ${min} and ${max}`,
      });
      assert.equal(random.uniform(), seededRandom(1).uniform());
    });
  }
});

describe("normal draws", () => {
  // Φ at these, from tables.
  const phi = new Map([
    [-2, 0.02275],
    [-1, 0.15866],
    [-0.5, 0.30854],
    [0, 0.5],
    [1, 0.84134],
    [2, 0.97725],
  ]);

  test("have the normal distribution, mean 0 and deviation 1 without being told", () => {
    const random = seededRandom("normal");
    const shareBelow = (/** @type {number} */ z) => phi.get(z) ?? Number.NaN;
    assertDistribution(draws(20_000, random.normal), shareBelow, [...phi.keys()]);
  });

  test("are shifted by the mean and stretched by the deviation", () => {
    const bound = fc.double({ min: -100, max: 100, noNaN: true });
    fc.assert(
      fc.property(seeds, bound, bound.map(Math.abs), (seed, mean, deviation) => {
        const plain = seededRandom(seed).normal();
        const value = seededRandom(seed).normal(mean, deviation);
        near(value, mean + deviation * plain, 1e-12);
      }),
    );
  });

  test("with deviation 0 are the mean", () => {
    assert.equal(seededRandom(1).normal(4, 0), 4);
  });

  for (const [mean, deviation, what] of /** @type {[number, number, string][]} */ ([
    [Number.NaN, 1, "mean must be a finite number, got NaN"],
    [Infinity, 1, "mean must be a finite number, got Infinity"],
    [0, -1, "deviation must be a finite number from 0 on, got -1"],
    [0, Number.NaN, "deviation must be a finite number from 0 on, got NaN"],
    [0, Infinity, "deviation must be a finite number from 0 on, got Infinity"],
  ])) {
    test(`mean ${mean}, deviation ${deviation}: a RangeError, and no draw is used up`, () => {
      const random = seededRandom(1);
      assert.throws(() => random.normal(mean, deviation), {
        name: "RangeError",
        message: `normal: ${what}`,
      });
      assert.equal(random.uniform(), seededRandom(1).uniform());
    });
  }
});
