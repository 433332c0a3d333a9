/** A handle on a surface: for mouse and finger to drag, and for the arrow keys. */
import { element } from "./controls.mjs";

/** @import { Surface } from "./surface.mjs" */

/** @type {Record<string, [number, number]>} */
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

/**
 * @param {object} options
 * @param {Surface} options.on
 * @param {string} options.label
 * @param {number} options.min what a screen reader is told of its range
 * @param {number} options.max
 * @param {"move" | "turn"} [options.kind] how it looks
 * @param {(x: number, y: number) => void} options.onDrag to a place of the surface, in pixels
 * @param {(right: number, up: number) => void} options.onArrow −1, 0 or 1 each, ten times that with Shift
 */
export function handle({ on, label, min, max, kind = "move", onDrag, onArrow }) {
  const made = element("div", {
    class: "ex-handle",
    role: "slider",
    tabindex: 0,
    "aria-label": label,
    "aria-valuemin": min,
    "aria-valuemax": max,
    "data-kind": kind,
  });
  on.element.append(made);
  made.addEventListener("pointerdown", (/** @type {PointerEvent} */ event) => {
    if (event.button > 0) return;
    made.setPointerCapture(event.pointerId);
    made.focus({ preventScroll: true });
    event.preventDefault();
  });
  made.addEventListener("pointermove", (/** @type {PointerEvent} */ event) => {
    if (!made.hasPointerCapture(event.pointerId)) return;
    const { left, top } = on.canvas.getBoundingClientRect();
    onDrag(event.clientX - left, event.clientY - top);
  });
  made.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
    const arrow = ARROWS[event.key];
    if (!arrow || event.ctrlKey || event.altKey || event.metaKey) return;
    const size = event.shiftKey ? 10 : 1;
    onArrow(size * arrow[0], size * arrow[1]);
    event.preventDefault();
  });
  return {
    element: /** @type {HTMLElement} */ (made),
    /**
     * @param {number} x pixels
     * @param {number} y
     * @param {number} value
     * @param {string} text the value in words
     */
    show(x, y, value, text) {
      made.style.left = `${x}px`;
      made.style.top = `${y}px`;
      made.setAttribute("aria-valuenow", String(value));
      made.setAttribute("aria-valuetext", text);
    },
  };
}
