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

async function draw(chart) {
  const plot = chart.querySelector(".plot");
  const figure = JSON.parse(inTheme(chart.querySelector("script").textContent));
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
