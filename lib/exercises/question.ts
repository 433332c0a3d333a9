/** Questions besides the parts: a choice with a reason for each, or a number that the learner measures or works out. */
import { formatValue } from "./values.js";

/** One of several answers, by letter. */
export interface Choice {
  readonly right: string;
  /** What to say to whoever chooses it: why it is right, or why not. */
  readonly says: Readonly<Record<string, string>>;
}

/** A number, and how far from it still counts. */
export interface Measured {
  readonly number: number;
  readonly within: number;
  /** Where the number comes from. */
  readonly says: string;
  /** What to look at again if the answer is something else. */
  readonly otherwise: string;
}

export type Question = Choice | Measured;

/** What to say to an answer. */
export function judgeAnswer(name: string, question: Question, value: unknown): string {
  return `${name}: ${"right" in question ? judgeChoice(question, value) : judgeNumber(question, value)}`;
}

function judgeChoice({ right, says }: Choice, value: unknown): string {
  const letter = String(value).trim().toLowerCase();
  if (!Object.hasOwn(says, letter)) {
    const letters = Object.keys(says).map((one) => `"${one}"`);
    const list = `${letters.slice(0, -1).join(", ")} or ${letters.at(-1)}`;
    return `choose ${list} instead of ${formatValue(value)}.`;
  }
  return `${letter === right ? "right" : `not ${letter}`}. ${says[letter]}`;
}

function judgeNumber({ number, within, says, otherwise }: Measured, value: unknown): string {
  if (typeof value !== "number" || Number.isNaN(value)) {
    return `type your number, without quotation marks, instead of ${formatValue(value)}.`;
  }
  if (Math.abs(value - number) <= within) return `right. ${says}`;
  const side = value < number ? "more" : "less";
  return `not ${formatValue(value)}: it is ${side}. ${otherwise}`;
}
