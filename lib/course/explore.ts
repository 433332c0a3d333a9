/** Figures that the reader touches: the front end draws them, here is what they are called and what can be set. */
import { type ActivationKey, activations } from "../activations.js";
import table from "./figures.json" with { type: "json" };
import { send } from "./output.js";

/** MIME type of a figure: its name and what is set. The front end has the script that draws it. */
const FIGURE_MIME = "application/vnd.activation-lab.figure+json";

/** The figures, by name. */
export type FigureName = "one-unit" | "curve" | "depth" | "signal" | "network";

/** What can be set in a figure. One that is left out is as the figure begins. */
export interface FigureSettings {
  /** The activation that is looked at. */
  activation?: ActivationKey;
  /** The activation beside it, or "none". */
  beside?: ActivationKey | "none";
  /** What else the figure has: see its controls. */
  [name: string]: string | number | undefined;
}

interface Rule {
  start: string | number;
  choices?: string | Readonly<Record<string, string>>;
  none?: string;
  values?: readonly number[];
  min?: number;
  max?: number;
  text?: string;
}

const figures: Readonly<
  Record<FigureName, { description: string; settings: Readonly<Record<string, Rule>> }>
> = table;

/**
 * Shows a figure to touch below the cell. A reader without scripts gets its picture, or a description.
 * @param settings what it begins with
 * @throws RangeError if there is no such figure, it has no such setting, or a setting cannot have this value
 * @example explore("network", { data: "xor", activation: "tanh" })
 */
export function explore(name: FigureName, settings: FigureSettings = {}): void {
  if (!Object.hasOwn(figures, name)) {
    throw new RangeError(
      `explore: there is no figure ${JSON.stringify(name)}, choose ${Object.keys(figures).join(", ")}`,
    );
  }
  const { description, settings: rules } = figures[name];
  for (const [setting, value] of Object.entries(settings)) {
    if (!Object.hasOwn(rules, setting)) {
      throw new RangeError(
        `explore: the figure ${name} has no setting ${setting}, choose ${Object.keys(rules).join(", ")}`,
      );
    }
    requireAllowed(`explore: ${setting}`, value, rules[setting]);
  }
  send({ [FIGURE_MIME]: { figure: name, ...settings }, "text/plain": description });
}

function requireAllowed(name: string, value: unknown, rule: Rule): void {
  const { choices, none, values, min = 0, max = 0, text } = rule;
  if (text !== undefined) {
    if (typeof value === "string" && new RegExp(text).test(value)) return;
    throw new RangeError(`${name} must be as the figure writes it, got ${String(value)}`);
  }
  const allowed = choices
    ? [...Object.keys(choices === "activations" ? activations : choices), ...(none ? ["none"] : [])]
    : values;
  if (allowed) {
    if (allowed.some((one) => one === value)) return;
    throw new RangeError(`${name} must be one of ${allowed.join(", ")}, got ${String(value)}`);
  }
  if (typeof value === "number" && value >= min && value <= max) return;
  throw new RangeError(`${name} must be a number from ${min} to ${max}, got ${String(value)}`);
}
