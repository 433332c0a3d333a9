/** How lines and points look: an activation the same in every chart, and never told apart by colour alone. */
import { type Activation, type ActivationKey, activations } from "../activations.js";

/** How a line or marker looks. Colour is never the only difference. */
export interface Style {
  color: string;
  /** Plotly dash: "solid", "dash", "dot", "dashdot", "longdash"… */
  dash: string;
  /** Plotly marker symbol: "circle", "square", "diamond"… */
  symbol: string;
}

/** An activation that is not listed gets a neutral style, by its place in the table. */
const styles: Partial<Record<ActivationKey, Style>> = {
  sigmoid: { color: "#0072b2", dash: "solid", symbol: "circle" },
  tanh: { color: "#008a66", dash: "dash", symbol: "square" },
  relu: { color: "#d04a00", dash: "solid", symbol: "diamond" },
  leakyRelu: { color: "#a87400", dash: "dot", symbol: "triangle-up" },
  gelu: { color: "#8250df", dash: "dashdot", symbol: "cross" },
  geluTanh: { color: "#c2439a", dash: "longdash", symbol: "x" },
  swish: { color: "#5a7185", dash: "longdashdot", symbol: "star" },
};

const neutralStyles: Style[] = [
  { color: "#4b5563", dash: "solid", symbol: "circle" },
  { color: "#8a6d3b", dash: "dash", symbol: "square" },
  { color: "#2f7d8c", dash: "dot", symbol: "diamond" },
  { color: "#9a4d6b", dash: "dashdot", symbol: "cross" },
  { color: "#6b7a1f", dash: "longdash", symbol: "x" },
];

/** The look of an activation, the same in every chart of the course. */
export function styleOf(activation: ActivationKey | Activation): Style {
  const keys = Object.keys(activations) as ActivationKey[];
  const place = keys.findIndex((key) => key === activation || activations[key] === activation);
  return styles[keys[place]] ?? neutralStyle(Math.max(place, 0));
}

/** The style that a series asks for; the next neutral one for what it leaves open. */
export function resolveStyle(
  style: ActivationKey | Partial<Style> | undefined,
  index: number,
): Style {
  if (typeof style === "string") return styleOf(style);
  return { ...neutralStyle(index), ...style };
}

function neutralStyle(index: number): Style {
  return neutralStyles[index % neutralStyles.length];
}
