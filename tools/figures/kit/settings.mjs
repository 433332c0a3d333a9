/** What can be set in a figure: read from a notebook or an address, which may say anything, and written there. */

import { activations } from "activation-lab";
import table from "../../../lib/course/figures.json" with { type: "json" };

/**
 * @typedef {Readonly<Record<string, string | number>>} Settings
 * @typedef {object} Rule what a setting can be
 * @property {string | number} start
 * @property {Readonly<Record<string, string>>} [choices] what each value is called
 * @property {readonly number[]} [values]
 * @property {number} [min]
 * @property {number} [max]
 * @property {number} [step]
 * @property {string} [text] a pattern
 */

const names = Object.fromEntries(Object.entries(activations).map(([key, { name }]) => [key, name]));

/**
 * The settings of a figure.
 * @param {string} figure
 * @returns {Record<string, Rule>}
 */
export function rulesOf(figure) {
  /** @type {Record<string, { settings: Record<string, any> }>} */
  const figures = table;
  const entries = Object.entries(figures[figure].settings).map(([name, rule]) => {
    if (rule.choices !== "activations") return [name, rule];
    return [name, { ...rule, choices: rule.none ? { none: rule.none, ...names } : names }];
  });
  return Object.fromEntries(entries);
}

/**
 * What is set for a figure's picture, in which nothing moves.
 * @param {string} figure
 * @returns {Settings}
 */
export function stillOf(figure) {
  /** @type {Record<string, { still: Settings }>} */
  const figures = table;
  return figures[figure].still;
}

/**
 * What is given, as far as it can be used, and the start for the rest.
 * @param {string} figure
 * @param {Readonly<Record<string, unknown>>} given texts may stand for numbers
 * @returns {Record<string, any>}
 */
export function readSettings(figure, given) {
  const read = Object.entries(rulesOf(figure)).map(([name, rule]) => [
    name,
    usable(rule, given[name]),
  ]);
  return Object.fromEntries(read);
}

/** @param {Rule} rule @param {unknown} value */
function usable({ start, choices, values, min, max, step = 1, text }, value) {
  if (choices) return Object.hasOwn(choices, String(value)) ? String(value) : start;
  if (text !== undefined)
    return typeof value === "string" && new RegExp(text).test(value) ? value : start;
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  if (typeof number !== "number" || !Number.isFinite(number)) return start;
  if (values) return values.includes(number) ? number : start;
  const { least, most } = { least: Number(min), most: Number(max) };
  const onStep = least + Math.round((number - least) / step) * step;
  return Number(Math.min(Math.max(onStep, least), most).toPrecision(12));
}

/**
 * The part of an address that says what is set, where it differs from the start.
 * @param {string} figure
 * @param {Settings} settings
 */
export function writeHash(figure, settings) {
  const changed = changedOf(figure, settings);
  const query = new URLSearchParams(changed.map(([name, value]) => [name, String(value)]));
  return `#explore-${figure}${changed.length > 0 ? `?${query}` : ""}`;
}

/**
 * The code of a cell that shows a figure with what is set.
 * @param {string} figure
 * @param {Settings} settings
 */
export function writeCode(figure, settings) {
  const given = changedOf(figure, settings).map(
    ([name, value]) => `${name}: ${JSON.stringify(value)}`,
  );
  const what = given.length > 0 ? `, { ${given.join(", ")} }` : "";
  return `import { explore } from "activation-lab/course";\n\nexplore("${figure}"${what});`;
}

/**
 * What differs from the start.
 * @param {string} figure
 * @param {Settings} settings
 */
function changedOf(figure, settings) {
  const rules = rulesOf(figure);
  return Object.entries(settings).filter(
    ([name, value]) => name in rules && value !== rules[name].start,
  );
}

/**
 * What an address says of a figure; undefined if it is about something else.
 * @param {string} figure
 * @param {string} hash
 * @returns {Record<string, string> | undefined}
 */
export function readHash(figure, hash) {
  const [name, query = ""] = hash.split(/\?(.*)/s);
  return name === `#explore-${figure}` ? Object.fromEntries(new URLSearchParams(query)) : undefined;
}
