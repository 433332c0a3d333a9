/** Runs an experiment on all cores of the machine, one item on each at a time. */
import { openThreads, type Threads } from "../notebook/threads.js";
import type * as Lab from "./lab.js";
import { withProgress } from "./progress-bar.js";

/**
 * Like `withProgress`, but on all cores: the same results in the same order, in less time.
 * `work` runs in other threads, which get its source text and nothing else. So it must find all it needs
 * in its parameters: its item, and `lab`, which has all of `activation-lab` and what the course measures
 * with. Items and results must be plain data.
 * @param label what is being done, such as "Training 100 networks"
 * @returns what the calls returned, in the order of the items
 * @throws ReferenceError if `work` uses a variable of its cell
 * @throws TypeError if an item or a result has a function in it, as a network has
 * @throws what `work` throws; items that no core has begun are dropped then
 * @example
 * await onAllCores("Training", [1, 2], (seed, lab) => {
 *   const network = new lab.TwoLayerNetwork({ activation: lab.activations.relu, seed });
 *   return network.train(lab.xor(), { epochs: 10 }).losses.length;
 * }) // [ 10, 10 ]
 */
export async function onAllCores<Item, Result>(
  label: string,
  items: readonly Item[],
  work: (item: Item, lab: typeof Lab) => Result | Promise<Result>,
): Promise<Result[]> {
  const threads = takeThreads();
  try {
    const source = String(work);
    const results = items.map((item) => threads.run(source, item) as Promise<Result>);
    // The bar waits for one after the other, so a later one may fail before it is waited for.
    for (const result of results) result.catch(() => {});
    const all = await withProgress(label, results, (result) => result);
    await keepThreads(threads);
    return all;
  } catch (error) {
    await threads.close();
    throw withAdvice(error);
  }
}

/** Those of the last experiment, for the next: they have loaded the library, and their code is fast by now. */
let kept: Threads | undefined;

function takeThreads(): Threads {
  const threads = kept ?? openThreads({ name: "#lab", load: () => import("./lab.js") });
  kept = undefined;
  return threads;
}

async function keepThreads(threads: Threads): Promise<void> {
  // Another experiment may have begun and ended meanwhile.
  const others = kept;
  kept = threads;
  await others?.close();
}

/** What goes wrong because the work is done elsewhere, with what to do about it. */
function withAdvice(error: unknown): unknown {
  const { name, message } = Object(error);
  if (name === "ReferenceError") {
    return new ReferenceError(
      `${message}: other threads do not know the variables of this cell. Make it inside the function, ` +
        "give it with the items, or write lab. before what activation-lab exports",
    );
  }
  if (message?.endsWith("could not be cloned.")) {
    return new TypeError(
      `${message} Only plain data gets from thread to thread: give and return numbers, texts, lists and objects of them`,
    );
  }
  return error;
}
