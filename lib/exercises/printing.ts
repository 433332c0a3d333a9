/** What an answer prints while it is checked. */
import { copy } from "./values.js";

const METHODS = ["log", "info", "debug", "warn", "error", "dir", "table", "trace"] as const;

/** A loop would print millions of lines. */
const MOST = 30;

type Print = (...values: unknown[]) => void;

/**
 * Keeps what is printed while `work` runs, and prints the first of it afterwards: to print takes time that is
 * not the answer's, and a promise.
 * @param isShown whether it is printed at all
 */
export function withPrintsKept<Result>(isShown: boolean, work: () => Result): Result {
  const kept: { print: Print; values: unknown[] }[] = [];
  let count = 0;
  const methods = console as unknown as Record<string, Print>;
  const before = METHODS.map((name) => methods[name]);
  for (let i = 0; i < METHODS.length; i++) {
    methods[METHODS[i]] = (...values) => {
      if (++count <= MOST) kept.push({ print: before[i], values: values.map(copy) });
    };
  }
  try {
    return work();
  } finally {
    for (let i = 0; i < METHODS.length; i++) methods[METHODS[i]] = before[i];
    if (isShown) {
      for (const { print, values } of kept) print.apply(console, values);
      if (count > MOST) console.log(`… and ${count - MOST} more lines, which are not shown.`);
    }
  }
}
