/** Makes an exported page run: its buttons, and what they do to the cells. Nothing else is loaded until one is used. */
import { Cell } from "./cell.js";
import { Kernel } from "./kernel.js";
import { openNotebook, saveNotebook } from "./notebook.js";
import { openProgress, saveProgress } from "./progress.js";
import { addProgress, canKeep, forgetAll, readProgress } from "./storage.js";

const bar = /** @type {HTMLElement} */ (document.querySelector(".live"));
const control = (name) => /** @type {any} */ (bar.querySelector(`[data-do="${name}"]`));
const status = /** @type {HTMLElement} */ (bar.querySelector("[role=status]"));

const page = {
  kernel: new Kernel({
    readProgress,
    onProgress: addProgress,
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
      /** @type {HTMLElement} */ (
        document.querySelector(`.run[data-cell="${/** @type {HTMLElement} */ (box).dataset.cell}"]`)
      ),
      page,
    ),
);

const isReady = (cell) => cell.triedIn === page.session;
const before = (cell) => cells.slice(0, cells.indexOf(cell));

/** What is to run when the running cell has come to its end. */
const waiting = [];

/**
 * Runs a cell, after those above that have not run: it may need them. Their results stay closed, for the reader may
 * not have predicted them yet; so they do when all cells are run.
 * @param {Cell} cell
 * @param {{ goOn?: boolean }} [options] `goOn`: the keyboard goes on to the next cell
 */
function run(cell, { goOn = false } = {}) {
  if (goOn) (cells[cells.indexOf(cell) + 1] ?? cell).focus();
  cell.showResult();
  return runInTurn([cell]);
}

/**
 * Runs cells one after the other, each after those above that have not run, until one of them fails. If one above
 * fails, it is not known whether it is needed.
 */
async function runInTurn(some) {
  waiting.push(...some);
  for (const cell of some) cell.say("Waiting …");
  if (page.isBusy) return;
  showBusy(true);
  const ran = [];
  const failed = [];
  while (waiting.length > 0) {
    const cell = waiting[0];
    const above = before(cell).find((one) => !isReady(one));
    if (!above) waiting.shift();
    const next = above ?? cell;
    say(`running cell ${next.number}${above ? `, which cell ${cell.number} may need` : ""} …`);
    const { session } = page;
    if (await next.run()) {
      ran.push(next);
    } else if (session === page.session) {
      failed.push(next.number);
      if (next === cell) runNothingMore();
      next.showResult();
      say(`Cell ${next.number} failed: see below it.`);
    }
    if (waiting.length > 0 || ran.at(-1) !== next) continue;
    if (failed.length === 0) say(`${namesOf(ran)} ran.`);
    else
      say(`Cell ${next.number} ran. Of those above, cell ${failed.join(", ")} failed: see there.`);
  }
  showBusy(false);
}

/** The cells that wait will not run, because one has failed or all variables are gone. */
function runNothingMore() {
  for (const cell of waiting.splice(0)) cell.say("");
}

/** @param {readonly Cell[]} some in the page's order, or a single one */
function namesOf(some) {
  const numbers = some.map(({ number }) => number);
  const [first, last] = [Math.min(...numbers), Math.max(...numbers)];
  return first === last ? `Cell ${first}` : `Cells ${first} to ${last}`;
}

function showBusy(isBusy) {
  page.isBusy = isBusy;
  document.documentElement.dataset.kernel = isBusy ? "busy" : "idle";
  control("stop").disabled = !isBusy;
}

function say(text) {
  status.textContent = text.charAt(0).toUpperCase() + text.slice(1);
}

/** Ends the kernel; the next run starts another. */
function restart(words) {
  page.session = {};
  runNothingMore();
  page.kernel.stop();
  say(words);
}

function showEdits() {
  const edited = cells.filter((cell) => cell.isEdited).length;
  control("kept").textContent = canKeep()
    ? `${edited === 0 ? "No cell of this page is changed." : `Changed cells of this page: ${edited}.`} What you change, predict and pass is kept by this browser, on this machine only.`
    : "This browser keeps nothing for this page: save it as a notebook before you close it.";
  // What has to be known stands there at once.
  if (!canKeep()) bar.querySelector("details")?.setAttribute("open", "");
}

const actions = {
  all: () => runInTurn(cells),
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
  saveProgress: () => say(saveProgress()),
  openProgress: () => openProgress().then(say, (error) => say(`Not opened: ${error.message}`)),
  forget() {
    if (
      !confirm(
        "Delete what this browser has kept of this course: changed cells and predictions of all pages, and progress?",
      )
    )
      return;
    forgetAll();
    document.dispatchEvent(new Event("forgotten"));
    restart("Deleted. The page's code and results are back.");
    for (const cell of cells) cell.restore();
    showEdits();
  },
};
for (const [name, action] of Object.entries(actions)) control(name).onclick = action;
showEdits();
