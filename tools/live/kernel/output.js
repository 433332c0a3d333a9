/** What cells print and show, on its way to the page. */

/** Characters after which what is printed goes at once: a loop may print more than memory holds. */
const MOST_KEPT = 50_000;
/** Milliseconds. */
const PAUSE = 20;

let kept = { name: "", text: "" };
let timer;

/** @param {"stdout" | "stderr"} name */
export function print(name, text) {
  if (kept.name !== name) flush();
  kept = { name, text: kept.text + text };
  if (kept.text.length > MOST_KEPT) flush();
  else timer ??= setTimeout(flush, PAUSE);
}

/**
 * Shows a bundle by MIME type, like a kernel's `display_data`.
 * @param {object} data
 * @param {{ id?: string, update?: boolean }} [options]
 */
export function display(data, { id, update = false } = {}) {
  flush();
  // The page may know more about things than can be sent.
  postMessage({ type: "display", data: JSON.parse(JSON.stringify(data)), id, update });
}

/** Sends what was printed: before anything else is sent. */
export function flush() {
  clearTimeout(timer);
  timer = undefined;
  const { name, text } = kept;
  kept = { name: "", text: "" };
  if (text) postMessage({ type: "stream", name, text });
}
