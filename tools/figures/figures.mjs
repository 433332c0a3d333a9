/**
 * The figures that a reader touches. This is the whole of the script that pages, notebooks' pages and JupyterLab load
 * when the first of them comes into view: it leaves `mountFigure` on the global object.
 */

import { curve } from "./curve/curve.mjs";
import { depth } from "./depth/depth.mjs";
import style from "./figures.css" with { type: "text" };
import { button, element } from "./kit/controls.mjs";
import { frame } from "./kit/frame.mjs";
import { readHash, readSettings, stillOf, writeCode, writeHash } from "./kit/settings.mjs";
import { network } from "./network/network.mjs";
import { signal } from "./signal/signal.mjs";
import { oneUnit } from "./unit/unit.mjs";

/** @import { Frame } from "./kit/frame.mjs" */

/**
 * @callback Figure
 * @param {{ frame: Frame, settings: Record<string, any>, isSmall: boolean,
 *   onChange(settings: Record<string, any>): void }} place
 * @returns {{ start?(): void, end(): void }} `start` lets it run by itself
 */

/** @type {Record<string, Figure>} */
const figures = { "one-unit": oneUnit, curve, depth, signal, network };

/** Changes are written into the address when nothing has changed for so long; browsers refuse more than some in a second. */
const QUIET = 400;

/**
 * Puts a figure into an element.
 * @param {HTMLElement} place
 * @param {Record<string, unknown>} given `figure`, its name, and what is set
 * @param {{ isSmall?: boolean, hasAddress?: boolean, hasCode?: boolean, isStill?: boolean }} [options] `isStill`: for a
 *   picture, with something to see in it; `isSmall`: fewer controls, and it begins by itself where the reader does not
 *   mind things that move; `hasAddress`: the page's address says what is set, so that it can be shared; `hasCode`: a button
 *   copies the code of a cell that says so
 * @returns {() => void} takes it away
 */
function mountFigure(
  place,
  given,
  { isSmall = false, hasAddress = false, hasCode = false, isStill = false } = {},
) {
  const name = String(given.figure);
  const draw = figures[name];
  if (!draw)
    throw new Error(`there is no figure "${name}"; there are ${Object.keys(figures).join(", ")}`);
  addStyle();
  const fromAddress = hasAddress ? readHash(name, location.hash) : undefined;
  const settings = readSettings(name, {
    ...(isStill ? stillOf(name) : {}),
    ...given,
    ...fromAddress,
  });
  const made = frame();
  // What it is about stands below it.
  place.insertBefore(made.element, place.querySelector("figcaption"));
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let now = settings;
  const figure = draw({
    frame: made,
    settings,
    isSmall,
    onChange(changed) {
      now = changed;
      if (!hasAddress) return;
      clearTimeout(timer);
      timer = setTimeout(() => {
        const hash = writeHash(name, changed);
        // Another place that the address leads to stays, as long as nothing is set.
        if (hash.includes("?") || readHash(name, location.hash))
          history.replaceState(null, "", hash);
      }, QUIET);
    },
  });
  if (hasCode) made.element.append(copier(() => writeCode(name, now)));
  if (fromAddress) place.scrollIntoView();
  else if (isSmall && !matchMedia("(prefers-reduced-motion: reduce)").matches) figure.start?.();
  return () => {
    clearTimeout(timer);
    figure.end();
    made.end();
    made.element.remove();
  };
}

/**
 * A button that copies code, and shows it: not every browser lets it be copied.
 * @param {() => string} write
 */
function copier(write) {
  const shown = element("pre", { hidden: true });
  const copy = button("Copy as code", async () => {
    shown.textContent = write();
    shown.hidden = false;
    try {
      await navigator.clipboard.writeText(write());
      copy.textContent = "Copied: paste it into a cell";
    } catch {
      copy.textContent = "Not copied: here it is";
    }
    setTimeout(() => {
      copy.textContent = "Copy as code";
    }, 3000);
  });
  return element("div", { class: "ex-code" }, copy, shown);
}

function addStyle() {
  if (document.getElementById("explorable-style")) return;
  document.head.append(element("style", { id: "explorable-style" }, style));
}

Object.assign(globalThis, { mountFigure });
