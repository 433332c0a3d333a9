/** What every figure has around what it draws: its controls, what it says in words, and what it says aloud. */
import { element } from "./controls.mjs";

/** Milliseconds in which nothing changes before a screen reader is told. */
const QUIET = 700;

/**
 * @typedef {object} Frame
 * @property {HTMLElement} element
 * @property {HTMLElement} controls
 * @property {HTMLElement} stage
 * @property {(text: string) => void} tell shows what there is to see in words; read out when it stays for a moment
 * @property {() => void} end
 */

/** @returns {Frame} */
export function frame() {
  const controls = element("div", { class: "ex-controls" });
  const stage = element("div", { class: "ex-stage" });
  const words = element("p", { class: "ex-words" });
  // Not the words themselves: they may change with every frame.
  const aloud = element("p", { class: "ex-aloud", role: "status" });
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let isFirst = true;
  return {
    element: element("div", { class: "ex-body" }, controls, stage, words, aloud),
    controls,
    stage,
    tell(text) {
      if (words.textContent === text) return;
      words.textContent = text;
      clearTimeout(timer);
      // What stands there from the beginning is no news.
      if (!isFirst)
        timer = setTimeout(() => {
          aloud.textContent = text;
        }, QUIET);
      isFirst = false;
    },
    end: () => clearTimeout(timer),
  };
}
