/** The colours of figures, from the one table that charts and pages have, in the theme of what is around them. */
import { activations } from "activation-lab";
import look from "../../../lib/charts/look.json" with { type: "json" };

/** @import { ActivationKey } from "activation-lab" */

/**
 * @typedef {keyof typeof look.colours | keyof typeof look.neutral} ColourName
 * @typedef {{ name: string, colour: string, dash: number[] }} Style how the line of an activation looks
 * @typedef {Record<ColourName, string> & { isDark: boolean, activations: Record<ActivationKey, Style> }} Look
 */

/** Plotly's names of dashes, in pixels. @type {Record<string, number[]>} */
const DASHES = {
  solid: [],
  dash: [8, 4],
  dot: [2, 3],
  dashdot: [8, 3, 2, 3],
  longdash: [12, 4],
  longdashdot: [12, 3, 2, 3],
};

const dark = matchMedia("(prefers-color-scheme: dark)");

/** JupyterLab and the course's pages each say it in their way. */
function isDark() {
  const { jpThemeLight } = document.body.dataset;
  if (jpThemeLight) return jpThemeLight === "false";
  const { theme } = document.documentElement.dataset;
  return theme ? theme === "dark" : dark.matches;
}

/** @type {Look | undefined} */
let current;

/** @returns {Look} */
export function lookNow() {
  if (current?.isDark === isDark()) return current;
  const shade = isDark() ? "dark" : "light";
  const plain = Object.entries({ ...look.neutral, ...look.colours });
  const styles = Object.entries(activations).map(([key, { name }]) => {
    const entry = look.activations[/** @type {ActivationKey} */ (key)] ?? look.neutral.grey;
    return [key, { name, colour: entry[shade], dash: DASHES[entry.dash] ?? [] }];
  });
  current = /** @type {Look} */ ({
    ...Object.fromEntries(plain.map(([name, one]) => [name, one[shade]])),
    isDark: isDark(),
    activations: Object.fromEntries(styles),
  });
  return current;
}

/** @type {Set<() => void>} */
const listeners = new Set();

/**
 * @param {() => void} listener called when the theme has changed
 * @returns {() => void} ends it
 */
export function onThemeChange(listener) {
  if (listeners.size === 0) {
    const tell = () => {
      for (const one of listeners) one();
    };
    dark.addEventListener("change", tell);
    const observer = new MutationObserver(tell);
    observer.observe(document.documentElement, { attributeFilter: ["data-theme"] });
    observer.observe(document.body, { attributeFilter: ["data-jp-theme-light"] });
  }
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/**
 * A colour between others, which stand at equal distances.
 * @param {readonly string[]} colours
 * @param {number} share from 0, the first, to 1, the last
 * @returns {[number, number, number]} red, green, blue
 */
export function between(colours, share) {
  const place = Math.min(Math.max(share, 0), 1) * (colours.length - 1);
  const before = Math.min(Math.floor(place), colours.length - 2);
  const part = place - before;
  const from = channels(colours[before]);
  const to = channels(colours[before + 1]);
  return /** @type {[number, number, number]} */ (from.map((one, i) => one + part * (to[i] - one)));
}

/** @param {string} colour */
function channels(colour) {
  return [1, 3, 5].map((start) => Number.parseInt(colour.slice(start, start + 2), 16));
}
