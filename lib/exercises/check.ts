/**
 * Judges one part of an answer: what came out when it ran is compared with what is expected, and put
 * into words. Knows nothing of the exercises themselves.
 */
import { restoreBuiltIns, takeRestored } from "./built-ins.js";
import { findDifference, isSame } from "./comparison.js";
import {
  describeFields,
  describeWrongInputs,
  type GeneralMistakeId,
  generalMistake,
} from "./feedback.js";
import { borrowedFrom } from "./own-work.js";
import type { Mistake, Part } from "./part.js";
import {
  type Counterexample,
  callAnswer,
  findCounterexample,
  outcomeOf,
  type Problem,
  type Run,
  runCases,
} from "./run.js";
import {
  copy,
  formatArgument,
  formatValue,
  isClass,
  isRecord,
  shorten,
  toCode,
  toPlainValue,
} from "./values.js";

/** How a part stands after a check. */
export type Outcome = "correct" | "wrong" | "notAttempted" | "threw" | "tooLong" | "notANumber";

/** What a check can find, apart from the mistakes that a part knows by their own ids. */
export type FindingId =
  | "correct"
  | "changes-argument"
  | "missing"
  | "not-begun"
  | "calls-todo"
  | "not-a-function"
  | "not-yours"
  | "async"
  | "threw"
  | "too-long"
  | "not-a-number"
  | "shape"
  | "unrecognised"
  | "at-random"
  | GeneralMistakeId;

/** What one part's check found, with the words for it. */
export interface PartReport {
  readonly part: string;
  readonly outcome: Outcome;
  /** What exactly: a finding of any part, or the id of one of the part's own mistakes. */
  readonly id: FindingId | Mistake["id"];
  readonly message: string;
}

/** Tries one part of an answer. Never throws because of the answer. */
export function checkPart(name: string, part: Part, answers: unknown): PartReport {
  restoreBuiltIns();
  const found = judge(name, part, answers);
  return { part: name, ...found, message: `${name}: ${found.message}${describeRestored()}` };
}

/** A line about what of the language the answer, or a cell before it, has changed. */
function describeRestored(): string {
  const names = takeRestored();
  if (names.length === 0) return "";
  const list = shorten(names.join(", "), 100);
  return `\n    Your code changed ${list}, which all code here relies on. It was put back: write a function of your own instead.`;
}

type Finding = Omit<PartReport, "part">;

function judge(name: string, part: Part, answers: unknown): Finding {
  const answer = memberOf(answers, name);
  if (answer === undefined) {
    const message = "not attempted yet. Write the function and hand it to check.";
    return { outcome: "notAttempted", id: "missing", message };
  }
  if (typeof answer !== "function") {
    const message = `wrong. It must be a function, and is ${formatValue(answer)}.`;
    return { outcome: "wrong", id: "not-a-function", message };
  }
  const handedIn = (answers as Record<string, unknown>)[name];
  const called = answer.name.replace("bound ", "");
  if ([part.expected, ...(part.inLibrary ?? [])].includes(handedIn)) {
    const message = `wrong. This is ${called}, which the course has already. Write one of your own.`;
    return { outcome: "wrong", id: "not-yours", message };
  }

  // It is not even called: what goes on after its first await could not be stopped.
  if (Object.prototype.toString.call(handedIn).startsWith("[object Async")) {
    const message =
      "wrong. It is async, so it returns a promise and not the value. Leave out async and await.";
    return { outcome: "wrong", id: "async", message };
  }

  const run = runCases(part, answer);
  if (isEmpty(answer)) return ofProblem({ kind: "notAttempted" }, answer, "");
  const input = (args: readonly unknown[]) => describeInput(part, args, callOf(answer, name));
  const expected = part.cases.map((args) =>
    outcomeOf(part, callAnswer(part, part.expected, copy(args)), args),
  );
  const index = run.received.findIndex((value, i) => !isSame(value, expected[i], part.tolerance));
  // What is wrong before an error says more than the error.
  if (run.problem && (index < 0 || run.problem.kind !== "threw")) {
    return ofProblem(run.problem, answer, input(part.cases[run.received.length]));
  }
  if (index >= 0) return ofCases(part, run, expected, index, input(part.cases[index]));

  const counterexample = findCounterexample(part, answer);
  if (counterexample?.problem) {
    return ofProblem(counterexample.problem, answer, input(counterexample.args));
  }
  if (counterexample) return ofRandomCase(part, counterexample, input(counterexample.args));

  const borrowed = borrowedFrom(part, answer);
  if (borrowed) {
    const message = `wrong. It calls ${borrowed}, which the course has already. Write the steps yourself.`;
    return { outcome: "wrong", id: "not-yours", message };
  }
  if (!run.changed) return { outcome: "correct", id: "correct", message: "correct." };
  const message = `correct. It changes ${run.changed}, which belongs to the caller: better work on a copy.`;
  return { outcome: "correct", id: "changes-argument", message };
}

