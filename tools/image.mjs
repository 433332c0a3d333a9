/** `node tools/run.mjs image PREFIX`: sets the course up for the Python in PREFIX; `.binder/postBuild` calls it. */
import { SetupError } from "./setup/failures.mjs";
import { setUpImage } from "./setup.mjs";

/** @param {string[]} args the folder of that Python */
export async function main([prefix]) {
  if (!prefix) throw new SetupError("Say where Python is: node tools/run.mjs image PREFIX");
  await setUpImage(prefix);
}
