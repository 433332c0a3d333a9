/**
 * The lesson's claims on trial: their list, and the rulings with the figures they rest on.
 * `data/claims.json` keeps the rulings.
 */
import { writeFileSync } from "node:fs";
import { showTable } from "./display.js";
import { readData } from "./reference.js";
import { type Spread, spread } from "./statistics.js";

/** What the lesson says, in the course's words, by number. */
export const claims: Readonly<Record<number, string>> = {
  1: "Ten sigmoid layers leave at most 0.25¹⁰ of the gradient for the first one",
  2: "Gradient at layer 1 of 10: sigmoid 10⁻⁶, tanh 10⁻³, ReLU 1, GELU 0.8",
  3: "A deep sigmoid network cannot be trained",
  4: "ReLU keeps the size of the gradient from layer to layer",
  5: "Passing a signal forward through ten layers shows vanishing gradients",
  6: "Between 10 and 40 % of ReLU units die while a network trains",
  7: "Counting silent units of a fresh network finds the dead neurons of training",
  8: "GELU has no dead neurons and a better gradient flow, so Leaky ReLU is not needed",
  9: "The lesson's GELU derivative is the slope of the lesson's GELU",
  10: "GELU never falls below about −0.17",
  11: "Swish was discovered in 2017 by an automated search",
  12: "ReLU dates from 1969 and became popular in 2010",
  13: "Positive sigmoid outputs force the gradients of a unit to share a sign (zig-zag)",
  14: "A deep linear network can learn neither XOR nor a spiral",
  15: "On the circle, GELU beats ReLU and ReLU beats sigmoid",
  16: "Softmax ranks probabilities like logits and keeps their relative confidence",
  17: "GELU is what language models use",
  18: "On XOR the activations rank otherwise than on the circle",
};

/** What a ruling can be. A condition is spelt out, so that a reader can check it. */
export type Verdict =
  | "holds"
  | `holds only if ${string}`
  | "does not hold"
  | `does not hold: ${string}`
  | "a matter of record"
  | `a matter of record: ${string}`;

/** What many seeds say. */
export interface Figure extends Spread {
  /** How many seeds. */
  seeds: number;
}

/** What was decided on a claim, and on which figures. */
export interface Ruling {
  claim: number;
  verdict: Verdict;
  /** By what is measured, unit included: a figure over seeds, or one number where nothing is drawn. */
  figures: Record<string, number | Figure>;
  /**
   * The names of figures from chaotic training: it makes much of the last bit, in which another machine's
   * `Math.exp` may differ. They are shown and kept, but not compared. To find them, add noise of one bit
   * to `Math.exp`, `log` and `tanh`, run the notebook and see which figures move.
   */
  chaotic?: readonly string[];
}

/**
 * The verdict on a claim that was measured under several conditions: it holds under all, under none,
 * or only under those that the verdict then names.
 * @param holdsIf whether it held, by condition, as in "the weights are drawn by He's rule"
 * @throws RangeError if there is no condition
 */
export function verdictFrom(holdsIf: Readonly<Record<string, boolean>>): Verdict {
  const all = Object.keys(holdsIf);
  if (all.length === 0) throw new RangeError("holdsIf is empty, give at least one condition");
  const conditions = all.filter((condition) => holdsIf[condition]);
  if (conditions.length === all.length) return "holds";
  if (conditions.length === 0) return "does not hold";
  return `holds only if ${conditions.join(" or ")}`;
}

/** Median, 5–95 % range and number of the values, one a seed. Throws what `spread` throws. */
export function figure(values: readonly number[]): Figure {
  return { ...spread(values), seeds: values.length };
}

/** Three digits, all of a whole number below 100,000, or a power of ten: 0.034, 1969, 9.37·10⁻⁷. */
export function shortNumber(value: number): string {
  const size = Math.abs(value);
  if (!Number.isFinite(value)) return String(value).replace("-", "−");
  const isPlain = value === 0 || (size >= 1e-3 && size < 1e5);
  if (isPlain && Number.isInteger(value)) return String(value).replace("-", "−");
  if (isPlain) return String(Number(value.toPrecision(3))).replace("-", "−");
  const [digits, exponent] = value.toExponential(2).split("e");
  const raised = String(Number(exponent))
    .replace("-", "⁻")
    .replace(/\d/g, (digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(digit)]);
  return `${Number(digits)}·10${raised}`.replace("-", "−");
}

/** The rulings that `data/claims.json` keeps, by number of the claim. */
export function readClaims(): Ruling[] {
  return JSON.parse(readData(CLAIMS_FILE)).claims;
}

const CLAIMS_FILE = "claims.json";
/** Figures of a ruling that its row of the summary shows. */
const KEY_FIGURES = 2;

