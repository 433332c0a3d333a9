/**
 * The lesson's claims on trial: their list, the rulings with the figures they rest on, and the few
 * measurements that no other part of the course needs. `data/claims.json` keeps the rulings.
 */
import { writeFileSync } from "node:fs";
import { type Activation, sigmoid } from "./activations.js";
import type { Sample } from "./datasets.js";
import { showTable } from "./display.js";
import type { SignalDraws } from "./experiments.js";
import type { NetworkWeights, TrainingHistory } from "./network.js";
import { type Random, type Seed, seededRandom } from "./random.js";
import { readData } from "./reference.js";
import { type Spread, spread } from "./statistics.js";

/** What the lesson says, in the course's words, by number. */
export const claims: Readonly<Record<number, string>> = {
  1: "Ten sigmoid layers leave at most 0.25¹⁰ of the gradient for the first one",
  2: "Gradient at layer 1 of 10: sigmoid 10⁻⁶, tanh 10⁻³, ReLU 1, GELU 0.8",
  3: "A deep sigmoid network cannot be trained",
  4: "ReLU keeps the size of the gradient from layer to layer",
  5: "Passing a signal forward through ten layers shows vanishing gradients",
  6: "Between 10 and 40 % of ReLU units die while a network trains",
  7: "Counting silent units of a fresh network finds the dead neurons of training",
  8: "GELU has no dead neurons and a better gradient flow, so Leaky ReLU is not needed",
  9: "The lesson's GELU derivative is the slope of the lesson's GELU",
  10: "GELU never falls below about −0.17",
  11: "Swish was discovered in 2017 by an automated search",
  12: "ReLU dates from 1969 and became popular in 2010",
  13: "Positive sigmoid outputs force the gradients of a unit to share a sign (zig-zag)",
  14: "A deep linear network can learn neither XOR nor a spiral",
  15: "On the circle, GELU beats ReLU and ReLU beats sigmoid",
  16: "Softmax ranks probabilities like logits and keeps their relative confidence",
  17: "GELU is what language models use",
  18: "On XOR the activations rank otherwise than on the circle",
};

/** What a ruling can be. A condition is spelt out, so that a reader can check it. */
export type Verdict =
  | "holds"
  | `holds only if ${string}`
  | "does not hold"
  | `does not hold: ${string}`
  | "a matter of record"
  | `a matter of record: ${string}`;

/** What many seeds say. */
export interface Figure extends Spread {
  /** How many seeds. */
  seeds: number;
}

/** What was decided on a claim, and on which figures. */
export interface Ruling {
  claim: number;
  verdict: Verdict;
  /** By what is measured, unit included: a figure over seeds, or one number where nothing is drawn. */
  figures: Record<string, number | Figure>;
  /**
   * The names of figures from chaotic training: it makes much of the last bit, in which another machine's
   * `Math.exp` may differ. They are shown and kept, but not compared. To find them, add noise of one bit
   * to `Math.exp`, `log` and `tanh`, run the notebook and see which figures move.
   */
  chaotic?: readonly string[];
}

/**
 * The verdict on a claim that was measured under several conditions: it holds under all, under none,
 * or only under those that the verdict then names.
 * @param holdsIf whether it held, by condition, as in "the weights are drawn by He's rule"
 */
export function verdictFrom(holdsIf: Readonly<Record<string, boolean>>): Verdict {
  const conditions = Object.keys(holdsIf).filter((condition) => holdsIf[condition]);
  if (conditions.length === Object.keys(holdsIf).length) return "holds";
  if (conditions.length === 0) return "does not hold";
  return `holds only if ${conditions.join(" or ")}`;
}

/** Median, 5–95 % range and number of the values, one a seed. Throws what `spread` throws. */
export function figure(values: readonly number[]): Figure {
  return { ...spread(values), seeds: values.length };
}

