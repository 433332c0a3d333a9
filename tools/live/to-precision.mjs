/**
 * `Number.prototype.toPrecision` by the letter of the standard: of two texts that are equally near, the larger.
 * Firefox takes the even one, so that 0.001953125 with six digits ends in 2.
 */
const ownToPrecision = Number.prototype.toPrecision;

/** More digits than which no number has that lies in the middle between two texts. */
const MOST_DIGITS = 100;

/**
 * @this {number}
 * @param {number} [precision]
 */
export function toPrecision(precision) {
  const text = ownToPrecision.call(this, precision);
  if (precision === undefined || precision >= MOST_DIGITS || !Number.isFinite(Number(this)))
    return text;
  const digits = digitsOf(ownToPrecision.call(this, MOST_DIGITS));
  const count = Math.trunc(precision);
  const isInTheMiddle = /^50*$/.test(digits.slice(count));
  if (!isInTheMiddle || digitsOf(text) !== digits.slice(0, count)) return text;
  // The next number away from zero is nearer to the larger text.
  return ownToPrecision.call(nextAwayFromZero(Number(this)), precision);
}

/**
 * The significant digits.
 * @param {string} text
 */
function digitsOf(text) {
  return text.replace(/e.*/, "").replace(/[-.]/g, "").replace(/^0+/, "");
}

/** @param {number} value */
function nextAwayFromZero(value) {
  const bits = new BigInt64Array(1);
  const number = new Float64Array(bits.buffer);
  number[0] = value;
  bits[0] += 1n;
  return number[0];
}
