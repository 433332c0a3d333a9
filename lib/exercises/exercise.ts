/** The exercises as the notebooks use them: `check`, `hint` and `solution` print below the cell. */
import { showMarkdown } from "../course/display.js";
import { checkPart, isCalledIn, memberOf } from "./check.js";
import type { ExerciseDefinition } from "./part.js";
import { type Course, describePassed, type Event, note } from "./progress.js";
import { judgeAnswer } from "./question.js";
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
   * Whether a part was correct when last checked in this kernel.
   * @example exercises.gain.isCorrect("findGain") // false
   */
  isCorrect(part: keyof Answer & string): boolean;
  /**
   * Tries each function it is given and says what came out. Never throws because of an answer.
   * @param answer one or more functions by part; an object of a class with such methods will do
   * @param options.record whether to keep it as the learner's progress, default true
   * @example exercises.prelu.check({ forward: (x, alpha) => (x > 0 ? x : alpha * x) });
   */
  check(answer: Partial<Answer>, options?: { record?: boolean }): void;
  /**
   * Shows a hint, the same one as often as it is asked for.
   * @param part without it, the first part that is not yet correct
   * @param number from 1, a nudge, to almost the answer; 0 says how many there are
   * @example exercises.prelu.hint("forward", 1);
   */
  hint(part?: keyof Answer & string, number?: number): void;
  /**
   * Shows the solution's code.
   * @param part without it, all parts
   * @example exercises.prelu.solution("forward");
   */
  solution(part?: keyof Answer & string): void;
  /**
   * Says whether an answer to one of the questions is right, and why.
   * @param question its name
   * @param answer a letter or a number
   * @example exercises.prelu.answer("decay", "a");
   */
  answer(question: string, answer: string | number): void;
}

/** Makes exercises that nothing has been handed to yet, numbered in this order. */
export function makeExercises<Answers>(
  definitions: {
    readonly [Key in keyof Answers]: ExerciseDefinition<Answers[Key]>;
  },
): { readonly [Key in keyof Answers]: Exercise<Answers[Key]> } {
  const entries = Object.entries<AnyDefinition>(definitions);
  const course = courseOf(definitions);
  const exercises = entries.map(([key, definition]) => [
    key,
    makeExercise(key, definition, course),
  ]);
  return Object.fromEntries(exercises);
}

/** The titles, with their numbers, and the names of the parts. */
export function courseOf(definitions: object): Course {
  const entries = Object.entries<AnyDefinition>(definitions as Record<string, AnyDefinition>);
  return Object.fromEntries(
    entries.map(([key, { title, parts }], index) => [
      key,
      { title: `${index + 1} ${title}`, parts: Object.keys(parts) },
    ]),
  );
}

type AnyDefinition = ExerciseDefinition<Record<string, unknown>>;

function makeExercise(
  key: string,
  { name: file, parts, questions }: AnyDefinition,
  course: Course,
): Exercise<Record<string, unknown>> {
  const { title, parts: names } = course[key];
  const keep = (event: Event, some: readonly string[]) => note(event, key, some, course);
  const correct = new Set<string>();
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
    isCorrect: (part) => correct.has(part),
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
      const isPassed = correct.size === names.length;
      lines.push(
        isPassed
          ? `All ${names.length} parts are correct: you have passed exercise ${title}.`
          : `${correct.size} of ${names.length} parts correct so far.`,
      );
      if (record) {
        const done = given.filter((name) => correct.has(name));
        lines.push(...(done.length > 0 ? keep("correct", done) : []));
        lines.push((isPassed && describePassed(key, course)) || "");
      }
      console.log(lines.join("\n").trimEnd());
    },
    hint(part, number = 1) {
      const name = part ?? names.find((candidate) => !correct.has(candidate)) ?? names.at(-1);
      if (name === undefined || !isPart(name, names)) return;
      const { hints } = parts[name];
      const hint = hints[number - 1];
      console.log(
        hint === undefined
          ? describeHints(name, hints.length, number)
          : `${name}, hint ${number} of ${hints.length}: ${hint}`,
      );
    },
    solution(part) {
      if (part !== undefined && !isPart(part, names)) return;
      const shown = part === undefined ? names : [part];
      const code = shown.map((name) => solutionCode(file, name)).join("\n\n");
      showMarkdown(`\`\`\`ts\n${code}\n\`\`\``, code);
      const complaints = keep("solution", shown);
      if (complaints.length > 0) console.log(complaints.join("\n"));
    },
    answer(name, value) {
      console.log(
        Object.hasOwn(questions, name)
          ? judgeAnswer(name, questions[name], value)
          : `There is no question ${formatValue(name)}: they are ${Object.keys(questions).join(", ")}.`,
      );
    },
  };
}

/** How a learner comes to a part's hints, and from the last of them to its code. */
function describeHints(name: string, count: number, number: unknown): string {
  const code = `exercise.solution("${name}") shows the code`;
  if (typeof number === "number" && number > count) {
    return `${name}: there are ${count} hints, and you have come to the end of them. ${code}.`;
  }
  return `${name}: there are ${count} hints. Write 1 instead of ${formatValue(number)} and run the cell again for the first; ${code}.`;
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
