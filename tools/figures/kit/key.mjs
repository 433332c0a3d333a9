/** The name of an activation, with the line that charts have for it. */
import { element } from "./controls.mjs";
import { lookNow, onThemeChange } from "./look.mjs";

/** @import { ActivationKey } from "activation-lab" */

/**
 * @param {ActivationKey} activation
 * @returns {{ element: HTMLElement, end(): void }}
 */
export function keyOf(activation) {
  const line = element("span", { class: "ex-key", "aria-hidden": "true" });
  const paint = () => {
    const { colour, dash } = lookNow().activations[activation];
    line.style.setProperty("--colour", colour);
    line.style.setProperty("--dash", dash.length > 0 ? "dashed" : "solid");
  };
  paint();
  const end = onThemeChange(paint);
  const { name } = lookNow().activations[activation];
  return { element: element("span", { class: "ex-name" }, line, name), end };
}
