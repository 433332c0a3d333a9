/**
 * What the npm scripts call: `node tools/run.mjs COMMAND …` runs `main` of `tools/COMMAND.mjs`. Old Nodes, and
 * folders where nothing is installed yet, get as far as here.
 */
import { requireNode } from "./node-version.mjs";

requireNode();
const { explained } = await import("./setup/failures.mjs");
const { endWithNpm } = await import("./setup/processes.mjs");
endWithNpm();
const [command, ...args] = process.argv.slice(2);
await explained(async () => {
  const { main } = await import(`./${command}.mjs`);
  await main(args);
});
