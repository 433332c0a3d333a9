/** What each of the threads runs. */
import { callWork } from "./work.js";

// It would end the thread without an answer, for which `onAllCores` would wait for ever.
process.exit = () => {
  throw new Error("process.exit ends nothing here: return from the function instead");
};

export default async function run({
  source,
  item,
  module,
}: {
  source: string;
  item: unknown;
  module: string;
}): Promise<unknown> {
  return callWork(source, item, await import(module));
}
