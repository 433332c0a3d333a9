// Search over the whole site, also from disk: the index is a script, loaded when the search is opened.

/** @typedef {import("./search-index.mjs").Found} Found */

const AROUND = 90;

// A page that carries everything has no site around it, and no button.
const own = document.currentScript?.getAttribute("src") ?? "";
const button = document.getElementById("search");

if (button) {
  const open = openSearch(new URL(own, location.href));
  button.addEventListener("click", open);
  document.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    open();
  });
}

/** @param {URL} script where the page's script is, in the site's assets/ */
function openSearch(script) {
  const dialog = document.createElement("dialog");
  dialog.className = "search";
  dialog.setAttribute("aria-label", "Search the course");
  dialog.innerHTML = `
    <form method="dialog">
      <input type="search" aria-label="Search the course" autocomplete="off" spellcheck="false">
      <button>Close</button>
    </form>
    <p role="status"></p>
    <ol></ol>`;
  document.body.append(dialog);
  const [input, status, list] = /** @type {[HTMLInputElement, HTMLElement, HTMLElement]} */ ([
    ...dialog.querySelectorAll("input, p, ol"),
  ]);

  const show = () => {
    const { searchCourse } = /** @type {{ searchCourse?: (query: string) => Found[] }} */ (
      globalThis
    );
    const query = input.value.trim();
    const found = query && searchCourse ? searchCourse(query) : [];
    status.textContent = !query
      ? ""
      : !searchCourse
        ? "The index is on its way …"
        : found.length === 0
          ? "Nothing found."
          : `${found.length}${found.length === 20 ? " best" : ""} section${found.length === 1 ? "" : "s"}`;
    list.replaceChildren(...found.map((one) => resultOf(one, new URL("..", script))));
  };

  input.addEventListener("input", show);
  dialog.addEventListener("keydown", (event) => {
    // Else it only empties the field, the first time.
    if (event.key === "Escape") dialog.close();
    const links = [...list.querySelectorAll("a")];
    if (event.key === "Enter" && event.target === input) {
      event.preventDefault();
      links[0]?.click();
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const stops = [input, ...links];
    const focused = /** @type {HTMLInputElement} */ (document.activeElement);
    stops.at((stops.indexOf(focused) + step) % stops.length)?.focus();
  });
  // A result may be on this page.
  list.addEventListener("click", () => dialog.close());

  return () => {
    if (!("searchCourse" in globalThis)) load(new URL("search.js", script), status, show);
    if (!dialog.open) dialog.showModal();
    input.select();
  };
}

/**
 * @param {URL} address
 * @param {HTMLElement} status
 * @param {() => void} then
 */
function load(address, status, then) {
  const script = document.createElement("script");
  script.src = address.href;
  script.onload = then;
  script.onerror = () => {
    status.textContent = `The search is not there: ${address.pathname} is missing.`;
  };
  document.head.append(script);
}

/**
 * @param {Found} found
 * @param {URL} root of the site
 */
function resultOf({ section, terms }, root) {
  const item = document.createElement("li");
  const link = document.createElement("a");
  link.href = `${new URL(section.page, root)}#${encodeURIComponent(section.id)}`;
  link.append(...marked(section.section, terms));
  const place = document.createElement("span");
  place.className = "place";
  place.textContent = section.title === section.section ? "" : section.title;
  const excerpt = document.createElement("p");
  excerpt.append(...marked(excerptOf(section, terms), terms));
  item.append(link, place, excerpt);
  return item;
}

/** @param {string[]} terms */
function anyOf(terms) {
  const escaped = terms.map((term) => term.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`(${escaped.join("|")})`, "i");
}

/**
 * Some words before and after the first that was found.
 * @param {Found["section"]} section
 * @param {string[]} terms
 */
function excerptOf({ text, code }, terms) {
  const source = anyOf(terms).test(text) ? text : anyOf(terms).test(code) ? code : text;
  const place = Math.max(0, source.search(anyOf(terms)));
  const start = Math.max(0, source.lastIndexOf(" ", Math.max(0, place - AROUND)) + 1);
  const end = source.indexOf(" ", place + AROUND);
  const excerpt = source.slice(start, end < 0 ? undefined : end);
  return `${start > 0 ? "… " : ""}${excerpt}${end < 0 ? "" : " …"}`;
}

/**
 * The text, in which what was found stands out.
 * @param {string} text
 * @param {string[]} terms
 */
function marked(text, terms) {
  return text.split(anyOf(terms)).map((part, index) => {
    if (index % 2 === 0) return part;
    const mark = document.createElement("mark");
    mark.textContent = part;
    return mark;
  });
}
