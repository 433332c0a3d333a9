/** What a stroke makes of a curve, and what is said of it in the end. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  afterStroke,
  distanceOf,
  heightName,
  isWhole,
  marksOf,
  placeName,
  verdictOn,
} from "../tools/jupyter/labextensions/activation-lab/static/curve.js";

const EMPTY = [null, null, null, null, null];
const at = (/** @type {number} */ place, /** @type {number} */ height) => ({ place, height });

describe("a stroke", () => {
  test("that only touches sets the nearest place, also from beyond the edge", () => {
    assert.deepEqual(afterStroke(EMPTY, at(1.4, 3), at(1.4, 3)), [null, 3, null, null, null]);
    assert.deepEqual(afterStroke(EMPTY, at(-2, 3), at(-2, 3)), [3, null, null, null, null]);
    assert.deepEqual(afterStroke(EMPTY, at(9, 3), at(9, 3)), [null, null, null, null, 3]);
  });

  test("sets each place that it passes, in both directions", () => {
    assert.deepEqual(afterStroke(EMPTY, at(0.5, 0), at(3.5, 3)), [null, 0.5, 1.5, 2.5, 3]);
    assert.deepEqual(afterStroke(EMPTY, at(3.5, 3), at(0.5, 0)), [null, 0.5, 1.5, 2.5, null]);
  });

  test("leaves no gap to what is drawn, and goes over it", () => {
    const begun = [2, null, null, null, null];
    assert.deepEqual(afterStroke(begun, at(4, 6), at(4, 6)), [2, 3, 4, 5, 6]);
    assert.deepEqual(afterStroke([1, 1, 1, 1, 1], at(2, 5), at(2, 5)), [1, 1, 5, 1, 1]);
    assert.equal(isWhole(begun), false);
    assert.equal(isWhole(afterStroke(begun, at(4, 6), at(4, 6))), true);
  });

  test("of one step less than a place changes that place only", () => {
    assert.deepEqual(afterStroke([0, 0, 0, 0, 0], at(1.9, 1), at(2.1, 1)), [0, 0, 1, 0, 0]);
  });
});

test("two curves: how far they are apart on average, and where most", () => {
  assert.deepEqual(distanceOf([0, 1, 2, 3], [0, 1, 4, 2]), { mean: 0.75, most: 2 });
  assert.deepEqual(distanceOf([-1, 0], [1, 0]), { mean: 1, most: 0 });
});

describe("in words", () => {
  const x = { title: "x", from: -4, to: 4 };
  const y = { title: "slope", from: 0, to: 1 };
  const curve = [0, 0.25, 0.5, 0.25, 0];
  const words = (/** @type {any} */ sketch, /** @type {number[]} */ drawn, isRight = false) => {
    const { first, more } = verdictOn({ x, y, curve, ...sketch }, drawn, isRight);
    return first + more;
  };

  test("a curve that comes close, and one that does not", () => {
    assert.equal(
      words({}, [0, 0.25, 0.3, 0.25, 0], true),
      "You saw it coming: your curve is off by 0.04 on average.",
    );
    assert.equal(
      words({}, [0, 1, 0.5, 0.25, 0]),
      "Your curve is off by 0.15 on average, most at x = −2: you drew 1, it is 0.25.",
    );
  });

  test("powers of ten are factors, places have names", () => {
    const layers = { x: { title: "layer", from: 1, to: 5 }, y: { ...y, from: -9, powers: true } };
    assert.equal(
      words({ ...layers, curve: [-4.3, -3, -2, -1, 0] }, [-0.3, -3, -2, -1, -1]),
      "Your curve is off by a factor of 10 on average, most at layer 1: you drew 0.5, it is 5·10⁻⁵.",
    );
    const rates = { title: "learning rate", names: ["0.1", "1", "10", "100", "1,000"] };
    assert.match(words({ x: rates }, [0, 0.25, 0.5, 0.25, 9]), /most at learning rate 1,000: /);
  });

  test("heights and places", () => {
    const powers = { title: "", from: 0, to: 1, powers: true };
    assert.deepEqual(
      [-30, -4.01, -3, -1.5, 0, 1.3, 6].map((power) => heightName(powers, power)),
      ["10⁻³⁰", "10⁻⁴", "10⁻³", "0.032", "1", "20", "10⁶"],
    );
    assert.deepEqual(
      [-0.128, 12.3, 4321, 0].map((height) => heightName(y, height)),
      ["−0.13", "12", "4321", "0"],
    );
    assert.equal(placeName(x, 1, 17), "x = −3.5");
    assert.equal(placeName({ title: "epoch", from: 10, to: 200 }, 2, 20), "epoch 30");
  });

  test("marks of axes are round numbers inside them, whole powers, or all names", () => {
    const names = (/** @type {any} */ axis) => marksOf(axis).map(({ name }) => name);
    assert.deepEqual(names(x), ["−4", "−2", "0", "2", "4"]);
    assert.deepEqual(names({ from: 0, to: 0.25 }), ["0", "0.05", "0.1", "0.15", "0.2", "0.25"]);
    assert.deepEqual(names({ from: -0.25, to: 1.25 }), ["0", "0.5", "1"]);
    assert.deepEqual(names({ from: 10, to: 200 }), ["50", "100", "150", "200"]);
    assert.deepEqual(names({ from: -7, to: 6, powers: true }), ["10⁻⁵", "1", "10⁵"]);
    assert.deepEqual(names({ from: -2, to: 0, powers: true }), ["0.01", "0.1", "1"]);
    const shares = marksOf({ title: "", names: ["a", "b", "c"] }).map(({ share }) => share);
    assert.deepEqual(shares, [0, 0.5, 1]);
  });
});