const ASYNC =
  "wrong. It starts something that goes on later, such as an async function, and was stopped there. Leave out async, await and promises: all that is needed is there at once.";

/** What to say of an answer that gave no value. */
function ofProblem({ kind, error }: Problem, answer: object, lines: string): Finding {
  // In a cell, nothing would stop what the check has stopped.
  const input = kind === "threw" ? lines : lines.replace(/\n +try:.*/, "");
  if (kind === "threw") {
    return { outcome: "threw", id: "threw", message: `stopped with an error: ${error}${input}` };
  }
  if (kind === "tooLong") {
    const words =
      "ran for more than half a second and was stopped. Is there a loop that never ends?";
    return { outcome: "tooLong", id: "too-long", message: `${words}${input}` };
  }
  if (kind === "async") return { outcome: "wrong", id: "async", message: `${ASYNC}${input}` };
  if (isEmpty(answer) || isCalledIn(answer, "todo")) {
    const message =
      "not attempted yet. Replace todo() with your code and run that cell, then this one again.";
    return { outcome: "notAttempted", id: "not-begun", message };
  }
  const message =
    "not attempted yet: it calls a function that is still todo(). Write that one first.";
  return { outcome: "notAttempted", id: "calls-todo", message };
}

const NAN_COMES_OF =
  "gave NaN, which is what 0 / 0, 0 · ∞, ∞ − ∞, the log of a negative number, a missing list entry or a missing argument turn into.";

/** What to say of an answer that is wrong in the case with this index, and maybe in more. */
function ofCases(
  part: Part,
  run: Run,
  expected: readonly unknown[],
  index: number,
  input: string,
): Finding {
  const { received, problem } = run;
  const { path, shape, notANumber, values } = differenceAt(received[index], expected[index], part);
  const where =
    describeFields(part, received, expected) ?? describeWrongInputs(part, received, expected);
  if (notANumber) {
    const message = `${NAN_COMES_OF} ${where}${input}${values}`;
    return { outcome: "notANumber", id: "not-a-number", message };
  }
  const known = problem ? undefined : knownMistake(part, received);
  const isGeneral = !shape && !part.outcome;
  const likely = known ?? (isGeneral ? generalMistake(part, received, expected) : undefined);
  const wrong = (id: PartReport["id"], words: string): Finding => ({
    outcome: "wrong",
    id,
    message: `wrong. ${words}${input}${values}`,
  });
  if (likely) return wrong(likely.id, `Likely mistake: ${likely.says}`);
  if (shape) return wrong("shape", `${shape}${missingReturn(received, index, expected)}`);
  if (part.outcome) return wrong("unrecognised", "Look at what comes of it, or take a hint.");
  const entry = /^\[\d+\]/.exec(path ?? "");
  const first = entry ? ` The first entry that is wrong is ${entry[0]}.` : "";
  return wrong("unrecognised", `${where}${first} Compare the two values, or take a hint.`);
}

