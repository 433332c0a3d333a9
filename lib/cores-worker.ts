/** What each thread of `onAllCores` runs. */
import * as lab from "./index.js";

type Work = (item: unknown, package_: typeof lab) => unknown;

let known: { source: string; work: Work } | undefined;

export default function run({ source, item }: { source: string; item: unknown }): unknown {
  // Made once: a function made anew for each item would never be compiled to fast code.
  if (known?.source !== source) known = { source, work: new Function(`return (${source})`)() };
  const result = known.work(item, lab);
  try {
    return structuredClone(result);
  } catch (error) {
    // As what it is, a DOMException, the message would not get to the other thread.
    throw new TypeError((error as Error).message);
  }
}
