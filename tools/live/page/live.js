/** Makes an exported page run: its buttons, and what they do to the cells. Nothing else is loaded until one is used. */
import { Cell } from "./cell.js";
import { Kernel } from "./kernel.js";
import { openNotebook, saveNotebook } from "./notebook.js";
import { canKeep, forgetAll, keepProgress, readProgress } from "./storage.js";

const bar = document.querySelector(".live");
const control = (name) => /** @type {any} */ (bar.querySelector(`[data-do="${name}"]`));
const status = bar.querySelector("[role=status]");

const page = {
  kernel: new Kernel({
    readProgress,
    onProgress: keepProgress,
  }),
  /** Another one each time that all variables are gone. */
  session: {},
  isBusy: false,
  run,
  hasRunBefore: (cell) => before(cell).every(isReady),
  onEdit: showEdits,
};

const cells = [...document.querySelectorAll(".code[data-cell]")].map(
  (box) =>
    new Cell(
      /** @type {HTMLElement} */ (box),
      document.querySelector(`.run[data-cell="${/** @type {HTMLElement} */ (box).dataset.cell}"]`),
      page,
    ),
);

const isReady = (cell) => cell.ranIn === page.session;
const before = (cell) => cells.slice(0, cells.indexOf(cell));

/**
 * Runs a cell, after those above that have not run: it may need them.
 * @param {Cell} cell
 * @param {{ goOn?: boolean }} [options] `goOn`: the keyboard goes on to the next cell
 */
async function run(cell, { goOn = false } = {}) {
  if (page.isBusy) {
    say("Wait until the running cell has come to its end, or stop it.");
    return;
  }
  const first = before(cell).filter((one) => !isReady(one));
  const next = cells[cells.indexOf(cell) + 1];
  if (goOn) (next ?? cell).focus();
  await runAll([...first, cell], first.length > 0 ? `${namesOf(first)} above first: ` : "");
}

function namesOf(some) {
  const [first] = some;
  const last = some.at(-1);
  return first === last ? `Cell ${first.number}` : `Cells ${first.number} to ${last.number}`;
}

/** Runs cells in turn, until one fails. */
async function runAll(some, why = "") {
  page.isBusy = true;
  document.documentElement.dataset.kernel = "busy";
  control("stop").disabled = false;
  const { session } = page;
  try {
    for (const cell of some) {
      say(`${why}running cell ${cell.number} …`);
      if (await cell.run()) continue;
      say(
        session === page.session
          ? `Cell ${cell.number} failed: see below it.`
          : "Stopped. All variables are gone.",
      );
      return;
    }
    say(some.length > 1 ? `${namesOf(some)} ran.` : `Cell ${some[0].number} ran.`);
  } finally {
    page.isBusy = false;
    delete document.documentElement.dataset.kernel;
    control("stop").disabled = true;
  }
}

function say(text) {
  status.textContent = text.charAt(0).toUpperCase() + text.slice(1);
}

/** Ends the kernel; the next run starts another. */
function restart(words) {
  page.session = {};
  page.kernel.stop();
  say(words);
}

function showEdits() {
  const edited = cells.filter((cell) => cell.isEdited).length;
  control("kept").textContent = canKeep
    ? `${edited === 0 ? "No cell of this page is changed." : `Changed cells of this page: ${edited}.`} What you change and pass is kept by this browser, on this machine only.`
    : "This browser keeps nothing for this page: save it as a notebook before you close it.";
}

const actions = {
  all: () => !page.isBusy && cells.length > 0 && runAll(cells),
  stop: () => restart("Stopped. All variables are gone."),
  restart: () =>
    restart("Restarted: all variables are gone, and the next run begins with the first cell."),
  restore() {
    const edited = cells.filter((cell) => cell.isEdited);
    if (edited.length > 0 && !confirm(`Give up the changes to ${namesOf(edited)}?`)) return;
    restart("The page's code and results are back.");
    for (const cell of cells) cell.restore();
    showEdits();
  },
  save: () => saveNotebook(cells).catch((error) => say(`Not saved: ${error.message}`)),
  open: () => openNotebook(cells).then(say, (error) => say(`Not opened: ${error.message}`)),
  forget() {
    if (
      !confirm(
        "Delete what this browser has kept of this course: changed cells of all pages, and progress?",
      )
    )
      return;
    forgetAll();
    restart("Deleted. The page's code and results are back.");
    for (const cell of cells) cell.restore();
    showEdits();
  },
};
for (const [name, action] of Object.entries(actions)) control(name).onclick = action;
showEdits();
