/**
 * What this learner has done: for each part, when it was correct first, and when its solution was shown. It is kept
 * as lines of JSON, one for each of these, and lines that are not understood stay where they are.
 */
import {
  addProgressLine,
  progressPlace,
  readProgressText,
  setProgressAside,
} from "../notebook/progress-file.js";

/** All exercises by key, in the order of the course. */
export type Course = Readonly<
  Record<string, { readonly title: string; readonly parts: readonly string[] }>
>;

export type Event = "correct" | "solution";

/** When it happened, as a date such as 2026-11-26; "earlier" in a file of the course's first version. */
type Dates = Partial<Record<Event, string>>;

interface Progress {
  /** By exercise and part, such as "elu.forward". */
  readonly parts: ReadonlyMap<string, Dates>;
  /** Whether there is text, and none of it is progress. */
  readonly isForeign: boolean;
  /** What there is to tell the learner, line by line. */
  readonly complaints: readonly string[];
}

/** What is done, line by line. */
export function describeProgress(course: Course): string[] {
  const { parts, complaints } = readProgress(course);
  const entries = Object.entries(course);
  const passed = entries.filter(([key]) => isPassed(course, key, parts)).length;
  const lines = [
    ...complaints,
    `Exercises passed: ${passed === 0 ? `none of ${entries.length} yet` : `${passed} of ${entries.length}`}.`,
  ];
  if (parts.size === 0) return lines;
  return [...lines, ...entries.flatMap(([key]) => describeExercise(course, key, parts))];
}

function describeExercise(course: Course, key: string, all: Progress["parts"]): string[] {
  const { title, parts } = course[key];
  const dates = parts.map((part) => all.get(`${key}.${part}`) ?? {});
  const correct = dates.filter((date) => date.correct).length;
  if (dates.every((date) => !date.correct && !date.solution)) return [`  ${title}: open`];
  const state = correct === parts.length ? "passed" : `${correct} of ${parts.length} parts correct`;
  return [
    `  ${title}: ${state}`,
    ...parts.flatMap((part, i) => {
      const words = describeDates(dates[i]);
      return words ? [`    ${part}: ${words}`] : [];
    }),
  ];
}

function describeDates({ correct, solution }: Dates): string {
  if (!correct) return solution ? `solution shown, ${solution}` : "";
  if (!solution) return `correct, ${correct}`;
  return `correct, ${correct}; solution shown, ${solution}`;
}

/**
 * Keeps what has happened to parts, unless it is known.
 * @returns what there is to tell the learner, line by line
 */
export function note(
  event: Event,
  key: string,
  names: readonly string[],
  course: Course,
): readonly string[] {
  const { parts, isForeign, complaints } = readProgress(course);
  const fresh = names.filter((name) => !parts.get(`${key}.${name}`)?.[event]);
  if (fresh.length === 0) return complaints;
  try {
    const aside = isForeign ? [`What was there is ${setProgressAside()} now.`] : [];
    const date = new Date().toISOString();
    for (const name of fresh)
      addProgressLine(JSON.stringify({ part: `${key}.${name}`, event, date }));
    return [...complaints, ...aside];
  } catch (error) {
    return [
      ...complaints,
      `This could not be noted in ${progressPlace()}: ${(error as Error).message}. All else goes on.`,
    ];
  }
}

/** How many exercises are passed, as a sentence; undefined if that one is not among them. */
export function describePassed(key: string, course: Course): string | undefined {
  const { parts } = readProgress(course);
  if (!isPassed(course, key, parts)) return undefined;
  const keys = Object.keys(course);
  const passed = keys.filter((one) => isPassed(course, one, parts)).length;
  return `Noted: ${passed} of ${keys.length} exercises passed.`;
}

function isPassed(course: Course, key: string, parts: Progress["parts"]): boolean {
  return course[key].parts.every((part) => parts.get(`${key}.${part}`)?.correct);
}

function readProgress(course: Course): Progress {
  let text: string;
  try {
    text = readProgressText();
  } catch (error) {
    const complaints = [`Your progress cannot be read: ${(error as Error).message}.`];
    return { parts: new Map(), isForeign: false, complaints };
  }
  const parts = new Map<string, Dates>();
  const found = (part: string, event: Event, date: string) => {
    const known = parts.get(part) ?? {};
    if (!known[event]) parts.set(part, { ...known, [event]: date });
  };
  const rest = text.replace(FIRST_VERSION, (first) => {
    for (const key of passedIn(first)) {
      for (const part of course[key]?.parts ?? []) found(`${key}.${part}`, "correct", "earlier");
    }
    return "";
  });
  const lines = rest.split("\n").filter((line) => line.trim() !== "");
  const records = lines.map(parseLine);
  for (const record of records) {
    if (record) found(record.part, record.event, record.date.slice(0, 10));
  }
  const strange = records.filter((record) => record === undefined).length;
  const isForeign = strange > 0 && strange === lines.length && rest === text;
  return { parts, isForeign, complaints: complaintsAbout(strange, isForeign) };
}

/** What the course's first version wrote: a list of exercises passed. */
const FIRST_VERSION = /^\s*\{\s*"passed"\s*:\s*\[[^\][{}]*\]\s*\}/;

function passedIn(text: string): string[] {
  try {
    return JSON.parse(text).passed;
  } catch {
    return [];
  }
}

/** A line; undefined if it is damaged, or not of this version. */
function parseLine(line: string): { part: string; event: Event; date: string } | undefined {
  try {
    const { part, event, date } = JSON.parse(line);
    if (![part, event, date].every((value) => typeof value === "string")) return undefined;
    return event === "correct" || event === "solution" ? { part, event, date } : undefined;
  } catch {
    return undefined;
  }
}

function complaintsAbout(strange: number, isForeign: boolean): string[] {
  if (isForeign) return [`${progressPlace()} holds something other than progress.`];
  if (strange === 0) return [];
  const lines = strange === 1 ? "1 line" : `${strange} lines`;
  return [
    `${lines} of ${progressPlace()} cannot be read: damaged, or of a newer version. They are left as they are.`,
  ];
}
