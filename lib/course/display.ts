/** Shows charts, tables and text below the cell. */
import type { Chart } from "../charts/index.js";
import { send } from "./output.js";

const PLOTLY_MIME = "application/vnd.plotly.v1+json";

/**
 * Draws a chart below the cell. Sent as data without any script of its own: the front end has the
 * plotly that draws it, and a reader without one gets the description.
 * @throws TypeError if the chart has no description or no data
 * @example show(decisionChart())
 */
export function show(chart: Chart): void {
  if (!Array.isArray(chart?.data))
    throw new TypeError(`show: chart.data must be a list of traces, got ${chart?.data}`);
  if (typeof chart.description !== "string" || chart.description.trim() === "") {
    throw new TypeError(
      "show: chart.description must say in a sentence or two what the chart shows",
    );
  }
  const { description, ...figure } = chart;
  send({
    [PLOTLY_MIME]: roundNumbers(figure),
    "text/plain": description,
  });
}

/** Words that lead somewhere. */
export interface Link {
  readonly text: string;
  readonly href: string;
}

/** What a cell of a table may have. */
export type CellValue = string | number | Link;

/**
 * Shows rows as a table with the keys of the first row as its head. Numbers are aligned to the right.
 * @throws TypeError if there is no row
 * @example showTable([{ activation: "ReLU", slope: 1 }])
 */
export function showTable(rows: readonly Record<string, CellValue>[]): void {
  if (rows[0] === undefined) throw new TypeError("showTable: rows is empty, give at least one");
  send({ "text/html": tableHtml(rows), "text/plain": tableText(rows) });
}

/** Rows as an HTML table, headed by the keys of the first. */
export function tableHtml(rows: readonly Record<string, CellValue>[]): string {
  const { columns, cells } = tableOf(rows);
  const line = (tag: string, row: readonly CellValue[]) =>
    `<tr>${row
      .map(
        (value) =>
          `<${tag}${typeof value === "number" ? ' style="text-align:right"' : ""}>${cellHtml(value)}</${tag}>`,
      )
      .join("")}</tr>`;
  const body = cells.map((row) => line("td", row)).join("");
  return `<table><thead>${line("th", columns)}</thead><tbody>${body}</tbody></table>`;
}

/** The same as text. */
export function tableText(rows: readonly Record<string, CellValue>[]): string {
  const { columns, cells } = tableOf(rows);
  return alignColumns([columns, ...cells.map((row) => row.map(textOf))]);
}

function tableOf(rows: readonly Record<string, CellValue>[]) {
  const columns = Object.keys(rows[0] ?? {});
  return { columns, cells: rows.map((row) => columns.map((column) => row[column] ?? "")) };
}

/** Six digits are more than a chart can show, and a tenth of the notebook's size. */
function roundNumbers(figure: object): object {
  return JSON.parse(
    JSON.stringify(figure, (_, value) =>
      typeof value === "number" ? Number(value.toPrecision(6)) : value,
    ),
  );
}

function alignColumns(table: readonly (readonly (string | number)[])[]): string {
  const widths = (table[0] ?? []).map((_, column) =>
    table.reduce((widest, row) => Math.max(widest, String(row[column]).length), 0),
  );
  const pad = (value: string | number, column: number) =>
    typeof value === "number"
      ? String(value).padStart(widths[column] ?? 0)
      : value.padEnd(widths[column] ?? 0);
  return table.map((row) => row.map(pad).join("  ").trimEnd()).join("\n");
}

function textOf(value: CellValue): string | number {
  return typeof value === "object" ? value.text : value;
}

function cellHtml(value: CellValue): string {
  const text = escapeHtml(textOf(value));
  if (typeof value !== "object") return text;
  return `<a href="${escapeHtml(value.href).replaceAll('"', "&quot;")}">${text}</a>`;
}

export function escapeHtml(value: string | number): string {
  return String(value).replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/**
 * Shows text as Markdown below the cell, so that code in it is highlighted.
 * @param plain for where no Markdown is shown; default the Markdown itself
 */
export function showMarkdown(markdown: string, plain = markdown): void {
  send({ "text/markdown": markdown, "text/plain": plain });
}