/** Three digits, all of a whole number below 100,000, or a power of ten: 0.034, 1969, 9.37·10⁻⁷. */
export function shortNumber(value: number): string {
  const size = Math.abs(value);
  if (!Number.isFinite(value)) return String(value).replace("-", "−");
  const isPlain = value === 0 || (size >= 1e-3 && size < 1e5);
  if (isPlain && Number.isInteger(value)) return String(value).replace("-", "−");
  if (isPlain) return String(Number(value.toPrecision(3))).replace("-", "−");
  const [digits, exponent] = value.toExponential(2).split("e");
  const raised = String(Number(exponent)).replace(/./g, (sign) => SUPERSCRIPTS[sign] ?? sign);
  return `${Number(digits)}·10${raised}`.replace("-", "−");
}

const SUPERSCRIPTS: Record<string, string> = { "-": "⁻" };
for (const [digit, raised] of Array.from("⁰¹²³⁴⁵⁶⁷⁸⁹").entries()) SUPERSCRIPTS[digit] = raised;

/** The rulings that `data/claims.json` keeps, by number of the claim. */
export function readClaims(): Ruling[] {
  return JSON.parse(readData(CLAIMS_FILE)).claims;
}

const CLAIMS_FILE = "claims.json";
/** Figures of a ruling that its row of the summary shows. */
const KEY_FIGURES = 2;

/** All claims as an HTML table with their verdicts and first figures; a claim without one is open. */
export function summaryTable(rulings: readonly Ruling[]): string {
  const rows = Object.entries(claims).map(([number, text]) => {
    const ruling = rulings.find(({ claim }) => claim === Number(number));
    const measured = Object.entries(ruling?.figures ?? {})
      .slice(0, KEY_FIGURES)
      .map(([name, value]) => `${name}: ${figureText(value)}`);
    return [number, text, ruling?.verdict ?? "not measured yet", measured.join("; ")];
  });
  const row = (tag: string, cells: readonly string[]) =>
    `<tr>${cells.map((cell) => `<${tag} style="text-align:left">${cell.replaceAll("<", "&lt;")}</${tag}>`).join("")}</tr>`;
  const head = row("th", ["", "claim", "verdict", "measured: median (5–95 %)"]);
  return `<table><thead>${head}</thead><tbody>${rows.map((cells) => row("td", cells)).join("")}</tbody></table>`;
}

function figureText(value: number | Figure): string {
  if (typeof value === "number") return shortNumber(value);
  return `${shortNumber(value.median)} (${rangeText(value)})`;
}

function rangeText({ low, high }: Spread): string {
  return `${shortNumber(low)} to ${shortNumber(high)}`;
}

/** Collects the rulings as they are made, and keeps the summary up to date. */
export class Trial {
  readonly #rulings = new Map<number, Ruling>();
  readonly #showSummary: (html: string) => void;

  /** @param showSummary called now and after each ruling with `summaryTable` of all so far */
  constructor(showSummary: (html: string) => void) {
    this.#showSummary = showSummary;
    showSummary(summaryTable([]));
  }

  /**
   * Rules on a claim, and shows verdict and figures below the cell. A second ruling replaces the first.
   * @param ruling.chaotic names of figures that another machine need not reproduce, see `Ruling`
   * @throws RangeError if there is no such claim, or a name in `chaotic` is no figure's
   */
  rule(
    claim: number,
    { verdict, figures = {}, chaotic }: Omit<Ruling, "claim" | "figures"> & Partial<Ruling>,
  ) {
    if (!Object.hasOwn(claims, claim)) {
      throw new RangeError(`claim must be from 1 to ${Object.keys(claims).length}, got ${claim}`);
    }
    const unknown = chaotic?.find((name) => !Object.hasOwn(figures, name));
    if (unknown !== undefined) {
      throw new RangeError(`chaotic must name figures of the ruling, got "${unknown}"`);
    }
    this.#rulings.set(claim, { claim, verdict, figures, ...(chaotic && { chaotic }) });
    this.#showSummary(summaryTable(this.rulings));
    const rows = Object.entries(figures).map(([name, value]) => {
      const over = typeof value === "number" ? undefined : value;
      return {
        measured: chaotic?.includes(name) ? `${name}, chaotic` : name,
        "value or median": figureText(typeof value === "number" ? value : value.median),
        "5–95 %": over ? rangeText(over) : "",
        seeds: over ? String(over.seeds) : "",
      };
    });
    showTable([
      ...rows,
      { measured: "verdict", "value or median": verdict, "5–95 %": "", seeds: "" },
    ]);
  }

