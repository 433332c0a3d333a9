// The arrow keys lead to the previous and the next page, where they have nothing else to do.

const taken =
  "input, textarea, select, button, summary, dialog, [contenteditable], [tabindex], .plot, .modebar";

document.addEventListener("keydown", (event) => {
  const rel = { ArrowLeft: "prev", ArrowRight: "next" }[event.key];
  const target = /** @type {Element} */ (event.target);
  const isModified = event.ctrlKey || event.altKey || event.metaKey || event.shiftKey;
  if (!rel || isModified || event.defaultPrevented || target.closest(taken)) return;
  const link = document.querySelector(`.neighbours a[rel="${rel}"]`);
  if (link instanceof HTMLAnchorElement) link.click();
});
