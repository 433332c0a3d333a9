// Figures to touch. What draws them is loaded when the first comes near the view; until then there is its picture.

/** Where the site has it: beside this script. */
const folder = document.currentScript?.getAttribute("src")?.replace(/[^/]*$/, "") ?? "";

/** @type {Promise<void> | undefined} */
let loading;

/** @throws if the script is missing beside the page */
async function load() {
  const inside = document.getElementById("part-figures");
  const script = document.createElement("script");
  if (inside) script.textContent = inside.textContent;
  else script.src = `${folder}figures.js`;
  const arrived = new Promise((resolve, reject) => {
    script.onload = resolve;
    script.onerror = () => reject(new Error("figures.js is missing beside the page"));
  });
  document.head.append(script);
  if (!inside) await arrived;
}

/** @type {Map<HTMLElement, () => void>} what takes each away */
const mounted = new Map();

/** @param {HTMLElement} place */
async function mount(place) {
  try {
    loading ??= load();
    await loading;
    if (mounted.has(place) || !place.isConnected) return;
    const settings = JSON.parse(place.querySelector("script")?.textContent ?? "{}");
    const { mountFigure } = /** @type {any} */ (globalThis);
    // Two of a name cannot share an address.
    const hasAddress = place.id === `explore-${settings.figure}`;
    const options = { isSmall: "small" in place.dataset, hasAddress };
    mounted.set(place, mountFigure(place, settings, options));
    place.classList.add("drawn");
  } catch (error) {
    console.error("A figure could not be drawn.", error);
    const note = document.createElement("p");
    note.className = "missing";
    note.textContent = "This figure could not be drawn.";
    if (!place.querySelector(".missing")) place.prepend(note);
  }
}

const observer = new IntersectionObserver(
  (entries) => {
    for (const { target, isIntersecting } of entries) {
      if (!isIntersecting) continue;
      observer.unobserve(target);
      mount(/** @type {HTMLElement} */ (target));
    }
  },
  { rootMargin: "50% 0px" },
);

for (const place of document.querySelectorAll(".explorable")) observer.observe(place);

// An address may say what is set in a figure: #explore-network?units=4.
function showAddressed() {
  const place = document.getElementById(location.hash.slice(1).split("?")[0]);
  if (!place?.matches(".explorable")) return;
  mounted.get(place)?.();
  mounted.delete(place);
  observer.unobserve(place);
  mount(place);
}
addEventListener("hashchange", showAddressed);
showAddressed();

// A cell that runs in the page shows one, in the place of another.
document.addEventListener("newfigure", (event) => {
  for (const [place, end] of mounted) {
    if (place.isConnected) continue;
    end();
    mounted.delete(place);
  }
  observer.observe(/** @type {HTMLElement} */ (event.target));
});
