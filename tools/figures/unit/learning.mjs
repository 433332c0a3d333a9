/** What the figure of one unit computes. */
import { activations, circle } from "activation-lab";

/** @import { ActivationKey, Sample } from "activation-lab" */

/** z = wx · x + wy · y + b @typedef {{ wx: number, wy: number, b: number }} Unit */

/** A point whose slope is smaller moves nothing that could be seen. */
const DEAD_SLOPE = 0.01;
const POINTS = 60;

/** The cloud: points of the square, orange where the sum of their coordinates is above 1, with the nearest left out. */
export function cloud() {
  return circle({ n: 2 * POINTS, seed: 5 })
    .filter(({ x }) => Math.abs(x[0] + x[1] - 1) > 0.25)
    .slice(0, POINTS)
    .map(({ x }) => ({ x, label: /** @type {0 | 1} */ (x[0] + x[1] > 1 ? 1 : 0) }));
}

/**
 * A unit whose line stands where it is put: `length` is that of its weights.
 * @param {number} angle in degrees, where the side on which z is above 0 lies
 * @param {number} distance of the line from the middle, that way
 * @returns {Unit}
 */
export function unitAt(angle, distance, length = 1) {
  const radians = (angle * Math.PI) / 180;
  return {
    wx: length * Math.cos(radians),
    wy: length * Math.sin(radians),
    b: -length * distance,
  };
}

/** The other way round. @param {Unit} unit */
export function placeOf({ wx, wy, b }) {
  const length = Math.hypot(wx, wy);
  const angle = ((Math.atan2(wy, wx) * 180) / Math.PI + 360) % 360;
  return { angle, distance: length > 0 ? -b / length : 0, length };
}

/**
 * What a unit makes of points.
 * @param {Unit} unit
 * @param {ActivationKey} activation
 * @param {readonly Sample[]} samples
 */
export function look({ wx, wy, b }, activation, samples) {
  const { fn, derivative } = activations[activation];
  const points = samples.map(({ x, label }) => {
    const z = wx * x[0] + wy * x[1] + b;
    return { z, output: fn(z), slope: derivative(z), label };
  });
  const mean = (/** @type {(one: (typeof points)[number], i: number) => number} */ of) =>
    points.reduce((sum, one, i) => sum + of(one, i), 0) / points.length;
  // Of half the squared error of its output against the label.
  const gradient = {
    wx: mean(({ output, slope, label }, i) => (output - label) * slope * samples[i].x[0]),
    wy: mean(({ output, slope, label }, i) => (output - label) * slope * samples[i].x[1]),
    b: mean(({ output, slope, label }) => (output - label) * slope),
  };
  return {
    points,
    fires: points.filter(({ z }) => z > 0).length,
    loss: mean(({ output, label }) => (output - label) ** 2 / 2),
    slope: mean(({ slope }) => Math.abs(slope)),
    isDead: points.every(({ slope }) => Math.abs(slope) < DEAD_SLOPE),
    gradient,
    gradientLength: Math.hypot(gradient.wx, gradient.wy, gradient.b),
  };
}

/**
 * One step of gradient descent.
 * @param {Unit} unit
 * @param {Unit} gradient
 * @param {number} rate
 * @returns {Unit}
 */
export function step(unit, gradient, rate) {
  return {
    wx: unit.wx - rate * gradient.wx,
    wy: unit.wy - rate * gradient.wy,
    b: unit.b - rate * gradient.b,
  };
}
