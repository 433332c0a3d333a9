// Headings can be linked to, and the contents show which section is being read.

for (const heading of document.querySelectorAll("main :is(h2, h3, h4)[id]")) {
  const link = document.createElement("a");
  link.className = "anchor";
  link.href = `#${encodeURIComponent(heading.id)}`;
  // Of the heading's own words, so that it is read out once only; a link cannot have links in it.
  if (heading.querySelector("a")) {
    link.setAttribute("aria-label", `Link to the section ${heading.textContent}`);
    heading.append(link);
  } else {
    link.append(...heading.childNodes);
    heading.append(link);
  }
}

/** @type {Map<Element | null, Element>} */
const entries = new Map();
for (const link of document.querySelectorAll(".toc a")) {
  const id = decodeURIComponent(/** @type {HTMLAnchorElement} */ (link).hash.slice(1));
  entries.set(document.getElementById(id), link);
}
let isDue = false;

/** The last heading above a third of the screen's height heads what is being read; at the end, the last of all. */
function showSection() {
  isDue = false;
  const { scrollHeight } = document.documentElement;
  const limit = scrollY + innerHeight > scrollHeight - 2 ? innerHeight : innerHeight / 3;
  const passed = [...entries.keys()].filter(
    (heading) => heading && heading.getBoundingClientRect().top < limit,
  );
  const current = passed.at(-1);
  for (const [heading, link] of entries) {
    if (heading === current) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
}

if (entries.size > 0) {
  addEventListener(
    "scroll",
    () => {
      if (!isDue) requestAnimationFrame(showSection);
      isDue = true;
    },
    { passive: true },
  );
  showSection();
}
