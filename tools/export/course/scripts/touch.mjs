// Charts under fingers: one scrolls the page, as everywhere; two zoom and move what the chart shows.

import { Plotly } from "./plotly.mjs";

/** @param {HTMLElement & { layout?: any }} plot what plotly makes of an element */
export function zoomByPinch(plot) {
  if (plot.dataset.pinch) return;
  plot.dataset.pinch = "ready";
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

/** The panel under the fingers with its ranges; undefined beside all panels. */
function beginPinch(layout, start) {
  const panel = document
    .elementsFromPoint(start.x, start.y)
    .find((element) => element.matches(".nsewdrag"));
  const [, x, y] = panel?.getAttribute("data-subplot")?.match(/^x(\d*)y(\d*)$/) ?? [];
  if (!panel || x === undefined) return;
  const names = { x: `xaxis${x}`, y: `yaxis${y}` };
  const ranges = { x: layout[names.x].range, y: layout[names.y].range };
  return { start, names, ranges, box: panel.getBoundingClientRect() };
}

/** Ranges in which what was between the fingers still is. */
function rangesOf({ start, names, ranges, box }, now) {
  const scale = start.distance / Math.max(now.distance, 1);
  const range = ([low, high], before, after) => {
    const length = (high - low) * scale;
    const first = low + (high - low) * before - length * after;
    return [first, first + length];
  };
  const across = (x) => (x - box.left) / box.width;
  const up = (y) => (box.bottom - y) / box.height;
  return {
    [`${names.x}.range`]: range(ranges.x, across(start.x), across(now.x)),
    [`${names.y}.range`]: range(ranges.y, up(start.y), up(now.y)),
  };
}
