/** What questions and sketches make their parts with. */

/** Keys are for the field that has the focus: none of JupyterLab's shortcuts, which would move and delete cells. */
export const OWN_KEYS = { "data-lm-suppress-shortcuts": "true" };

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, string>} [attributes]
 * @param {...(Node | string)} children
 */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}
