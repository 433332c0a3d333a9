/**
 * Questions that ask for a prediction: the choices become answerable, and once the result is in view the reader is told
 * whether it was right. For JupyterLab, which serves scripts from this folder only, and for the exported pages.
 */
import { distanceOf, verdictOn } from "./curve.js";
import { element, OWN_KEYS } from "./element.js";
import { choicesIn, fieldsAfter, numberIn } from "./fields.js";
import { Sketch } from "./sketch.js";

/** @import { SketchOf } from "./curve.js" */

/** What a browser keeps of the course's pages begins with this. */
export const KEPT = "activation-functions-course:";
const PREFIX = `${KEPT}predicted:`;

/**
 * What a notebook says of a question in its cell's metadata: the number of the right choice, counted from 1, or several,
 * or the right number, or the axes and the right curve of a sketch, and how far off still counts; `sure` asks for the
 * reader's confidence as well.
 * @typedef {{ answer?: number | number[], number?: number, sketch?: SketchOf, within?: number, sure?: boolean }} Predict
 *
 * What was predicted, a choice, a number or a curve, how sure the reader was, in per cent, and whether that was right:
 * known once the result was in view.
 * @typedef {{ predicted: number | number[], sure?: number, right?: boolean }} Prediction
 */

/** All predictions of a notebook, by question. @typedef {Record<string, Prediction>} Predictions */

/** What is known here, also where a browser keeps nothing. @type {Map<string, Predictions>} */
const known = new Map();

/**
 * @param {string} notebook its name, as in 02-activations or exercises/1-prelu
 * @returns {Predictions}
 */
export function readPredictions(notebook) {
  const now = known.get(notebook);
  if (now) return now;
  /** @type {Predictions} */
  let kept = {};
  try {
    kept = JSON.parse(localStorage.getItem(PREFIX + notebook) ?? "{}");
  } catch {
    // Nothing is kept, or not by the course.
  }
  known.set(notebook, kept);
  return kept;
}

/** @param {string} notebook @param {Predictions} predictions */
function keepPredictions(notebook, predictions) {
  known.set(notebook, predictions);
  try {
    if (Object.keys(predictions).length === 0) localStorage.removeItem(PREFIX + notebook);
    else localStorage.setItem(PREFIX + notebook, JSON.stringify(predictions));
  } catch {
    // Then it holds as long as the page.
  }
}

/**
 * How many predictions were right, of those whose result was in view.
 * @param {string} notebook
 */
export function scoreOf(notebook) {
  const seen = Object.values(readPredictions(notebook)).filter(({ right }) => right !== undefined);
  return { right: seen.filter(({ right }) => right).length, seen: seen.length };
}

/** How sure a reader can be, in per cent. */
const CONFIDENCES = [50, 60, 70, 80, 90, 99];

/**
 * How sure the reader was on average, and how often right: of all, and of those that the reader was equally sure of.
 * @param {string} notebook
 */
function calibrationText(notebook) {
  const seen = Object.values(readPredictions(notebook)).filter(
    ({ right, sure }) => right !== undefined && sure !== undefined,
  );
  if (seen.length === 0) return "";
  const rightOf = (/** @type {Prediction[]} */ some) => some.filter((one) => one.right).length;
  const parts = CONFIDENCES.flatMap((sure) => {
    const equal = seen.filter((one) => one.sure === sure);
    return equal.length > 0 ? [`${rightOf(equal)} of ${equal.length} when ${sure} % sure`] : [];
  });
  const sureness = seen.reduce((sum, { sure = 0 }) => sum + sure, 0) / seen.length;
  const share = (100 * rightOf(seen)) / seen.length;
  const average = ` You were ${Math.round(sureness)} % sure on average, and right in ${Math.round(share)} %`;
  return `${average}: in ${parts.join(", ")}.`;
}

/** @param {string} notebook @param {number} questions how many it has */
function scoreText(notebook, questions) {
  const { right, seen } = scoreOf(notebook);
  const left = Math.max(0, questions - seen);
  const open = left === 1 ? "One question is open." : `${left} questions are open.`;
  if (seen === 0)
    return `You have predicted none of ${questions} result${questions === 1 ? "" : "s"} yet.`;
  return `You predicted ${right} of ${seen}.${left > 0 ? ` ${open}` : ""}`;
}

