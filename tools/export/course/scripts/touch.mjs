// Charts under fingers: one scrolls the page, as everywhere; two zoom and move what the chart shows.

import { Plotly } from "./plotly.mjs";

/** @typedef {ReturnType<typeof fingers>} Fingers */
/** @typedef {NonNullable<ReturnType<typeof beginPinch>>} Pinch */
/** @typedef {[low: number, high: number]} Range */

/** @param {import("./types.d.ts").Plot} plot */
export function zoomByPinch(plot) {
  if (plot.dataset.pinch) return;
  plot.dataset.pinch = "ready";
  /** @type {Pinch | undefined} */
  let pinch;
  let busy = false;

  plot.addEventListener(
    "touchstart",
    (event) => {
      // Plotly would take every touch for dragging and keep the page from scrolling. Taps arrive as clicks.
      event.stopPropagation();
      if (event.touches.length !== 2) return;
      event.preventDefault();
      pinch = beginPinch(plot.layout, fingers(event));
    },
    { capture: true, passive: false },
  );

  plot.addEventListener(
    "touchmove",
    async (event) => {
      if (!pinch || event.touches.length !== 2) return;
      event.preventDefault();
      // A slow phone draws what it can and leaves the rest out.
      if (busy) return;
      busy = true;
      await Plotly.relayout(plot, rangesOf(pinch, fingers(event)));
      busy = false;
    },
    { passive: false },
  );

  plot.addEventListener("touchend", () => {
    pinch = undefined;
  });
}

/**
 * The middle between two fingers and the distance from one to the other.
 * @param {TouchEvent} event
 */
function fingers({ touches }) {
  const [a, b] = touches;
  return {
    x: (a.clientX + b.clientX) / 2,
    y: (a.clientY + b.clientY) / 2,
    distance: Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY),
  };
}

/**
 * The panel under the fingers with its ranges; undefined beside all panels.
 * @param {import("./types.d.ts").Layout} layout
 * @param {Fingers} start
 */
function beginPinch(layout, start) {
  const panel = document
    .elementsFromPoint(start.x, start.y)
    .find((element) => element.matches(".nsewdrag"));
  const [, x, y] = panel?.getAttribute("data-subplot")?.match(/^x(\d*)y(\d*)$/) ?? [];
  if (!panel || x === undefined) return;
  const names = { x: `xaxis${x}`, y: `yaxis${y}` };
  /** @type {{ x: Range, y: Range }} */
  const ranges = { x: layout[names.x].range, y: layout[names.y].range };
  return { start, names, ranges, box: panel.getBoundingClientRect() };
}

/**
 * Ranges in which what was between the fingers still is.
 * @param {Pinch} pinch
 * @param {Fingers} now
 */
function rangesOf({ start, names, ranges, box }, now) {
  const scale = start.distance / Math.max(now.distance, 1);
  /** @param {Range} range @param {number} before @param {number} after */
  const range = ([low, high], before, after) => {
    const length = (high - low) * scale;
    const first = low + (high - low) * before - length * after;
    return [first, first + length];
  };
  const across = (/** @type {number} */ x) => (x - box.left) / box.width;
  const up = (/** @type {number} */ y) => (box.bottom - y) / box.height;
  return {
    [`${names.x}.range`]: range(ranges.x, across(start.x), across(now.x)),
    [`${names.y}.range`]: range(ranges.y, up(start.y), up(now.y)),
  };
}
