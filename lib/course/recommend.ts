/**
 * Which activation to begin with, and what to do besides. The rules are tables: `recommendActivation` looks
 * answers up in them and `decisionChart` draws them, so that the two cannot disagree.
 */
import type { ActivationKey } from "../activations.js";
import type { Link } from "./display.js";

/**
 * What a question may say, and every value it may have.
 * @example CHOICES.layer // [ 'hidden', 'gate', 'output' ]
 */
export const CHOICES = {
  layer: ["hidden", "gate", "output"],
  architecture: ["transformer", "cnn", "hybrid", "graph", "rnn", "lstm", "mlp"],
  depth: ["shallow", "up to 20 layers", "beyond 20 layers"],
  symptom: [
    "dead neurons",
    "vanishing gradients",
    "exploding gradients",
    "unstable training",
    "slow convergence",
  ],
  task: [
    "binary",
    "multi-class",
    "multi-label",
    "regression",
    "bounded regression",
    "positive",
    "count",
    "embedding",
    "text generation",
  ],
} as const;

/**
 * Kind of network. "hybrid" has convolutions and attention, "graph" passes messages along edges, "rnn" has
 * no gates, "lstm" stands for its gated relatives (GRU) too.
 */
export type Architecture = (typeof CHOICES.architecture)[number];

/** How many layers carry weights; "shallow" is up to about five. */
export type Depth = (typeof CHOICES.depth)[number];

/**
 * What the network predicts: "multi-class" is one of several, "multi-label" any number of them, "bounded
 * regression" a number in a range, "positive" one above 0, "count" 0, 1, 2 and so on, "embedding" a vector to
 * compare with others, "text generation" the next token.
 */
export type Task = (typeof CHOICES.task)[number];

/** Something seen in training. "dead neurons": ReLU units that are 0 for every sample. */
export type Symptom = (typeof CHOICES.symptom)[number];

/** Architectures whose state goes through its activation again and again. */
type Recurrent = "rnn" | "lstm";

/** Architectures that have gates. */
type Gated = "lstm" | "transformer";

/** Said or not, it does not matter for a gate or an output. */
interface Besides {
  depth?: Depth | undefined;
  task?: Task | undefined;
}

/**
 * A question about one layer of a network. What a layer does not depend on may be said and does
 * not matter, so that one description of a network serves for all its layers. What makes no sense
 * (a gate in a CNN, dead neurons among tanh units) is a type error.
 */
export type LayerQuestion =
  | ({
      layer: "hidden";
      architecture: Exclude<Architecture, Recurrent>;
      symptom?: Symptom | undefined;
    } & Besides)
  | ({
      layer: "hidden";
      architecture: Recurrent;
      symptom?: Exclude<Symptom, "dead neurons"> | undefined;
    } & Besides)
  | ({ layer: "gate"; architecture: Gated; symptom?: undefined } & Besides)
  | {
      layer: "output";
      task: Task;
      architecture?: Architecture | undefined;
      depth?: Depth | undefined;
      symptom?: undefined;
    };

/** What can be recommended: a key of `activations`, or one of those that output layers add. */
export type RecommendedActivation = ActivationKey | "softmax" | "identity" | "softplus" | "exp";

/** An activation, why, and where that was found or measured. */
export interface Advice {
  /** "identity" is no activation at all, also called linear; "softplus" is ln(1 + eˣ). */
  readonly activation: RecommendedActivation;
  readonly reason: string;
  /** Author, year and DOI or arXiv number; papers without either by their title. */
  readonly source: string;
}

/** Something to do besides choosing the activation. */
export interface Step {
  readonly step: string;
  readonly source: string;
}

/** The activation to begin with, and in some cases the next one to try. */
export interface Recommendation extends Advice {
  /** What goes wrong with other choices. */
  readonly avoids: string;
  /** What to do besides: initialisation, normalisation, learning rate, loss. May be empty. */
  readonly besides: readonly Step[];
  readonly alternative?: Advice;
  /** The section of a notebook in which the course measured it; its address is relative to the notebooks. */
  readonly measured?: Link;
}