  /** All rulings so far, by number of the claim. */
  get rulings(): Ruling[] {
    return [...this.#rulings.values()].sort((a, b) => a.claim - b.claim);
  }

  /**
   * Where the rulings differ from those that `data/claims.json` keeps: a message a figure or verdict.
   * With UPDATE_CLAIMS=1 in the environment the file is written anew instead.
   */
  differences(): string[] {
    if (process.env.UPDATE_CLAIMS === "1") {
      const text = JSON.stringify({ claims: this.rulings }, roundedForRecord, 2);
      writeFileSync(new URL(`../../data/${CLAIMS_FILE}`, import.meta.url), `${text}\n`);
    }
    return compareRulings(this.rulings, readClaims());
  }
}

function roundedForRecord(_key: string, value: unknown): unknown {
  return typeof value === "number" ? Number(value.toPrecision(6)) : value;
}

/** Another machine's `Math.exp` may round otherwise, and 40,000 steps of training add up. (`Ruling.chaotic`: more than that.) */
const RECORD_TOLERANCE = 1e-4;

/**
 * Where two lists of rulings differ, a message each. Figures may differ by one part in 10,000; of chaotic
 * ones only the names are compared.
 */
export function compareRulings(measured: readonly Ruling[], kept: readonly Ruling[]): string[] {
  const numbers = [...new Set([...measured, ...kept].map(({ claim }) => claim))];
  return numbers.flatMap((number) => {
    const [now, before] = [measured, kept].map((list) => flatten(list, number));
    return [...new Set([...Object.keys(now), ...Object.keys(before)])]
      .filter((name) => !sameEntry(now[name], before[name]))
      .map((name) => `claim ${number}, ${name}: measured ${now[name]}, kept ${before[name]}`);
  });
}

/** A ruling as one level of names: the verdict, each number, each part of a figure, "chaotic" for a chaotic one. */
function flatten(list: readonly Ruling[], number: number): Record<string, string | number> {
  const ruling = list.find(({ claim }) => claim === number);
  const entries = Object.entries(ruling?.figures ?? {}).flatMap(([name, value]) => {
    if (ruling?.chaotic?.includes(name)) return [[name, "chaotic"]];
    if (typeof value === "number") return [[name, value]];
    return Object.entries(value).map(([part, partValue]) => [`${name}, ${part}`, partValue]);
  });
  return { ...(ruling && { verdict: ruling.verdict }), ...Object.fromEntries(entries) };
}

function sameEntry(a?: string | number, b?: string | number): boolean {
  if (typeof a !== "number" || typeof b !== "number") return a === b;
  return Math.abs(a - b) <= RECORD_TOLERANCE * Math.max(Math.abs(a), Math.abs(b));
}

/** How the weights of a `DeepClassifier` start. */
export type DeepStart = "glorot" | "centredOrthogonal";

/**
 * A deep network that trains: inputs → hidden layers of equal width, with biases → one sigmoid output;
 * gradient descent on the squared error of one sample at a time, as in `TwoLayerNetwork`.
 */
export class DeepClassifier {
  readonly activation: Activation;
  readonly #input: Float64Array = new Float64Array(INPUTS);
  readonly #layers: Layer[];

