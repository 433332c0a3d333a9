/** What the browser keeps of a learner's work: edited cells by page, and progress over all pages. */
import { KEPT as PREFIX } from "../../jupyter/labextensions/activation-lab/static/question.js";

const PROGRESS = `${PREFIX}progress`;

/** A page of a site that is moved, or opened from another folder, is the same page. */
const page = decodeURIComponent(location.pathname).split("/").slice(-2).join("/");
const keyOf = (cell) => `${PREFIX}${page}:${cell}`;

let keeps = true;

/** A page may not be allowed to keep anything, or there may be no room: then it goes on without, and says so. */
function attempt(work) {
  try {
    return work();
  } catch {
    keeps = false;
    return undefined;
  }
}

/** Whether what is changed is kept. */
export function canKeep() {
  return keeps;
}

export function readEdit(cell) {
  return attempt(() => localStorage.getItem(keyOf(cell))) ?? undefined;
}

export function keepEdit(cell, code) {
  attempt(() => localStorage.setItem(keyOf(cell), code));
}

export function forgetEdit(cell) {
  attempt(() => localStorage.removeItem(keyOf(cell)));
}

export function readProgress() {
  return attempt(() => localStorage.getItem(PROGRESS)) ?? undefined;
}

/** Only ever adds, so that pages that are open at once lose nothing to one another. */
export function addProgress(lines) {
  attempt(() =>
    localStorage.setItem(PROGRESS, `${localStorage.getItem(PROGRESS) ?? ""}${lines}\n`),
  );
}

/** Edits of all pages, and progress. */
export function forgetAll() {
  attempt(() => {
    for (const key of Object.keys(localStorage))
      if (key.startsWith(PREFIX)) localStorage.removeItem(key);
  });
}
