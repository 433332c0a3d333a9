/** The exercises as the notebooks use them: `check`, `hint` and `solution` print below the cell. */
import { showMarkdown } from "../course/display.js";
import { checkPart, isCalledIn, memberOf } from "./check.js";
import type { ExerciseDefinition } from "./part.js";
import { noteAsPassed } from "./progress.js";
import { solutionCode } from "./solution-code.js";
import { formatValue, isRecord } from "./values.js";

/** An exercise as the notebooks use it. Everything is printed below the cell. */
export interface Exercise<Answer> {
  /** Its number and name. */
  readonly title: string;
  /** The names of the functions to write. */
  readonly parts: readonly (keyof Answer & string)[];
  /** Whether every part was correct when last checked in this kernel. */
  readonly passed: boolean;
  /**
   * Tries each function it is given and says what came out. Never throws because of an answer.
   * @param answer one or more functions by part; an object of a class with such methods will do
   * @param options.record whether to note in progress.json when all parts are correct, default true
   * @example exercises.prelu.check({ forward: (x, alpha) => (x > 0 ? x : alpha * x) });
   */
  check(answer: Partial<Answer>, options?: { record?: boolean }): void;
  /**
   * Shows one more hint.
   * @param part without it, the first part that is not yet correct
   * @example exercises.prelu.hint("forward");
   */
  hint(part?: keyof Answer & string): void;
  /**
   * Shows the solution's code.
   * @param part without it, all parts
   * @example exercises.prelu.solution("forward");
   */
  solution(part?: keyof Answer & string): void;
}

/** Makes exercises that nothing has been handed to yet, numbered in this order. */
export function makeExercises<Answers>(
  definitions: {
    readonly [Key in keyof Answers]: ExerciseDefinition<Answers[Key]>;
  },
): { readonly [Key in keyof Answers]: Exercise<Answers[Key]> } {
  const entries = Object.entries<AnyDefinition>(definitions);
  const titles = Object.fromEntries(
    entries.map(([key, { title }], index) => [key, `${index + 1} ${title}`]),
  );
  const exercises = entries.map(([key, definition]) => [
    key,
    makeExercise(titles[key], definition, () => noteAsPassed(key, titles)),
  ]);
  return Object.fromEntries(exercises);
}

type AnyDefinition = ExerciseDefinition<Record<string, unknown>>;

function makeExercise(
  title: string,
  { name: file, parts }: AnyDefinition,
  note: () => string[],
): Exercise<Record<string, unknown>> {
  const names = Object.keys(parts);
  const correct = new Set<string>();
  const hintsShown = new Map<string, number>();
  /** What the learner's function for a part is called. */
  const functionNames = new Map<string, string>();

  /** The parts that this one's function calls and that are not correct yet, as lines that say so. */
  const causes = (answer: unknown, part: string): string[] => {
    const earlier = names.slice(0, names.indexOf(part));
    return earlier.flatMap((name) => {
      const called = functionNames.get(name);
      if (called === undefined || correct.has(name) || !isCalledIn(answer, called)) return [];
      return [`    It calls ${called}, and ${name} is not correct yet: start there.`];
    });
  };

  return {
    title,
    parts: names,
    get passed() {
      return correct.size === names.length;
    },
    check(answer, { record = true } = {}) {
      const given = names.filter((name) => isRecord(answer) && name in answer);
      const reports = given.map((name) => checkPart(name, parts[name], answer));
      for (const { part, outcome } of reports) {
        const member = memberOf(answer, part);
        if (typeof member === "function") {
          functionNames.set(part, member.name.replace("bound ", ""));
        }
        if (outcome === "correct") correct.add(part);
        else correct.delete(part);
      }
      const said = reports.flatMap(({ part, outcome, message }) =>
        outcome === "correct" ? [message] : [message, ...causes(memberOf(answer, part), part)],
      );
      const lines = [...complaintsAbout(answer, names), ...said];
      if (correct.size < names.length) {
        lines.push(`${correct.size} of ${names.length} parts correct so far.`);
      } else {
        lines.push(`All ${names.length} parts are correct: you have passed exercise ${title}.`);
        if (record) lines.push(...note());
      }
      console.log(lines.join("\n"));
    },
    hint(part) {
      const name = part ?? names.find((candidate) => !correct.has(candidate)) ?? names.at(-1);
      if (name === undefined || !isPart(name, names)) return;
      const { hints } = parts[name];
      const shown = hintsShown.get(name) ?? 0;
      hintsShown.set(name, shown + 1);
      console.log(
        shown < hints.length
          ? `${name}, hint ${shown + 1} of ${hints.length}: ${hints[shown]}`
          : `${name}: you have seen all ${hints.length} hints. The code: exercise.solution("${name}")`,
      );
    },
    solution(part) {
      if (part !== undefined && !isPart(part, names)) return;
      const code = (part === undefined ? names : [part])
        .map((name) => solutionCode(file, name))
        .join("\n\n");
      showMarkdown(`\`\`\`ts\n${code}\n\`\`\``, code);
    },
  };
}

/** What check was given and cannot use, as a line that says so. */
function complaintsAbout(answer: unknown, names: readonly string[]): string[] {
  const parts = `the parts are ${names.join(", ")}`;
  if (!isRecord(answer)) {
    return [
      `check needs an object, as in exercise.check({ ${names[0]}: yourFunction }); ${parts}.`,
    ];
  }
  // An object of a class may have more than what is asked for.
  const keys = Object.getPrototypeOf(answer) === Object.prototype ? Object.keys(answer) : [];
  const strange = keys.filter((key) => !names.includes(key));
  if (strange.length > 0) return [`check knows no ${strange.join(", ")}: ${parts}.`];
  return names.some((name) => name in answer) ? [] : [`There is nothing to check: ${parts}.`];
}

function isPart(name: string, names: readonly string[]): boolean {
  if (names.includes(name)) return true;
  console.log(`There is no part ${formatValue(name)}: the parts are ${names.join(", ")}.`);
  return false;
}