  /**
   * @param options.start "glorot": N(0, 2 / (inputs + outputs)), biases 0. "centredOrthogonal", for a
   *   sigmoid: orthogonal matrices times 4, which undoes the largest slope 1/4, and biases that take
   *   away the mean output 1/2. As σ(z) = ½ + ½ tanh(z/2), the network then begins as an orthogonal
   *   tanh network. J. Pennington, S. Schoenholz and S. Ganguli (2017), arXiv:1711.04735.
   * @throws RangeError if `hiddenLayers` or `width` is not a whole number above 0
   */
  constructor({
    activation,
    hiddenLayers = 10,
    width = 8,
    start = "glorot",
    seed,
  }: {
    activation: Activation;
    hiddenLayers?: number;
    width?: number;
    start?: DeepStart;
    seed: Seed;
  }) {
    for (const [name, value] of Object.entries({ hiddenLayers, width })) {
      if (!Number.isInteger(value) || value < 1)
        throw new RangeError(`${name} must be a whole number above 0, got ${value}`);
    }
    const random = seededRandom(seed);
    const sizes = [INPUTS, ...new Array(hiddenLayers).fill(width), 1];
    this.activation = activation;
    this.#layers = sizes.slice(1).map((outputs, layer) => {
      const inputs = sizes[layer];
      const place = layer === 0 ? "first" : layer === hiddenLayers ? "output" : "hidden";
      const { weights, biases } =
        start === "glorot"
          ? glorotLayer(inputs, outputs, random)
          : centredOrthogonalLayer(inputs, outputs, place, random);
      return {
        inputs,
        outputs,
        weights: Float64Array.from(weights.flat()),
        biases: Float64Array.from(biases),
        values: new Float64Array(outputs),
        slopes: new Float64Array(outputs),
        gradients: new Float64Array(outputs),
      };
    });
  }

  /** A copy of the weights (outputs × inputs, a row a unit) and biases of each layer, first layer first. */
  get layers(): { weights: number[][]; biases: number[] }[] {
    return this.#layers.map(({ inputs, outputs, weights, biases }) => ({
      weights: Array.from({ length: outputs }, (_, i) =>
        Array.from(weights.subarray(i * inputs, (i + 1) * inputs)),
      ),
      biases: Array.from(biases),
    }));
  }

  /**
   * The predicted probability of label 1 at a point.
   * @param x two numbers
   * @throws RangeError if `x` has another length
   */
  forward(x: readonly number[]): number {
    const { fn, derivative } = this.activation;
    if (x.length !== INPUTS) throw new RangeError(`x must have length ${INPUTS}, got ${x.length}`);
    // The loops below are fast as long as they meet only typed arrays.
    this.#input.set(x);
    let before = this.#input;
    for (let index = 0; index < this.#layers.length; index++) {
      const layer = this.#layers[index];
      const { inputs, outputs, weights, biases, values, slopes } = layer;
      const isOutput = index === this.#layers.length - 1;
      for (let i = 0, k = 0; i < outputs; i++) {
        let z = biases[i];
        for (let j = 0; j < inputs; j++, k++) z += weights[k] * before[j];
        values[i] = isOutput ? sigmoid(z) : fn(z);
        slopes[i] = isOutput ? values[i] * (1 - values[i]) : derivative(z);
      }
      before = values;
    }
    return before[0];
  }

  /**
   * Back-propagates the error of one sample.
   * @returns the length of ∂L/∂z at each layer, output included, first layer first
   */
  gradientNorms({ x, label }: Sample): number[] {
    this.#backpropagate(this.forward(x) - label);
    return this.#layers.map(({ gradients }) => Math.hypot(...gradients));
  }

  /** Passes through the samples `epochs` times with one step on each. Like `TwoLayerNetwork.train`. */
  train(
    samples: readonly Sample[],
    { epochs, learningRate = 0.1 }: { epochs: number; learningRate?: number },
  ): TrainingHistory {
    const history: TrainingHistory = { losses: [], accuracies: [] };
    for (let epoch = 0; epoch < epochs; epoch++) {
      let squaredErrors = 0;
      let correct = 0;
      for (const { x, label } of samples) {
        const error = this.forward(x) - label;
        this.#backpropagate(error);
        this.#step(learningRate);
        squaredErrors += error ** 2;
        if (Math.abs(error) < 0.5 || (error === -0.5 && label === 1)) correct++;
      }
      history.losses.push(squaredErrors / samples.length);
      history.accuracies.push(correct / samples.length);
    }
    return history;
  }

  #backpropagate(error: number): void {
    const output = this.#layers.length - 1;
    this.#layers[output].gradients[0] = error * this.#layers[output].slopes[0];
    for (let index = output - 1; index >= 0; index--) {
      const { outputs, slopes, gradients } = this.#layers[index];
      const above = this.#layers[index + 1];
      for (let i = 0; i < outputs; i++) {
        let arriving = 0;
        for (let up = 0, k = i; up < above.outputs; up++, k += outputs)
          arriving += above.weights[k] * above.gradients[up];
        gradients[i] = arriving * slopes[i];
      }
    }
  }

  #step(learningRate: number): void {
    let before = this.#input;
    for (const { inputs, outputs, weights, biases, values, gradients } of this.#layers) {
      for (let i = 0, k = 0; i < outputs; i++) {
        const step = learningRate * gradients[i];
        biases[i] -= step;
        for (let j = 0; j < inputs; j++, k++) weights[k] -= step * before[j];
      }
      before = values;
    }
  }
}