/**
 * A question whose text is on the page: its list becomes choices to click, or a field for a number or axes for a sketch
 * come after it.
 */
export class Question {
  /** Stands beside the result, empty until it is in view. */
  verdict = element("div", { class: "predict-verdict", role: "status" });
  #notebook;
  #id;
  #predict;
  #fields;
  /** @type {Sketch | undefined} */
  #sketch;
  #onChange;
  #isShown = false;

  /**
   * @param {{ notebook: string, id: string, predict: Predict, text: Element, onChange: () => void }} options `text`:
   *   the question, as it is shown, ending with its list of choices; `onChange`: called when there is another score
   */
  constructor({ notebook, id, predict, text, onChange }) {
    this.#notebook = notebook;
    this.#id = id;
    this.#predict = predict;
    this.#onChange = onChange;
    this.#sketch = predict.sketch && sketchOf(predict.sketch);
    this.#fields = this.#fieldsIn(text);
    if (predict.sure) this.#fields.append(confidence());
    this.#fields.addEventListener("change", () => this.#read());
    this.#showState();
  }

  /** The result is in view: from now on the prediction stands. */
  show() {
    this.#isShown = true;
    const prediction = this.#prediction;
    if (prediction && prediction.right === undefined) this.#note(prediction);
    this.#showState();
  }

