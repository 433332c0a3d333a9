/** The code of the solutions: each stands in its exercise's file, in a region named after its part. */
import { readSource } from "../notebook/files.js";

/**
 * The code of a part as a notebook cell has it.
 * @param exercise the name of the exercise's file, such as "fifty-layers"
 */
export function solutionCode(exercise: string, part: string): string {
  const file = `exercises/${exercise}.ts`;
  const regions = readSource(file).split(/^\/\/ #region /m);
  const region = regions.find((text) => text.startsWith(`${part}\n`));
  if (region === undefined) throw new RangeError(`lib/${file} has no region ${part}`);
  const [code = ""] = region.slice(part.length + 1).split(/^\/\/ #endregion/m);
  return code.replaceAll(/^export /gm, "").trim();
}
