/** Questions of exercises in JupyterLab: what is chosen is written into the cell below, which runs. */
import { isAnswer, makeAnswerable } from "./answer.js";
import { nameOf, onRender, textIn } from "./panel.js";

/** @import { Cell, Panel } from "./panel.js" */

/** @param {Panel} panel a notebook that is open @param {(cells: Cell[]) => void} run */
export function answerIn(panel, run) {
  // A solution has its answers.
  if (nameOf(panel).startsWith("solutions/")) return;
  const { content, context } = panel;
  /** What shows the answers, by the cells that ask. @type {Map<Cell, () => void>} */
  const shown = new Map();

  /** @param {Cell} cell */
  function below(cell) {
    const next = content.widgets[content.widgets.indexOf(cell) + 1];
    return next?.model.type === "code" ? next : undefined;
  }

  function update() {
    for (const cell of content.widgets) {
      if (cell.model.type !== "markdown") continue;
      const next = below(cell);
      const text = textIn(cell);
      if (text && next && isAnswer(codeOf(next))) ask(cell, text, next);
      else shown.get(cell)?.();
    }
  }

  /** Whether the kernel has it: not if nothing has run since it started. @param {string} name */
  async function isKnown(name) {
    const about = { code: name, cursor_pos: name.length };
    const reply = await context.sessionContext.session?.kernel?.requestComplete(about);
    return reply?.content.matches?.includes(name) === true;
  }

  /** @param {Cell} cell @param {Element} text @param {Cell} next */
  function ask(cell, text, next) {
    const answer = async (/** @type {string} */ code) => {
      const now = below(cell);
      if (!now) return;
      now.model.sharedModel.setSource(code);
      const before = (await isKnown("exercise"))
        ? []
        : content.widgets.filter(declares).slice(0, 1);
      run([...before, now]);
    };
    if (!shown.has(cell)) next.model.contentChanged.connect(() => shown.get(cell)?.());
    shown.set(
      cell,
      makeAnswerable(text, () => codeOf(below(cell)), answer),
    );
  }

  onRender(panel, update);
}

/** @param {Cell} cell */
function declares(cell) {
  return cell.model.type === "code" && /^const exercise =/m.test(codeOf(cell));
}

/** @param {Cell | undefined} cell */
function codeOf(cell) {
  return cell?.model.sharedModel.getSource() ?? "";
}
