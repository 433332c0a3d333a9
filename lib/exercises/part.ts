/** What an exercise is made of, and what the files of the exercises share. */
import type { Arbitrary } from "fast-check";
import * as fc from "fast-check";
import { type Activation, activations } from "../activations.js";
import { seededRandom } from "../random.js";
import type { Tolerance } from "./comparison.js";
import type { Question } from "./question.js";
import { withCode } from "./values.js";

/** What can be handed to a check: a function, or a class where the part asks for one. */
// biome-ignore lint/suspicious/noExplicitAny: each has the parameters of its part
type AnyAnswer = ((...args: any[]) => unknown) | (new () => unknown);

/** A mistake that learners make, with answers that make it. */
export interface Mistake {
  /** Its name, such as "sign"; unique within its part. */
  readonly id: string;
  /** What to tell the learner, as one or two sentences. */
  readonly says: string;
  /** The ways to make it that are recognised. */
  readonly answers: readonly AnyAnswer[];
}

/** One function of an exercise. Answers get copies of the arguments. */
export interface Part {
  /** Names of the parameters, for messages. */
  readonly parameters: readonly string[];
  /** The arguments to try, in order: the first that goes wrong is shown. */
  readonly cases: readonly (readonly unknown[])[];
  /** A right answer. */
  expected(...args: unknown[]): unknown;
  /** Functions of the library that do the same. To hand one in is no answer; to call it is. */
  readonly inLibrary?: readonly unknown[];
  /** Tried in order; the first that gives the learner's values in every case is named. */
  readonly mistakes: readonly Mistake[];
  /** From a nudge to almost the answer. */
  readonly hints: readonly string[];
  /**
   * Lists of arguments to be drawn when all cases are right. An answer that no case refuses may fail there. Missing
   * where the cases are all there is.
   */
  readonly random?: Arbitrary<readonly unknown[]>;
  /** How to put an answer to work, where it is more than a call with the arguments. */
  use?(answer: unknown, args: readonly unknown[]): unknown;
  /** The same as code for a cell, from what is called and the arguments' own code. */
  code?(call: string, args: readonly string[]): string;
  /** The answer may change its first argument, which has fields, instead of returning a new one. */
  readonly inPlace?: boolean;
  /**
   * What the answer's value leads to, such as "it learns", if that is what counts. It may take longer than an answer
   * may, and gives the same each time.
   */
  outcome?(value: unknown, args: readonly unknown[]): unknown;
  /** Where the usual one would not do, because tiny numbers count. */
  readonly tolerance?: Tolerance;
}

/** An exercise: `Answer` has the functions to write, by part. */
export interface ExerciseDefinition<Answer> {
  readonly title: string;
  /** What its file here is called and, with its number in front, its two notebooks. */
  readonly name: string;
  readonly parts: Readonly<Record<keyof Answer & string, Part>>;
  /** What to think about, in the notebook's order. */
  readonly questions: Readonly<Record<string, Question>>;
}

/** A mistake, with one or more answers that make it. */
export function mistake(id: string, says: string, ...answers: readonly AnyAnswer[]): Mistake {
  return { id, says, answers };
}

/** Draws normal numbers of two digits, so that a message can show them all. */
export function drawer(seed: string): () => number {
  const random = seededRandom(`exercise ${seed}`);
  return () => Number(random.normal().toFixed(2));
}

/** Draws multiples of 1/4, which are exact and easy to read. */
export function quarters(from: number, to: number): Arbitrary<number> {
  return fc.integer({ min: 4 * from, max: 4 * to }).map((n) => n / 4);
}

/** Draws lists of a few of these. */
export function fewOf<Item>(item: Arbitrary<Item>, most: number, least = 1): Arbitrary<Item[]> {
  return fc.array(item, { minLength: least, maxLength: most });
}

/** One of the library's activations. */
export const anyActivation = fc.constantFrom(
  ...Object.entries(activations).map(([key, activation]) => {
    withCode(activation.fn, `activations.${key}.fn`);
    withCode(activation.derivative, `activations.${key}.derivative`);
    return withCode(activation as Activation, `activations.${key}`);
  }),
);

export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

export function mean(values: readonly number[]): number {
  return sum(values) / values.length;
}
