// Draws the page's charts and switches between light and dark colours.

/** Colours of the charts on light paper, and what stands for them on dark. */
const darkColours = {
  "#ffffff": "#14181d",
  "#f7f7f7": "#2a323b",
  "#f6f8fa": "#242c35",
  "#24292f": "#e6eaef",
  "#e1e5ea": "#323b45",
  "#aab2bb": "#68737f",
  "#8b949e": "#7d8590",
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
  "#56a0d3": "#2f7fb5",
  "#7fb3bd": "#3f8794",
  "#e59a73": "#b8592a",
};

// Pixels, as in course_filters.py.
const NARROW = 560;
const SLIDER_HEIGHT = 74;
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

/** The attribute is the reader's choice; without it the system decides. */
function isDark() {
  return (root.dataset.theme ?? (system.matches ? "dark" : "light")) === "dark";
}

function inTheme(text) {
  if (!isDark()) return text;
  const dark = (colour) => darkColours[colour] ?? colour;
  return text
    .replace(/#[0-9a-f]{6}/g, dark)
    .replace(/rgba\((\d+), (\d+), (\d+),/g, (_, ...channels) => {
      const hex = channels.slice(0, 3).map((one) => Number(one).toString(16).padStart(2, "0"));
      const [r, g, b] = dark(`#${hex.join("")}`).match(/[0-9a-f]{2}/g);
      return `rgba(${[r, g, b].map((one) => Number.parseInt(one, 16)).join(", ")},`;
    });
}

/** On a narrow screen titles are smaller, and panels that stand side by side go below one another; there is room for them. */
function fitPhone({ data, layout, frames = [] }, height) {
  const panels = Object.keys(layout)
    .filter((key) => /^xaxis\d*$/.test(key))
    .map((key) => ({ x: layout[key], y: layout[key.replace("x", "y")] }));
  if (innerWidth > NARROW) return;
  // A line of a title is as long as a phone is wide.
  for (const one of [layout, ...frames.map((frame) => frame.layout)])
    if (one?.title?.font) one.title.font.size = 13;
  if (panels.length < 2) return;
  const plotHeight = height - layout.margin.t - layout.margin.b - LEGEND_HEIGHT;
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
  layout.margin.b += LEGEND_HEIGHT;
}

/** The plot's own slider answers to the mouse only: the page's, above the plot, takes its place. */
function connectSlider(chart, plot, { layout }) {
  const input = chart.querySelector("input");
  if (!input) return;
  const [{ steps }] = layout.sliders;
  delete layout.sliders;
  layout.margin.t -= SLIDER_HEIGHT;
  const move = () => {
    const { label, args } = steps[input.value];
    chart.querySelector("output").textContent = label;
    input.setAttribute("aria-valuetext", label);
    return plot.data && Plotly.animate(plot, ...args);
  };
  input.oninput = move;
  return move;
}

async function draw(chart) {
  const plot = chart.querySelector(".plot");
  const figure = JSON.parse(inTheme(chart.querySelector("script").textContent));
  Plotly.purge(plot);
  const move = connectSlider(chart, plot, figure);
  // The page has kept this much room since before any script ran.
  figure.layout.height = plot.clientHeight;
  fitPhone(figure, plot.clientHeight);
  await Plotly.newPlot(plot, { ...figure, config: options });
  await move?.();
}

let drawing = 0;

/** What the reader sees first, and one after the other, so that the page answers between two charts. */
async function drawAll() {
  const current = ++drawing;
  delete root.dataset.charts;
  const distance = (chart) => {
    const { top, bottom } = chart.getBoundingClientRect();
    return Math.max(0, top - innerHeight, -bottom);
  };
  const charts = [...document.querySelectorAll(".chart")]
    .map((chart) => ({ chart, distance: distance(chart) }))
    .sort((a, b) => a.distance - b.distance);
  for (const { chart } of charts) {
    await draw(chart);
    await new Promise((resolve) => setTimeout(resolve));
    // Another theme has been chosen meanwhile.
    if (current !== drawing) return;
  }
  root.dataset.charts = "drawn";
}

function showTheme() {
  button.textContent = isDark() ? "Light colours" : "Dark colours";
  return drawAll();
}

button.addEventListener("click", () => {
  const theme = isDark() ? "light" : "dark";
  root.dataset.theme = theme;
  try {
    localStorage.setItem("theme", theme);
  } catch {
    // A page opened from disk may not be allowed to remember anything.
  }
  showTheme();
});
system.addEventListener("change", showTheme);
matchMedia(`(max-width: ${NARROW}px)`).addEventListener("change", drawAll);
showTheme();
