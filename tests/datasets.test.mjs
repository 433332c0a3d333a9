// The data sets: the lesson's own points, points drawn here, XOR and spirals.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { circle, lessonCircle, spiral, xor } from "activation-lab";
import { digits } from "activation-lab/digits";
import fc from "fast-check";
import { isCorrect } from "../lib/dist/lib/datasets.js";
import { near, untyped } from "./support.mjs";

fc.configureGlobal({ seed: 200, numRuns: 100 });

/** @param {readonly import("activation-lab").Sample[]} samples */
function assertCircle(samples) {
  for (const { x, label } of samples) {
    const [x1, x2] = x;
    assert.equal(x.length, 2);
    assert.ok(Math.abs(x1) <= 2 && Math.abs(x2) <= 2, `${x}`);
    assert.equal(label, x1 * x1 + x2 * x2 < 1.5 ? 1 : 0, `${x}`);
  }
}

describe("the lesson's circle", () => {
  test("is the lesson's 200 points, to the last digit and in its order", () => {
    const samples = lessonCircle();
    assert.equal(samples.length, 200);
    assert.deepEqual(samples[0], { x: [0.557707193831535, -1.8999569791093323], label: 0 });
    assert.deepEqual(samples[199], { x: [0.6188224948122865, -0.14004723901194316], label: 1 });
    assert.equal(samples.filter(({ label }) => label === 1).length, 57);
    // Of the points [x, y, label] that make_circle_data() of the lesson returns under Python 3.11,
    // written with JSON.stringify.
    const digest = createHash("sha256")
      .update(JSON.stringify(samples.map(({ x, label }) => [...x, label])))
      .digest("hex");
    assert.equal(digest, "820a6733a0f74ecb0211950531434c168665e98d329bac55bdc268224475700e");
  });

  test("is labelled by the radius", () => assertCircle(lessonCircle()));

  test("is read anew: changing what one call returned changes no other", () => {
    const first = untyped(lessonCircle());
    first[0].x[0] = 99;
    first.pop();
    assert.equal(lessonCircle().length, 200);
    assert.notEqual(lessonCircle()[0]?.x[0], 99);
  });
});

test("XOR is its four points", () => {
  assert.deepEqual(xor(), [
    { x: [0, 0], label: 0 },
    { x: [0, 1], label: 1 },
    { x: [1, 0], label: 1 },
    { x: [1, 1], label: 0 },
  ]);
});

describe("the handwritten digits", () => {
  test("are UCI's 1,797 images, to the last pixel and in their order", () => {
    const images = digits();
    assert.equal(images.length, 1797);
    const counts = Array.from({ length: 10 }, (_, digit) =>
      images.reduce((count, { label }) => count + Number(label === digit), 0),
    );
    // As the UCI repository counts them.
    assert.deepEqual(counts, [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]);
    // Of scikit-learn's digits.csv: a line an image, its 64 shades from 0 to 16 and the label, with commas.
    const csv = images.map(({ x, label }) => `${[...x.map((p) => 16 * p), label].join(",")}\n`);
    const digest = createHash("sha256").update(csv.join("")).digest("hex");
    assert.equal(digest, "6ebb3d2fee246a4e99363262ddf8a00a3c41bee6014c373ed9d9216ba7f651b8");
  });

  test("are read anew: changing what one call returned changes no other", () => {
    const first = untyped(digits());
    first[0].x[0] = 99;
    first.pop();
    assert.equal(digits().length, 1797);
    assert.equal(digits()[0].x[0], 0);
  });
});

test("every file of data/ is explained in its README", () => {
  const folder = new URL("../data/", import.meta.url);
  const readme = readFileSync(new URL("README.md", folder), "utf8");
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((file) => file.replaceAll("\\", "/"))
    .filter((file) => /\.\w+$/.test(file) && file !== "README.md");
  assert.ok(files.length >= 5);
  for (const file of files)
    assert.ok(readme.includes(`\`${file}\``), `${file} is not in data/README.md`);
});

