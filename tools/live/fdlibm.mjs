/**
 * Functions of `Math` with the same result to the last bit in every browser and every Node: those that V8 had until
 * Node 26, and with which the notebooks' outputs were stored.
 *
 * They are the algorithms of FDLIBM (Freely Distributable LIBM, Sun Microsystems, 1993: e_exp.c, s_tanh.c, e_cosh.c,
 * e_sinh.c, e_log10.c), written anew with numbers in the place of words of bits wherever they say the same.
 */
import expm1 from "@stdlib/math-base-special-expm1";
import log from "@stdlib/math-base-special-ln";

const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;

const LOG10_OF_2_HIGH = 0.30102999566361177;
const LOG10_OF_2_LOW = 3.694239077158931e-13;

/** Of which the bits are looked at. */
const bits = new DataView(new ArrayBuffer(8));

// Where FDLIBM compares the upper half of a number's bits, these are the first numbers beyond.
const HALF_LN2 = fromHighWord(0x3fd62e43);
const THREE_HALVES_LN2 = fromHighWord(0x3ff0a2b2);
const LOG_OF_MOST = fromHighWord(0x40862e42);

const OVERFLOW = 709.782712893384;
const UNDERFLOW = -745.1332191019411;

/** 2 ** k for k from -1021 to 1023. */
const powersOfTwo = Float64Array.from({ length: 2045 }, (_, i) =>
  fromHighWord(0x3ff00000 + ((i - 1021) << 20)),
);

/**
 * The number whose upper 32 bits these are, and whose lower ones are 0.
 * @param {number} word
 */
function fromHighWord(word) {
  bits.setInt32(0, word);
  bits.setInt32(4, 0);
  return bits.getFloat64(0);
}

/** @param {number} x */
export function exp(x) {
  x = +x;
  const size = Math.abs(x);
  let k = 0;
  let high = 0;
  let low = 0;
  let rest = x;
  if (size >= HALF_LN2) {
    if (size < THREE_HALVES_LN2) {
      if (x === 1) return Math.E;
      k = x < 0 ? -1 : 1;
    } else {
      if (x > OVERFLOW) return Number.POSITIVE_INFINITY;
      if (x < UNDERFLOW) return 0;
      k = (Math.LOG2E * x + (x < 0 ? -0.5 : 0.5)) | 0;
    }
    high = x - k * LN2_HIGH;
    low = k * LN2_LOW;
    rest = high - low;
  } else if (size < 2 ** -28) {
    return 1 + x;
  }
  const t = rest * rest;
  const c =
    rest -
    t *
      (0.16666666666666602 +
        t *
          (-0.0027777777777015593 +
            t * (6.613756321437934e-5 + t * (-1.6533902205465252e-6 + t * 4.1381367970572385e-8))));
  if (k === 0) return 1 - ((rest * c) / (c - 2) - rest);
  const y = 1 - (low - (rest * c) / (2 - c) - high);
  if (k < -1021) return y * powersOfTwo[k + 1000 + 1021] * 2 ** -1000;
  if (k === 1024) return y * 2 * 2 ** 1023;
  return y * powersOfTwo[k + 1021];
}

/** @param {number} x */
export function tanh(x) {
  x = +x;
  const size = Math.abs(x);
  if (size < 2 ** -28) return x;
  if (size >= 22) return x < 0 ? -1 : 1;
  let z;
  if (size >= 1) {
    z = 1 - 2 / (expm1(2 * size) + 2);
  } else {
    const t = expm1(-2 * size);
    z = -t / (t + 2);
  }
  return x < 0 ? -z : z;
}

/** @param {number} x */
export function cosh(x) {
  const size = Math.abs(x);
  if (size < HALF_LN2) {
    const t = expm1(size);
    const w = 1 + t;
    return size < 2 ** -55 ? w : 1 + (t * t) / (w + w);
  }
  if (size >= 22) return halfOfExp(size);
  const t = exp(size);
  return 0.5 * t + 0.5 / t;
}

/** @param {number} x */
export function sinh(x) {
  x = +x;
  const size = Math.abs(x);
  if (size < 2 ** -28) return x;
  if (size >= 22) return x < 0 ? -halfOfExp(size) : halfOfExp(size);
  const t = expm1(size);
  const half = x < 0 ? -0.5 : 0.5;
  return half * (size < 1 ? 2 * t - (t * t) / (t + 1) : t + t / (t + 1));
}

/**
 * It overflows later than `exp`.
 * @param {number} x
 */
function halfOfExp(x) {
  if (x < LOG_OF_MOST) return 0.5 * exp(x);
  const root = exp(0.5 * x);
  return 0.5 * root * root;
}

/** @param {number} x */
export function log10(x) {
  x = +x;
  if (x === 0) return Number.NEGATIVE_INFINITY;
  if (!(x > 0) || x === Number.POSITIVE_INFINITY) return x < 0 ? Number.NaN : x;
  const isTiny = x < 2 ** -1022;
  bits.setFloat64(0, isTiny ? x * 2 ** 54 : x);
  const word = bits.getUint32(0);
  const exponent = (word >> 20) - 1023 - (isTiny ? 54 : 0);
  const isBelowOne = exponent < 0 ? 1 : 0;
  // Between 1 and 2, or between a half and 1.
  bits.setUint32(0, (word & 0xfffff) | ((1023 - isBelowOne) << 20));
  const y = exponent + isBelowOne;
  const z = y * LOG10_OF_2_LOW + Math.LOG10E * log(bits.getFloat64(0));
  return z + y * LOG10_OF_2_HIGH;
}

/**
 * As V8 does it: Kahan's sum of squares, of sizes that are divided by the largest.
 * @param {number[]} values
 */
export function hypot(...values) {
  let largest = 0;
  for (const value of values) {
    const size = Math.abs(value);
    if (size === Number.POSITIVE_INFINITY) return size;
    if (!(size <= largest)) largest = size;
  }
  if (largest === 0) return 0;
  let sum = 0;
  let compensation = 0;
  for (const value of values) {
    const share = Math.abs(value) / largest;
    const summand = share * share - compensation;
    const next = sum + summand;
    compensation = next - sum - summand;
    sum = next;
  }
  return Math.sqrt(sum) * largest;
}
