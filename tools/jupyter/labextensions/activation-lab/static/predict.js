/** Predictions in JupyterLab: in rendered cells and beside outputs, without a change to the notebook. */
import { nameOf, onRender, textIn } from "./panel.js";
import { makeTally, Question } from "./question.js";

/** @import { Cell, Panel } from "./panel.js" */

// JupyterLab shows the beginning of a hidden output in its place, which would give it away.
const style = `
.jp-OutputPlaceholder .jp-PlaceholderText { display: none; }
.jp-OutputPlaceholder .jp-Placeholder-contentContainer::before { content: "Show the result"; }
.predict-fields { margin: 0.5em 0; padding: 0; border: 0; }
.predict-fields label { display: flex; gap: 0.6em; align-items: baseline; padding: 0.3em 0; }
.predict-fields input { flex: none; margin: 0; accent-color: var(--jp-brand-color1); }
.predict-fields [type="number"] { width: 9em; padding: 0.2em 0.5em; font: inherit; color: inherit;
  background: var(--jp-layout-color1); border: 1px solid var(--jp-border-color0); }
.predict-fields .predict-right { font-weight: 600; }
.predict-fields .predict-right::after { content: "✓" / "right"; }
.predict-verdict, .predict-tally { margin: 0.5em 0 0.5em var(--jp-cell-prompt-width); padding: 0.4em 0.9em;
  color: var(--jp-content-font-color1); font: var(--jp-content-font-size1) / 1.5 var(--jp-content-font-family); }
.predict-verdict { background: var(--jp-layout-color2); border-left: 4px solid var(--jp-border-color0); }
.predict-verdict.predict-right { border-left-color: var(--jp-brand-color1); }
.predict-verdict:empty { display: none; }
`;
document.head.append(Object.assign(document.createElement("style"), { textContent: style }));

/** @param {Panel} panel a notebook that is open */
export function askIn(panel) {
  const { content } = panel;
  /** @type {Map<string, Question>} by the ids of their cells */
  const questions = new Map();
  /** @type {Set<string>} the cells whose output is, or was, hidden: JupyterLab forgets it once it is shown */
  const hidden = new Set();
  const notebook = nameOf(panel);
  const tally = makeTally(
    notebook,
    () => [...questions.values()],
    () => {
      for (const cell of content.widgets) if (isQuestion(cell)) hide(resultOf(cell));
    },
  );

  /**
   * The cell that answers a question: the first below it whose output is or was hidden, else the first that has one.
   * @param {Cell} cell
   */
  function resultOf(cell) {
    const below = content.widgets.slice(content.widgets.indexOf(cell) + 1);
    // Up to the next question; several may stand together and have one result.
    const start = below.findIndex((one) => !isQuestion(one));
    const end = below.findIndex((one, index) => index > start && isQuestion(one));
    const between = end < 0 ? below : below.slice(0, end);
    return (
      between.find(({ model }) => hidden.has(model.id)) ??
      between.find(({ model }) => (model.outputs?.length ?? 0) > 0)
    );
  }

  function update() {
    for (const { model } of content.widgets)
      if (model.getMetadata("jupyter")?.outputs_hidden) hidden.add(model.id);
    const asking = content.widgets.filter(isQuestion);
    for (const cell of asking) ask(cell);
    const ids = new Set(asking.map(({ model }) => model.id));
    for (const [id, { verdict }] of questions) {
      if (ids.has(id)) continue;
      verdict.remove();
      questions.delete(id);
    }
    const last = content.widgets.at(-1)?.node;
    if (questions.size === 0) tally.line.remove();
    else if (last && tally.line.parentElement !== last) last.append(tally.line);
    tally.update();
  }

  /** @param {Cell} cell with a question */
  function ask(cell) {
    const { id } = cell.model;
    const text = textIn(cell);
    if (text) {
      questions.get(id)?.verdict.remove();
      const predict = cell.model.getMetadata("predict");
      const question = new Question({ notebook, id, predict, text, onChange: tally.update });
      questions.set(id, question);
    }
    const question = questions.get(id);
    if (!question) return;
    const result = resultOf(cell);
    const outputs = result?.node.querySelector(".jp-Cell-outputWrapper");
    if (!result) {
      // The answer below it tells.
      if (!question.verdict.isConnected) cell.node.append(question.verdict);
      if (!question.isShown) question.show();
    }
    if (!result || !outputs) return;
    // Several questions may have one result.
    if (question.verdict.parentElement !== outputs.parentElement) outputs.before(question.verdict);
    if (isInView(result) && !question.isShown) question.show();
  }

  onRender(panel, update);
}

/** @param {Cell} cell */
function isQuestion({ model }) {
  return Boolean(model.getMetadata("predict"));
}

/** @param {Cell | undefined} cell */
function hide(cell) {
  if (cell) cell.outputHidden = true;
}

/** @param {Cell} cell */
function isInView(cell) {
  return !cell.isPlaceholder?.() && !cell.outputHidden && (cell.model.outputs?.length ?? 0) > 0;
}
