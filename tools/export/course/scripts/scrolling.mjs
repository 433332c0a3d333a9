// Only what scrolls is a stop of the Tab key. Chromium and Firefox see to that themselves, Safari does not.

// Where cells run, they are stops of their own.
const code = document.querySelector(".live") ? "" : ".code, ";
const scrollers = /** @type {HTMLElement[]} */ ([
  ...document.querySelectorAll(`${code}.printed, .table, .equation`),
]);

function markScrollers() {
  for (const one of scrollers) {
    if (one.scrollWidth > one.clientWidth) one.tabIndex = 0;
    else one.removeAttribute("tabindex");
  }
}

const sizes = new ResizeObserver(markScrollers);
for (const one of scrollers) sizes.observe(one);
// Equations are as wide as their font makes them.
document.fonts.ready.then(markScrollers);
