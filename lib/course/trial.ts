/** The trial of the lesson's claims: collects what is decided, and shows it. */
import type { Spread } from "../statistics.js";
import { differencesFromRecord } from "./claim-record.js";
import { type ClaimResult, claims, type Figure, type Kind, kindOf, verdictFrom } from "./claims.js";
import { escapeHtml, tableHtml, tableText } from "./display.js";
import type { Ruling } from "./intervals.js";
import { send } from "./output.js";
import { shortNumber } from "./short-number.js";

/**
 * Collects what is decided on each claim.
 * @example
 * const trial = new Trial();
 * trial.decide(10, { verdict: "holds", figures: { "minimum of GELU": -0.17 } });
 * trial.results.length // 1
 */
export class Trial {
  readonly #results = new Map<number, ClaimResult>();

  /**
   * Decides on a claim, and shows verdict and rulings below the cell, and folded the figures. A second
   * decision replaces the first. Without a verdict, the rulings give it, as `verdictFrom` does.
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
    send(decisionShown(this.#results.get(claim) as ClaimResult));
  }

  /** All results so far, by number of the claim. */
  get results(): ClaimResult[] {
    return [...this.#results.values()].sort((a, b) => a.claim - b.claim);
  }

  /** A row for `showTable` for each of the claims, also for those that are not decided on yet. */
  get summary(): Record<string, string>[] {
    return summaryOf(this.results);
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

/** What was decided, the rulings that it rests on, and folded what else was measured. */
export function decisionShown({ claim, verdict, rulings, figures, chaotic = [] }: ClaimResult) {
  const marked = (name: string) => (chaotic.includes(name) ? `${name}, chaotic` : name);
  const asked = rulingRows(rulings, marked);
  const measured = Object.entries(figures).map(([name, value]) => {
    const over = typeof value === "number" ? undefined : value;
    return {
      measured: marked(name),
      "value or median": figureText(typeof value === "number" ? value : value.median),
      "5–95 %": over ? rangeText(over) : "",
      seeds: over ? String(over.seeds) : "",
    };
  });
  const head = `Claim ${claim}: ${verdict}`;
  const tables = [asked, measured].filter((rows) => rows.length > 0);
  // Where nothing was ruled on, the figures are all there is to see. A matter of record says its dates itself.
  const isFolded = asked.length > 0 || kindOf(verdict) === "a matter of record";
  const html = tables.map((rows) =>
    rows === measured && isFolded
      ? `<details><summary>All figures</summary>${tableHtml(rows)}</details>`
      : tableHtml(rows),
  );
  return {
    "text/html": `<p><strong>${escapeHtml(head)}</strong></p>${html.join("")}`,
    "text/plain": [head, ...tables.map(tableText)].join("\n\n"),
  };
}

/** A row a condition. What all have in common, the bar and the seeds mostly, is said once, above the values. */
function rulingRows(rulings: Readonly<Record<string, Ruling>>, marked: (name: string) => string) {
  const all = Object.values(rulings);
  const shared = <Key extends "bar" | "seeds">(key: Key) =>
    new Set(all.map((ruling) => ruling[key])).size === 1 ? all[0]?.[key] : undefined;
  const [bar, seeds] = [shared("bar"), shared("seeds")];
  const values = `${bar ?? "value"} [95 % interval]${seeds ? `, ${seeds} seeds` : ""}`;
  return Object.entries(rulings).map(([name, ruling]) => ({
    "does it hold if …": marked(name),
    answer: ruling.answer,
    [values]: `${shortNumber(ruling.value)} [${rangeText(ruling)}]`,
    ...(bar === undefined && { bar: ruling.bar }),
    ...(seeds === undefined && { seeds: String(ruling.seeds) }),
    "hundreds that agree": `${shortNumber(ruling.agreement)} %`,
  }));
}

/** Figures of a result that its row of the summary shows. */
const KEY_FIGURES = 2;

/**
 * All claims with their verdicts and first figures; a claim without one is open. A verdict is as firm as the ruling on
 * which hundreds of seeds agree least.
 */
export function summaryOf(results: readonly ClaimResult[]): Record<string, string>[] {
  return Object.entries(claims).map(([number, { text, place }]) => {
    const result = results.find(({ claim }) => claim === Number(number));
    const agreements = Object.values(result?.rulings ?? {}).map(({ agreement }) => agreement);
    const measured = Object.entries(result?.figures ?? {})
      .slice(0, KEY_FIGURES)
      .map(([name, value]) => `${name}: ${figureText(value)}`);
    return {
      claim: `${number}. ${text}`,
      "in the lesson": place,
      verdict: result?.verdict ?? "not measured yet",
      "hundreds that agree":
        agreements.length > 0 ? `${shortNumber(Math.min(...agreements))} %` : "",
      "measured: median (5–95 %)": measured.join("; "),
    };
  });
}

function figureText(value: number | Figure): string {
  if (typeof value === "number") return shortNumber(value);
  return `${shortNumber(value.median)} (${rangeText(value)})`;
}

function rangeText({ low, high }: Pick<Spread, "low" | "high">): string {
  return `${shortNumber(low)} to ${shortNumber(high)}`;
}
