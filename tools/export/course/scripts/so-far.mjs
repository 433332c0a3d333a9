// The contents say what was done so far: which exercises are passed, and how many predictions were right.
import { KEPT, scoreOf } from "../../../jupyter/labextensions/activation-lab/static/question.js";

const summary = /** @type {HTMLElement | null} */ (document.querySelector(".contents .so-far"));
const entries = /** @type {NodeListOf<HTMLElement>} */ (
  document.querySelectorAll(".contents [data-notebook]")
);

/** The parts of exercises that are correct, of all that the library has noted line by line. */
function correctParts() {
  /** @type {Set<string>} */
  const correct = new Set();
  try {
    for (const line of (localStorage.getItem(`${KEPT}progress`) ?? "")
      .split("\n")
      .filter(Boolean)) {
      const { part, event } = JSON.parse(line);
      if (event === "correct") correct.add(part);
    }
  } catch {
    // Nothing is kept, or something that the library will speak of.
  }
  return correct;
}

/** @param {HTMLElement} box */
function showProgress(box) {
  const correct = correctParts();
  const total = { right: 0, seen: 0, parts: 0, passed: 0 };
  for (const entry of entries) {
    const { notebook = "", parts = "" } = entry.dataset;
    const { right, seen } = scoreOf(notebook);
    total.right += right;
    total.seen += seen;
    const words = seen > 0 ? [`You predicted ${right} of ${seen}`] : [];
    const all = parts.split(" ").filter(Boolean);
    const done = all.filter((part) => correct.has(part)).length;
    if (done > 0) words.push(done === all.length ? "Passed" : `${done} of ${all.length} parts`);
    if (done > 0 && done === all.length) total.passed += 1;
    total.parts += done;
    for (const word of words) {
      const said = document.createElement("span");
      said.className = "done";
      said.textContent = word;
      entry.querySelector(".time")?.append(said);
    }
  }
  const counted = (/** @type {number} */ count, /** @type {string} */ what) =>
    `${count} ${what}${count === 1 ? "" : "s"}`;
  const words = [];
  if (total.seen > 0) words.push(`predicted ${total.right} of ${total.seen}`);
  if (total.passed > 0) words.push(`passed ${counted(total.passed, "exercise")}`);
  else if (total.parts > 0) words.push(`solved ${counted(total.parts, "part")} of exercises`);
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
