/**
 * Which activation to begin with. The rules are a table: `recommendActivation` looks answers up in
 * it and `decisionChart` draws it, so that the two cannot disagree.
 */
import type { ActivationKey } from "../activations.js";

/** What a question may say, and every value it may have. */
export const CHOICES = {
  layer: ["hidden", "gate", "output"],
  architecture: ["transformer", "cnn", "rnn", "lstm", "mlp"],
  symptom: ["dead neurons"],
  task: ["binary", "multi-class", "multi-label", "regression"],
} as const;

/** Kind of network. "rnn" has no gates; "lstm" stands for its gated relatives (GRU) too. */
export type Architecture = (typeof CHOICES.architecture)[number];

/** What the network predicts: "multi-class" is one of several, "multi-label" any number of them. */
export type Task = (typeof CHOICES.task)[number];

/** Something seen in training. "dead neurons": ReLU units that are 0 for every sample. */
export type Symptom = (typeof CHOICES.symptom)[number];

/** Architectures whose hidden layers may be made of ReLU units. */
type FeedForward = Exclude<Architecture, "rnn" | "lstm">;

/**
 * A question about one layer of a network. What a layer does not depend on may be said and does
 * not matter, so that one description of a network serves for all its layers. What makes no sense
 * (a gate in a CNN, dead neurons in an output layer) is a type error.
 */
export type LayerQuestion =
  | { layer: "hidden"; architecture: Architecture; symptom?: undefined; task?: Task | undefined }
  | { layer: "hidden"; architecture: FeedForward; symptom: Symptom; task?: Task | undefined }
  | { layer: "gate"; architecture: "lstm"; symptom?: undefined; task?: Task | undefined }
  | {
      layer: "output";
      task: Task;
      symptom?: undefined;
      architecture?: Architecture | undefined;
    };

/** What can be recommended: a key of `activations`, or one of the two that output layers add. */
export type RecommendedActivation = ActivationKey | "softmax" | "identity";

/** An activation, why, and where that was found or measured. */
export interface Advice {
  /** "identity" is no activation at all, also called linear. */
  readonly activation: RecommendedActivation;
  readonly reason: string;
  /** Author, year and DOI or arXiv number; papers without either by their title. */
  readonly source: string;
}

/** The activation to begin with, and in some cases the next one to try. */
export interface Recommendation extends Advice {
  readonly alternative?: Advice;
}

/** A rule holds for every question that says what its `when` says. */
interface Rule extends Recommendation {
  readonly when: {
    readonly layer: LayerQuestion["layer"];
    readonly architecture?: Architecture;
    readonly symptom?: Symptom;
    readonly task?: Task;
  };
  /** What the chart calls the case. */
  readonly label: string;
}

const GELU_PAPER = "Hendrycks & Gimpel 2016, arXiv:1606.08415";
const HE_INITIALISATION = "He et al. 2015, doi:10.1109/ICCV.2015.123";
const LSTM_PAPER = "Hochreiter & Schmidhuber 1997, doi:10.1162/neco.1997.9.8.1735";
const SOFTMAX_PAPER = "Bridle 1990, doi:10.1007/978-3-642-76153-9_28";

