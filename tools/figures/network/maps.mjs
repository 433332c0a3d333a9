/** Paints what a network makes of the plane: its decisions with the data on them, and each hidden unit's output. */
import { contours } from "d3-contour";
import { line } from "../kit/chart.mjs";
import { between } from "../kit/look.mjs";

/** @import { Look } from "../kit/look.mjs" */
/** @import { NetworkWeights, Sample } from "activation-lab" */

/** Cells on a side of the decision map, and of a unit's. */
export const CELLS = 48;
export const UNIT_CELLS = 20;

/** Units in a row. */
const inRow = (/** @type {number} */ width) => (width < 240 ? 4 : 8);
const GAP = 4;

const sheet = document.createElement("canvas");

/**
 * A square of coloured cells, smoothed.
 * @param {CanvasRenderingContext2D} context
 * @param {readonly number[]} shares from 0 to 1, row by row
 * @param {readonly string[]} colours from the first to the last
 * @param {{ x: number, y: number, size: number }} place
 */
function paintCells(context, shares, colours, { x, y, size }) {
  const cells = Math.round(Math.sqrt(shares.length));
  sheet.width = cells;
  sheet.height = cells;
  const own = /** @type {CanvasRenderingContext2D} */ (sheet.getContext("2d"));
  const image = own.createImageData(cells, cells);
  const shades = Array.from({ length: 256 }, (_, i) => between(colours, i / 255));
  shares.forEach((share, i) => {
    image.data.set([...shades[Math.round(255 * share)], 255], 4 * i);
  });
  own.putImageData(image, 0, 0);
  context.drawImage(sheet, x, y, size, size);
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {object} options
 * @param {number} options.size
 * @param {Look} options.look
 * @param {readonly number[]} options.outputs of the network, cell by cell
 * @param {readonly Sample[]} options.samples
 * @param {number} options.from
 * @param {number} options.to
 * @param {Pick<NetworkWeights, "w1" | "b1">} options.weights
 * @param {readonly boolean[]} options.dead
 */
export function paintMap(context, { size, look, outputs, samples, from, to, weights, dead }) {
  paintCells(
    context,
    outputs.map((one) => Math.min(Math.max(one, 0), 1)),
    [look.probability0, look.probabilityHalf, look.probability1],
    { x: 0, y: 0, size },
  );
  const place = (/** @type {number} */ value) => ((value - from) / (to - from)) * size;
  // Where a unit's weighted sum is 0: the line at which a ReLU bends.
  context.lineWidth = 1;
  context.setLineDash([2, 3]);
  context.strokeStyle = look.axis;
  weights.w1.forEach(([wx, wy], unit) => {
    if (dead[unit]) return;
    const ends = lineInSquare(wx, wy, weights.b1[unit], from, to);
    if (ends) {
      const [a, b] = ends;
      line(context, place(a[0]), size - place(a[1]), place(b[0]), size - place(b[1]));
    }
  });
  context.setLineDash([]);
  paintBoundary(context, outputs, size, look);
  const radius = samples.length > 20 ? Math.max(2, size / 110) : size / 45;
  for (const { x, label } of samples)
    paintPoint(context, { x: place(x[0]), y: size - place(x[1]), label, radius, look });
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {readonly number[]} outputs
 * @param {number} size
 * @param {Look} look
 */
function paintBoundary(context, outputs, size, look) {
  const cells = Math.round(Math.sqrt(outputs.length));
  const [{ coordinates }] = contours().size([cells, cells]).thresholds([0.5])([...outputs]);
  const edge = 0.51 * (size / cells);
  context.strokeStyle = look.ink;
  context.lineWidth = 1.5;
  context.beginPath();
  for (const ring of coordinates.flat()) {
    let isDown = false;
    for (const [column, row] of ring) {
      const x = (column / cells) * size;
      const y = (row / cells) * size;
      // Along the edge of the map is no boundary.
      const isEdge = Math.min(x, y, size - x, size - y) < edge;
      if (isDown && !isEdge) context.lineTo(x, y);
      else context.moveTo(x, y);
      isDown = !isEdge;
    }
  }
  context.stroke();
}

/**
 * The two labels differ in colour and form.
 * @param {CanvasRenderingContext2D} context
 * @param {{ x: number, y: number, label: 0 | 1, radius: number, look: Look }} options
 */
export function paintPoint(context, { x, y, label, radius, look }) {
  context.beginPath();
  if (label === 1) context.arc(x, y, radius, 0, 2 * Math.PI);
  else context.rect(x - 0.85 * radius, y - 0.85 * radius, 1.7 * radius, 1.7 * radius);
  context.fillStyle = label === 1 ? look.label1 : look.label0;
  context.fill();
  context.lineWidth = 1;
  context.strokeStyle = look.paper;
  context.stroke();
}

/**
 * Where the line wx · x + wy · y + b = 0 enters and leaves a square.
 * @param {number} wx
 * @param {number} wy
 * @param {number} b
 * @param {number} from
 * @param {number} to
 * @returns {[number, number][] | undefined}
 */
export function lineInSquare(wx, wy, b, from, to) {
  /** @type {[number, number][]} */
  const ends = [];
  for (const edge of [from, to]) {
    const y = -(wx * edge + b) / wy;
    if (y >= from && y <= to) ends.push([edge, y]);
    const x = -(wy * edge + b) / wx;
    if (x > from && x < to) ends.push([x, edge]);
  }
  return ends.length >= 2 ? ends.slice(0, 2) : undefined;
}

/** The height of the units' maps, side by side in rows. */
export function unitsHeight(/** @type {number} */ width, /** @type {number} */ units) {
  const size = unitSize(width);
  return Math.ceil(units / inRow(width)) * (size + GAP);
}

function unitSize(/** @type {number} */ width) {
  return Math.floor((width - (inRow(width) - 1) * GAP) / inRow(width));
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {{ width: number, look: Look, units: readonly (readonly number[])[], dead: readonly boolean[] }} options
 */
export function paintUnits(context, { width, look, units, dead }) {
  const size = unitSize(width);
  units.forEach((outputs, unit) => {
    const x = (unit % inRow(width)) * (size + GAP);
    const y = Math.floor(unit / inRow(width)) * (size + GAP);
    const largest = Math.max(...outputs.map(Math.abs), 1e-9);
    paintCells(
      context,
      outputs.map((one) => 0.5 + (0.5 * one) / largest),
      [look.below0, look.at0, look.above0],
      { x, y, size },
    );
    context.lineWidth = dead[unit] ? 2 : 1;
    context.strokeStyle = dead[unit] ? look.ink : look.boxLine;
    context.strokeRect(x + 0.5, y + 0.5, size - 1, size - 1);
    if (dead[unit]) {
      line(context, x, y, x + size, y + size);
      line(context, x + size, y, x, y + size);
    }
  });
}
