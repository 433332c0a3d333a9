// A button on each cell of code that copies it.

const cells = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".code"));
for (const code of cells) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  button.textContent = "Copy";
  const cell = code.getAttribute("aria-label")?.replace(/^Code of /, "");
  button.setAttribute("aria-label", `Copy the code of ${cell}`);
  button.addEventListener("click", async () => {
    // As it is seen: in the editor of a cell that runs here, each line is an element of its own.
    const done = await copy(code.innerText.trim());
    button.textContent = done ? "Copied" : "Selected";
    if (!done) getSelection()?.selectAllChildren(code);
    setTimeout(() => {
      button.textContent = "Copy";
    }, 2000);
  });
  // Beside the code, which scrolls sideways.
  const frame = document.createElement("div");
  frame.className = "with-copy";
  code.before(frame);
  frame.append(code, button);
}

/** @param {string} text */
async function copy(text) {
  try {
    // A server without https has no clipboard: the code is selected then.
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