interface Layer {
  inputs: number;
  outputs: number;
  /** Row by row: unit i's weight for input j is at i * inputs + j. */
  weights: Float64Array;
  biases: Float64Array;
  values: Float64Array;
  slopes: Float64Array;
  /** ∂L/∂z. */
  gradients: Float64Array;
}

const INPUTS = 2;

function normalRows(rows: number, columns: number, random: Random): number[][] {
  return Array.from({ length: rows }, () => Array.from({ length: columns }, () => random.normal()));
}

function glorotLayer(inputs: number, outputs: number, random: Random) {
  const deviation = Math.sqrt(2 / (inputs + outputs));
  const weights = normalRows(outputs, inputs, random).map((row) => row.map((w) => w * deviation));
  return { weights, biases: new Array<number>(outputs).fill(0) };
}

function centredOrthogonalLayer(
  inputs: number,
  outputs: number,
  place: "first" | "hidden" | "output",
  random: Random,
) {
  // z = 2u makes σ(z) = ½ + ½ tanh u. The first layer gets the inputs, not outputs of a sigmoid.
  const gain = { first: 2, hidden: 4, output: 1 }[place];
  const weights = orthogonal(outputs, inputs, random).map((row) => row.map((w) => w * gain));
  const biases = weights.map((row) =>
    place === "first" ? 0 : -row.reduce((a, w) => a + w, 0) / 2,
  );
  return { weights, biases };
}

/** rows × columns numbers whose shorter side is orthonormal, by Gram–Schmidt. */
function orthogonal(rows: number, columns: number, random: Random): number[][] {
  const basis: number[][] = [];
  for (let vector of normalRows(Math.min(rows, columns), Math.max(rows, columns), random)) {
    for (const other of basis) {
      const shared = other.reduce((sum, value, j) => sum + value * vector[j], 0);
      vector = vector.map((value, j) => value - shared * other[j]);
    }
    const length = Math.hypot(...vector);
    basis.push(vector.map((value) => value / length));
  }
  if (rows <= columns) return basis;
  return Array.from({ length: rows }, (_, i) => basis.map((vector) => vector[i]));
}

/**
 * Draws inputs and weights as step 3 of the lesson does, all from N(0, 1).
 * @param size inputs, and weights a layer
 */
export function drawSignal({
  layers = 10,
  size = 5,
  seed,
}: {
  layers?: number;
  size?: number;
  seed: Seed;
}): SignalDraws {
  const random = seededRandom(seed);
  const [inputs = [], ...weights] = normalRows(layers + 1, size, random);
  return { inputs, weights };
}

/**
 * The gradient of step 3's chain, which the lesson does not compute: ∂(last activation)/∂z at each
 * layer. As a layer copies its output to every input of the next, the factor between two layers is
 * φ′(z) times the sum of the next layer's weights.
 * @returns one number a layer, with its sign, first layer first
 */
export function gradientOfSignal(
  { fn, derivative }: Activation,
  { inputs, weights }: SignalDraws,
): number[] {
  let values = inputs;
  const slopes = weights.map((row) => {
    const z = row.reduce((sum, weight, j) => sum + weight * values[j], 0);
    values = inputs.map(() => fn(z));
    return derivative(z);
  });
  const gradients: number[] = [];
  for (let layer = weights.length - 1, arriving = 1; layer >= 0; layer--) {
    gradients[layer] = arriving * slopes[layer];
    arriving = gradients[layer] * weights[layer].reduce((sum, weight) => sum + weight, 0);
  }
  return gradients;
}