/** What to say of an answer that is right in all cases and wrong on arguments drawn at random. */
function ofRandomCase(part: Part, counterexample: Counterexample, input: string): Finding {
  const { received, expected } = counterexample;
  const { shape, notANumber, values } = differenceAt(received, expected);
  if (notANumber) {
    const message = `${NAN_COMES_OF}${input}${values}`;
    return { outcome: "notANumber", id: "not-a-number", message };
  }
  if (shape) return { outcome: "wrong", id: "shape", message: `wrong. ${shape}${input}${values}` };
  const words = `It is right on all ${part.cases.length} inputs tried first, and wrong on this one, the smallest found at random.`;
  return { outcome: "wrong", id: "at-random", message: `wrong. ${words}${input}${values}` };
}

/** A question that helps if undefined came out, unless that was right elsewhere and so was meant. */
function missingReturn(
  received: readonly unknown[],
  index: number,
  expected: readonly unknown[],
): string {
  const isMeant = expected.includes(undefined) && received.some((value) => value !== undefined);
  if (received[index] !== undefined || isMeant) return "";
  return " Is there a path without return? A return inside forEach leaves only the inner function.";
}

/** Where two values differ first, and the lines that show it. */
function differenceAt(received: unknown, expected: unknown, { tolerance }: Partial<Part> = {}) {
  const found = findDifference(received, expected, tolerance);
  const values = `\n    expected: ${found?.expected}\n    received: ${found?.received}`;
  return { ...found, values };
}

/** The first mistake whose values are the ones received. */
function knownMistake(part: Part, received: readonly unknown[]): Mistake | undefined {
  const gives = (answer: unknown) =>
    part.cases.every((args, i) => {
      try {
        const value = outcomeOf(part, toPlainValue(callAnswer(part, answer, copy(args))), args);
        return isSame(received[i], value, part.tolerance);
      } catch {
        return false;
      }
    });
  return part.mistakes.find(({ answers }) => answers.some(gives));
}

/** What a cell has to write in order to call the answer. */
function callOf(answer: { name: string }, part: string): string {
  const name = answer.name.replace("bound ", "");
  const code = /^[\p{ID_Start}_$][\p{ID_Continue}$]*$/u.test(name) ? name : part;
  return isClass(answer) ? `new ${code}` : code;
}

/** Lines with the arguments by name, and as a call to be pasted into a cell if that is short enough. */
function describeInput(part: Part, args: readonly unknown[], call: string): string {
  const named = part.parameters.map((name, i) => `${name} = ${formatArgument(args[i])}`);
  const codes = args.map(toCode);
  const code = part.code ? part.code(call, codes) : `${call}(${codes.join(", ")})`;
  return `\n    input:    ${named.join(", ")}${code.length < 300 ? `\n    try:      ${code}` : ""}`;
}

/** A member of an answer, bound to it, so that an object of a class can be handed over. */
export function memberOf(answers: unknown, name: string): unknown {
  if (!isRecord(answers)) return undefined;
  try {
    const member = answers[name];
    if (typeof member !== "function" || isClass(member)) return member;
    const bound = member.bind(answers);
    Object.defineProperty(bound, "toString", {
      value: () => Function.prototype.toString.call(member),
    });
    return bound;
  } catch {
    return undefined;
  }
}

/** Whether the code of a function calls another one, or hands it over, by this name. */
export function isCalledIn(answer: unknown, name: string): boolean {
  return /^\w+$/.test(name) && new RegExp(`\\b${name}\\b\\)?\\s*[(),]`).test(String(answer));
}

/** A function without a statement was not begun. */
function isEmpty(answer: object): boolean {
  const source = String(answer).replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "");
  return /(\)|=>)\s*\{\s*\}\s*$/.test(source);
}
