/** The fields of questions: choices made of the text that lists them, or one for a number. */
import { element, OWN_KEYS } from "./element.js";

/** Not counted: a page has this module in two of its scripts. */
const uniqueName = () => `predict-${Math.random().toString(36).slice(2)}`;

/**
 * Choices to click in the place of the paragraphs, or of the items of a list, that name them.
 * @param {Element} text
 * @param {readonly Element[]} items
 * @param {readonly string[]} values
 */
export function choicesIn(text, items, values) {
  const place = items[0]?.closest("ul") ?? items[0];
  const name = uniqueName();
  const labels = items.map((item, index) => {
    for (const box of item.querySelectorAll("input")) box.remove();
    const words = element("span");
    words.append(...item.childNodes);
    const [first] = words.childNodes;
    if (first instanceof Text) first.data = first.data.trimStart();
    const input = element("input", { type: "radio", name, value: values[index], ...OWN_KEYS });
    // Not every browser takes an equation for a label.
    const said = words.textContent.trim();
    if (words.querySelector("math")?.textContent === said) input.setAttribute("aria-label", said);
    return element("label", {}, input, words);
  });
  const fields = fieldset(text, place?.previousElementSibling, labels);
  place?.before(fields);
  for (const one of [...items, place]) one?.remove();
  return fields;
}

/** @param {Element} text @param {string} label */
export function numberIn(text, label) {
  const attributes = { type: "number", step: "any", autocomplete: "off", ...OWN_KEYS };
  const input = element("input", attributes);
  // JupyterLab keeps Enter from doing so by itself.
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
  return fieldsAfter(text, element("label", {}, element("span", {}, label), input));
}

/** @param {Element} text @param {HTMLElement} content */
export function fieldsAfter(text, content) {
  const fields = fieldset(text, text.lastElementChild, [content]);
  text.append(fields);
  return fields;
}

/**
 * The fields, named by the paragraph that asks.
 * @param {Element} text
 * @param {Element | null | undefined} question
 * @param {HTMLElement[]} labels
 */
function fieldset(text, question, labels) {
  const asking = question ?? text;
  asking.id ||= uniqueName();
  const about = { class: "predict-fields", "aria-labelledby": asking.id };
  const fields = element("fieldset", about, ...labels);
  // In JupyterLab it would open the source of the text.
  fields.addEventListener("dblclick", (event) => event.stopPropagation());
  return fields;
}
