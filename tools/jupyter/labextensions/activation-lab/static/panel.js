/** What questions use of a notebook that is open in JupyterLab. */

/**
 * @typedef {{ type: string, id: string, outputs?: { length: number }, getMetadata: (key: string) => any,
 *   sharedModel: { getSource: () => string, setSource: (code: string) => void }, contentChanged: any }} CellModel
 * @typedef {{ model: CellModel, node: HTMLElement, outputHidden?: boolean, isPlaceholder?: () => boolean }} Cell
 * @typedef {{ context: { path: string, sessionContext: any }, content: { node: HTMLElement, widgets: readonly Cell[] }, disposed: any }} Panel
 */

/** As the exported pages call the notebook. @param {Panel} panel */
export function nameOf({ context }) {
  const [folder, file] = context.path.split("/").slice(-2);
  const name = file === undefined ? folder : file;
  const inside = file !== undefined && /^(exercises|solutions)$/.test(folder) ? `${folder}/` : "";
  return inside + name.replace(/\.ipynb$/, "");
}

/** Calls a function now and whenever something is shown. @param {Panel} panel @param {() => void} update */
export function onRender({ content, disposed }, update) {
  let isDue = false;
  const observer = new MutationObserver(() => {
    if (isDue) return;
    isDue = true;
    requestAnimationFrame(() => {
      isDue = false;
      update();
    });
  });
  observer.observe(content.node, { childList: true, subtree: true });
  disposed.connect(() => observer.disconnect());
  update();
}

/**
 * A question's text, if it has no fields yet: it is rendered when it comes into view, and again after it was edited.
 * @param {Cell} cell
 */
export function textIn({ node }) {
  const text = node.querySelector(".jp-RenderedMarkdown");
  return text?.childElementCount && !text.querySelector(".predict-fields") ? text : undefined;
}
