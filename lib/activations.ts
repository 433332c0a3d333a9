/**
 * Activation functions and their derivatives, number in, number out.
 *
 * Each is within a relative error of 1e-13 of the true value over the whole range of doubles,
 * tails included; ±Infinity gives the limit and NaN gives NaN. So none of them throws.
 * The textbook forms `s * (1 - s)`, `1 - t * t` and `1 + erf(x)` subtract nearly equal numbers
 * in the tails and lose every digit there: each function below says what it does instead.
 */
import erfcx from "@stdlib/math-base-special-erfcx";
import { requireSome } from "./checks.js";

/** A function from a number to a number. */
export type ScalarFunction = (x: number) => number;

/** What a network needs of an activation. Pass one of your own wherever one is asked for. */
export interface Activation {
  /** Name to show in charts and messages. */
  readonly name: string;
  /** The activation itself, applied to one pre-activation. */
  readonly fn: ScalarFunction;
  /** Its derivative with respect to the pre-activation. */
  readonly derivative: ScalarFunction;
}

/** Puts the activation in the place of each pre-activation in `layer`, and its derivative there in `slopes`. */
export type LayerFunction = (layer: number[], slopes: number[]) => void;

/** An activation and its derivative at one point. */
interface ValueAndSlope {
  value: number;
  slope: number;
}

/**
 * Logistic function 1 / (1 + e^−x). Range (0, 1).
 * @example sigmoid(0) // 0.5
 */
export function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

/**
 * σ′(x) = σ(x) · σ(−x). Range (0, 1/4]. The product keeps its digits where `1 - sigmoid(x)` is 0.
 * @example sigmoidDerivative(0) // 0.25
 */
export function sigmoidDerivative(x: number): number {
  return sigmoidBoth(x).slope;
}

function sigmoidBoth(x: number): ValueAndSlope {
  // With e^−|x| neither overflows, and the derivative keeps its digits on both sides.
  const exponential = Math.exp(-Math.abs(x));
  const larger = 1 / (1 + exponential);
  const smaller = exponential * larger;
  return { value: x < 0 ? smaller : larger, slope: smaller * larger };
}

function sigmoidLayer(layer: number[], slopes: number[]): void {
  for (let i = 0; i < layer.length; i++) {
    const { value, slope } = sigmoidBoth(layer[i]);
    layer[i] = value;
    slopes[i] = slope;
  }
}

/**
 * Hyperbolic tangent. Range (−1, 1).
 * @example tanh(0) // 0
 */
export function tanh(x: number): number {
  return Math.tanh(x);
}

/**
 * tanh′(x) = 1 / cosh²(x), which is 1 − tanh²(x) without the subtraction. Range (0, 1].
 * @example tanhDerivative(0) // 1
 */
export function tanhDerivative(x: number): number {
  return 1 / Math.cosh(x) ** 2;
}

/**
 * Rectified linear unit max(0, x). Range [0, ∞).
 * K. Fukushima (1969), doi:10.1109/TSSC.1969.300225; V. Nair and G. Hinton (2010), ICML.
 * @example relu(-2) // 0
 */
export function relu(x: number): number {
  return Math.max(0, x);
}

/**
 * 1 for x > 0, otherwise 0. At 0, where no derivative exists, the usual choice is 0.
 * @example reluDerivative(3) // 1
 */
export function reluDerivative(x: number): number {
  return Math.sign(relu(x));
}

function reluLayer(layer: number[], slopes: number[]): void {
  for (let i = 0; i < layer.length; i++) {
    const x = layer[i];
    // A branch on the sign, as good as random, would cost more than to multiply.
    if (Number.isFinite(x)) {
      slopes[i] = Number(x > 0);
      layer[i] = slopes[i] * Math.abs(x);
    } else {
      layer[i] = relu(x);
      slopes[i] = reluDerivative(x);
    }
  }
}

/**
 * x for x > 0, otherwise alpha · x. Range (−∞, ∞) for alpha > 0.
 * A. Maas, A. Hannun and A. Ng (2013), "Rectifier nonlinearities improve neural network acoustic models".
 * @param alpha slope for x ≤ 0
 * @example leakyRelu(-2) // -0.02
 */
export function leakyRelu(x: number, alpha = 0.01): number {
  return x > 0 ? x : alpha * x;
}

/**
 * 1 for x > 0, otherwise alpha (at 0 too).
 * @example leakyReluDerivative(-2, 0.1) // 0.1
 */
export function leakyReluDerivative(x: number, alpha = 0.01): number {
  if (x > 0) return 1;
  return Number.isNaN(x) ? Number.NaN : alpha;
}

function leakyReluLayer(layer: number[], slopes: number[]): void {
  for (let i = 0; i < layer.length; i++) {
    const x = layer[i];
    layer[i] = leakyRelu(x);
    slopes[i] = leakyReluDerivative(x);
  }
}

/**
 * Gaussian error linear unit x · Φ(x), with the exact normal CDF Φ.
 * Range [−0.16997…, ∞), the minimum at x = −0.75179….
 * D. Hendrycks and K. Gimpel (2016), arXiv:1606.08415.
 * @example gelu(1) // 0.8413447460685429
 */
