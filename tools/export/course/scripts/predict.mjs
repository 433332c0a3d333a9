// Questions that ask for a prediction become answerable; what answers them is behind "Show the result".
import {
  makeTally,
  Question,
} from "../../../jupyter/labextensions/activation-lab/static/question.js";

const main = /** @type {HTMLElement | null} */ (document.querySelector("main[data-notebook]"));
const sections = /** @type {NodeListOf<HTMLElement>} */ (
  document.querySelectorAll("[data-predict]")
);
const results = /** @type {HTMLDetailsElement[]} */ ([
  ...document.querySelectorAll("details.result"),
]);

// What is opened for paper, the reader has not asked for.
let isPrinting = false;
addEventListener("beforeprint", () => {
  isPrinting = true;
});
addEventListener("afterprint", () => {
  isPrinting = false;
});

/**
 * The first result below a question.
 * @param {Element} section
 */
function resultOf(section) {
  const isBelow = (/** @type {Element} */ one) =>
    section.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING;
  return results.find(isBelow);
}

/** @param {HTMLElement} page the page's main element @param {string} notebook */
function begin(page, notebook) {
  /** @type {Question[]} */
  const questions = [];
  const close = () => {
    for (const section of sections) resultOf(section)?.removeAttribute("open");
  };
  const tally = makeTally(notebook, () => questions, close);
  for (const section of sections) {
    const { predict = "{}", question: id = "" } = section.dataset;
    const question = new Question({
      notebook,
      id,
      predict: JSON.parse(predict),
      text: section,
      onChange: tally.update,
    });
    questions.push(question);
    const result = resultOf(section);
    if (result) {
      result.querySelector(".outputs")?.before(question.verdict);
      result.addEventListener("toggle", () => {
        if (result.open && !isPrinting) question.show();
      });
    } else {
      section.append(question.verdict);
      question.show();
    }
  }
  page.append(tally.line);
  tally.update();
  // "Delete it" has deleted what the course keeps.
  document.addEventListener("forgotten", () => {
    for (const question of questions) question.forget();
    close();
  });
}

if (main?.dataset.notebook && sections.length > 0) begin(main, main.dataset.notebook);
