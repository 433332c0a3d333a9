// Draws charts when they come into view. Until then, and where plotly cannot be had, their pictures stand there.
import look from "../../../../lib/charts/look.json" with { type: "json" };
import { inDark } from "./colours.mjs";
import { fitPhone, onWidthChange, PLOTLY_MARGIN, screenWidth } from "./phone.mjs";
import { loadPlotly, Plotly } from "./plotly.mjs";
import { isDark, onThemeChange } from "./theme.mjs";
import { zoomByPinch } from "./touch.mjs";

/** @import { Figure, Plot } from "./types.d.ts" */
const BUTTON_COLOURS = JSON.stringify({
  color: look.activations.swish.light,
  activecolor: look.colours.ink.light,
  bgcolor: "rgba(0,0,0,0)",
});

const options = {
  responsive: true,
  displaylogo: false,
  displayModeBar: true,
  // No button sends a chart anywhere.
  showSendToCloud: false,
  plotlyServerURL: "",
  modeBarButtonsToRemove: ["lasso2d", "select2d"],
};
// Fingers scroll the page and pinch the chart: what dragging does is for a mouse to choose.
if (!matchMedia("(any-pointer: fine)").matches)
  options.modeBarButtonsToRemove.push("zoom2d", "pan2d");

/**
 * The plot's own slider answers to the mouse only: the page's, above the plot, takes its place.
 * @param {HTMLElement} chart
 * @param {Plot} plot
 * @param {Figure} figure
 */
function connectSlider(chart, plot, { layout }) {
  const input = /** @type {HTMLInputElement | null} */ (chart.querySelector(".slider input"));
  if (!input) return;
  const [{ steps }] = layout.sliders;
  delete layout.sliders;
  const margin = { ...PLOTLY_MARGIN, ...layout.margin };
  layout.margin = { ...margin, t: margin.t - look.sliderHeight };
  const move = () => {
    const { label, args } = steps[input.value];
    /** @type {HTMLElement} */ (chart.querySelector("output")).textContent = label;
    input.setAttribute("aria-valuetext", label);
    return plot.data && Plotly.animate(plot, ...args);
  };
  input.oninput = move;
  return move;
}

/**
 * What the reader has done to a chart stays when it is drawn anew in other colours.
 * @param {Plot} plot
 * @param {Figure} figure
 */
function keepView(plot, { data, layout }) {
  const drawn = plot.data;
  if (!drawn) return;
  for (const [name, axis] of Object.entries(plot.layout)) {
    if (!/^[xy]axis\d*$/.test(name) || !axis?.range) continue;
    // A figure may say nothing of an axis that it has.
    layout[name] = { ...layout[name], range: axis.range, autorange: axis.autorange };
  }
  data.forEach((trace, index) => {
    trace.visible = drawn[index].visible;
  });
  layout.dragmode = plot.layout.dragmode;
}

/**
 * One stop of the Tab key for all of a chart's buttons: arrows go from one to the next.
 * @param {HTMLElement} chart
 * @param {Plot} plot
 */
function gatherButtons(chart, plot) {
  const name = String(chart.getAttribute("aria-label"));
  plot.querySelector(".modebar")?.setAttribute("aria-label", name);
  buttonsIn(plot).forEach((button, index) => {
    button.tabIndex = index === 0 ? 0 : -1;
  });
}

/** @param {Element} element */
function buttonsIn(element) {
  return /** @type {HTMLElement[]} */ ([...element.querySelectorAll(".modebar-btn")]);
}

document.addEventListener("keydown", (event) => {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  const target = /** @type {Element} */ (event.target);
  const button = /** @type {HTMLElement | null} */ (target.closest(".modebar-btn"));
  const bar = button?.closest(".modebar");
  if (!step || !button || !bar) return;
  const buttons = buttonsIn(bar);
  const next = buttons.at(buttons.indexOf(button) + step) ?? buttons[0];
  for (const one of buttons) one.tabIndex = one === next ? 0 : -1;
  next.focus();
  event.preventDefault();
});

