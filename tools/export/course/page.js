// Draws the page's charts and switches between light and dark colours.

/** Colours of the charts on light paper, and what stands for them on dark. */
const darkColours = {
  "#ffffff": "#14181d",
  "#f7f7f7": "#2a323b",
  "#24292f": "#e6eaef",
  "#e1e5ea": "#323b45",
  "#aab2bb": "#68737f",
  "#d0d7de": "#4a5561",
  "#9cc9e3": "#1d4f70",
  "#f3b391": "#7a3b1d",
  "#0b6fae": "#1f6fa8",
  "#c94a06": "#b5500f",
  "#0072b2": "#4aa8e8",
  "#008a66": "#2fbf95",
  "#d04a00": "#ff7a33",
  "#a87400": "#d9a02e",
  "#8250df": "#b08cf5",
  "#c2439a": "#e878c4",
  "#5a7185": "#9fb4c6",
  "#4b5563": "#aeb8c4",
  "#8a6d3b": "#c9a76d",
  "#2f7d8c": "#5fb8c9",
  "#9a4d6b": "#d98aa9",
  "#6b7a1f": "#a8bb4a",
};

// Pixels.
const NARROW = 560;
const PANEL_HEIGHT = 240;
const PANEL_GAP = 80;
const LEGEND_HEIGHT = 50;

const options = {
  responsive: true,
  displaylogo: false,
  modeBarButtonsToRemove: ["lasso2d", "select2d"],
};

const root = document.documentElement;
const button = document.getElementById("theme");
const system = matchMedia("(prefers-color-scheme: dark)");

function isDark() {
  return root.dataset.theme === "dark";
}

function inTheme(text) {
  if (!isDark()) return text;
  return text.replace(/#[0-9a-f]{6}/g, (colour) => darkColours[colour] ?? colour);
}

/** On a narrow screen panels that stand side by side go below one another. */
function stackPanels({ data, layout, frames = [] }) {
  const panels = Object.keys(layout)
    .filter((key) => /^xaxis\d*$/.test(key))
    .map((key) => ({ x: layout[key], y: layout[key.replace("x", "y")] }));
  if (panels.length < 2 || innerWidth > NARROW) return;
  const plotHeight = panels.length * (PANEL_HEIGHT + PANEL_GAP) - PANEL_GAP;
  const places = panels.map(({ x, y }, index) => ({
    centre: (x.domain[0] + x.domain[1]) / 2,
    top: y.domain[1],
    newTop: 1 - (index * (PANEL_HEIGHT + PANEL_GAP)) / plotHeight,
  }));
  panels.forEach(({ x, y }, index) => {
    const { newTop } = places[index];
    x.domain = [0, 1];
    y.domain = [Math.max(0, newTop - PANEL_HEIGHT / plotHeight), newTop];
  });
  const near = (a, b) => Math.abs(a - b) < 1e-3;
  for (const annotation of [layout, ...frames.map((frame) => frame.layout)].flatMap(
    (one) => one?.annotations ?? [],
  )) {
    const place = places.find(
      ({ centre, top }) => near(annotation?.x, centre) && near(annotation?.y, top),
    );
    if (place && annotation.xref === "paper")
      Object.assign(annotation, { x: 0.5, y: place.newTop });
  }
  for (const trace of data) if (trace.marker?.size > 6) trace.marker.size = 6;
  layout.height = plotHeight + layout.margin.t + layout.margin.b + LEGEND_HEIGHT;
  layout.margin.b += LEGEND_HEIGHT;
}

async function draw(chart) {
  const plot = chart.querySelector(".plot");
  const figure = JSON.parse(inTheme(chart.querySelector("script").textContent));
  stackPanels(figure);
  plot.style.height = `${figure.layout.height}px`;
  Plotly.purge(plot);
  await Plotly.newPlot(plot, { ...figure, config: options });
}

/** One after the other, so that the page answers between two charts. */
async function drawAll() {
  for (const chart of document.querySelectorAll(".chart")) {
    await draw(chart);
    await new Promise((resolve) => setTimeout(resolve));
  }
  root.dataset.charts = "drawn";
}

// A page opened from disk may not be allowed to remember anything.
function remembered() {
  try {
    return localStorage.getItem("theme");
  } catch {
    return null;
  }
}

function remember(theme) {
  try {
    localStorage.setItem("theme", theme);
  } catch {}
}

function setTheme(theme) {
  root.dataset.theme = theme;
  button.textContent = isDark() ? "Light colours" : "Dark colours";
  delete root.dataset.charts;
  return drawAll();
}

button.hidden = false;
button.addEventListener("click", () => {
  const theme = isDark() ? "light" : "dark";
  remember(theme);
  setTheme(theme);
});
system.addEventListener("change", () => {
  if (!remembered()) setTheme(system.matches ? "dark" : "light");
});
setTheme(remembered() ?? (system.matches ? "dark" : "light"));
