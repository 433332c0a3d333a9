/**
 * How lines, points and papers look: an activation the same in every chart, and never told apart by colour
 * alone. `look.json` is the one table of it, for the exported pages too.
 */
import { type Activation, type ActivationKey, activations } from "../activations.js";
import look from "./look.json" with { type: "json" };

/** How a line or marker looks. Colour is never the only difference. */
export interface Style {
  color: string;
  /** Plotly dash: "solid", "dash", "dot", "dashdot", "longdash"… */
  dash: string;
  /** Plotly marker symbol: "circle", "square", "diamond"… */
  symbol: string;
}

/** Room for a slider above a chart, in pixels. */
export const SLIDER_HEIGHT = look.sliderHeight;

type ColourName = keyof typeof look.colours | keyof typeof look.neutral;

/**
 * The colours that belong to no activation, by name, as on light paper. Pages put dark ones in their place.
 * @example colours.ink // '#24292f'
 */
export const colours = Object.fromEntries(
  Object.entries({ ...look.neutral, ...look.colours }).map(([name, { light }]) => [name, light]),
) as Readonly<Record<ColourName, string>>;

const activationStyles: Partial<Record<string, Style>> = Object.fromEntries(
  Object.entries(look.activations).map(([key, entry]) => [key, styleFrom(entry)]),
);
const neutralStyles = Object.values(look.neutral).map(styleFrom);

function styleFrom({
  light,
  dash,
  symbol,
}: {
  light: string;
  dash: string;
  symbol: string;
}): Style {
  return { color: light, dash, symbol };
}

/**
 * The look of an activation, the same in every chart of the course. One that the table does not list gets a
 * neutral style, by its place in `activations`.
 * @example styleOf("relu").symbol // 'diamond'
 */
export function styleOf(activation: ActivationKey | Activation): Style {
  const keys = Object.keys(activations) as ActivationKey[];
  const place = keys.findIndex((key) => key === activation || activations[key] === activation);
  return activationStyles[keys[place]] ?? neutralStyle(Math.max(place, 0));
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

/** A colour that lets through what lies behind it: `alpha` from 0, invisible, to 1. */
export function translucent(color: string, alpha: number): string {
  const channel = (start: number) => Number.parseInt(color.slice(start, start + 2), 16);
  return `rgba(${channel(1)}, ${channel(3)}, ${channel(5)}, ${alpha})`;
}
