/** Lines over axes, on a canvas. */
import { ticks } from "d3-array";
import { powerOfTen } from "./words.mjs";

/** @import { Look } from "./look.mjs" */

const FONT = "12px system-ui, sans-serif";
const MARGIN = { left: 46, right: 18, top: 22, bottom: 34 };

/**
 * @typedef {object} Line
 * @property {readonly (readonly [number, number])[]} points
 * @property {string} colour
 * @property {number[]} [dash]
 * @property {number} [thickness]
 *
 * @typedef {{ x(value: number): number, y(value: number): number, valueX(pixel: number): number,
 *   valueY(pixel: number): number, left: number, right: number, top: number, bottom: number }} Scales
 */

/**
 * Axes, and what brings values to their places.
 * @param {CanvasRenderingContext2D} context
 * @param {object} options
 * @param {number} options.width
 * @param {number} options.height
 * @param {Look} options.look
 * @param {readonly [number, number]} options.x the range
 * @param {readonly [number, number]} options.y the range; if `log`, of powers of ten
 * @param {boolean} [options.log] whether y is given as the power of ten
 * @param {string} [options.xTitle]
 * @param {string} [options.title] of the y axis, above it
 * @returns {Scales}
 */
export function axes(context, { width, height, look, x, y, log = false, xTitle, title }) {
  const scales = scalesOf({ width, height, x, y });
  const { left, right, top, bottom } = scales;
  context.font = FONT;
  context.lineWidth = 1;
  context.strokeStyle = look.grid;
  context.fillStyle = look.ink;
  context.textAlign = "right";
  context.textBaseline = "middle";
  for (const tick of ticksOf(y, Math.max(2, Math.round((bottom - top) / 40)), log)) {
    line(context, left, scales.y(tick), right, scales.y(tick));
    context.fillText(log ? powerTick(tick) : shortTick(tick), left - 6, scales.y(tick));
  }
  context.textAlign = "center";
  context.textBaseline = "top";
  for (const tick of ticks(x[0], x[1], Math.max(2, Math.round((right - left) / 70)))) {
    line(context, scales.x(tick), top, scales.x(tick), bottom);
    context.fillText(shortTick(tick), scales.x(tick), bottom + 4);
  }
  context.strokeStyle = look.axis;
  line(context, left, bottom, right, bottom);
  line(context, left, top, left, bottom);
  if (xTitle) context.fillText(xTitle, (left + right) / 2, height - 14);
  if (title) {
    context.textAlign = "left";
    context.fillText(title, 2, 2);
  }
  return scales;
}

/**
 * @param {{ width: number, height: number, x: readonly [number, number], y: readonly [number, number] }} options
 * @returns {Scales}
 */
export function scalesOf({ width, height, x, y }) {
  const left = MARGIN.left;
  const right = width - MARGIN.right;
  const top = MARGIN.top;
  const bottom = height - MARGIN.bottom;
  return {
    left,
    right,
    top,
    bottom,
    x: (value) => left + ((value - x[0]) / (x[1] - x[0])) * (right - left),
    y: (value) => bottom - ((value - y[0]) / (y[1] - y[0])) * (bottom - top),
    valueX: (pixel) => x[0] + ((pixel - left) / (right - left)) * (x[1] - x[0]),
    valueY: (pixel) => y[0] + ((bottom - pixel) / (bottom - top)) * (y[1] - y[0]),
  };
}

/**
 * Draws lines within the axes.
 * @param {CanvasRenderingContext2D} context
 * @param {Scales} scales
 * @param {readonly Line[]} lines
 */
export function drawLines(context, scales, lines) {
  const { left, right, top, bottom } = scales;
  context.save();
  context.beginPath();
  context.rect(left - 1, top - 2, right - left + 3, bottom - top + 4);
  context.clip();
  context.lineJoin = "round";
  for (const { points, colour, dash = [], thickness = 2 } of lines) {
    context.strokeStyle = colour;
    context.lineWidth = thickness;
    context.setLineDash(dash);
    context.beginPath();
    for (const [x, y] of points) context.lineTo(scales.x(x), scales.y(y));
    context.stroke();
  }
  context.restore();
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {number} x0
 * @param {number} y0
 * @param {number} x1
 * @param {number} y1
 */
export function line(context, x0, y0, x1, y1) {
  context.beginPath();
  context.moveTo(x0, y0);
  context.lineTo(x1, y1);
  context.stroke();
}

/**
 * @param {readonly [number, number]} range
 * @param {number} count
 * @param {boolean} log
 */
function ticksOf([from, to], count, log) {
  return ticks(from, to, count).filter((tick) => !log || Number.isInteger(tick));
}

/** @param {number} value */
function shortTick(value) {
  return `${Number(value.toPrecision(6))}`.replace("-", "−");
}

/** @param {number} power */
function powerTick(power) {
  return power >= -2 && power <= 3 ? `${Number((10 ** power).toPrecision(3))}` : powerOfTen(power);
}
