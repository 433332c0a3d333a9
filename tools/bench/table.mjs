/** Medians, ratios, the Markdown table that the benchmark prints, and what got worse since an earlier one. */

/**
 * A row of the table: what was measured, the result, and of a ratio that says how good the course is, which is better.
 * @typedef {[what: string, result: string, better?: "less" | "more"]} Row
 */

/** @param {readonly number[]} values */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

/**
 * Three digits, as in 0.0123, 4.56 or 789.
 * @param {number} value
 */
export function digits(value) {
  return value >= 100 ? value.toFixed(0) : String(Number(value.toPrecision(3)));
}

/**
 * The median with the smallest and the largest: "4.56 (4.1–7.2)".
 * @param {readonly number[]} values
 */
export function spreadOf(values) {
  return `${digits(median(values))} (${digits(Math.min(...values))}–${digits(Math.max(...values))})`;
}

/**
 * The ratios of what was measured in the same repeat, with their spread.
 * @param {readonly number[]} numerators
 * @param {readonly number[]} denominators
 */
export function ratioOf(numerators, denominators) {
  const pairs = Math.min(numerators.length, denominators.length);
  return spreadOf(Array.from({ length: pairs }, (_, i) => numerators[i] / denominators[i]));
}

/**
 * The ratios whose median is worse by more than a tenth than in an earlier table.
 * @param {readonly Row[]} rows
 * @param {string} table as Markdown
 */
export function worseThan(rows, table) {
  const earlier = new Map(
    table.split("\n").map((line) => {
      const [, what, result] = line.split("|").map((cell) => cell.trim());
      return [what, result];
    }),
  );
  return rows.flatMap(([what, result, better]) => {
    const [now, before] = [result, earlier.get(what)].map((text) => Number.parseFloat(text ?? ""));
    const factor = better === "less" ? now / before : before / now;
    return better && factor > 1.1 ? [`${what}: ${result}, was ${earlier.get(what)}`] : [];
  });
}

/**
 * A Markdown table whose columns are padded, so that it reads in a terminal too.
 * @param {[string, string]} header
 * @param {readonly Row[]} rows
 */
export function markdownTable(header, rows) {
  const shown = rows.map(([what, result]) => [what, result]);
  const widths = header.map((_, i) => Math.max(...[header, ...shown].map((r) => r[i].length)));
  const line = (/** @type {string[]} */ cells) =>
    `| ${cells.map((cell, i) => cell.padEnd(widths[i])).join(" | ")} |`;
  const rule = line(widths.map((width) => "-".repeat(width)));
  return [line(header), rule, ...shown.map(line)].join("\n");
}
