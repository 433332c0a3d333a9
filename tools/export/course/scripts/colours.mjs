// The colours of charts, light and dark.

/**
 * Colours of the charts on light paper, and what stands for them on dark.
 * @type {Record<string, string>}
 */
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

/**
 * A figure for dark paper.
 * @param {string} figure as JSON
 */
export function inDark(figure) {
  const dark = (colour = "") => darkColours[colour] ?? colour;
  return figure
    .replace(/#[0-9a-f]{6}/g, dark)
    .replace(/rgba\((\d+), (\d+), (\d+),/g, (_, ...channels) => {
      const hex = channels.slice(0, 3).map((one) => Number(one).toString(16).padStart(2, "0"));
      const pairs = dark(`#${hex.join("")}`).match(/[0-9a-f]{2}/g) ?? [];
      return `rgba(${pairs.map((one) => Number.parseInt(one, 16)).join(", ")},`;
    });
}
