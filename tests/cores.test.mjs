// An experiment on all cores: the results of one core, in their order, and what cannot cross threads.
import assert from "node:assert/strict";
import { availableParallelism } from "node:os";
import { before, mock, test } from "node:test";
import { threadId, Worker } from "node:worker_threads";
import * as lab from "activation-lab";
import { onAllCores, withProgress } from "activation-lab/course";

before(() => mock.method(console, "log", () => {}));

const seeds = Array.from({ length: 12 }, (_, seed) => seed);

/** @param {number} seed @param {Pick<typeof import("activation-lab"), "circle" | "activations" | "TwoLayerNetwork">} lab */
const lossesOf = (seed, lab) => {
  const samples = lab.circle({ seed: `circle ${seed}` });
  return ["sigmoid", "gelu"].map((key) => {
    const activation = lab.activations[/** @type {import("activation-lab").ActivationKey} */ (key)];
    return new lab.TwoLayerNetwork({ activation, seed }).train(samples, { epochs: 20 }).losses;
  });
};

test("the results are those of one core, to the last digit", async () => {
  const onOne = await withProgress("one", seeds, (seed) => lossesOf(seed, lab));
  assert.deepEqual(await onAllCores("all", seeds, lossesOf), onOne);
});

test("they come in the order of the items, and from other threads", async () => {
  const results = await onAllCores("slow first", [60, 30, 0], (milliseconds) => {
    const end = Date.now() + milliseconds;
    while (Date.now() < end);
    const { threadId } = process.getBuiltinModule("node:worker_threads");
    return { milliseconds, threadId };
  });
  assert.deepEqual(
    results.map(({ milliseconds }) => milliseconds),
    [60, 30, 0],
  );
  assert.ok(results.every((result) => result.threadId !== threadId));
});

test("threads live on for the next experiment, unless one has failed", async () => {
  /** @param {{ fails?: boolean }} item */
  const threadOf = ({ fails }) => {
    if (fails) throw new Error("here");
    return process.getBuiltinModule("node:worker_threads").threadId;
  };
  /** Each thread has a number above those of earlier ones. */
  const nextThread = async () => {
    const worker = new Worker("", { eval: true });
    const { threadId } = worker;
    await worker.terminate();
    return threadId;
  };
  // As many as there can be.
  await onAllCores("first", new Array(availableParallelism()).fill({}), threadOf);
  const later = await nextThread();
  for (const thread of await onAllCores("second", [{}, {}, {}], threadOf))
    assert.ok(thread < later);
  await assert.rejects(onAllCores("fails", [{ fails: true }], threadOf), /here/);
  for (const thread of await onAllCores("anew", [{}, {}, {}], threadOf)) assert.ok(thread > later);
});

test("a method and an async function work like any other", async () => {
  const tools = {
    double(/** @type {number} */ item) {
      return 2 * item;
    },
  };
  assert.deepEqual(await onAllCores("method", [1, 2], tools.double), [2, 4]);
  assert.deepEqual(await onAllCores("async", [1, 2], async (item) => 3 * item), [3, 6]);
});

test("whatever the work throws is an error, and process.exit ends nothing", async () => {
  for (const nothing of [null, undefined, 0, ""]) {
    const work = new Function(`throw ${JSON.stringify(nothing)}`);
    await assert.rejects(
      onAllCores("throws", [1], /** @type {any} */ (work)),
      /the function threw/,
    );
  }
  await assert.rejects(
    onAllCores("exits", [1, 2, 3], () => process.exit(0)),
    /process.exit ends nothing here: return from the function/,
  );
});

test("no item, no result", async () => {
  assert.deepEqual(await onAllCores("none", [], (item) => item), []);
});

test("a variable of the cell is named, with what to do", async () => {
  const epochs = 3;
  await assert.rejects(
    onAllCores("outer", seeds, (seed) => seed + epochs),
    /^ReferenceError: epochs is not defined: other threads do not know the variables of this cell.*give it with the items/,
  );
});

test("what is no plain data is refused with what to do, as item and as result", async () => {
  const advice = { name: "TypeError", message: /Only plain data gets from thread to thread/ };
  await assert.rejects(
    onAllCores("item", [() => 1], (item) => item()),
    advice,
  );
  await assert.rejects(
    onAllCores("result", [1], () => () => 1),
    advice,
  );
});

test("an error of the work itself arrives as it is, and ends the rest", async () => {
  const counter = new SharedArrayBuffer(4);
  const items = Array.from({ length: 200 }, (_, item) => ({ item, counter }));
  await assert.rejects(
    onAllCores("fails", items, ({ item, counter }, lab) => {
      Atomics.add(new Int32Array(counter), 0, 1);
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
      return lab.circle({ n: item, seed: 1 });
    }),
    { name: "RangeError", message: /n must be .* got 0/ },
  );
  const [begun] = new Int32Array(counter);
  assert.ok(begun < 200, `${begun} of 200 were begun`);
});
