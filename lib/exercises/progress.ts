/** Which exercises this learner has passed. */
import { progressPlace, readProgressText, writeProgressText } from "../notebook/progress-file.js";

/** What a progress file holds. */
interface Progress {
  /** Keys of the exercises passed, in the order of the course. */
  passed: string[];
}

/** All exercises by key, in the order of the course. */
type Titles = Readonly<Record<string, string>>;

/** Which exercises are passed, line by line. */
export function describeProgress(titles: Titles): string[] {
  const { passed, complaints } = readProgress(titles);
  const keys = Object.keys(titles);
  if (passed.length === 0) {
    return [...complaints, `Exercises passed: none of ${keys.length} yet.`];
  }
  return [
    ...complaints,
    `Exercises passed: ${passed.length} of ${keys.length}.`,
    ...keys.map((key) => `  ${titles[key]}: ${passed.includes(key) ? "passed" : "open"}`),
  ];
}

/**
 * Notes that an exercise is passed.
 * @returns what there is to tell the learner, line by line
 */
export function noteAsPassed(key: string, titles: Titles): string[] {
  const { passed, complaints } = readProgress(titles);
  const keys = Object.keys(titles);
  const now = keys.filter((each) => each === key || passed.includes(each));
  try {
    writeProgressText(`${JSON.stringify({ passed: now } satisfies Progress, null, 2)}\n`);
    return [...complaints, `Noted: ${now.length} of ${keys.length} exercises passed.`];
  } catch (error) {
    return [
      ...complaints,
      `This could not be noted in ${progressPlace()}: ${(error as Error).message}`,
    ];
  }
}

function readProgress(titles: Titles): Progress & { complaints: string[] } {
  let text: string | undefined;
  try {
    text = readProgressText();
  } catch (error) {
    return {
      passed: [],
      complaints: [`progress.json cannot be read (${(error as Error).message}).`],
    };
  }
  if (text === undefined) return { passed: [], complaints: [] };
  try {
    const { passed } = JSON.parse(text);
    if (!Array.isArray(passed)) throw new TypeError("no list of passed exercises");
    return { passed: Object.keys(titles).filter((key) => passed.includes(key)), complaints: [] };
  } catch {
    return {
      passed: [],
      complaints: ["progress.json is damaged: what it held cannot be read, so it starts anew."],
    };
  }
}
