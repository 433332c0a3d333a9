/**
 * `npm run bench [-- training|scaling|course …]`: one table of ratios, which say more than seconds on a
 * machine that others use. Without a part's name, all parts.
 */
import { cpus } from "node:os";
import { benchCourse } from "./bench/course.mjs";
import { benchScaling } from "./bench/scaling.mjs";
import { markdownTable } from "./bench/table.mjs";
import { benchTraining } from "./bench/training.mjs";
import { afterSetUp, SetupError } from "./setup.mjs";

const parts = { training: benchTraining, scaling: benchScaling, course: benchCourse };

await afterSetUp(async () => {
  const names = process.argv.slice(2);
  const wrong = names.filter((name) => !Object.hasOwn(parts, name));
  if (wrong.length > 0) {
    const all = Object.keys(parts).join(", ");
    throw new SetupError(`The benchmark has no part ${wrong.join(", ")}. Its parts are: ${all}.`);
  }
  const rows = [];
  for (const [name, run] of Object.entries(parts)) {
    if (names.length === 0 || names.includes(name)) rows.push(...(await run()));
  }
  console.log(`${cpus()[0]?.model.trim()}, ${cpus().length} cores, Node ${process.version}\n`);
  console.log(markdownTable(["What", "Median (smallest–largest)"], rows));
});