/** A rule holds for every question that says what its `when` says. */
interface Rule extends Recommendation {
  readonly when: {
    readonly layer: LayerQuestion["layer"];
    readonly architecture?: Architecture;
    readonly symptom?: "dead neurons";
    readonly task?: Task;
  };
  /** What the chart calls the case. */
  readonly label: string;
}

const GELU_PAPER = "Hendrycks & Gimpel 2016, arXiv:1606.08415";
const HE_PAPER = "He et al. 2015, doi:10.1109/ICCV.2015.123";
const SKIP_PAPER = "He et al. 2016, Identity mappings in deep residual networks, arXiv:1603.05027";
const BATCH_NORMALISATION = "Ioffe & Szegedy 2015, arXiv:1502.03167";
const LSTM_PAPER = "Hochreiter & Schmidhuber 1997, doi:10.1162/neco.1997.9.8.1735";
const RNN_GRADIENTS = "Pascanu, Mikolov & Bengio 2013, arXiv:1211.5063";
const SOFTMAX_PAPER = "Bridle 1990, doi:10.1007/978-3-642-76153-9_28";
const LINK_FUNCTIONS = "Nelder & Wedderburn 1972, doi:10.2307/2344614";
const GATED_LAYERS = "Shazeer 2020, arXiv:2002.05202";
const EFFICIENT_BACKPROP = "LeCun et al. 1998, doi:10.1007/3-540-49430-8_2";
const GLOROT_PAPER =
  "Glorot & Bengio 2010, Understanding the difficulty of training deep feedforward neural networks";
const PALM_PAPER = "Chowdhery et al. 2022, arXiv:2204.02311";
const ALWAYS_POSITIVE = "Lakshminarayanan, Pritzel & Blundell 2017, arXiv:1612.01474";
const SOFTPLUS_LINK = "Wiemann, Kneib & Hambuckers 2024, arXiv:2111.14207";

const HE_STEP: Step = {
  step: "Draw the weights by He's rule, with variance 2 / fan-in.",
  source: HE_PAPER,
};
/** A section of a notebook, by its heading, as JupyterLab and the pages name it. */
function section(notebook: string, heading: string): Link {
  return {
    text: `notebook ${notebook.slice(0, 2)}, ${heading}`,
    href: `${notebook}.ipynb#${heading.replaceAll(" ", "-")}`,
  };
}

const LAYER_NORMALISATION: Step = {
  step: "Normalise each layer's input (layer normalisation).",
  source:
    "Ba, Kiros & Hinton 2016, arXiv:1607.06450, of a layer's sums; of its input: Xiong et al. 2020, arXiv:2002.04745",
};
const FROM_LOGITS: Step = {
  step: "Leave the activation out while training: the loss takes the logits.",
  source: "Goodfellow, Bengio & Courville 2016, Deep Learning, section 6.2.2; notebook 07",
};