export function gelu(x: number): number {
  return gated(x, normalCdf(x));
}

/**
 * gelu′(x) = Φ(x) + x · φ(x). Range about [−0.129, 1.129].
 * @example geluDerivative(0) // 0.5
 */
export function geluDerivative(x: number): number {
  return normalCdf(x) + gated(x, normalPdf(x));
}

function geluLayer(layer: number[], slopes: number[]): void {
  for (let i = 0; i < layer.length; i++) {
    const x = layer[i];
    const density = normalPdf(x);
    const cdf = normalCdf(x, density);
    layer[i] = gated(x, cdf);
    slopes[i] = cdf + gated(x, density);
  }
}

/**
 * GELU's tanh approximation ½x · (1 + tanh(√(2/π) · (x + 0.044715x³))), as in
 * OpenAI's GPT-2 code. Written as x · σ(2u), which is the same and keeps its digits for x ≪ 0.
 * D. Hendrycks and K. Gimpel (2016), arXiv:1606.08415.
 * @example geluTanh(1) // 0.8411919906082768
 */
export function geluTanh(x: number): number {
  return gated(x, geluTanhGate(x));
}

/**
 * Derivative of `geluTanh` itself, not of the exact GELU: with v = 2u, σ(v) + x · v′ · σ(v) · σ(−v).
 * @example geluTanhDerivative(0) // 0.5
 */
export function geluTanhDerivative(x: number): number {
  return geluTanhBoth(x).slope;
}

function geluTanhBoth(x: number): ValueAndSlope {
  const gate = geluTanhGate(x);
  const v = x * (GELU_LINEAR + GELU_CUBIC * x * x);
  const vSlope = GELU_LINEAR + 3 * GELU_CUBIC * x * x;
  return { value: gated(x, gate), slope: gate + gated(x * vSlope, gate * sigmoid(-v)) };
}

function geluTanhLayer(layer: number[], slopes: number[]): void {
  for (let i = 0; i < layer.length; i++) {
    const { value, slope } = geluTanhBoth(layer[i]);
    layer[i] = value;
    slopes[i] = slope;
  }
}

/**
 * Swish, also SiLU: x · σ(x). Range [−0.27846…, ∞), the minimum at x = −1.27846….
 * D. Hendrycks and K. Gimpel (2016), arXiv:1606.08415; S. Elfwing et al. (2018),
 * doi:10.1016/j.neunet.2017.12.012; P. Ramachandran et al. (2017), arXiv:1710.05941.
 * @example swish(0) // 0
 */
export function swish(x: number): number {
  return gated(x, sigmoid(x));
}

/**
 * swish′(x) = σ(x) + x · σ′(x). Range about [−0.0998, 1.0998].
 * @example swishDerivative(0) // 0.5
 */
export function swishDerivative(x: number): number {
  return swishBoth(x).slope;
}

function swishBoth(x: number): ValueAndSlope {
  const { value: gate, slope: gateSlope } = sigmoidBoth(x);
  return { value: gated(x, gate), slope: gate + gated(x, gateSlope) };
}

function swishLayer(layer: number[], slopes: number[]): void {
  for (let i = 0; i < layer.length; i++) {
    const { value, slope } = swishBoth(layer[i]);
    layer[i] = value;
    slopes[i] = slope;
  }
}

/**
 * Turns logits into probabilities: e^(xᵢ) / Σ e^(xⱼ). The largest logit is subtracted first, which
 * changes nothing in exact arithmetic and keeps e^x from overflowing. Infinite logits give the
 * limit: those equal to the maximum share the probability evenly.
 * @param logits at least one number
 * @returns as many probabilities, which sum to 1; all NaN if a logit is NaN
 * @throws RangeError if `logits` is empty
 * @example softmax([1, 1, 1, 1]) // [ 0.25, 0.25, 0.25, 0.25 ]
 */
export function softmax(logits: readonly number[]): number[] {
  requireSome("softmax: logits", logits);
  const max = logits.reduce((largest, logit) => Math.max(largest, logit));
  const exponentials = logits.map((logit) => (logit === max ? 1 : Math.exp(logit - max)));
  const total = exponentials.reduce((sum, value) => sum + value, 0);
  return exponentials.map((value) => value / total);
}

/**
 * `layer` is optional, and there for speed: value and derivative share an exponential, and a loop that
 * calls one function only is compiled to fast code. It gives the numbers of `fn` and
 * `derivative`, to the last digit or two.
 */
type TableEntry = Activation & { readonly layer?: LayerFunction };

const table = {
  sigmoid: { name: "Sigmoid", fn: sigmoid, derivative: sigmoidDerivative, layer: sigmoidLayer },
  tanh: { name: "Tanh", fn: tanh, derivative: tanhDerivative },
  relu: { name: "ReLU", fn: relu, derivative: reluDerivative, layer: reluLayer },
  leakyRelu: {
    name: "Leaky ReLU",
    fn: (x) => leakyRelu(x),
    derivative: (x) => leakyReluDerivative(x),
    layer: leakyReluLayer,
  },
  gelu: { name: "GELU", fn: gelu, derivative: geluDerivative, layer: geluLayer },
  geluTanh: {
    name: "GELU (tanh)",
    fn: geluTanh,
    derivative: geluTanhDerivative,
    layer: geluTanhLayer,
  },
  swish: { name: "Swish", fn: swish, derivative: swishDerivative, layer: swishLayer },
} satisfies Record<string, TableEntry>;

