/** Shows below a cell what it prints and shows, as the export does. */
import { sliderHeight } from "../../../lib/charts/look.json";
import explorables from "../../../lib/course/figures.json";
import { element } from "./dom.js";
import { loadPlotly } from "./parts.js";

const PLOTLY_MIME = "application/vnd.plotly.v1+json";
const FIGURE_MIME = "application/vnd.activation-lab.figure+json";

/** Characters of a cell's text, after which the rest is left out: more would stop the page. */
const MOST_TEXT = 500_000;

/** What was shown under an id, so that it can be shown anew. */
const shown = new Map();

/** Receives the outputs of one run of a cell. */
export class Outputs {
  #place;
  #hasOutput = false;
  #last;
  #characters = 0;

  /** @param {HTMLElement} place whose content goes when there is something new */
  constructor(place) {
    this.#place = place;
  }

  receive({ type, name, text, data, id, update }) {
    if (type === "stream") this.print(name, text);
    else if (update) this.#replace(id, data);
    else this.#show(id, data);
  }

  print(name, text) {
    this.#characters += text.length;
    if (this.#characters > MOST_TEXT) {
      if (this.#characters - text.length <= MOST_TEXT)
        this.#add(printed("stderr", "… and more, which is not shown."));
      return;
    }
    if (this.#last?.name === name) {
      this.#last.block.append(text);
      if (isAligned(text)) this.#last.block.classList.add("aligned");
    } else {
      const block = printed(name, text);
      this.#add(block);
      this.#last = { name, block };
    }
  }

  #show(id, data) {
    const made = render(data);
    if (id) shown.set(id, made);
    this.#add(made);
  }

  #replace(id, data) {
    const made = render(data);
    shown.get(id)?.replaceWith(made);
    shown.set(id, made);
    announceChart(made);
  }

  #add(made) {
    if (!this.#hasOutput) this.#place.replaceChildren();
    this.#hasOutput = true;
    this.#last = undefined;
    this.#place.append(made);
    announceChart(made);
  }

  /** The run has ended: what an earlier one showed goes, also if this one showed nothing. */
  end() {
    if (!this.#hasOutput) this.#place.replaceChildren();
  }
}

function printed(name, text) {
  const kinds = [name === "stderr" && "error", isAligned(text) && "aligned"];
  return element(
    "pre",
    { class: ["printed", ...kinds].filter(Boolean).join(" "), tabindex: 0 },
    text,
  );
}

/** Whether a printed text has columns, which broken lines would destroy. As in course_filters.py. */
function isAligned(text) {
  return /\S {2,}\S/.test(text);
}

function render(data) {
  const plain = String(data["text/plain"] ?? "");
  if (data[PLOTLY_MIME]) return chart(data[PLOTLY_MIME], plain);
  if (data[FIGURE_MIME]) return explorable(data[FIGURE_MIME], plain);
  if (data["text/html"]) return html(data["text/html"]);
  if (data["image/svg+xml"]) return html(data["image/svg+xml"]);
  // The Markdown that the course shows is code.
  if (data["text/markdown"]) return printed("stdout", plain || String(data["text/markdown"]));
  return printed("stdout", plain);
}

function html(text) {
  const table = element("div", { class: "table", tabindex: 0 });
  table.innerHTML = text;
  // Links between notebooks lead to their pages, as they do in stored outputs.
  for (const link of table.querySelectorAll("a[href]"))
    link.setAttribute(
      "href",
      link.getAttribute("href").replace(/^([\w./-]+)\.ipynb(?=#|$)/, "$1.html"),
    );
  // An empty corner of a table heads nothing.
  for (const head of table.querySelectorAll("th"))
    if (!head.textContent.trim()) head.replaceWith(element("td"));
  return table;
}

// Pixels, as in course_filters.py.
const PANEL_HEIGHT = 240;
const PANEL_GAP = 80;
const LEGEND_HEIGHT = 50;

function chart(figure, description) {
  const { layout } = figure;
  const title = (layout.title?.text ?? "Chart").replaceAll("<br>", " ").replaceAll(/<[^>]*>/g, "");
  const slider = layout.sliders?.[0];
  const { wide, narrow } = heights(layout);
  return element(
    "figure",
    { class: "chart", "aria-label": title },
    ...(slider ? [sliderFor(slider)] : []),
    element(
      "div",
      { class: "drawing" },
      element("div", { class: "plot", style: `--wide: ${wide}px; --narrow: ${narrow}px` }),
    ),
    element("script", { type: "application/json" }, JSON.stringify(figure)),
    element("figcaption", {}, description),
  );
}

/** A figure to touch, as explorable.html.j2 has it. */
function explorable(settings, description) {
  const { figure } = settings;
  return element(
    "figure",
    {
      class: "explorable",
      id: `explore-${figure}`,
      "aria-label": explorables[figure]?.title ?? figure,
    },
    element("script", { type: "application/json" }, JSON.stringify(settings)),
    element("figcaption", {}, description),
  );
}

function heights(layout) {
  const slider = layout.sliders ? sliderHeight : 0;
  const wide = (layout.height ?? 420) - slider;
  const panels = Object.keys(layout).filter((key) => /^xaxis\d*$/.test(key)).length;
  if (panels < 2) return { wide, narrow: wide };
  const margins = layout.margin.t + layout.margin.b - slider;
  return {
    wide,
    narrow: panels * (PANEL_HEIGHT + PANEL_GAP) - PANEL_GAP + margins + LEGEND_HEIGHT,
  };
}

function sliderFor({ steps, active = 0, currentvalue }) {
  const range = {
    type: "range",
    min: 0,
    max: steps.length - 1,
    value: active,
    autocomplete: "off",
  };
  const said = element(
    "span",
    {},
    currentvalue?.prefix ?? "",
    element("output", {}, steps[active].label),
  );
  return element("label", { class: "slider" }, said, element("input", range));
}

/** The page's scripts for charts and for figures to touch draw them. */
export async function announceChart(made) {
  if (made.matches?.(".explorable"))
    made.dispatchEvent(new CustomEvent("newfigure", { bubbles: true }));
  if (!made.matches?.(".chart")) return;
  // Without plotly, the page says that it cannot be drawn.
  await loadPlotly().catch(() => {});
  made.dispatchEvent(new CustomEvent("newchart", { bubbles: true }));
}
