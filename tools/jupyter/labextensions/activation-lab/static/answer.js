/**
 * Questions of exercises, whose answer is in the code of the cell below: `exercise.answer("decay", "?");`. What is chosen
 * or typed is written there. For JupyterLab, which serves scripts from this folder only, and for the pages that run.
 */
import { choicesIn, numberIn } from "./fields.js";

/** The call, and the letter or number that it gets. Anything else is what the learner computes. */
const CALL = /(exercise\.answer\("\w+",\s*)("[^"]*"|'[^']*'|-?[\d.]+(?:e[-+]?\d+)?)(?=\s*\))/;

/** Whether a cell answers a question with a letter or a number. @param {string} code */
export function isAnswer(code) {
  return CALL.test(code);
}

/** By how much an arrow key goes on. @type {Record<string, number>} */
const STEPS = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };

/**
 * Makes a question answerable.
 * @param {Element} text as it is shown, ending with its choices, a paragraph each that begins with a), b) and so on; without
 *   any it asks for a number
 * @param {() => string} read gives the code of the cell below
 * @param {(code: string) => void} answer gets the code with another answer in it
 * @returns {() => void} shows what the code has now
 */
export function makeAnswerable(text, read, answer) {
  const letterOf = (/** @type {Element} */ one) =>
    /^\s*([a-z])\) /.exec(one.textContent)?.[1] ?? "";
  const choices = [...text.querySelectorAll("p")].filter(letterOf);
  const isChoice = choices.length > 0;
  const fields = isChoice
    ? choicesIn(text, choices, choices.map(letterOf))
    : numberIn(text, "Your answer: ");
  const inputs = [...fields.querySelectorAll("input")];

  /** @type {string | undefined} */
  let shown;
  function show() {
    const given = CALL.exec(read())?.[2] ?? "";
    // What is being typed stays.
    if (given === shown) return;
    shown = given;
    fields.disabled = given === "";
    const letter = given.slice(1, -1).trim().toLowerCase();
    for (const input of inputs)
      if (isChoice) input.checked = input.value === letter;
      else input.value = Number.isNaN(Number(given)) ? "" : given;
  }

  fields.addEventListener("change", ({ target }) => {
    const { value } = /** @type {HTMLInputElement} */ (target);
    // 007 is a number, but not in code.
    const written = isChoice || value === "" ? `"${value || "?"}"` : String(Number(value));
    // A field changes once more when it is left.
    if (written === shown) return;
    answer(read().replace(CALL, (_, call) => call + written));
    show();
  });

  // An arrow would choose, and so answer, on its way to the next choice.
  fields.addEventListener("keydown", (event) => {
    const at = inputs.indexOf(/** @type {HTMLInputElement} */ (event.target));
    const step = STEPS[event.key];
    const isOther = step === undefined && event.key !== "Enter";
    if (!isChoice || isOther || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    if (step === undefined) inputs[at].click();
    else inputs.at((at + step) % inputs.length)?.focus();
  });

  show();
  return show;
}
