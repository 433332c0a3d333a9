/** `node tools/image.mjs PREFIX`: sets the course up for the Python in PREFIX; `.binder/postBuild` calls it. */
import { requireNode } from "./node-version.mjs";

requireNode();
const { explained, setUpImage } = await import("./setup.mjs");
const { SetupError } = await import("./setup/failures.mjs");

await explained(async () => {
  const [prefix] = process.argv.slice(2);
  if (!prefix) throw new SetupError("Say where Python is: node tools/image.mjs PREFIX");
  await setUpImage(prefix);
});
