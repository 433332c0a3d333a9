/** Curves that a reader draws: what a stroke does, how far a curve is from the true one, and the words for it. */

/**
 * A sketch as a question's metadata describes it. Along x, numbers at equal distances `from` one `to` another, or names;
 * along y, numbers or, if `powers`, powers of ten. `curve` is the true curve at each place; `given`, another one that is
 * there from the start.
 * @typedef {object} SketchOf
 * @property {{ title: string, from: number, to: number } | { title: string, names: string[] }} x
 * @property {{ title: string, from: number, to: number, powers?: boolean }} y
 * @property {number[]} curve
 * @property {number[]} [given]
 */

/** Heights at each place, null where nothing is drawn. @typedef {(number | null)[]} Drawn */

/** A point of a stroke: how many places from the left, and how high. @typedef {{ place: number, height: number }} Point */

/**
 * A curve after a stroke from one point to another: the places that it passes get its height, so does the one nearest to
 * its end, and no gap is left to what was drawn before.
 * @param {Drawn} curve
 * @param {Point} from
 * @param {Point} to
 * @returns {Drawn}
 */
export function afterStroke(curve, from, to) {
  const [left, right] = from.place <= to.place ? [from, to] : [to, from];
  const nearest = Math.min(Math.max(Math.round(to.place), 0), curve.length - 1);
  return withoutGaps(
    curve.map((height, i) => {
      if (i > left.place && i < right.place) {
        const share = (i - left.place) / (right.place - left.place);
        return left.height + share * (right.height - left.height);
      }
      return i === nearest ? to.height : height;
    }),
  );
}

/** Straight lines from what is drawn to what is drawn next. @param {Drawn} curve @returns {Drawn} */
function withoutGaps(curve) {
  return curve.map((height, i) => {
    const before = curve.findLastIndex((one, k) => k < i && one !== null);
    const after = curve.findIndex((one, k) => k > i && one !== null);
    if (height !== null || before < 0 || after < 0) return height;
    const [low, high] = [Number(curve[before]), Number(curve[after])];
    return low + ((i - before) / (after - before)) * (high - low);
  });
}

/**
 * @param {Drawn} curve
 * @returns {curve is number[]} whether it goes from edge to edge
 */
export function isWhole(curve) {
  return curve.every((height) => height !== null);
}

/**
 * How far two curves are apart: in the mean, and at which place most.
 * @param {readonly number[]} one
 * @param {readonly number[]} other
 */
export function distanceOf(one, other) {
  const gaps = one.map((height, i) => Math.abs(height - other[i]));
  return {
    mean: gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length,
    most: gaps.indexOf(Math.max(...gaps)),
  };
}

/**
 * What a reader is told of the curve that was drawn.
 * @param {SketchOf} sketch
 * @param {readonly number[]} drawn
 * @param {boolean} isRight
 * @returns {{ first: string, more: string }}
 */
export function verdictOn({ x, y, curve }, drawn, isRight) {
  const { mean, most } = distanceOf(drawn, curve);
  const off = y.powers ? `a factor of ${powerName(mean)}` : twoDigits(mean);
  if (isRight)
    return { first: "You saw it coming: ", more: `your curve is off by ${off} on average.` };
  const [yours, truth] = [drawn[most], curve[most]].map((height) => heightName(y, height));
  return {
    first: `Your curve is off by ${off} on average`,
    more: `, most at ${placeName(x, most, curve.length)}: you drew ${yours}, it is ${truth}.`,
  };
}

/**
 * A place along x in words, as in "x = −2.5" and "epoch 40".
 * @param {SketchOf["x"]} x
 * @param {number} place
 * @param {number} count of all places
 */
export function placeName(x, place, count) {
  const value = "names" in x ? x.names[place] : plainNumber(valueAt(x, place, count));
  return `${x.title}${x.title.length === 1 ? " =" : ""} ${value}`;
}

/** A height in words. @param {SketchOf["y"]} y @param {number} height */
export function heightName({ powers }, height) {
  return powers ? powerName(height) : twoDigits(height);
}

/**
 * @param {{ from: number, to: number }} axis
 * @param {number} place
 * @param {number} count
 */
function valueAt({ from, to }, place, count) {
  return from + (place / (count - 1)) * (to - from);
}

/**
 * Where an axis has its marks, as shares of its length, with their names.
 * @param {SketchOf["x"] | SketchOf["y"]} axis
 * @returns {{ share: number, name: string }[]}
 */
export function marksOf(axis) {
  if ("names" in axis)
    return axis.names.map((name, i) => ({ share: i / (axis.names.length - 1), name }));
  const { from, to } = axis;
  const powers = "powers" in axis && axis.powers;
  const step = Math.max(roundStep((to - from) / 5), powers ? 1 : 0);
  const first = Math.ceil(from / step);
  return Array.from({ length: Math.floor(to / step + 1e-9) - first + 1 }, (_, i) => {
    const value = (first + i) * step;
    const share = (value - from) / (to - from);
    return { share, name: powers ? powerName(value) : plainNumber(value) };
  });
}

/** 1, 2 or 5 times a power of ten, the next from a number upwards. @param {number} least */
function roundStep(least) {
  const power = 10 ** Math.floor(Math.log10(least));
  return power * ([1, 2, 5].find((one) => one * power >= least * 0.999) ?? 10);
}

/** @param {number} value */
function plainNumber(value) {
  return `${Number(value.toPrecision(4))}`.replace("-", "−");
}

/** @param {number} value */
function twoDigits(value) {
  return plainNumber(Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(2)));
}

/** The number that has a power of ten, as in 0.03 and 3·10⁻⁵. @param {number} power */
function powerName(power) {
  if (power >= -2.5 && power < 4) return twoDigits(10 ** power);
  // Rounded first, so that it is never 10·10⁻⁵.
  const [digits, exponent] = (10 ** power).toExponential(0).split("e");
  const raised = [...String(Math.abs(Number(exponent)))].map(
    (digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(digit)],
  );
  const times = digits === "1" ? "" : `${digits}·`;
  return `${times}10${Number(exponent) < 0 ? "⁻" : ""}${raised.join("")}`;
}