/** All claims as an HTML table with their verdicts and first figures; a claim without one is open. */
export function summaryTable(rulings: readonly Ruling[]): string {
  const rows = Object.entries(claims).map(([number, text]) => {
    const ruling = rulings.find(({ claim }) => claim === Number(number));
    const measured = Object.entries(ruling?.figures ?? {})
      .slice(0, KEY_FIGURES)
      .map(([name, value]) => `${name}: ${figureText(value)}`);
    return [number, text, ruling?.verdict ?? "not measured yet", measured.join("; ")];
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

/** Collects the rulings as they are made, and keeps the summary up to date. */
export class Trial {
  readonly #rulings = new Map<number, Ruling>();
  readonly #showSummary: (html: string) => void;

  /** @param showSummary called now and after each ruling with `summaryTable` of all so far */
  constructor(showSummary: (html: string) => void) {
    this.#showSummary = showSummary;
    showSummary(summaryTable([]));
  }

  /**
   * Rules on a claim, and shows verdict and figures below the cell. A second ruling replaces the first.
   * @param ruling.chaotic names of figures that another machine need not reproduce, see `Ruling`
   * @throws RangeError if there is no such claim, or a name in `chaotic` is no figure's
   */
  rule(
    claim: number,
    { verdict, figures = {}, chaotic }: Pick<Ruling, "verdict"> & Partial<Omit<Ruling, "claim">>,
  ) {
    if (!Object.hasOwn(claims, claim)) {
      throw new RangeError(`claim must be from 1 to ${Object.keys(claims).length}, got ${claim}`);
    }
    const unknown = chaotic?.find((name) => !Object.hasOwn(figures, name));
    if (unknown !== undefined) {
      throw new RangeError(`chaotic must name figures of the ruling, got "${unknown}"`);
    }
    this.#rulings.set(claim, { claim, verdict, figures, ...(chaotic && { chaotic }) });
    this.#showSummary(summaryTable(this.rulings));
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

  /** All rulings so far, by number of the claim. */
  get rulings(): Ruling[] {
    return [...this.#rulings.values()].sort((a, b) => a.claim - b.claim);
  }

  /**
   * Where the rulings differ from those that `data/claims.json` keeps: a message a figure or verdict.
   * With UPDATE_CLAIMS=1 in the environment the file is written anew instead.
   */
  differences(): string[] {
    if (process.env.UPDATE_CLAIMS === "1") {
      const text = JSON.stringify({ claims: this.rulings }, roundedForRecord, 2);
      writeFileSync(new URL(`../../data/${CLAIMS_FILE}`, import.meta.url), `${text}\n`);
    }
    return compareRulings(this.rulings, readClaims());
  }
}

function roundedForRecord(_key: string, value: unknown): unknown {
  return typeof value === "number" ? Number(value.toPrecision(6)) : value;
}

/** Another machine's `Math.exp` may round otherwise, and 40,000 steps of training add up. (`Ruling.chaotic`: more than that.) */
const RECORD_TOLERANCE = 1e-4;

/**
 * Where two lists of rulings differ, a message each. Figures may differ by one part in 10,000; of chaotic
 * ones only the names are compared.
 */
export function compareRulings(measured: readonly Ruling[], kept: readonly Ruling[]): string[] {
  const numbers = [...new Set([...measured, ...kept].map(({ claim }) => claim))];
  return numbers.flatMap((number) => {
    const [now, before] = [measured, kept].map((list) => flatten(list, number));
    return [...new Set([...Object.keys(now), ...Object.keys(before)])]
      .filter((name) => !sameEntry(now[name], before[name]))
      .map((name) => `claim ${number}, ${name}: measured ${now[name]}, kept ${before[name]}`);
  });
}

/** A ruling as one level of names: the verdict, each number, each part of a figure, "chaotic" for a chaotic one. */
function flatten(list: readonly Ruling[], number: number): Record<string, string | number> {
  const ruling = list.find(({ claim }) => claim === number);
  const entries = Object.entries(ruling?.figures ?? {}).flatMap(([name, value]) => {
    if (ruling?.chaotic?.includes(name)) return [[name, "chaotic"]];
    if (typeof value === "number") return [[name, value]];
    return Object.entries(value).map(([part, partValue]) => [`${name}, ${part}`, partValue]);
  });
  return { ...(ruling && { verdict: ruling.verdict }), ...Object.fromEntries(entries) };
}

function sameEntry(a?: string | number, b?: string | number): boolean {
  if (typeof a !== "number" || typeof b !== "number") return a === b;
  return Math.abs(a - b) <= RECORD_TOLERANCE * Math.max(Math.abs(a), Math.abs(b));
}
