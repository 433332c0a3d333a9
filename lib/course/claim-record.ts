/** The results that `data/claims.json` keeps, and where others differ from them. */
import record from "../../data/claims.json" with { type: "json" };
import { replaceClaims } from "../notebook/files.js";
import type { ClaimResult } from "./claims.js";

/** The results that `data/claims.json` keeps, by number of the claim. */
export function recordedResults(): ClaimResult[] {
  return structuredClone<unknown>(record.claims) as ClaimResult[];
}

/**
 * Where results differ from the record: a message a figure or verdict. With UPDATE_CLAIMS=1 in the
 * environment they become the record instead.
 */
export function differencesFromRecord(results: readonly ClaimResult[]): string[] {
  const text = JSON.stringify({ claims: results }, roundedForRecord, 2);
  return replaceClaims(`${text}\n`) ? [] : compareResults(results, recordedResults());
}

function roundedForRecord(_key: string, value: unknown): unknown {
  return typeof value === "number" ? Number(value.toPrecision(6)) : value;
}

/** Another machine's `Math.exp` may round otherwise, and 40,000 steps of training add up. (`ClaimResult.chaotic`: more than that.) */
const RECORD_TOLERANCE = 1e-4;

/**
 * Where two lists of results differ, a message each. Figures may differ by one part in 10,000; of chaotic
 * ones only the names are compared.
 */
export function compareResults(
  measured: readonly ClaimResult[],
  kept: readonly ClaimResult[],
): string[] {
  const numbers = [...new Set([...measured, ...kept].map(({ claim }) => claim))];
  return numbers.flatMap((number) => {
    const [now, before] = [measured, kept].map((list) => flatten(list, number));
    return [...new Set([...Object.keys(now), ...Object.keys(before)])]
      .filter((name) => !sameEntry(now[name], before[name]))
      .map((name) => `claim ${number}, ${name}: measured ${now[name]}, kept ${before[name]}`);
  });
}

/**
 * A result as one level of names: the verdict, each number, each part of a ruling or figure. Of a chaotic
 * ruling only the answer, of a chaotic figure only that it is there.
 */
function flatten(list: readonly ClaimResult[], number: number): Record<string, string | number> {
  const result = list.find(({ claim }) => claim === number);
  const isChaotic = (name: string) => result?.chaotic?.includes(name);
  const rulings = Object.entries(result?.rulings ?? {}).flatMap(([name, ruling]) =>
    partsOf(name, isChaotic(name) ? { answer: ruling.answer } : ruling),
  );
  const figures = Object.entries(result?.figures ?? {}).flatMap(([name, value]) => {
    if (isChaotic(name)) return [[name, "chaotic"]];
    return typeof value === "number" ? [[name, value]] : partsOf(name, value);
  });
  return {
    ...(result && { verdict: result.verdict }),
    ...Object.fromEntries([...rulings, ...figures]),
  };
}

function partsOf(name: string, whole: object): [string, string | number][] {
  return Object.entries(whole).map(([part, value]) => [`${name}, ${part}`, value]);
}

function sameEntry(a?: string | number, b?: string | number): boolean {
  if (typeof a !== "number" || typeof b !== "number") return a === b;
  return Math.abs(a - b) <= RECORD_TOLERANCE * Math.max(Math.abs(a), Math.abs(b));
}
