/** Elements and files. */

/**
 * @param {string} tag
 * @param {Record<string, any>} [attributes] functions listen to events
 * @param {...(Node | string)} children
 * @returns {any}
 */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(name, value);
    else made.setAttribute(name, value);
  }
  made.append(...children);
  return made;
}

/** Gives the reader a file. */
export function download(name, text, type) {
  const address = URL.createObjectURL(new Blob([text], { type }));
  element("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/**
 * Lets the reader choose a file.
 * @param {string} accept its kinds
 * @returns {Promise<File>}
 */
export function chooseFile(accept) {
  const input = element("input", { type: "file", accept });
  return new Promise((resolve) => {
    input.onchange = () => resolve(input.files[0]);
    input.click();
  });
}
