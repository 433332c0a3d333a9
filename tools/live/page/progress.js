/** Carries a learner's progress to another browser or to JupyterLab, as the file that JupyterLab keeps. */
import { chooseFile, download } from "./dom.js";
import { addProgress, readProgress } from "./storage.js";

/** @returns {string} what was done */
export function saveProgress() {
  const text = readProgress();
  if (!text) return "There is no progress to save yet: nothing has been checked and found correct.";
  download("progress.jsonl", text, "application/jsonl");
  return "Saved as progress.jsonl. JupyterLab finds it in the course's folder, another browser with Open progress.";
}

/**
 * Lets the reader choose a file, and adds what it has to what this browser has kept.
 * @returns {Promise<string>} what was done
 */
export async function openProgress() {
  const file = await chooseFile(".jsonl,application/jsonl");
  const lines = (await file.text()).split("\n").filter(isProgress);
  if (lines.length === 0) throw new Error(`${file.name} has no progress of this course in it`);
  const known = new Set(readProgress()?.split("\n"));
  const fresh = lines.filter((line) => !known.has(line));
  if (fresh.length > 0) addProgress(fresh.join("\n"));
  return `${fresh.length} of ${lines.length} notes in ${file.name} are new here. Run a cell with showProgress() to see them all.`;
}

function isProgress(line) {
  try {
    const { part, event, date } = JSON.parse(line);
    return [part, event, date].every((value) => typeof value === "string");
  } catch {
    return false;
  }
}
