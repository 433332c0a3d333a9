/** Axes on which a reader draws the curve that is expected, with mouse, finger, pen or keys, and then sees the true one. */
import { afterStroke, heightName, isWhole, marksOf, placeName } from "./curve.js";
import { element, OWN_KEYS } from "./element.js";

/** @import { Drawn, Point, SketchOf } from "./curve.js" */

// Colours are those of the page, or of JupyterLab.
const style = `
.sketch {
  --sketch-ink: var(--ink, var(--jp-content-font-color1));
  --sketch-muted: var(--muted, var(--jp-content-font-color2));
  --sketch-paper: var(--paper, var(--jp-layout-color1));
  --sketch-line: var(--line, var(--jp-border-color2));
  --sketch-accent: var(--accent, var(--jp-brand-color1));
  container-type: inline-size;
  max-width: 36rem;
  color: var(--sketch-muted);
  font-size: 0.85rem;
  line-height: 1.4;
}
.sketch p { margin: 0.25rem 0; color: inherit; font-size: inherit; }
/* To the right of it there is room for a finger to scroll the page. */
.sketch-plot { position: relative; height: 15rem; margin: 0.6rem 2.5rem 1.6rem 3rem; }
.sketch-plot > span { position: absolute; white-space: nowrap; }
.sketch .sketch-x-title { text-align: center; }
.sketch-x { top: 100%; transform: translate(-50%, 0.2rem); }
.sketch-y { right: 100%; transform: translate(-0.5rem, 50%); }
.sketch svg { position: absolute; inset: 0; width: 100%; height: 100%; max-width: none; overflow: visible;
  background: var(--sketch-paper); fill: none; stroke-linecap: round; stroke-linejoin: round;
  cursor: crosshair; touch-action: pinch-zoom; user-select: none; -webkit-user-select: none; }
.sketch path { vector-effect: non-scaling-stroke; }
.sketch-grid { stroke: var(--sketch-line); stroke-linecap: butt; }
.sketch-edge { stroke: var(--sketch-muted); }
.sketch-given { stroke: var(--sketch-muted); stroke-width: 2; stroke-dasharray: 0.1 5; }
.sketch-drawn { stroke: var(--sketch-ink); stroke-width: 2; }
.sketch-points { stroke: var(--sketch-ink); stroke-width: 6; }
.sketch-truth { stroke: var(--sketch-accent); stroke-width: 3.5; }
.sketch-focus { stroke: var(--sketch-accent); stroke-width: 3; }
.sketch-still svg { cursor: default; touch-action: auto; }
.sketch-done .sketch-drawn { stroke-dasharray: 6 5; }
.sketch input { position: absolute; top: 0; height: 100%; margin: 0; opacity: 0; pointer-events: none; }
.sketch-foot { display: flex; gap: 0.6rem; justify-content: space-between; align-items: start; min-height: 2.2rem; }
.sketch button { padding: 0.2rem 0.75rem; color: var(--sketch-ink); background: var(--sketch-paper);
  border: 1px solid var(--sketch-line); border-radius: 0.4rem; font: inherit; cursor: pointer; }
.sketch button[hidden] { display: none; }
@container (max-width: 25rem) { .sketch-second { display: none; } }
@media (prefers-reduced-motion: no-preference) {
  .sketch-done .sketch-truth { animation: sketch-truth 0.8s linear; }
}
@keyframes sketch-truth { from { clip-path: inset(-1rem 100% -1rem 0); } to { clip-path: inset(-1rem 0 -1rem 0); } }
@media (forced-colors: active) {
  .sketch { --sketch-ink: CanvasText; --sketch-muted: CanvasText; --sketch-line: GrayText; --sketch-accent: Highlight; }
}
@media print {
  .sketch:not(.sketch-done) .sketch-foot { display: none; }
  .sketch { break-inside: avoid; }
}
`;

// The drawing counts in hundredths of its width and height, whatever they are.
const SIZE = 100;
const KEYS = "← and → go along the curve, ↑ and ↓ move it.";
const DONE = "As you drew it. Beside the result, the true curve is over it.";
const KEY = "Dashed is your curve, solid the true one.";

let sketches = 0;

