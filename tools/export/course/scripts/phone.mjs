// Charts on a phone, and what they have for it, elsewhere.
import { onLongerLines } from "../../../../lib/dist/lib/charts/title.js";

// Pixels, as in course_filters.py.
const NARROW = 560;
const PANEL_GAP = 80;
const LEGEND_HEIGHT = 50;

/** What plotly takes where a figure says nothing. */
export const PLOTLY_MARGIN = { t: 100, b: 80 };

const narrowScreen = matchMedia(`(max-width: ${NARROW}px)`);
// As wide as a page's charts get.
const fullWidth = matchMedia("(min-width: 61rem)");
// Letters that a title's line has room for.
const LINE = { full: 100, between: 58 };

export function isNarrow() {
  return narrowScreen.matches;
}

/** As what charts are drawn. */
export function screenWidth() {
  return isNarrow() ? "narrow" : fullWidth.matches ? "full" : "between";
}

/** @param {() => void} listener called when that changes */
export function onWidthChange(listener) {
  for (const query of [narrowScreen, fullWidth]) query.addEventListener("change", listener);
}

/**
 * On a narrow screen titles are smaller, and panels that stand side by side go below one another; there is room for them.
 * @param {import("./types.d.ts").Figure} figure changed in place
 * @param {number} height of the chart
 */
export function fitPhone({ data, layout, frames = [] }, height) {
  const layouts = [layout, ...frames.map((frame) => frame.layout ?? {})];
  const width = screenWidth();
  if (width !== "narrow") {
    for (const { title } of layouts)
      if (typeof title?.text === "string") title.text = onLongerLines(title.text, LINE[width]);
    return;
  }
  // A line of a title is as long as a phone is wide.
  for (const { title } of layouts) if (title?.font) title.font.size = 13;
  const panels = Object.keys(layout)
    .filter((key) => /^xaxis\d*$/.test(key))
    .map((key) => ({ x: layout[key], y: layout[key.replace("x", "y")] }))
    // A second axis of the same plot has no place of its own.
    .filter(({ x, y }) => x.domain && y?.domain && !x.overlaying);
  if (panels.length < 2) return;
  const margin = { ...PLOTLY_MARGIN, ...layout.margin };
  const plotHeight = height - margin.t - margin.b - LEGEND_HEIGHT;
  const panelHeight = (plotHeight + PANEL_GAP) / panels.length - PANEL_GAP;
  const places = panels.map(({ x, y }, index) => ({
    centre: (x.domain[0] + x.domain[1]) / 2,
    top: y.domain[1],
    newTop: 1 - (index * (panelHeight + PANEL_GAP)) / plotHeight,
  }));
  panels.forEach(({ x, y }, index) => {
    const { newTop } = places[index];
    x.domain = [0, 1];
    y.domain = [Math.max(0, newTop - panelHeight / plotHeight), newTop];
  });
  /** @param {number} a @param {number} b */
  const near = (a, b) => Math.abs(a - b) < 1e-3;
  for (const annotation of layouts.flatMap((one) => one.annotations ?? [])) {
    const place = places.find(
      ({ centre, top }) => near(annotation?.x, centre) && near(annotation?.y, top),
    );
    if (place && annotation.xref === "paper")
      Object.assign(annotation, { x: 0.5, y: place.newTop });
  }
  for (const trace of data) if (trace.marker?.size > 6) trace.marker.size = 6;
  layout.margin = { ...margin, b: margin.b + LEGEND_HEIGHT };
}