/**
 * In which share of the gradients all weights of the output unit would move the same way, or not at all:
 * the condition of the zig-zag. Y. LeCun et al. (1998), doi:10.1007/3-540-49430-8_2, section 4.3.
 * The weights stay as they are; a gradient is summed over `batchSize` samples in a row.
 * @returns from 0 to 1
 * @throws RangeError if `batchSize` is not a whole number from 1 to the number of samples
 */
export function sharedSignShare(
  { fn }: Activation,
  { w1, b1, w2, b2 }: NetworkWeights,
  samples: readonly Sample[],
  batchSize: number,
): number {
  if (!(Number.isInteger(batchSize) && batchSize >= 1 && batchSize <= samples.length)) {
    throw new RangeError(
      `batchSize must be a whole number from 1 to ${samples.length}, got ${batchSize}`,
    );
  }
  const gradients = samples.map(({ x, label }) => {
    const hidden = w1.map((row, i) => fn(row.reduce((sum, w, j) => sum + w * x[j], b1[i])));
    const output = sigmoid(hidden.reduce((sum, h, i) => sum + w2[i] * h, b2));
    return hidden.map((h) => (output - label) * output * (1 - output) * h);
  });
  const batches = Math.floor(samples.length / batchSize);
  let shared = 0;
  for (let batch = 0; batch < batches; batch++) {
    const own = gradients.slice(batch * batchSize, (batch + 1) * batchSize);
    const sums = w2.map((_, i) => own.reduce((sum, gradient) => sum + gradient[i], 0));
    if (sums.every((sum) => sum >= 0) || sums.every((sum) => sum <= 0)) shared++;
  }
  return shared / batches;
}

/**
 * Two interleaved spirals of one turn around the origin, label 1 half a turn behind label 0.
 * @throws RangeError if `n` is not a whole number above 1
 */
export function spiral({ n = 200, seed }: { n?: number; seed: Seed }): Sample[] {
  if (!Number.isInteger(n) || n < 2)
    throw new RangeError(`spiral: n must be a whole number above 1, got ${n}`);
  const random = seededRandom(seed);
  return Array.from({ length: n }, (_, i) => {
    const turn = random.uniform();
    const radius = 0.2 + 1.8 * turn;
    const angle = 2 * Math.PI * turn + (i % 2) * Math.PI;
    const noise = () => random.normal(0, 0.05);
    const x = [radius * Math.cos(angle) + noise(), radius * Math.sin(angle) + noise()];
    return { x, label: i % 2 === 1 ? 1 : 0 };
  });
}

/**
 * The largest share of the samples that a straight line can put on their right sides, by trying 360
 * directions and every position along each: what no linear classifier of two inputs exceeds by more
 * than the few points between two directions.
 * @returns from 0.5 to 1
 * @throws RangeError if there is no sample
 */
export function bestLine(samples: readonly Sample[]): number {
  if (samples.length === 0) throw new RangeError("samples is empty, give at least one");
  const ones = samples.filter(({ label }) => label === 1).length;
  let best = 0;
  for (let step = 0; step < 360; step++) {
    const [cos, sin] = [Math.cos((step * Math.PI) / 360), Math.sin((step * Math.PI) / 360)];
    const along = samples.map(({ x, label }) => ({ at: cos * x[0] + sin * x[1], label }));
    along.sort((a, b) => a.at - b.at);
    let onesBelow = 0;
    for (let below = 0; below <= along.length; below++) {
      // Points with equal positions cannot be parted.
      if (below === 0 || along[below - 1].at !== along[below]?.at) {
        const correct = below - onesBelow + (ones - onesBelow);
        best = Math.max(best, correct, samples.length - correct);
      }
      if (along[below]?.label === 1) onesBelow++;
    }
  }
  return best / samples.length;
}

/** Share of the samples that a classifier puts on the right side of 0.5, from 0 to 1. */
export function shareCorrect(
  predict: (x: readonly number[]) => number,
  samples: readonly Sample[],
): number {
  const correct = samples.filter(({ x, label }) => predict(x) >= 0.5 === (label === 1)).length;
  return correct / samples.length;
}
