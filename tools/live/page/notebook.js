/** Saves the page as a notebook file, which JupyterLab opens, and takes the code from one. */
import { chooseFile, download } from "./dom.js";
import { addressOf, loadPart } from "./parts.js";

/** @param {readonly import("./cell.js").Cell[]} cells */
export async function saveNotebook(cells) {
  const { name, notebook } = JSON.parse(await loadPart("notebook", addressOf("notebook")));
  codeCells(notebook).forEach((cell, index) => {
    cell.source = cells[index].code;
  });
  download(name, `${JSON.stringify(notebook, null, 1)}\n`, "application/x-ipynb+json");
}

/**
 * Lets the reader choose a file.
 * @param {readonly import("./cell.js").Cell[]} cells
 * @returns {Promise<string>} what was done
 */
export async function openNotebook(cells) {
  const file = await chooseFile(".ipynb,application/x-ipynb+json");
  const { notebook } = JSON.parse(await loadPart("notebook", addressOf("notebook")));
  const own = codeCells(notebook);
  const theirs = codeCells(parse(await file.text(), file.name));
  let taken = 0;
  for (const [index, cell] of own.entries()) {
    // By its id, or by its place if the file's cells have other ids.
    const found =
      theirs.find(({ id }) => id === cell.id) ??
      (theirs.length === own.length ? theirs[index] : undefined);
    if (!found) continue;
    cells[index].replaceCode([found.source].flat().join(""));
    taken += 1;
  }
  if (taken === 0)
    throw new Error(`${file.name} has no cell of this page: is it a notebook of another page?`);
  const left = theirs.length - taken;
  const more = left > 0 ? ` ${left} of its code cells are not on this page.` : "";
  return `The code of ${taken} cells comes from ${file.name} now.${more}`;
}

function parse(text, name) {
  let notebook;
  try {
    notebook = JSON.parse(text);
  } catch {
    // Said below.
  }
  if (!Array.isArray(notebook?.cells)) throw new Error(`${name} is no notebook file`);
  return notebook;
}

/** Those that have code. */
function codeCells({ cells }) {
  return cells.filter((cell) => cell.cell_type === "code" && [cell.source].flat().join("").trim());
}
