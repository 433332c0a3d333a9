/** The parts of a live page that it loads when they are needed. */

const loaded = new Map();

/** Where the site has them: beside this script. */
const folder = document.currentScript?.getAttribute("src")?.replace(/[^/]*$/, "");

/**
 * A part's text: from the page itself, if it carries everything, or from a file of the site.
 * @param {string} name
 * @param {string} [file] where it is, if not beside this script
 * @returns {Promise<string>}
 * @throws Error that says what is missing
 */
export function loadPart(name, file = `${folder}${name}.js`) {
  if (!loaded.has(name)) {
    const part = fetchPart(name, file).then(() => unpack(globalThis.courseParts[name]));
    loaded.set(name, part);
    part.catch(() => loaded.delete(name));
  }
  return loaded.get(name);
}

/** Runs the script in which a part is kept. */
async function fetchPart(name, file) {
  const inside = document.getElementById(`part-${name}`);
  const script = document.createElement("script");
  if (inside) script.textContent = inside.textContent;
  else script.src = file;
  const arrived = new Promise((resolve, reject) => {
    script.onload = resolve;
    script.onerror = () => reject(new Error(`${file} is missing beside this page`));
  });
  document.head.append(script);
  if (!inside) await arrived;
  script.remove();
}

/** What draws charts, for a page that had none. */
export async function loadPlotly() {
  if (globalThis.packedPlotly) return;
  await fetchPart("plotly", addressOf("plotly"));
}

/** Where the page says that one of its parts is. */
export function addressOf(name) {
  return document.querySelector(`link[rel="${name}-part"]`)?.getAttribute("href") ?? undefined;
}

async function unpack(data) {
  const packed = Uint8Array.from(atob(data), (character) => character.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).text();
}

/** Runs a part that is a script. */
export async function runPart(name) {
  const script = document.createElement("script");
  script.textContent = await loadPart(name);
  document.head.append(script);
  script.remove();
}
