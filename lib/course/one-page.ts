/** The course on one page to print: what each function is like, computed, and the rules of `recommendActivation`. */
import { type Activation, activations } from "../activations.js";
import { nameOf } from "./decision-chart.js";
import {
  CHOICES,
  type LayerQuestion,
  REMEDIES,
  type RecommendedActivation,
  RULES,
  type Symptom,
} from "./recommend.js";
import { shortNumber } from "./short-number.js";

/** How a function and its slope are written, in TeX. All else on the page is computed from the library. */
const FORMULAS = {
  sigmoid: ["\\sigma(x) = \\frac{1}{1 + e^{-x}}", "\\sigma(x)\\,(1 - \\sigma(x))"],
  tanh: ["\\tanh x = 2\\,\\sigma(2x) - 1", "1 - \\tanh^2 x"],
  relu: ["\\max(0, x)", "1 \\text{ if } x > 0 \\text{, else } 0"],
  leakyRelu: ["\\max(0.01\\,x,\\; x)", "1 \\text{ if } x > 0 \\text{, else } 0.01"],
  gelu: ["x\\,\\Phi(x)", "\\Phi(x) + x\\,\\varphi(x)"],
  swish: ["x\\,\\sigma(x)", "\\sigma(x) + x\\,\\sigma(x)\\,(1 - \\sigma(x))"],
} as const;

/** A function's line on the page. */
export interface FunctionFacts {
  name: string;
  /** In TeX. */
  formula: string;
  /** In TeX. */
  slope: string;
  /** The values that it can have, or comes near. */
  range: string;
  /** The largest slope, and where it is. */
  steepest: string;
  /** Where the slope is below 0.01 in size. */
  flat: string;
  /** The mean output for standard normal inputs: 0 if it is centred. */
  meanOutput: string;
  /** Where it is the first choice, or else the second. */
  use: string;
}

/** What stands on the page. */
export interface OnePage {
  functions: FunctionFacts[];
  /** A row a case: what to begin with, and what to try next. */
  rules: {
    layer: LayerQuestion["layer"];
    cases: { when: string; first: string; second: string }[];
  }[];
  /** What to do, besides or instead, when training goes wrong. */
  symptoms: { symptom: Symptom; steps: string[] }[];
}

/** Inputs at which the functions are looked at: tenths and hundredths would miss GELU's steepest place. */
const INPUTS = Array.from({ length: 20_001 }, (_, i) => (i - 10_000) / 1000);
const FLAT = 0.01;

/**
 * What stands on the page to print.
 * @example onePage().functions[0]?.range // '0 to 1'
 */
export function onePage(): OnePage {
  return {
    functions: (Object.keys(FORMULAS) as (keyof typeof FORMULAS)[]).map(factsOf),
    rules: CHOICES.layer.map((layer) => ({
      layer,
      // What is asked last stands last, as in the decision chart.
      cases: [...RULES]
        .filter(({ when }) => when.layer === layer)
        .sort((a, b) => Number(a.when.symptom !== undefined) - Number(b.when.symptom !== undefined))
        .map(({ label, activation, alternative }) => ({
          when: label,
          first: nameOf(activation),
          second: alternative ? nameOf(alternative.activation) : "",
        })),
    })),
    symptoms: CHOICES.symptom.map((symptom) => ({
      symptom,
      steps: (symptom === "dead neurons"
        ? (RULES.find(({ when }) => when.symptom === symptom)?.besides ?? [])
        : REMEDIES[symptom].steps
      ).map(({ step }) => step),
    })),
  };
}

function factsOf(key: keyof typeof FORMULAS): FunctionFacts {
  const activation = activations[key];
  const [formula, slope] = FORMULAS[key];
  const slopes = INPUTS.map(activation.derivative);
  const steepest = slopes.reduce(
    (best, one, i) => (one > (slopes[best] as number) + 1e-12 ? i : best),
    0,
  );
  const top = slopes[steepest] as number;
  // A ReLU is as steep everywhere to the right.
  const isWide = slopes.filter((one) => Math.abs(one - top) < 1e-9).length > 1000;
  const at = isWide ? "x > 0" : `x = ${shortNumber(INPUTS[steepest] as number)}`;
  return {
    ...{ name: activation.name, formula, slope },
    range: `${endOf(activation, -1)} to ${endOf(activation, 1)}`,
    steepest: `${shortNumber(top)} at ${at}`,
    flat: flatText(slopes),
    meanOutput: shortNumber(meanOutput(activation)),
    use: useOf(key),
  };
}

/** The lowest or the highest value, ∞ if there is none. */
function endOf({ fn }: Activation, sign: 1 | -1): string {
  const values = [...INPUTS, -1e6, 1e6].map((x) => sign * fn(x));
  const end = sign * values.reduce((a, b) => Math.max(a, b));
  return Math.abs(end) > 1000 ? (sign > 0 ? "∞" : "−∞") : shortNumber(end + 0);
}

function flatText(slopes: readonly number[]): string {
  const isSteep = slopes.map((slope) => Math.abs(slope) >= FLAT);
  const [first, last] = [isSteep.indexOf(true), isSteep.lastIndexOf(true)];
  const ends = [first, last].map((i) => shortNumber(Number((INPUTS[i] as number).toFixed(1))));
  const [left, right] = [first > 0, last < slopes.length - 1];
  if (left && right) return `below ${ends[0]}, above ${ends[1]}`;
  if (left) return `below ${ends[0]}`;
  return right ? `above ${ends[1]}` : "nowhere";
}

/** The mean of the function for inputs from a standard normal distribution. */
function meanOutput({ fn }: Activation): number {
  const step = 0.001;
  const sum = INPUTS.reduce((total, x) => total + fn(x) * Math.exp((-x * x) / 2), 0);
  const mean = (sum * step) / Math.sqrt(2 * Math.PI);
  return Math.abs(mean) < 1e-9 ? 0 : mean;
}

/** The cases in which it comes first; if there are none, those in which it comes second. */
function useOf(key: RecommendedActivation): string {
  const casesOf = (isOne: (rule: (typeof RULES)[number]) => boolean) =>
    RULES.filter(isOne)
      .map(({ label }) => label.replace(",", ""))
      .join(", ");
  const first = casesOf(({ activation }) => activation === key);
  return first || `next to try: ${casesOf(({ alternative }) => alternative?.activation === key)}`;
}
