/** A canvas that is as wide as its place and is painted anew when that, the theme or what it shows changes. */
import { element } from "./controls.mjs";
import { lookNow, onThemeChange } from "./look.mjs";

/** @import { Look } from "./look.mjs" */

/**
 * @callback Paint
 * @param {CanvasRenderingContext2D} context in CSS pixels
 * @param {{ width: number, height: number, look: Look }} size
 * @returns {void}
 */

/**
 * @typedef {object} Surface
 * @property {HTMLElement} element the canvas, and what is laid over it
 * @property {HTMLCanvasElement} canvas
 * @property {number} width
 * @property {number} height
 * @property {string} label what it shows, for those who do not see it
 * @property {() => void} redraw before the next frame, once
 * @property {() => void} end
 */

/**
 * @param {object} options
 * @param {(width: number) => number} options.height from its width, both in CSS pixels
 * @param {Paint} options.paint
 * @param {() => void} [options.onResize]
 * @returns {Surface}
 */
export function surface({ height, paint, onResize }) {
  const canvas = /** @type {HTMLCanvasElement} */ (element("canvas", { role: "img" }));
  const place = element("div", { class: "ex-surface" }, canvas);
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  let size = { width: 0, height: 0 };
  let frame = 0;

  function draw() {
    frame = 0;
    if (size.width === 0) return;
    const density = devicePixelRatio || 1;
    const width = Math.round(size.width * density);
    const tall = Math.round(size.height * density);
    // To set its size, also to what it is, empties a canvas and takes time.
    if (canvas.width !== width || canvas.height !== tall) {
      canvas.width = width;
      canvas.height = tall;
    }
    context.setTransform(density, 0, 0, density, 0, 0);
    context.clearRect(0, 0, size.width, size.height);
    paint(context, { ...size, look: lookNow() });
  }
  function redraw() {
    frame ||= requestAnimationFrame(draw);
  }
  const observer = new ResizeObserver(([entry]) => {
    const width = Math.floor(entry.contentRect.width);
    if (width === size.width) return;
    size = { width, height: Math.round(height(width)) };
    canvas.style.height = `${size.height}px`;
    onResize?.();
    redraw();
  });
  observer.observe(place);
  const forget = onThemeChange(redraw);

  return {
    element: place,
    canvas,
    get width() {
      return size.width;
    },
    get height() {
      return size.height;
    },
    get label() {
      return canvas.getAttribute("aria-label") ?? "";
    },
    set label(text) {
      if (canvas.getAttribute("aria-label") !== text) canvas.setAttribute("aria-label", text);
    },
    redraw,
    end() {
      cancelAnimationFrame(frame);
      observer.disconnect();
      forget();
    },
  };
}