/** The first rule that fits is the answer: dead neurons come before the defaults. */
export const RULES: readonly Rule[] = [
  {
    when: { layer: "hidden", symptom: "dead neurons" },
    label: "ReLU units die",
    activation: "gelu",
    reason:
      "GELU's slope just below 0 is many times Leaky ReLU's 0.01, and it brought back far more of the units that were not far below 0.",
    source:
      "notebook 05; on networks that are dead from the start: Lu et al. 2020, doi:10.4208/cicp.OA-2020-0165",
    avoids: "A slope of exactly 0, from which a unit of the first layer never comes back.",
    besides: [
      {
        step: "Lower the learning rate first.",
        source: "CS231n notes, Neural Networks Part 1; notebook 05",
      },
      { step: "Start the biases at 0, not below.", source: "notebook 05" },
    ],
    alternative: {
      activation: "leakyRelu",
      reason:
        "Its slope is never 0. Several units below 0, where GELU's slope has faded, it still brings some networks back, slowly.",
      source:
        "notebook 05; proposed by Maas, Hannun & Ng 2013, Rectifier nonlinearities improve neural network acoustic models; compared by Xu et al. 2015, arXiv:1505.00853",
    },
    measured: section("05-dead-neurons", "Which of the two revives more?"),
  },
  {
    when: { layer: "hidden", architecture: "transformer" },
    label: "transformer, NLP",
    activation: "gelu",
    reason:
      "Smooth, and what GPT and BERT were built with: published settings and weights expect it.",
    source: `Devlin et al. 2018, arXiv:1810.04805; ${GELU_PAPER}`,
    avoids: "Settings that nobody has tuned, and weights that expect another function.",
    besides: [LAYER_NORMALISATION],
    alternative: {
      activation: "swish",
      reason:
        "As the gate of a SwiGLU layer, which did better than plain GELU at equal size, and which LLaMA uses.",
      source: `${GATED_LAYERS}; Touvron et al. 2023, arXiv:2302.13971`,
    },
  },
  {
    when: { layer: "hidden", architecture: "cnn" },
    label: "CNN, vision",
    activation: "relu",
    reason: "Cheap, and with He initialisation the gradient keeps its size through many layers.",
    source: HE_PAPER,
    avoids: "Slopes that multiply to nearly nothing, as sigmoid's do.",
    besides: [HE_STEP],
    alternative: {
      activation: "swish",
      reason: "Smooth; EfficientNet uses it. Costs an exponential for each unit.",
      source: "Ramachandran et al. 2017, arXiv:1710.05941; Tan & Le 2019, arXiv:1905.11946",
    },
    measured: section("04-vanishing-signals", "Why initialisation decides"),
  },
  {
    when: { layer: "hidden", architecture: "hybrid" },
    label: "convolution, and attention",
    activation: "gelu",
    reason:
      "CoAtNet uses it in both kinds of block, and a pure convolutional network lost nothing with it.",
    source: "Dai et al. 2021, arXiv:2106.04803; Liu et al. 2022, arXiv:2201.03545",
    avoids: "Two activations to tune where one will do.",
    besides: [LAYER_NORMALISATION],
    alternative: {
      activation: "swish",
      reason: "Conformers, for speech, and MobileViT, for images, use it.",
      source: "Gulati et al. 2020, arXiv:2005.08100; Mehta & Rastegari 2021, arXiv:2110.02178",
    },
  },
  {
    when: { layer: "hidden", architecture: "graph" },
    label: "graph network",
    activation: "relu",
    reason: "Graph convolutions were published with it, two or three layers deep.",
    source: "Kipf & Welling 2017, arXiv:1609.02907",
    avoids: "Units that saturate on nodes with many neighbours, if their sums are not divided.",
    besides: [
      {
        step: "Divide the sums over neighbours by the roots of the degrees, so that values keep their size.",
        source: "Kipf & Welling 2017, arXiv:1609.02907",
      },
    ],
    alternative: {
      activation: "leakyRelu",
      reason: "In the attention of a graph attention network, with a slope of 0.2.",
      source: "Veličković et al. 2018, arXiv:1710.10903",
    },
  },
  {
    when: { layer: "hidden", architecture: "rnn" },
    label: "RNN state",
    activation: "tanh",
    reason:
      "The same weights act on the state at every step: a bounded function keeps it from growing without limit, and a slope of up to 1 passes more gradient than sigmoid's 1/4.",
    source: `on the slopes: ${RNN_GRADIENTS}; on the state: notebook 07`,
    avoids: "A state that climbs although the input says nothing, as one fed by a sigmoid does.",
    besides: [
      { step: "Clip the gradient's length.", source: RNN_GRADIENTS },
      {
        step: "Draw the recurrent weights orthogonal.",
        source:
          "Henaff, Szlam & LeCun 2016, arXiv:1602.06662, for repeating a sequence; for adding up, the identity",
      },
    ],
    alternative: {
      activation: "relu",
      reason: "Works if the recurrent weights start as the identity matrix.",
      source: "Le, Jaitly & Hinton 2015, arXiv:1504.00941",
    },
    measured: section("07-choosing-an-activation", "Sigmoid for gates, tanh for the state"),
  },
  {
    when: { layer: "hidden", architecture: "lstm" },
    label: "LSTM state",
    activation: "tanh",
    reason:
      "What is written to the cell must be able to add and to subtract, and what is read from it must be bounded because the cell itself is not.",
    source: `${LSTM_PAPER}, with sigmoids stretched around 0; with tanh: Greff et al. 2017, doi:10.1109/TNNLS.2016.2582924`,
    avoids: "A cell that can only grow.",
    besides: [
      {
        step: "Start the forget gate's bias at 1, so that the cell remembers at first.",
        source:
          "Jozefowicz, Zaremba & Sutskever 2015, An empirical exploration of recurrent network architectures",
      },
    ],
    measured: section("07-choosing-an-activation", "Sigmoid for gates, tanh for the state"),
  },
  {
    when: { layer: "hidden", architecture: "mlp" },
    label: "simple MLP",
    activation: "relu",
    reason: "Cheap, trains well at moderate depth, and what others compare with.",
    source: `LeCun, Bengio & Hinton 2015, doi:10.1038/nature14539; ${HE_PAPER}`,
    avoids: "Slopes that multiply to nearly nothing, as sigmoid's do.",
    besides: [HE_STEP],
    alternative: {
      activation: "gelu",
      reason: "Learns faster at first, and its units hardly die; costs more for each unit.",
      source: `notebooks 05 and 06; ${GELU_PAPER}`,
    },
    measured: section("06-training-comparison", "400 seeds instead of one"),
  },
  {
    when: { layer: "gate", architecture: "lstm" },
    label: "LSTM gates",
    activation: "sigmoid",
    reason: "A gate is a share to let through: 0 is shut, 1 is open, and nothing lies outside.",
    source: `${LSTM_PAPER}; Gers, Schmidhuber & Cummins 2000, doi:10.1162/089976600300015015`,
    avoids: "Gates that turn the sign round (tanh) or amplify (ReLU).",
    besides: [],
    measured: section("07-choosing-an-activation", "Sigmoid for gates, tanh for the state"),
  },
  {
    when: { layer: "gate", architecture: "transformer" },
    label: "gated layer, SwiGLU",
    activation: "swish",
    reason: "SwiGLU: better than an ungated layer of equal size, and used by PaLM and LLaMA.",
    source: `${GATED_LAYERS}; ${PALM_PAPER}; Touvron et al. 2023, arXiv:2302.13971`,
    avoids:
      "The higher perplexity that sigmoid's gate had in the same comparison, which gives no reason for it.",
    besides: [
      {
        step: "Make the layer narrower by a third, because a gated layer has a third matrix.",
        source: GATED_LAYERS,
      },
    ],
    alternative: {
      activation: "gelu",
      reason: "GEGLU: just as good in the same comparison; Gemma uses it.",
      source: `${GATED_LAYERS}; Gemma Team 2024, arXiv:2403.08295`,
    },
  },
  {
    when: { layer: "output", task: "binary" },
    label: "yes or no",
    activation: "sigmoid",
    reason: "One logit becomes the probability of yes. Train on the logit with cross-entropy.",
    source: "Cox 1958, doi:10.1111/j.2517-6161.1958.tb00292.x",
    avoids: "Answers below 0 or above 1, and with squared error an output that gets stuck.",
    besides: [FROM_LOGITS],
    measured: section("05-dead-neurons", "Was it the loss?"),
  },
  {
    when: { layer: "output", task: "multi-class" },
    label: "one of several",
    activation: "softmax",
    reason:
      "The logits become probabilities that add up to 1: exactly one class is right. Train on the logits with cross-entropy.",
    source: SOFTMAX_PAPER,
    avoids: "Classes that are all likely, or none.",
    besides: [
      FROM_LOGITS,
      {
        step: "Calibrate the temperature on held-out data before you believe a probability.",
        source: "Guo et al. 2017, arXiv:1706.04599",
      },
    ],
    measured: section("02-activations", "Softmax"),
  },
  {
    when: { layer: "output", task: "multi-label" },
    label: "any of several",
    activation: "sigmoid",
    reason:
      "One probability for each label, each on its own: several or none may be right, so they must not compete for a sum of 1.",
    source: "Nam et al. 2014, arXiv:1312.5419",
    avoids: "Labels that push each other down, as under softmax.",
    besides: [FROM_LOGITS],
  },
  {
    when: { layer: "output", task: "regression" },
    label: "a number",
    activation: "identity",
    reason: "A target that may be any number needs an output that may be any number.",
    source: LINK_FUNCTIONS,
    avoids: "Targets that the output cannot reach.",
    besides: [
      {
        step: "Give the targets mean 0 and deviation 1, above all if there are several, and undo that in the prediction.",
        source:
          "Sarle 2002, Neural network FAQ, part 2: Should I standardize the target variables?",
      },
    ],
  },
  {
    when: { layer: "output", task: "bounded regression" },
    label: "a number, in a range",
    activation: "sigmoid",
    reason: "Stretched to the range, low + (high − low) · σ(z), it cannot leave it.",
    source:
      "Papke & Wooldridge 1996, Journal of Applied Econometrics 11 (as a paper of 1993: doi:10.3386/t0147)",
    avoids: "Predictions outside the range.",
    besides: [
      {
        step: "Widen the range a little if targets lie at its ends, where the slope fades.",
        source: EFFICIENT_BACKPROP,
      },
    ],
    alternative: {
      activation: "tanh",
      reason: "For a range around 0, such as pixels from −1 to 1.",
      source: "Radford, Metz & Chintala 2015, arXiv:1511.06434",
    },
  },
  {
    when: { layer: "output", task: "positive" },
    label: "a number, above 0",
    activation: "softplus",
    reason: "Always above 0, smooth, and for large inputs nearly the input itself.",
    source: SOFTPLUS_LINK,
    avoids: "Negative predictions, and ReLU's dead output.",
    besides: [
      {
        step: "Add a small constant if the output is divided by.",
        source: ALWAYS_POSITIVE,
      },
    ],
    alternative: {
      activation: "exp",
      reason:
        "If effects multiply, as in prices or times: the logarithm is what the layer predicts.",
      source: `${LINK_FUNCTIONS}; ${SOFTPLUS_LINK}`,
    },
  },
  {
    when: { layer: "output", task: "count" },
    label: "a count",
    activation: "exp",
    reason: "The mean of a count is above 0 and effects multiply. Train with the Poisson loss.",
    source: LINK_FUNCTIONS,
    avoids: "Negative means, and squared error's trust in large counts.",
    besides: [
      {
        step: "Give the loss the output before the exponential: of a mean that was rounded to 0, the logarithm is −∞.",
        source: "PyTorch, Documentation of PoissonNLLLoss, whose log_input is true by default",
      },
    ],
    alternative: {
      activation: "softplus",
      reason: "Grows no faster than its input, where the exponential gives huge means.",
      source: SOFTPLUS_LINK,
    },
  },
  {
    when: { layer: "output", task: "embedding" },
    label: "an embedding",
    activation: "identity",
    reason: "Directions are compared, so each may point anywhere.",
    source: "Schroff, Kalenichenko & Philbin 2015, arXiv:1503.03832",
    avoids: "ReLU's vectors, which all lie in one corner and are never opposite.",
    besides: [
      {
        step: "Divide the vector by its length before you compare.",
        source: "Schroff, Kalenichenko & Philbin 2015, arXiv:1503.03832",
      },
    ],
  },
  {
    when: { layer: "output", task: "text generation" },
    label: "the next token",
    activation: "softmax",
    reason: "One of many tokens comes next. The temperature sets how freely it is drawn.",
    source: `${SOFTMAX_PAPER}; Holtzman et al. 2020, arXiv:1904.09751`,
    avoids: "Texts that repeat themselves, as when the likeliest token is always taken.",
    besides: [
      FROM_LOGITS,
      {
        step: "Draw from the likeliest tokens only (nucleus sampling).",
        source: "Holtzman et al. 2020, arXiv:1904.09751",
      },
    ],
    measured: section("02-activations", "Softmax"),
  },
];

