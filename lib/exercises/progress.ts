/** Which exercises this learner has passed. */
import { progressPlace, readProgressText, writeProgressText } from "../notebook/progress-file.js";

/** What a progress file holds. */
interface Progress {
  /** Keys of the exercises passed, in the order of the course. */
  passed: ExerciseKey[];
}

/** The exercises by key, in the order of the course. */
export const exerciseTitles = {
  prelu: "1 PReLU",
  fiftyLayers: "2 Fifty layers",
  elu: "3 ELU",
  gradientMonitor: "4 Gradient health monitor",
  xor: "5 XOR",
} as const;

/** The keys of `exercises`. */
export type ExerciseKey = keyof typeof exerciseTitles;

/** Prints which exercises are passed. */
export function showProgress(): void {
  const { passed, complaint } = readProgress();
  const keys = Object.keys(exerciseTitles) as ExerciseKey[];
  const lines =
    passed.length === 0
      ? [`Exercises passed: none of ${keys.length} yet.`]
      : [
          `Exercises passed: ${passed.length} of ${keys.length}.`,
          ...keys.map(
            (key) => `  ${exerciseTitles[key]}: ${passed.includes(key) ? "passed" : "open"}`,
          ),
        ];
  console.log([...complaint, ...lines].join("\n"));
}

/**
 * Notes that an exercise is passed.
 * @returns what there is to tell the learner, line by line
 */
export function notePassed(key: string): string[] {
  const { passed, complaint } = readProgress();
  const keys = (Object.keys(exerciseTitles) as ExerciseKey[]).filter(
    (candidate) => candidate === key || passed.includes(candidate),
  );
  try {
    writeProgressText(`${JSON.stringify({ passed: keys } satisfies Progress, null, 2)}\n`);
    return [
      ...complaint,
      `Noted: ${keys.length} of ${Object.keys(exerciseTitles).length} exercises passed.`,
    ];
  } catch (error) {
    return [
      ...complaint,
      `This could not be noted in ${progressPlace()}: ${(error as Error).message}`,
    ];
  }
}

function readProgress(): Progress & { complaint: string[] } {
  let text: string | undefined;
  try {
    text = readProgressText();
  } catch (error) {
    return {
      passed: [],
      complaint: [`progress.json cannot be read (${(error as Error).message}).`],
    };
  }
  if (text === undefined) return { passed: [], complaint: [] };
  try {
    const { passed } = JSON.parse(text);
    if (!Array.isArray(passed)) throw new TypeError("no list of passed exercises");
    const keys = Object.keys(exerciseTitles) as ExerciseKey[];
    return { passed: keys.filter((key) => passed.includes(key)), complaint: [] };
  } catch {
    return {
      passed: [],
      complaint: ["progress.json is damaged: what it held cannot be read, so it starts anew."],
    };
  }
}
