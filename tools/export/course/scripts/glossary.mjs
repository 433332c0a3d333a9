// Where a term of the glossary first stands in a section, its meaning is shown on hover, focus and touch.
import { computePosition, flip, offset, shift } from "@floating-ui/dom";
import glossary from "../../../../data/glossary.json" with { type: "json" };

/** @typedef {(typeof glossary)[number]} Entry */

/** Text in these is code, has a meaning of its own, or cannot have a link in it. */
const SKIPPED =
  "a, button, code, pre, h1, h2, h3, h4, math, summary, details, table, figure, fieldset";

/** @type {Map<string, Entry>} by each of its forms, in lower case */
const entries = new Map(
  glossary.flatMap((entry) =>
    [entry.term, ...entry.also].map((form) => [form.toLowerCase(), entry]),
  ),
);
// Leaky ReLU before ReLU.
const forms = [...entries.keys()].sort((a, b) => b.length - a.length);
const anyForm = new RegExp(`(?<![\\w-])(?:${forms.join("|")})(?![\\w-])`, "gi");

// Empty where a page carries everything: it may be alone, without the glossary's page.
const own = document.currentScript?.getAttribute("src") ?? "";
const page = own && new URL("../glossary.html", new URL(own, location.href)).href;

const tooltip = document.createElement("div");
tooltip.id = "definition";
tooltip.className = "definition";
tooltip.setAttribute("role", "tooltip");
tooltip.hidden = true;
/** @type {HTMLElement | undefined} */
let shown;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let hiding;

/**
 * @param {HTMLElement} element
 * @param {Entry} entry
 */
async function show(element, { term, said, means }) {
  clearTimeout(hiding);
  if (shown === element) return;
  shown = element;
  const [name, saying, meaning] = ["strong", "q", "p"].map((tag) => document.createElement(tag));
  name?.append(term);
  saying?.append(said);
  meaning?.append(means);
  tooltip.replaceChildren(name ?? "", " ", saying ?? "", meaning ?? "");
  tooltip.hidden = false;
  const { x, y } = await computePosition(element, tooltip, {
    placement: "top",
    middleware: [offset(6), flip(), shift({ padding: 8 })],
  });
  Object.assign(tooltip.style, { left: `${x}px`, top: `${y}px` });
}

function hide() {
  clearTimeout(hiding);
  shown = undefined;
  tooltip.hidden = true;
}

/** Not at once, so that the pointer can go to what is shown. */
function hideSoon() {
  hiding = setTimeout(hide, 200);
}

/**
 * @param {string} text as it stands on the page
 * @param {Entry} entry
 */
function termElement(text, entry) {
  /** @type {HTMLAnchorElement | HTMLButtonElement} */
  const element = document.createElement(page ? "a" : "button");
  if (element instanceof HTMLAnchorElement) element.href = `${page}#${idOf(entry.term)}`;
  else element.type = "button";
  element.className = "term";
  element.textContent = text;
  element.setAttribute("aria-describedby", tooltip.id);
  element.addEventListener("pointerenter", (/** @type {any} */ { pointerType }) => {
    if (pointerType === "mouse") show(element, entry);
  });
  element.addEventListener("pointerleave", hideSoon);
  element.addEventListener("focus", () => show(element, entry));
  element.addEventListener("blur", hideSoon);
  // A finger shows the meaning first, and follows the link the second time.
  let wasShown = false;
  element.addEventListener("pointerdown", () => {
    wasShown = shown === element;
  });
  element.addEventListener("click", (event) => {
    const isTouch = /** @type {PointerEvent} */ (event).pointerType === "touch";
    if (!isTouch || wasShown) return;
    event.preventDefault();
    show(element, entry);
  });
  return element;
}

/** As in course_site.py. @param {string} term */
function idOf(term) {
  return term.toLowerCase().replaceAll(" ", "-");
}

/**
 * Marks what has not stood in the section yet.
 * @param {Text} node
 * @param {Set<Entry>} seen
 */
function markTerms(node, seen) {
  const parts = [];
  let end = 0;
  for (const match of node.data.matchAll(anyForm)) {
    const entry = entries.get(match[0].toLowerCase());
    if (!entry || seen.has(entry)) continue;
    seen.add(entry);
    parts.push(node.data.slice(end, match.index), termElement(match[0], entry));
    end = match.index + match[0].length;
  }
  if (parts.length > 0) node.replaceWith(...parts, node.data.slice(end));
}

function markAll() {
  const main = document.querySelector("main:not(.contents)");
  if (!main) return;
  /** @type {Set<Entry>} */
  const seen = new Set();
  const walker = document.createTreeWalker(main, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, {
    acceptNode: (node) =>
      node instanceof Element && node.matches(SKIPPED) && !node.matches("h2")
        ? NodeFilter.FILTER_REJECT
        : NodeFilter.FILTER_ACCEPT,
  });
  const texts = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node instanceof Element && node.matches("h2")) texts.push("section");
    else if (
      node instanceof Text &&
      node.parentElement?.closest(".text") &&
      !node.parentElement.closest("h2")
    )
      texts.push(node);
  }
  for (const one of texts) {
    if (one instanceof Text) markTerms(one, seen);
    else seen.clear();
  }
  main.append(tooltip);
}

tooltip.addEventListener("pointerenter", () => clearTimeout(hiding));
tooltip.addEventListener("pointerleave", hideSoon);
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") hide();
});
// After what the reader waits for.
setTimeout(markAll);