/** What helps against a symptom besides, or instead of, another activation. */
export const REMEDIES: Readonly<
  Record<
    Exclude<Symptom, "dead neurons">,
    { avoids: string; steps: readonly Step[]; measured: Link }
  >
> = {
  "vanishing gradients": {
    avoids: "Factors below 1 at every layer, which multiply to nearly nothing.",
    steps: [
      {
        step: "Draw the weights to fit the activation: He for ReLU, Glorot for tanh.",
        source: `${HE_PAPER}; ${GLOROT_PAPER}`,
      },
      { step: "Add skip connections.", source: SKIP_PAPER },
      { step: "Normalise the layers.", source: BATCH_NORMALISATION },
    ],
    measured: section("04-vanishing-signals", "Why initialisation decides"),
  },
  "exploding gradients": {
    avoids: "Factors above 1 at every layer, which multiply to a step larger than the weights.",
    steps: [
      {
        step: "Make the initial weights smaller, by He's or Glorot's rule.",
        source: `${HE_PAPER}; ${GLOROT_PAPER}`,
      },
      { step: "Clip the gradient's length.", source: RNN_GRADIENTS },
    ],
    measured: section("04-vanishing-signals", "Exploding"),
  },
  "unstable training": {
    avoids: "Steps that undo what earlier ones have learned.",
    steps: [
      {
        step: "Lower the learning rate.",
        source: "notebook 05",
      },
      {
        step: "With large batches, raise it slowly over the first epochs.",
        source: "Goyal et al. 2017, arXiv:1706.02677",
      },
      { step: "Clip the gradient's length.", source: RNN_GRADIENTS },
      { step: "Normalise the layers.", source: BATCH_NORMALISATION },
    ],
    measured: section("05-dead-neurons", "Learning rate"),
  },
  "slow convergence": {
    avoids: "A learning rate that suits another activation.",
    steps: [
      {
        step: "Try the learning rate over several powers of ten, for each activation anew.",
        source:
          "notebook 06; of optimisers the same is shown by Choi et al. 2019, arXiv:1910.05446",
      },
      { step: "Give the inputs mean 0 and deviation 1.", source: EFFICIENT_BACKPROP },
      {
        step: "Use a step of its own for each weight (Adam).",
        source: "Kingma & Ba 2015, arXiv:1412.6980",
      },
    ],
    measured: section("06-training-comparison", "Or is it only the learning rate?"),
  },
};