  /** As before any prediction. */
  forget() {
    this.#isShown = false;
    this.#sketch?.clear();
    for (const select of this.#fields.querySelectorAll("select")) select.value = "";
    this.#note(undefined);
  }

  /** Whether the result is in view. */
  get isShown() {
    return this.#isShown;
  }

  get #prediction() {
    const prediction = readPredictions(this.#notebook)[this.#id];
    // The question may have been of another kind when it was answered.
    const places = prediction && Array.isArray(prediction.predicted) && prediction.predicted.length;
    return places === (this.#predict.sketch?.curve?.length ?? false) ? prediction : undefined;
  }

  /** @param {Element} text */
  #fieldsIn(text) {
    if (this.#predict.sketch) {
      const axes = this.#sketch?.element;
      return fieldsAfter(text, axes ?? element("p", {}, "These axes cannot be drawn."));
    }
    if (this.#predict.number !== undefined) return numberIn(text, "Your prediction: ");
    const items = [...([...text.querySelectorAll("ul")].at(-1)?.children ?? [])];
    const numbers = items.map((_, index) => String(index + 1));
    return choicesIn(text, items, numbers);
  }

  /** Notes what is in the fields. */
  #read() {
    const predicted = this.#sketch ? this.#sketch.curve : this.#value();
    const sure = this.#fields.querySelector("select")?.value;
    // A confidence without a prediction waits for it, and is not without a number.
    if (predicted !== undefined) this.#note({ predicted, ...(sure ? { sure: Number(sure) } : {}) });
    else if (this.#sketch) this.#note(undefined);
  }

  /** The choice or number in the fields. */
  #value() {
    const chosen = "input:checked, input[type=number]";
    const input = /** @type {HTMLInputElement | null} */ (this.#fields.querySelector(chosen));
    const value = input?.value ?? "";
    return value === "" || !Number.isFinite(Number(value)) ? undefined : Number(value);
  }

  /** @param {Prediction | undefined} prediction */
  #note(prediction) {
    const { [this.#id]: _, ...others } = readPredictions(this.#notebook);
    if (prediction && this.#isShown) prediction.right = this.#isRight(prediction.predicted);
    keepPredictions(this.#notebook, prediction ? { ...others, [this.#id]: prediction } : others);
    this.#showState();
    this.#onChange();
  }

  /** @param {number | number[]} predicted */
  #isRight(predicted) {
    const { answer = [], number, sketch, within = 0 } = this.#predict;
    if (Array.isArray(predicted))
      return sketch !== undefined && distanceOf(predicted, sketch.curve).mean <= within;
    if (number !== undefined) return Math.abs(predicted - number) <= within;
    return [answer].flat().includes(predicted);
  }

  #showState() {
    const prediction = this.#prediction;
    const isDone = this.#isShown && prediction !== undefined;
    const drawn = prediction?.predicted;
    this.#sketch?.show(Array.isArray(drawn) ? drawn : undefined, isDone);
    for (const input of this.#sketch ? [] : this.#fields.querySelectorAll("input")) {
      input.disabled = isDone;
      if (input.type === "radio") {
        input.checked = Number(input.value) === prediction?.predicted;
        const isRight = isDone && this.#isRight(Number(input.value));
        input.closest("label")?.classList.toggle("predict-right", isRight);
      } else input.value = prediction ? String(prediction.predicted) : "";
    }
    const select = this.#fields.querySelector("select");
    if (select) {
      select.disabled = isDone;
      if (prediction) select.value = String(prediction.sure ?? "");
    }
    this.verdict.classList.toggle("predict-right", isDone && prediction.right === true);
    this.verdict.replaceChildren(...(isDone ? this.#verdictOn(prediction) : []));
  }

  /** @param {Prediction} prediction */
  #verdictOn({ predicted, right }) {
    if (Array.isArray(predicted)) return this.#verdictOnCurve(predicted, right === true);
    const it = this.#words(predicted);
    if (right) return [element("strong", {}, "You predicted it: "), ...it];
    const { answer = [], number } = this.#predict;
    const truth = number === undefined ? [answer].flat()[0] : number;
    const words = [element("strong", {}, "You predicted: "), ...it];
    return [...words, element("br"), element("strong", {}, "It is: "), ...this.#words(truth)];
  }

  /** @param {number[]} curve @param {boolean} isRight @returns {(Node | string)[]} */
  #verdictOnCurve(curve, isRight) {
    const { sketch } = this.#predict;
    if (!sketch || !this.#sketch) return [];
    const { first, more } = verdictOn(sketch, curve, isRight);
    return [element("strong", {}, first), more, this.#sketch.withTruth];
  }

  /** A choice in its own words, or a number. @param {number} value @returns {(Node | string)[]} */
  #words(value) {
    if (this.#predict.number !== undefined) return [String(value)];
    const label = this.#fields.querySelector(`input[value="${value}"] + span`)?.cloneNode(true);
    const named = label instanceof Element ? label.querySelectorAll("[id]") : [];
    for (const one of named) one.removeAttribute("id");
    return label ? [label] : [];
  }
}

/** @param {SketchOf} sketch @returns {Sketch | undefined} none if the notebook does not say enough of it */
function sketchOf(sketch) {
  try {
    return new Sketch(sketch);
  } catch (error) {
    console.error("A sketch cannot be drawn: CONTRIBUTING.md says what its metadata needs.", error);
    return undefined;
  }
}

/** Asks how sure the reader is. */
function confidence() {
  const options = CONFIDENCES.map((one) => element("option", { value: String(one) }, `${one} %`));
  const select = element("select", OWN_KEYS, element("option", { value: "" }, "–"), ...options);
  return element("label", {}, element("span", {}, "How sure are you? "), select);
}

/**
 * The line at the end of a notebook that says how many predictions were right, and a button that forgets them.
 * @param {string} notebook
 * @param {() => readonly Question[]} questions those of the notebook, as they are now
 * @param {() => void} onForget called when all are forgotten
 */
export function makeTally(notebook, questions, onForget) {
  const text = element("strong");
  const button = element("button", { type: "button", ...OWN_KEYS }, "Predict anew");
  button.addEventListener("click", () => {
    keepPredictions(notebook, {});
    for (const question of questions()) question.forget();
    onForget();
  });
  const calibration = element("span");
  const where = " Kept by this browser, on this machine only, and not graded. ";
  const line = element("p", { class: "predict-tally", role: "status" });
  line.append(text, calibration, where, button);
  return {
    line,
    /** Says it anew. */
    update: () => {
      const now = scoreText(notebook, questions().length);
      if (text.textContent !== now) text.textContent = now;
      const more = calibrationText(notebook);
      if (calibration.textContent !== more) calibration.textContent = more;
      button.hidden = Object.keys(readPredictions(notebook)).length === 0;
    },
  };
}