/** @param {HTMLElement} chart */
async function draw(chart) {
  const plot = /** @type {Plot} */ (chart.querySelector(".plot"));
  const inTheme = (/** @type {string} */ json) => JSON.parse(isDark() ? inDark(json) : json);
  /** @type {Figure} */
  const figure = inTheme(String(chart.querySelector("script")?.textContent));
  figure.layout ??= {};
  figure.layout.modebar = inTheme(BUTTON_COLOURS);
  const move = connectSlider(chart, plot, figure);
  // The page has kept this much room since before any script ran.
  figure.layout.height = plot.clientHeight;
  fitPhone(figure, plot.clientHeight);
  keepView(plot, figure);
  await Plotly.react(plot, { ...figure, config: options });
  await move?.();
  gatherButtons(chart, plot);
  zoomByPinch(plot);
  chart.classList.add("drawn");
}

const root = document.documentElement;
let charts = /** @type {HTMLElement[]} */ ([...document.querySelectorAll(".chart")]);
/**
 * Those in or near the view, to be drawn.
 * @type {Set<HTMLElement>}
 */
const waiting = new Set();

/** How a chart would be drawn now. */
const appearance = () => `${isDark() ? "dark" : "light"}, ${screenWidth()}`;

/** Tells which charts are near the view: at first, and whenever one comes or goes. */
const observer = new IntersectionObserver(
  (entries) => {
    for (const { target, isIntersecting } of entries) {
      const chart = /** @type {HTMLElement} */ (target);
      if (isIntersecting && chart.dataset.appearance !== appearance()) waiting.add(chart);
      else waiting.delete(chart);
    }
    // So that plotly has warmed up when the reader comes to the first one.
    const visible = charts.filter((chart) => chart.checkVisibility());
    if (
      waiting.size === 0 &&
      visible.length > 0 &&
      !charts.some(({ dataset }) => dataset.appearance)
    )
      waiting.add(nearest(visible));
    drawWaiting();
  },
  { rootMargin: "100% 0px" },
);

/**
 * The chart that the reader sees, or comes to first.
 * @param {Iterable<HTMLElement>} some
 */
function nearest(some) {
  const distance = (/** @type {HTMLElement} */ chart) => {
    const { top, bottom } = chart.getBoundingClientRect();
    return Math.max(0, top - innerHeight, -bottom);
  };
  return [...some].sort((a, b) => distance(a) - distance(b))[0];
}

let drawing = false;

/** One after the other, what is nearest first, so that the page answers between two charts. */
async function drawWaiting() {
  if (drawing) return;
  drawing = true;
  delete root.dataset.charts;
  while (waiting.size > 0) {
    const chart = nearest(waiting);
    waiting.delete(chart);
    chart.dataset.appearance = appearance();
    await draw(chart).catch((error) => {
      console.error("A chart could not be drawn.", error);
      showPicture(chart);
    });
    await new Promise((resolve) => setTimeout(resolve));
  }
  drawing = false;
  root.dataset.charts = "drawn";
}

/**
 * What stands for a chart that cannot be drawn. Its description is below in any case.
 * @param {HTMLElement} chart
 */
function showPicture(chart) {
  chart.classList.remove("drawn");
  if (chart.querySelector(".picture")) return;
  const note = document.createElement("p");
  note.textContent = "This chart could not be drawn, and has no picture.";
  chart.prepend(note);
}

/** In other colours, or for another width: those that the reader sees at once, the others when they come into view. */
function drawAnew() {
  for (const chart of charts) {
    observer.unobserve(chart);
    observer.observe(chart);
  }
}

async function beginCharts() {
  try {
    await loadPlotly();
  } catch (error) {
    console.warn("Charts are shown as pictures.", error);
    root.classList.add("pictures");
    charts.forEach(showPicture);
    return;
  }
  onThemeChange(drawAnew);
  onWidthChange(drawAnew);
  drawAnew();
}

/** @type {Promise<void> | undefined} */
let begun;

function begin() {
  begun ??= beginCharts();
  return begun;
}

// A cell that runs in the page shows one, in the place of another.
document.addEventListener("newchart", async (event) => {
  const chart = /** @type {HTMLElement} */ (event.target);
  charts = [...charts.filter((one) => one.isConnected), chart];
  await begin();
  if (root.classList.contains("pictures")) showPicture(chart);
  else observer.observe(chart);
});

if (charts.length > 0) begin();
else root.dataset.charts = "drawn";