/** What a hidden layer needs besides, by the depth of its network. */
const BY_DEPTH: Readonly<Record<Depth, readonly Step[]>> = {
  shallow: [],
  "up to 20 layers": [
    {
      step: "Choose the initial weights with care: every layer multiplies their mistake.",
      source: `${HE_PAPER}; notebook 04`,
    },
  ],
  "beyond 20 layers": [
    {
      step: "Add skip connections: through fifty plain layers a gradient keeps its size only if the initial weights fit exactly.",
      source: `${SKIP_PAPER}; notebook 04`,
    },
    {
      step: "Normalise the layers, but not instead of skip connections: by itself that makes gradients explode in very deep networks.",
      source: `${BATCH_NORMALISATION}; Yang et al. 2019, arXiv:1902.08129`,
    },
  ],
};

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
  const { layer, depth, symptom } = question;
  const forDepth = layer === "hidden" && depth !== undefined ? BY_DEPTH[depth] : [];
  const remedy =
    symptom === undefined || symptom === "dead neurons" ? undefined : REMEDIES[symptom];
  return {
    ...recommendation,
    ...(remedy && { avoids: remedy.avoids, measured: remedy.measured }),
    besides: withoutRepeats([...(remedy?.steps ?? []), ...recommendation.besides, ...forDepth]),
  };
}

function withoutRepeats(steps: readonly Step[]): Step[] {
  return steps.filter(({ step }, i) => steps.findIndex((other) => other.step === step) === i);
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
  if (layer === "gate")
    requireChoice("architecture", architecture, ["lstm", "transformer"], "a gate");
  if (layer === "output") requireChoice("task", task, CHOICES.task, "an output layer");
  if (symptom !== undefined) {
    const of = `symptom ${quote(symptom)}`;
    requireChoice("layer", layer, ["hidden"], of);
    const feedForward = CHOICES.architecture.filter((name) => name !== "rnn" && name !== "lstm");
    if (symptom === "dead neurons") requireChoice("architecture", architecture, feedForward, of);
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
