/** The trial of the lesson's claims: collects the results as they are found, and shows them. */
import type { Spread } from "../statistics.js";
import { differencesFromRecord } from "./claim-record.js";
import { type ClaimResult, claims, type Figure, type Kind, kindOf, verdictFrom } from "./claims.js";
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
   * Decides on a claim, and shows verdict, rulings and figures below the cell. A second decision replaces
   * the first. Without a verdict, the rulings give it, as `verdictFrom` does.
   * @throws RangeError if there is no such claim, neither verdict nor ruling, or a name in `chaotic` is
   *   neither a ruling's nor a figure's
   */
  decide(
    claim: number,
    { rulings = {}, verdict, figures = {}, chaotic }: Partial<Omit<ClaimResult, "claim">>,
  ) {
    if (!Object.hasOwn(claims, claim)) {
      throw new RangeError(`claim must be from 1 to ${Object.keys(claims).length}, got ${claim}`);
    }
    const names = { ...rulings, ...figures };
    const unknown = chaotic?.find((name) => !Object.hasOwn(names, name));
    if (unknown !== undefined) {
      throw new RangeError(`chaotic must name rulings or figures of the result, got "${unknown}"`);
    }
    const decided = verdict ?? verdictFrom(rulings);
    this.#results.set(claim, {
      ...{ claim, verdict: decided, rulings, figures },
      ...(chaotic && { chaotic }),
    });
    this.#showSummary(summaryTable(this.results));
    const marked = (name: string) => (chaotic?.includes(name) ? `${name}, chaotic` : name);
    const asked = Object.entries(rulings).map(([name, ruling]) => ({
      "does it hold if …": marked(name),
      answer: ruling.answer,
      ...{ value: shortNumber(ruling.value), "95 % interval": rangeText(ruling), bar: ruling.bar },
      seeds: String(ruling.seeds),
      "hundreds that agree": `${shortNumber(ruling.agreement)} %`,
    }));
    const measured = Object.entries(figures).map(([name, value]) => {
      const over = typeof value === "number" ? undefined : value;
      return {
        measured: marked(name),
        "value or median": figureText(typeof value === "number" ? value : value.median),
        "5–95 %": over ? rangeText(over) : "",
        seeds: over ? String(over.seeds) : "",
      };
    });
    for (const rows of [asked, measured]) if (rows.length > 0) showTable(rows);
    showTable([{ claim: claims[claim].text, verdict: decided }]);
  }

  /** All results so far, by number of the claim. */
  get results(): ClaimResult[] {
    return [...this.#results.values()].sort((a, b) => a.claim - b.claim);
  }

  /** What the verdict on a claim comes to; undefined before it is decided on. */
  kindOf(claim: number): Kind | undefined {
    const result = this.#results.get(claim);
    return result && kindOf(result.verdict);
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

/**
 * All claims as an HTML table with their verdicts and first figures; a claim without one is open. A verdict
 * is as firm as the ruling on which hundreds of seeds agree least.
 */
export function summaryTable(results: readonly ClaimResult[]): string {
  const rows = Object.entries(claims).map(([number, { text, place }]) => {
    const result = results.find(({ claim }) => claim === Number(number));
    const agreements = Object.values(result?.rulings ?? {}).map(({ agreement }) => agreement);
    const measured = Object.entries(result?.figures ?? {})
      .slice(0, KEY_FIGURES)
      .map(([name, value]) => `${name}: ${figureText(value)}`);
    return [
      ...[number, text, place, result?.verdict ?? "not measured yet"],
      agreements.length > 0 ? `${shortNumber(Math.min(...agreements))} %` : "",
      measured.join("; "),
    ];
  });
  const row = (tag: string, cells: readonly string[]) =>
    `<tr>${cells.map((cell) => `<${tag} style="text-align:left">${cell.replaceAll("<", "&lt;")}</${tag}>`).join("")}</tr>`;
  const head = row("th", [
    ...["", "claim", "in the lesson", "verdict"],
    ...["hundreds that agree", "measured: median (5–95 %)"],
  ]);
  return `<table><thead>${head}</thead><tbody>${rows.map((cells) => row("td", cells)).join("")}</tbody></table>`;
}

function figureText(value: number | Figure): string {
  if (typeof value === "number") return shortNumber(value);
  return `${shortNumber(value.median)} (${rangeText(value)})`;
}

function rangeText({ low, high }: Pick<Spread, "low" | "high">): string {
  return `${shortNumber(low)} to ${shortNumber(high)}`;
}
