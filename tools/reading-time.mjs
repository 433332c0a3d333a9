/**
 * How long a notebook takes to read, by one rule for all: 220 words of text a minute, 30 lines of code a
 * minute unless they are folded, and 20 seconds for each chart. Running, predicting and changing cells take as
 * long again.
 */
import { PLOTLY_MIME, sourceOf } from "./notebooks.mjs";

const WORDS_A_MINUTE = 220;
const LINES_A_MINUTE = 30;
const MINUTES_A_CHART = 1 / 3;

const DEEPER = /^#+ Deeper: /;

/**
 * The reading time in whole minutes, at least 1.
 * @param {{ cells: any[] }} notebook
 */
export function readingMinutes({ cells }) {
  return Math.max(1, Math.round(minutesOf(cells)));
}

/**
 * The same on the first path, which leaves out each section whose heading begins with "Deeper: ".
 * @param {{ cells: any[] }} notebook
 */
export function firstPathMinutes({ cells }) {
  let leftOut = 0; // the level of the heading of the section that is left out
  const kept = cells.flatMap((cell) => {
    if (cell.cell_type !== "markdown") return leftOut ? [] : [cell];
    const lines = sourceOf(cell)
      .split("\n")
      .filter((line) => {
        const level = line.match(/^#+(?= )/)?.[0].length ?? 0;
        if (level > 0 && (leftOut === 0 || level <= leftOut))
          leftOut = DEEPER.test(line) ? level : 0;
        return leftOut === 0;
      });
    return [{ ...cell, source: lines.join("\n") }];
  });
  return Math.max(1, Math.round(minutesOf(kept)));
}

function minutesOf(/** @type {any[]} */ cells) {
  const sources = (/** @type {string} */ type) =>
    cells
      .filter(({ cell_type, metadata }) => cell_type === type && !metadata?.jupyter?.source_hidden)
      .map(sourceOf);
  const words = sources("markdown").flatMap(wordsOf).length;
  const lines = sources("code").flatMap((source) => source.split("\n").filter(isCode)).length;
  const charts = cells
    .flatMap(({ outputs }) => outputs ?? [])
    .filter(({ data }) => data?.[PLOTLY_MIME]);
  return words / WORDS_A_MINUTE + lines / LINES_A_MINUTE + charts.length * MINUTES_A_CHART;
}

/** What is read as words: not the addresses of links, nor tags. A formula counts as it is written. */
function wordsOf(/** @type {string} */ source) {
  return source
    .replace(/\]\([^)]*\)/g, "]")
    .replace(/<[^>]+>/g, " ")
    .split(/\s+/)
    .filter((word) => /[\p{L}\p{N}]/u.test(word));
}

/** Imports, closing brackets and empty lines are passed over. */
function isCode(/** @type {string} */ line) {
  return /[\p{L}\p{N}]/u.test(line);
}
