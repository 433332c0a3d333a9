/** The trial of the lesson's claims: collects the results as they are found, and shows them. */
import type { Spread } from "../statistics.js";
import { differencesFromRecord } from "./claim-record.js";
import { type ClaimResult, claims, type Figure } from "./claims.js";
import { showTable } from "./display.js";
import { shortNumber } from "./short-number.js";

/**
 * Collects what is decided on each claim, and keeps the summary up to date.
 * @example
 * const trial = new Trial(() => {});
 * trial.decide(10, { verdict: "holds", figures: { "minimum of GELU": -0.17 } });
 * trial.results.length // 1
 */
export class Trial {
  readonly #results = new Map<number, ClaimResult>();
  readonly #showSummary: (html: string) => void;

  /** @param showSummary called now and after each decision with `summaryTable` of all so far */
  constructor(showSummary: (html: string) => void) {
    this.#showSummary = showSummary;
    showSummary(summaryTable([]));
  }

  /**
   * Decides on a claim, and shows verdict and figures below the cell. A second decision replaces the first.
   * @throws RangeError if there is no such claim, or a name in `chaotic` is no figure's
   */
  decide(
    claim: number,
    {
      verdict,
      figures = {},
      chaotic,
    }: Pick<ClaimResult, "verdict"> & Partial<Omit<ClaimResult, "claim">>,
  ) {
    if (!Object.hasOwn(claims, claim)) {
      throw new RangeError(`claim must be from 1 to ${Object.keys(claims).length}, got ${claim}`);
    }
    const unknown = chaotic?.find((name) => !Object.hasOwn(figures, name));
    if (unknown !== undefined) {
      throw new RangeError(`chaotic must name figures of the result, got "${unknown}"`);
    }
    this.#results.set(claim, { claim, verdict, figures, ...(chaotic && { chaotic }) });
    this.#showSummary(summaryTable(this.results));
    const rows = Object.entries(figures).map(([name, value]) => {
      const over = typeof value === "number" ? undefined : value;
      return {
        measured: chaotic?.includes(name) ? `${name}, chaotic` : name,
        "value or median": figureText(typeof value === "number" ? value : value.median),
        "5–95 %": over ? rangeText(over) : "",
        seeds: over ? String(over.seeds) : "",
      };
    });
    showTable([
      ...rows,
      { measured: "verdict", "value or median": verdict, "5–95 %": "", seeds: "" },
    ]);
  }

  /** All results so far, by number of the claim. */
  get results(): ClaimResult[] {
    return [...this.#results.values()].sort((a, b) => a.claim - b.claim);
  }

  /**
   * Where the results differ from those that `data/claims.json` keeps: a message a figure or verdict.
   * With UPDATE_CLAIMS=1 in the environment the file is written anew instead.
   */
  differences(): string[] {
    return differencesFromRecord(this.results);
  }
}

/** Figures of a result that its row of the summary shows. */
const KEY_FIGURES = 2;

/** All claims as an HTML table with their verdicts and first figures; a claim without one is open. */
export function summaryTable(results: readonly ClaimResult[]): string {
  const rows = Object.entries(claims).map(([number, text]) => {
    const result = results.find(({ claim }) => claim === Number(number));
    const measured = Object.entries(result?.figures ?? {})
      .slice(0, KEY_FIGURES)
      .map(([name, value]) => `${name}: ${figureText(value)}`);
    return [number, text, result?.verdict ?? "not measured yet", measured.join("; ")];
  });
  const row = (tag: string, cells: readonly string[]) =>
    `<tr>${cells.map((cell) => `<${tag} style="text-align:left">${cell.replaceAll("<", "&lt;")}</${tag}>`).join("")}</tr>`;
  const head = row("th", ["", "claim", "verdict", "measured: median (5–95 %)"]);
  return `<table><thead>${head}</thead><tbody>${rows.map((cells) => row("td", cells)).join("")}</tbody></table>`;
}

function figureText(value: number | Figure): string {
  if (typeof value === "number") return shortNumber(value);
  return `${shortNumber(value.median)} (${rangeText(value)})`;
}

function rangeText({ low, high }: Spread): string {
  return `${shortNumber(low)} to ${shortNumber(high)}`;
}
