/** Whether what a notebook says of its predictions is true, by what the kernel printed for the `check` of each. */

/** @import { Notebook } from "./notebooks.mjs" */

/**
 * The questions of a notebook that ask for a prediction: what the metadata of their cells says.
 * @param {Notebook} notebook
 * @returns {{ check: string, number?: number, sketch?: { curve: number[] } }[]}
 */
export function predictionsOf({ cells }) {
  return cells.flatMap(({ metadata: { predict } }) => (predict?.check ? [predict] : []));
}

/**
 * What is wrong with what a notebook says.
 * @param {Notebook} notebook
 * @param {readonly string[]} printed by the checks, as JSON, in their order
 */
export function mistakesIn(notebook, printed) {
  return predictionsOf(notebook).flatMap((predict, index) => {
    const said = printed[index].trim();
    const wanted = falseIn(predict, parsed(said));
    return wanted === undefined ? [] : [`${predict.check} is ${said || "nothing"}, not ${wanted}`];
  });
}

/** @param {string} said */
function parsed(said) {
  try {
    return JSON.parse(said);
  } catch {
    return undefined;
  }
}

/**
 * What the value of a check should be, if it is not that.
 * @param {{ number?: number, sketch?: { curve: number[] } }} predict
 * @param {unknown} value
 */
function falseIn({ number, sketch }, value) {
  if (sketch) {
    const { curve } = sketch;
    if (!Array.isArray(curve)) return "the curve of its sketch, which has none";
    return isCurve(value, curve) ? undefined : JSON.stringify(curve);
  }
  if (number === undefined) return value === true ? undefined : "true";
  return typeof value === "number" && Math.abs(value - number) <= Math.abs(number) / 100
    ? undefined
    : String(number);
}

/**
 * Whether a curve is this one, to the digits with which it is written.
 * @param {unknown} value
 * @param {readonly number[]} curve
 */
function isCurve(value, curve) {
  const decimals = Math.max(...curve.map((height) => String(height).split(".")[1]?.length ?? 0));
  // The end of a half is not always where it seems.
  const most = 0.5000001 / 10 ** decimals;
  return (
    Array.isArray(value) &&
    value.length === curve.length &&
    value.every((height, i) => typeof height === "number" && Math.abs(height - curve[i]) <= most)
  );
}
