// The colours of charts on dark paper.
import look from "../../../../lib/charts/look.json" with { type: "json" };

/** @type {Map<string, string>} from each colour on light paper to what stands for it on dark */
const darkColours = new Map(
  Object.values({ ...look.activations, ...look.neutral, ...look.colours }).map((one) => [
    one.light,
    one.dark,
  ]),
);

/**
 * A figure for dark paper.
 * @param {string} figure as JSON
 */
export function inDark(figure) {
  const dark = (colour = "") => darkColours.get(colour) ?? colour;
  return figure
    .replace(/#[0-9a-f]{6}/g, dark)
    .replace(/rgba\((\d+), (\d+), (\d+),/g, (_, ...channels) => {
      const hex = channels.slice(0, 3).map((one) => Number(one).toString(16).padStart(2, "0"));
      const pairs = dark(`#${hex.join("")}`).match(/[0-9a-f]{2}/g) ?? [];
      return `rgba(${pairs.map((one) => Number.parseInt(one, 16)).join(", ")},`;
    });
}