/** The keys of `activations`. */
export type ActivationKey = keyof typeof table;

/**
 * The activations of the course by key.
 * @example activations.relu.fn(3) // 3
 */
export const activations: Readonly<Record<ActivationKey, Activation>> = table;

/** How a network applies an activation: by its `layer` if it is one of the table, else one by one. */
export function layerFunction(activation: Activation): LayerFunction {
  const entries: readonly TableEntry[] = Object.values(table);
  // Who makes an activation from parts of the table's gets just these parts.
  const entry = entries.find(
    ({ fn, derivative }) => fn === activation.fn && derivative === activation.derivative,
  );
  return (
    entry?.layer ??
    ((layer, slopes) => {
      for (let i = 0; i < layer.length; i++) {
        const x = layer[i];
        layer[i] = activation.fn(x);
        slopes[i] = activation.derivative(x);
      }
    })
  );
}

export function requireActivation(activation: Pick<Activation, "fn" | "derivative">): void {
  if (typeof activation?.fn !== "function" || typeof activation.derivative !== "function") {
    throw new TypeError(
      `activation must be an object with fn and derivative, such as activations.relu, got ${String(activation)}`,
    );
  }
}

/** x · gate for a gate that vanishes faster than x grows: 0 at −Infinity, where −∞ · 0 is NaN. */
function gated(x: number, gate: number): number {
  return gate === 0 ? 0 : x * gate;
}

const INVERSE_SQRT_2PI = 1 / Math.sqrt(2 * Math.PI);

/** φ(x), the standard normal density. */
function normalPdf(x: number): number {
  return Math.exp((-x * x) / 2) * INVERSE_SQRT_2PI;
}

/**
 * Φ(x), the standard normal distribution function. Its smaller side is the density times Mills' ratio,
 * which changes slowly: all digits are kept as far as the density has them.
 */
function normalCdf(x: number, density = normalPdf(x)): number {
  const tail = density * millsRatio(Math.abs(x));
  return x < 0 ? tail : 1 - tail;
}

/** (1 − Φ(x)) / φ(x) for x ≥ 0 by a polynomial around the nearest 64th. From 39 on, the density is 0. */
function millsRatio(x: number): number {
  if (!(x < 39)) return 1 / x;
  const nearest = Math.floor(64 * x + 0.5);
  const d = x - nearest / 64;
  const [m, k] = [mills, 7 * nearest];
  const cubic = m[k + 3] + d * (m[k + 4] + d * (m[k + 5] + d * m[k + 6]));
  return m[k] + d * (m[k + 1] + d * (m[k + 2] + d * cubic));
}

/** The coefficients of these polynomials: m′ = x · m − 1, so each follows from the two before it. */
const mills = Float64Array.from({ length: 7 * (64 * 39 + 1) });
for (let k = 0; k < mills.length; k += 7) {
  const x = k / 7 / 64;
  mills[k] = Math.sqrt(Math.PI / 2) * erfcx(x * Math.SQRT1_2);
  mills[k + 1] = x * mills[k] - 1;
  for (let n = 2; n < 7; n++) mills[k + n] = (x * mills[k + n - 1] + mills[k + n - 2]) / n;
}

// v = 2u = 2√(2/π) · (x + 0.044715x³)
const GELU_LINEAR = 1.5957691216057308;
const GELU_CUBIC = 0.0713548162726002;
const GELU_LINEAR_HEAD = 1.595769121311605;
const GELU_LINEAR_REST = 2.941257351057315e-10;
const GELU_CUBIC_HEAD = 0.07135009765625;
const GELU_CUBIC_REST = 4.718616350248776e-6;

/**
 * σ(v(x)), what `geluTanh` multiplies x with. Below −5 it depends on the last bits of v: e^v changes by
 * |v| times the relative rounding error of v, some 1e-13 near the smallest doubles. So x and the
 * coefficients are split in heads of few bits, whose products are exact, and small rests.
 */
function geluTanhGate(x: number): number {
  if (x < -40) return 0;
  if (!(x < -5)) return sigmoid(x * (GELU_LINEAR + GELU_CUBIC * x * x));
  const head = Math.round(x * 128) / 128;
  const rest = x - head;
  const vHead = GELU_LINEAR_HEAD * head + GELU_CUBIC_HEAD * head ** 3;
  const vRest =
    GELU_LINEAR_REST * head +
    GELU_CUBIC_REST * head ** 3 +
    rest * (GELU_LINEAR + GELU_CUBIC * (3 * head * (head + rest) + rest * rest));
  const exponential = Math.exp(vHead) * Math.exp(vRest);
  return exponential / (1 + exponential);
}