describe("a circle drawn here", () => {
  test("has as many points as asked for, 200 without being asked, labelled by the radius", () => {
    assert.equal(circle({ seed: 1 }).length, 200);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), fc.integer(), (n, seed) => {
        const samples = circle({ n, seed });
        assert.equal(samples.length, n);
        assertCircle(samples);
      }),
    );
  });

  test("fills the whole square evenly", () => {
    const samples = circle({ n: 20_000, seed: "even" });
    for (const axis of [0, 1]) {
      const values = samples.map(({ x }) => x[axis]);
      for (const edge of [-1, 0, 1]) {
        const share = values.filter((value) => value < edge).length / values.length;
        near(share, (edge + 2) / 4, 0.02, `axis ${axis}: share below ${edge}`);
      }
      assert.ok(Math.min(...values) < -1.99 && Math.max(...values) > 1.99);
    }
    const inside = samples.filter(({ label }) => label === 1).length / samples.length;
    near(inside, (Math.PI * 1.5) / 16, 0.02, "share inside");
  });

  test("is the same for the same seed and another for another", () => {
    assert.deepEqual(circle({ seed: 5 }), circle({ seed: 5 }));
    assert.notDeepEqual(circle({ seed: 5 }), circle({ seed: 6 }));
    // More points are the same points and then more.
    assert.deepEqual(circle({ n: 20, seed: 5 }).slice(0, 10), circle({ n: 10, seed: 5 }));
  });

  for (const n of [0, -1, 2.5, Number.NaN, Infinity, "3"]) {
    test(`n of ${typeof n} ${n}: a RangeError`, () => {
      assert.throws(() => circle({ n: untyped(n), seed: 1 }), {
        name: "RangeError",
        message: `circle: n must be a whole number above 0, got ${n}`,
      });
    });
  }

  for (const seed of [undefined, null, "", Number.NaN, Infinity, true]) {
    test(`seed of ${typeof seed} "${seed}": a TypeError`, () => {
      assert.throws(() => circle({ seed: untyped(seed) }), {
        name: "TypeError",
        message: `seed must be a finite number or a non-empty string, got ${seed}`,
      });
    });
  }
});

describe("spiral", () => {
  const arms = spiral({ n: 400, seed: 0 });

  test("has points on two arms in turn, each a turn around the origin", () => {
    const distances = arms.map(({ x }) => Math.hypot(...x));
    const [nearest, farthest] = [Math.min(...distances), Math.max(...distances)];
    assert.ok(nearest < 0.4 && farthest > 1.8 && farthest < 2.3, `${nearest} to ${farthest}`);
    assert.ok(arms.every(({ label }, i) => label === i % 2));
  });

  test("has noise, but little", () => {
    const turns = Array.from({ length: 1001 }, (_, i) => i / 1000);
    const offArm = arms.map(({ x: [x1, x2], label }) => {
      const distances = turns.map((turn) => {
        const angle = 2 * Math.PI * turn + label * Math.PI;
        const radius = 0.2 + 1.8 * turn;
        return Math.hypot(x1 - radius * Math.cos(angle), x2 - radius * Math.sin(angle));
      });
      return Math.min(...distances);
    });
    const typical = offArm.sort((a, b) => a - b)[200];
    assert.ok(typical > 0.02 && typical < 0.06 && Math.max(...offArm) < 0.25, `${typical}`);
  });

  test("needs a point an arm", () => {
    assert.equal(spiral({ n: 2, seed: 0 }).length, 2);
    for (const n of [0, 1, 2.5]) {
      assert.throws(() => spiral({ n, seed: 0 }), {
        name: "RangeError",
        message: `spiral: n must be a whole number above 1, got ${n}`,
      });
    }
  });
});

test("a prediction is correct on its label's side of 0.5, which itself counts as 1", () => {
  const below = 0.5 - Number.EPSILON / 4;
  assert.ok(below < 0.5);
  for (const [probability, ofOne, ofZero] of /** @type {[number, boolean, boolean][]} */ ([
    [1, true, false],
    [0.5, true, false],
    [below, false, true],
    [0, false, true],
    [Number.NaN, false, false],
  ])) {
    assert.equal(isCorrect(probability, 1), ofOne, `${probability} of 1`);
    assert.equal(isCorrect(probability, 0), ofZero, `${probability} of 0`);
  }
});
