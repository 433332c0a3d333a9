// Questions of exercises become answerable where cells run: the answer goes into the cell below, which runs.
import {
  isAnswer,
  makeAnswerable,
} from "../../../jupyter/labextensions/activation-lab/static/answer.js";

// A solution has its answers.
const bars = document.querySelectorAll('main:not([data-notebook^="solutions/"]) .run');
for (const bar of /** @type {NodeListOf<HTMLElement>} */ (bars)) {
  const { cell = "" } = bar.dataset;
  const box = document.querySelector(`.code[data-cell="${cell}"]`);
  const above = bar.closest("main > div")?.previousElementSibling;
  const text = above?.querySelector(":scope > section.text");
  const code = box?.textContent.trim() ?? "";
  if (box && text && isAnswer(code)) ask(box, text, code);
}

/** @param {Element} box with the code @param {Element} text @param {string} code */
function ask(box, text, code) {
  let now = code;
  const answer = (/** @type {string} */ detail) => {
    box.dispatchEvent(new CustomEvent("answer", { detail }));
  };
  const show = makeAnswerable(text, () => now, answer);
  box.addEventListener("code", (event) => {
    now = /** @type {CustomEvent} */ (event).detail;
    show();
  });
  // What comes of it is read out.
  const outputs = box.closest("main > div")?.querySelector(".outputs");
  outputs?.setAttribute("role", "status");
}
