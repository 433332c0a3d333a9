/** What the figure of a curve computes: a sum of units on the line from 0 to 1, built by hand or trained. */
import { activations, seededRandom } from "activation-lab";

/** @import { ActivationKey } from "activation-lab" */

/**
 * f(x) = base + Σ outₖ · φ(inₖ · x + biasₖ)
 * @typedef {{ base: number, units: { in: number, bias: number, out: number }[] }} Sum
 *
 * Where the hand-made curve bends, from left to right, the first at 0 and the last at 1.
 * @typedef {{ x: number, y: number }[]} Bends
 */

/** The curves to be met. @type {Readonly<Record<string, (x: number) => number>>} */
export const targets = {
  wave: (x) => 0.5 + 0.35 * Math.sin(2 * Math.PI * x) * (1 - 0.4 * x),
  nielsen: (x) => 0.2 + 0.4 * x * x + 0.3 * x * Math.sin(15 * x) + 0.05 * Math.cos(50 * x),
  step: (x) => 0.2 + 0.6 / (1 + Math.exp(-60 * (x - 0.45))),
  hill: (x) => 0.15 + 0.7 * Math.exp(-60 * (x - 0.6) ** 2),
};

/** Inputs at which the curve is learned and measured. */
const PLACES = Array.from({ length: 101 }, (_, i) => i / 100);
const RATE = 0.02;

/** As many straight pieces as there are units, all at one height. @param {number} units @returns {Bends} */
export function flatBends(units) {
  return Array.from({ length: units + 1 }, (_, k) => ({ x: k / units, y: 0.5 }));
}

/** The bends on the curve that is to be met. @param {Bends} bends @param {(x: number) => number} target */
export function bendsOn(bends, target) {
  return bends.map(({ x }) => ({ x, y: target(x) }));
}

/**
 * The ReLUs whose sum has these bends: each begins at one, and adds what the slope changes by there.
 * @param {Bends} bends
 * @returns {Sum}
 */
export function unitsFrom(bends) {
  let slopeBefore = 0;
  const units = bends.slice(0, -1).map(({ x, y }, k) => {
    const slope = (bends[k + 1].y - y) / (bends[k + 1].x - x);
    const out = slope - slopeBefore;
    slopeBefore = slope;
    // A ReLU lets a factor through: halved between both weights, so that training's steps suit both.
    const factor = Math.sqrt(Math.abs(out)) || 1;
    return { in: factor, bias: -factor * x, out: out / factor };
  });
  return { base: bends[0].y, units };
}

/**
 * Units that bend at places drawn at random, and add nothing much yet.
 * @param {number} count
 * @param {number} seed
 * @returns {Sum}
 */
export function drawnUnits(count, seed) {
  const random = seededRandom(seed);
  const units = Array.from({ length: count }, () => {
    const weight = (random.uniform() < 0.5 ? -1 : 1) * random.uniform(2, 6);
    return { in: weight, bias: -weight * random.uniform(), out: random.normal(0, 0.1) };
  });
  return { base: 0.5, units };
}

/** @param {Sum} sum @param {ActivationKey} activation @param {number} x */
export function valueAt({ base, units }, activation, x) {
  const { fn } = activations[activation];
  return units.reduce((total, unit) => total + unit.out * fn(unit.in * x + unit.bias), base);
}

/** Root mean square distance between curve and target. @param {Sum} sum @param {ActivationKey} activation @param {(x: number) => number} target */
export function distance(sum, activation, target) {
  const squares = PLACES.map((x) => (valueAt(sum, activation, x) - target(x)) ** 2);
  return Math.sqrt(squares.reduce((total, one) => total + one, 0) / PLACES.length);
}

/**
 * One pass over all places, in an order that jumps, with a step of gradient descent at each.
 * @param {Sum} sum
 * @param {ActivationKey} activation
 * @param {(x: number) => number} target
 * @returns {Sum}
 */
export function train(sum, activation, target) {
  const { fn, derivative } = activations[activation];
  let { base } = sum;
  const units = sum.units.map((unit) => ({ ...unit }));
  for (let i = 0; i < PLACES.length; i++) {
    // 37 and 101 have no divisor in common: each place comes once.
    const x = PLACES[(37 * i) % PLACES.length];
    const step = RATE * (valueAt({ base, units }, activation, x) - target(x));
    base -= step;
    for (const unit of units) {
      const z = unit.in * x + unit.bias;
      const inner = step * unit.out * derivative(z);
      unit.out -= step * fn(z);
      unit.in -= inner * x;
      unit.bias -= inner;
    }
  }
  return { base, units };
}
