// The contents say what was done so far: which exercises are passed, and how many predictions were right.
import { KEPT, scoreOf } from "../../../jupyter/labextensions/activation-lab/static/question.js";

const summary = /** @type {HTMLElement | null} */ (document.querySelector(".contents .so-far"));
const entries = /** @type {NodeListOf<HTMLElement>} */ (
  document.querySelectorAll(".contents [data-notebook]")
);

/** The keys of the exercises that are passed, as the library notes them. @returns {string[]} */
function passedExercises() {
  try {
    return JSON.parse(localStorage.getItem(`${KEPT}progress`) ?? "{}").passed ?? [];
  } catch {
    return [];
  }
}

/** As the library calls an exercise: fiftyLayers for exercises/2-fifty-layers. @param {string} notebook */
function keyOf(notebook) {
  return notebook
    .replace(/^exercises\/\d+-/, "")
    .replace(/-(\w)/g, (_, letter) => letter.toUpperCase());
}

/** @param {HTMLElement} box */
function showProgress(box) {
  const passed = passedExercises();
  const total = { right: 0, seen: 0, passed: 0 };
  for (const entry of entries) {
    const { notebook = "" } = entry.dataset;
    const { right, seen } = scoreOf(notebook);
    total.right += right;
    total.seen += seen;
    const words = seen > 0 ? [`You predicted ${right} of ${seen}`] : [];
    if (notebook.startsWith("exercises/") && passed.includes(keyOf(notebook))) {
      total.passed += 1;
      words.push("Passed");
    }
    for (const word of words) {
      const said = document.createElement("span");
      said.className = "done";
      said.textContent = word;
      entry.querySelector(".time")?.append(said);
    }
  }
  const words = [
    ...(total.seen > 0 ? [`predicted ${total.right} of ${total.seen}`] : []),
    ...(total.passed > 0
      ? [`passed ${total.passed} exercise${total.passed === 1 ? "" : "s"}`]
      : []),
  ];
  box.hidden = words.length === 0;
  const strong = box.querySelector("strong");
  if (strong) strong.textContent = `So far you have ${words.join(" and ")}.`;
}

if (summary) {
  summary.querySelector("button")?.addEventListener("click", () => {
    const question =
      "Delete what this browser has kept of this course: changed cells and predictions of all pages, and progress?";
    if (!confirm(question)) return;
    for (const key of Object.keys(localStorage))
      if (key.startsWith(KEPT)) localStorage.removeItem(key);
    for (const word of document.querySelectorAll(".contents .done")) word.remove();
    summary.hidden = true;
  });
  showProgress(summary);
}