export class Sketch {
  /** Tells by a change event that another curve is drawn. */
  element = element("div", { class: "sketch" });
  #sketch;
  /** @type {Drawn} */
  #curve;
  #isDone = false;
  #lines = {
    drawn: line("drawn"),
    points: line("points"),
    focus: line("focus"),
  };
  #words = element("p", { role: "status" });
  #clear = element("button", { type: "button", ...OWN_KEYS }, "Clear");
  /** @type {HTMLInputElement[]} */
  #inputs;
  /** @type {Point | undefined} where the stroke is that is being drawn */
  #last;

  /** @param {SketchOf} sketch */
  constructor(sketch) {
    addStyle();
    this.#sketch = sketch;
    this.#curve = sketch.curve.map(() => null);
    const { x, y, given } = sketch;
    this.#words.id = `sketch-${++sketches}`;
    this.#inputs = sketch.curve.map((_, place) => this.#input(place));
    this.#inputs[0].setAttribute("aria-describedby", this.#words.id);
    const { drawn, points, focus } = this.#lines;
    const drawing = svg("svg", { viewBox: `0 0 ${SIZE} ${SIZE}`, preserveAspectRatio: "none" });
    drawing.setAttribute("aria-hidden", "true");
    drawing.append(...this.#axes(), focus, drawn, points);
    if (given) drawn.before(line("given", this.#path(given)));
    const plot = element("div", { class: "sketch-plot" });
    plot.append(drawing, ...this.#marks(), ...this.#inputs);
    this.element.append(
      element("p", { "aria-hidden": "true" }, y.title),
      plot,
      element("p", { class: "sketch-x-title", "aria-hidden": "true" }, x.title),
      element("div", { class: "sketch-foot" }, this.#words, this.#clear),
    );
    this.#listen(/** @type {SVGSVGElement} */ (drawing));
    this.#show();
  }

  /** The curve, once it goes from edge to edge. @returns {number[] | undefined} */
  get curve() {
    return isWhole(this.#curve) ? this.#curve : undefined;
  }

  /**
   * @param {readonly number[] | undefined} curve what was drawn, if it is known; else what is drawn stays
   * @param {boolean} isDone whether it stands, beside the true one
   */
  show(curve, isDone) {
    if (curve) this.#curve = [...curve];
    this.#isDone = isDone;
    this.#show();
  }

  /** What was drawn and the true curve over it, to look at. */
  get withTruth() {
    const copy = /** @type {HTMLElement} */ (this.element.cloneNode(true));
    for (const one of copy.querySelectorAll("input, button")) one.remove();
    copy.querySelector("svg")?.append(line("truth", this.#path(this.#sketch.curve)));
    copy.querySelector("[role=status]")?.replaceWith(element("p", {}, KEY));
    copy.classList.add("sketch-done");
    copy.setAttribute("aria-hidden", "true");
    return copy;
  }

  /** Nothing is drawn. */
  clear() {
    this.#curve = this.#curve.map(() => null);
    this.#isDone = false;
    this.#show();
  }

  /** @param {SVGSVGElement} drawing */
  #listen(drawing) {
    drawing.addEventListener("pointerdown", (event) => {
      // Two fingers zoom the page.
      if (!event.isPrimary || event.button > 0 || this.#isDone) return;
      // No selection of text, and nothing that JupyterLab does with a cell that is dragged.
      event.preventDefault();
      drawing.setPointerCapture(event.pointerId);
      const point = this.#pointAt(drawing, event);
      this.#draw(point, point);
    });
    drawing.addEventListener("pointermove", (event) => {
      if (!this.#last || !event.isPrimary) return;
      this.#draw(this.#last, this.#pointAt(drawing, event));
    });
    drawing.addEventListener("lostpointercapture", () => {
      this.#last = undefined;
      this.#tell();
    });
    this.#clear.addEventListener("click", () => {
      this.clear();
      this.#inputs[0].focus();
      this.#tell();
    });
  }

  #tell() {
    this.element.dispatchEvent(new Event("change", { bubbles: true }));
  }

  /** @param {SVGSVGElement} drawing @param {PointerEvent} event @returns {Point} */
  #pointAt(drawing, { clientX, clientY }) {
    const { left, top, width, height } = drawing.getBoundingClientRect();
    const { from, to } = this.#sketch.y;
    const share = Math.min(Math.max(1 - (clientY - top) / height, 0), 1);
    const places = this.#curve.length - 1;
    return { place: ((clientX - left) / width) * places, height: from + share * (to - from) };
  }

  /** @param {Point} from @param {Point} to */
  #draw(from, to) {
    this.#last = to;
    const { y } = this.#sketch;
    // Finer than a hand, and few digits to keep.
    const unit = 10 ** Math.floor(Math.log10((y.to - y.from) / 200));
    this.#curve = afterStroke(this.#curve, from, to).map((height) =>
      height === null ? null : Number((Math.round(height / unit) * unit).toPrecision(6)),
    );
    this.#show();
  }

  /** What the keyboard and a screen reader have of a place: up and down are the slider's own. @param {number} place */
  #input(place) {
    const { x, y, curve } = this.#sketch;
    const attributes = {
      ...{ type: "range", min: String(y.from), max: String(y.to), autocomplete: "off" },
      step: String((y.to - y.from) / 100),
      "aria-label": `at ${placeName(x, place, curve.length)}`,
      "aria-orientation": "vertical",
      ...OWN_KEYS,
    };
    const input = element("input", attributes);
    const width = 100 / (curve.length - 1);
    Object.assign(input.style, { left: `${(place - 0.5) * width}%`, width: `${width}%` });
    input.addEventListener("keydown", (event) => {
      const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      if (!step || event.ctrlKey || event.altKey || event.metaKey) return;
      event.preventDefault();
      this.#inputs[place + step]?.focus();
    });
    input.addEventListener("input", () => {
      const point = { place, height: Number(input.value) };
      this.#draw(point, point);
      this.#last = undefined;
    });
    for (const type of ["focus", "blur"]) input.addEventListener(type, () => this.#show());
    return input;
  }

  #show() {
    const { y, curve } = this.#sketch;
    const isEmpty = this.#curve.every((height) => height === null);
    const focused = this.#inputs.findIndex((one) => one.matches(":focus-visible"));
    const current =
      focused < 0 ? this.#inputs.findIndex(({ tabIndex }) => tabIndex === 0) : focused;
    for (const [place, input] of this.#inputs.entries()) {
      const height = this.#curve[place];
      const name = height === null ? "nothing drawn" : heightName(y, height);
      const truth = this.#isDone ? `, in truth ${heightName(y, curve[place])}` : "";
      input.setAttribute("aria-valuetext", name + truth);
      input.disabled = this.#isDone;
      // One of them is a stop of the Tab key, the one that had the focus last.
      input.tabIndex = place === Math.max(current, 0) ? 0 : -1;
      const value = height ?? (y.from + y.to) / 2;
      if (Number(input.value) !== value) input.value = String(value);
    }
    const { drawn, points, focus } = this.#lines;
    drawn.setAttribute("d", this.#path(this.#curve));
    points.setAttribute("d", this.#dots());
    focus.setAttribute("d", focused < 0 ? "" : `M${this.#right(focused)} 0V${SIZE}`);
    this.element.classList.toggle("sketch-still", this.#isDone);
    this.#clear.hidden = isEmpty || this.#isDone;
    const ends = { left: this.#curve[0], right: this.#curve.at(-1) };
    const open = Object.entries(ends).flatMap(([side, height]) => (height === null ? [side] : []));
    const edges = isEmpty ? "from edge to edge" : `on to the ${open.join(" and the ")} edge`;
    const hints = [open.length > 0 ? `Draw ${edges}.` : "", focused < 0 ? "" : KEYS];
    const words = this.#isDone ? DONE : hints.filter(Boolean).join(" ");
    if (this.#words.textContent !== words) this.#words.textContent = words;
  }

  /** @param {number} place @param {number} [count] of places */
  #right(place, count = this.#curve.length) {
    return short((place / (count - 1)) * SIZE);
  }

  /** @param {number} height */
  #down(height) {
    const { from, to } = this.#sketch.y;
    return short(SIZE - ((height - from) / (to - from)) * SIZE);
  }

  /** @param {Drawn} heights at equal distances */
  #path(heights) {
    const points = heights.flatMap((height, i) =>
      height === null ? [] : [`${this.#right(i, heights.length)} ${this.#down(height)}`],
    );
    return points.length > 0 ? `M${points.join("L")}` : "";
  }

  /** Lines of no length have round ends. */
  #dots() {
    return this.#curve
      .flatMap((height, i) =>
        height === null ? [] : [`M${this.#right(i)} ${this.#down(height)}h0`],
      )
      .join("");
  }

  #axes() {
    const { x, y } = this.#sketch;
    const across = marksOf(y).map(({ share }) => `M0 ${short((1 - share) * SIZE)}H${SIZE}`);
    const upright = marksOf(x).map(({ share }) => `M${short(share * SIZE)} 0V${SIZE}`);
    return [line("grid", [...across, ...upright].join("")), line("edge", `M0 0V${SIZE}H${SIZE}`)];
  }

  #marks() {
    const mark = (/** @type {"x" | "y"} */ axis, /** @type {"left" | "bottom"} */ side) =>
      marksOf(this.#sketch[axis]).map(({ share, name }, i, { length }) => {
        // Where there is no room for all, every other one will do.
        const more = length > 8 && i % 2 === 1 ? " sketch-second" : "";
        const attributes = { class: `sketch-${axis}${more}`, "aria-hidden": "true" };
        const made = element("span", attributes, name);
        made.style[side] = `${short(share * 100)}%`;
        return made;
      });
    return [...mark("x", "left"), ...mark("y", "bottom")];
  }
}

let hasStyle = false;

function addStyle() {
  if (!hasStyle) document.head.append(element("style", {}, style));
  hasStyle = true;
}

/** @param {string} name of its look @param {string} [path] */
function line(name, path = "") {
  return svg("path", { class: `sketch-${name}`, d: path });
}

/** @param {string} tag @param {Record<string, string>} attributes */
function svg(tag, attributes) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}

/** @param {number} value */
function short(value) {
  return Math.round(value * 100) / 100;
}