/** The first rule that fits is the answer: a symptom comes before the defaults. */
export const RULES: readonly Rule[] = [
  {
    when: { layer: "hidden", symptom: "dead neurons" },
    label: "ReLU units die",
    activation: "gelu",
    reason:
      "Lower the learning rate first. GELU's slope just below 0 is many times Leaky ReLU's 0.01, and it brought back far more of the units that were not far below 0 (notebook 05).",
    source: GELU_PAPER,
    alternative: {
      activation: "leakyRelu",
      reason:
        "Its slope is never 0. Several units below 0, where GELU's has faded, it still brings some networks back, slowly (notebook 05).",
      source:
        "Maas, Hannun & Ng 2013, Rectifier nonlinearities improve neural network acoustic models; Xu et al. 2015, arXiv:1505.00853",
    },
  },
  {
    when: { layer: "hidden", architecture: "transformer" },
    label: "transformer, NLP",
    activation: "gelu",
    reason:
      "Smooth, and what BERT and GPT-2 were built with: published settings and weights expect it.",
    source: `Devlin et al. 2018, arXiv:1810.04805; ${GELU_PAPER}`,
    alternative: {
      activation: "swish",
      reason:
        "As the gate of a SwiGLU layer, which did better than plain GELU at equal size and is what LLaMA uses.",
      source: "Shazeer 2020, arXiv:2002.05202; Touvron et al. 2023, arXiv:2302.13971",
    },
  },
  {
    when: { layer: "hidden", architecture: "cnn" },
    label: "CNN, vision",
    activation: "relu",
    reason: "Cheap, and with He initialisation the gradient keeps its size through many layers.",
    source: HE_INITIALISATION,
    alternative: {
      activation: "swish",
      reason: "Smooth; EfficientNet uses it. Costs an exponential for each unit.",
      source: "Ramachandran et al. 2017, arXiv:1710.05941; Tan & Le 2019, arXiv:1905.11946",
    },
  },
  {
    when: { layer: "hidden", architecture: "rnn" },
    label: "RNN state",
    activation: "tanh",
    reason:
      "The same weights act on the state at every step: a bounded function keeps it from growing without limit, and one centred on 0 keeps it from drifting.",
    source: "Pascanu, Mikolov & Bengio 2013, arXiv:1211.5063",
    alternative: {
      activation: "relu",
      reason: "Works if the recurrent weights start as the identity matrix.",
      source: "Le, Jaitly & Hinton 2015, arXiv:1504.00941",
    },
  },
  {
    when: { layer: "hidden", architecture: "lstm" },
    label: "LSTM state",
    activation: "tanh",
    reason:
      "What is written to the cell must be able to add and to subtract, and what is read from it must be bounded because the cell itself is not.",
    source: `${LSTM_PAPER}; Greff et al. 2017, doi:10.1109/TNNLS.2016.2582924`,
  },
  {
    when: { layer: "hidden", architecture: "mlp" },
    label: "simple MLP",
    activation: "relu",
    reason: "The cheapest that trains well at moderate depth, and what others compare with.",
    source: `LeCun, Bengio & Hinton 2015, doi:10.1038/nature14539; ${HE_INITIALISATION}`,
  },
  {
    when: { layer: "gate", architecture: "lstm" },
    label: "LSTM gates",
    activation: "sigmoid",
    reason: "A gate is a share to let through: 0 is shut, 1 is open, and nothing lies outside.",
    source: `${LSTM_PAPER}; Gers, Schmidhuber & Cummins 2000, doi:10.1162/089976600300015015`,
  },
  {
    when: { layer: "output", task: "binary" },
    label: "yes or no",
    activation: "sigmoid",
    reason: "One logit becomes the probability of yes. Train on the logit with cross-entropy.",
    source: "Cox 1958, doi:10.1111/j.2517-6161.1958.tb00292.x",
  },
  {
    when: { layer: "output", task: "multi-class" },
    label: "one of several",
    activation: "softmax",
    reason:
      "The logits become probabilities that add up to 1: exactly one class is right. Train on the logits with cross-entropy.",
    source: SOFTMAX_PAPER,
  },
  {
    when: { layer: "output", task: "multi-label" },
    label: "any of several",
    activation: "sigmoid",
    reason:
      "One probability for each label, each on its own: several or none may be right, so they must not compete for a sum of 1.",
    source: "Nam et al. 2014, arXiv:1312.5419",
  },
  {
    when: { layer: "output", task: "regression" },
    label: "a number",
    activation: "identity",
    reason: "A target that may be any number needs an output that may be any number.",
    source: "Nelder & Wedderburn 1972, doi:10.2307/2344614",
  },
];

/**
 * Recommends the activation to begin with in one layer of a network. A default, not a verdict:
 * change it when a measurement over several seeds says so.
 * @example recommendActivation({ layer: "hidden", architecture: "cnn" }).activation // 'relu'
 * @throws RangeError naming the argument and its value if one is missing, unknown or out of place
 * @throws TypeError if `question` is not an object
 */
export function recommendActivation(question: LayerQuestion): Recommendation {
  requireSensible(question);
  const rule = RULES.find(({ when }) =>
    Object.entries(when).every(([name, value]) => question[name as keyof LayerQuestion] === value),
  ) as Rule;
  const { when, label, ...recommendation } = rule;
  return recommendation;
}

/** Says which argument of a question is missing, unknown or out of place. */
function requireSensible(question: LayerQuestion): void {
  if (typeof question !== "object" || question === null) {
    throw new TypeError(`recommendActivation: question must be an object, got ${question}`);
  }
  const given: Record<string, unknown> = { ...question };
  for (const [name, value] of Object.entries(given)) {
    if (!Object.hasOwn(CHOICES, name)) {
      throw new RangeError(
        `recommendActivation: ${name} is not asked for, give ${Object.keys(CHOICES).join(", ")}; got ${quote(value)}`,
      );
    }
    if (value !== undefined) requireChoice(name, value, CHOICES[name as keyof typeof CHOICES]);
  }
  const { layer, architecture, symptom, task } = given;
  requireChoice("layer", layer, CHOICES.layer);
  if (layer === "hidden")
    requireChoice("architecture", architecture, CHOICES.architecture, "a hidden layer");
  if (layer === "gate") requireChoice("architecture", architecture, ["lstm"], "a gate");
  if (layer === "output") requireChoice("task", task, CHOICES.task, "an output layer");
  if (symptom !== undefined) {
    requireChoice("layer", layer, ["hidden"], `symptom ${quote(symptom)}`);
    requireChoice(
      "architecture",
      architecture,
      ["transformer", "cnn", "mlp"],
      `symptom ${quote(symptom)}`,
    );
  }
}

function requireChoice(name: string, value: unknown, allowed: readonly string[], of = ""): void {
  if (allowed.includes(value as string)) return;
  const choices = allowed.map(quote).join(", ");
  throw new RangeError(
    `recommendActivation: ${name} must be ${allowed.length > 1 ? "one of " : ""}${choices}${of && ` for ${of}`}, got ${quote(value)}`,
  );
}

function quote(value: unknown): string {
  return typeof value === "string" ? JSON.stringify(value) : String(value);
}
