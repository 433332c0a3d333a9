import assert from "node:assert/strict";
import { describe, test } from "node:test";
import vm from "node:vm";
import { build } from "esbuild";
import { inProject } from "../tools/paths.mjs";
import { untyped } from "./support.mjs";

const room = "../lib/dist/lib/notebook";

/** @param {string} code of a module that a bundler for the browser is given, as a classic script */
async function bundle(code, options = {}) {
  const { outputFiles, metafile } = await build({
    stdin: { contents: code, resolveDir: inProject("tests") },
    bundle: true,
    write: false,
    metafile: true,
    platform: "browser",
    target: "es2022",
    format: "iife",
    logLevel: "silent",
    ...options,
  });
  return { script: outputFiles[0].text, files: Object.keys(metafile.inputs) };
}

/**
 * Runs a script where there is nothing but JavaScript and what is given.
 * @param {string} script
 */
function runAlone(script, globals = {}) {
  const context = vm.createContext({ ...globals });
  vm.runInContext(script, context);
  return context;
}

describe("the library with a bundler, for anyone's own page", () => {
  test("the small library and the charts need nothing in the place of Node's", async () => {
    const { script, files } = await bundle(
      `import { relu, TwoLayerNetwork, lessonCircle } from "activation-lab";
       import { lineChart } from "activation-lab/charts";
       const network = new TwoLayerNetwork({ hiddenSize: 4, activation: { name: "ReLU", fn: relu, derivative: (x) => Number(x > 0) }, seed: 1 });
       const { losses } = network.train(lessonCircle(), { epochs: 3 });
       const chart = lineChart({ title: "Loss", x: "epoch", y: "loss", description: "Falls.", series: [{ name: "ReLU", x: [1, 2, 3], y: losses, style: "relu" }] });
       globalThis.made = { losses, traces: chart.data.length };`,
      { mainFields: ["module", "main"] },
    );
    assert.deepEqual(
      files.filter((file) => /notebook|browser/.test(file) && file.includes("lib/dist")),
      [],
    );
    const { made } = runAlone(script);
    assert.equal(made.losses.length, 3);
    assert.equal(made.traces, 1);
  });

  test("the other doors find a page's room in the place of Node's", async () => {
    const { script, files } = await bundle(
      `import { onAllCores, withProgress } from "activation-lab/course";
       import { exercises, showProgress } from "activation-lab/exercises";
       globalThis.course = { onAllCores, withProgress, exercises, showProgress };`,
    );
    const leaves = files
      .filter((file) => file.includes("/notebook/"))
      .map((file) => file.split("/notebook/")[1]);
    assert.deepEqual(leaves.sort(), [
      "browser/files.js",
      "browser/front-end.js",
      "browser/page.js",
      "browser/progress-file.js",
      "browser/threads.js",
      "browser/time-limit.js",
      "work.js",
    ]);
    assert.doesNotMatch(script, /node:|require\("/);
    /** @type {string[]} */
    const said = [];
    /**
     * @type {{
     *   course: Pick<typeof import("activation-lab/course"), "onAllCores"> &
     *     Pick<typeof import("activation-lab/exercises"), "exercises">,
     *   activationLabPage: typeof import("../lib/dist/lib/notebook/browser/page.js").page,
     * }}
     */
    const { course, activationLabPage } = untyped(
      runAlone(script, {
        console: { log: (/** @type {string} */ text) => said.push(text) },
        clearTimeout,
        performance,
        setTimeout,
        structuredClone,
      }),
    );
    course.exercises.prelu.check({ forward: (x, alpha) => (x > 0 ? x : alpha * x) });
    assert.match(String(said.pop()), /forward: correct/);
    // Without workers there is one core.
    const squares = await course.onAllCores("Squaring", [1, 2, 3], (n, lab) => lab.relu(n) ** 2);
    assert.deepEqual([...squares], [1, 4, 9]);
    await assert.rejects(
      course.onAllCores("Failing", [1], () => said.length),
      /said is not defined: other threads do not know the variables of this cell/,
    );
    assert.throws(() => course.exercises.prelu.solution("forward"), /activationLabPage\.sources/);
    activationLabPage.sources = {
      "exercises/prelu.ts": "// #region forward\nexport const a = 1;\n// #endregion\n",
    };
    activationLabPage.show = (data) => said.push(String(data["text/plain"]));
    course.exercises.prelu.solution("forward");
    assert.equal(said.pop(), "const a = 1;");
  });
});

describe("a page's room", () => {
  for (const leaf of ["files", "front-end", "progress-file", "threads", "time-limit"]) {
    test(`${leaf} has what Node's has`, async () => {
      const node = await import(`${room}/${leaf}.js`);
      const page = await import(`${room}/browser/${leaf}.js`);
      const missing = Object.keys(node).filter((name) => typeof page[name] !== typeof node[name]);
      assert.deepEqual(missing, []);
    });
  }

  test("its types are those of Node's", async () => {
    // Checked by tsc.
    /** @type {typeof import("../lib/dist/lib/notebook/files.js")} */
    const files = await import("../lib/dist/lib/notebook/browser/files.js");
    /** @type {typeof import("../lib/dist/lib/notebook/front-end.js")} */
    const frontEnd = await import("../lib/dist/lib/notebook/browser/front-end.js");
    /** @type {typeof import("../lib/dist/lib/notebook/progress-file.js")} */
    const progress = await import("../lib/dist/lib/notebook/browser/progress-file.js");
    /** @type {Pick<typeof import("../lib/dist/lib/notebook/threads.js"), "openThreads">} */
    const threads = await import("../lib/dist/lib/notebook/browser/threads.js");
    /** @type {typeof import("../lib/dist/lib/notebook/time-limit.js")} */
    const timeLimit = await import("../lib/dist/lib/notebook/browser/time-limit.js");
    assert.ok(files && frontEnd && progress && threads && timeLimit);
  });

  test("an endless loop ends, if its turns say so", async () => {
    const { isStopped, runWithin, turn } = await import(`${room}/browser/time-limit.js`);
    const endless = () => {
      for (;;) turn();
    };
    assert.equal(runWithin(20, endless), "tooLong");
    assert.equal(runWithin(20, turn), "done");
    assert.equal(isStopped(), false);
    assert.equal(
      runWithin(20, () => assert.ok(isStopped())),
      "async",
    );
    assert.equal(runWithin(20, turn), "done");
    assert.throws(() => runWithin(20, () => assert.fail("mine")), /mine/);
    // Nothing is left of it.
    for (let i = 0; i < 5000; i++) turn();
  });

  test("progress lasts as long as the page, or where the page keeps it", async () => {
    const progress = await import(`${room}/browser/progress-file.js`);
    const { page } = await import(`${room}/browser/page.js`);
    assert.equal(progress.readProgressText(), "");
    progress.addProgressLine("a");
    progress.addProgressLine("b");
    assert.equal(progress.readProgressText(), "a\nb\n");
    /** @type {string[]} */
    const kept = [];
    page.progress = {
      place: "a drawer",
      read: () => kept.join(""),
      add: (/** @type {string} */ line) => kept.push(line),
    };
    progress.addProgressLine("c");
    assert.deepEqual(
      [kept, progress.readProgressText(), progress.progressPlace()],
      [["c"], "c", "a drawer"],
    );
    delete page.progress;
  });

  test("a page's workers share the items; one that the browser refuses leaves its own to the others", async (t) => {
    const { openThreads, serveThread } = await import(`${room}/browser/threads.js`);
    const { page } = await import(`${room}/browser/page.js`);
    const lab = { double: (/** @type {number} */ n) => 2 * n };
    const module = { name: "#lab", load: async () => lab };
    const source = String(
      (/** @type {number} */ n, /** @type {Record<"double", (n: number) => number>} */ lab) =>
        lab.double(n),
    );
    /** @param {() => import("../lib/dist/lib/notebook/browser/page.js").Worker} newWorker @param {any[]} items */
    const run = async (newWorker, items = [1, 2, 3, 4]) => {
      page.newWorker = newWorker;
      const threads = openThreads(module);
      try {
        return await Promise.all(items.map((item) => threads.run(source, item)));
      } finally {
        await threads.close();
        delete page.newWorker;
      }
    };
    const before = Object.getOwnPropertyDescriptor(globalThis, "navigator");
    const ofTwoCores = { value: { hardwareConcurrency: 2 }, configurable: true };
    Object.defineProperty(globalThis, "navigator", ofTwoCores);
    t.after(() => Object.defineProperty(globalThis, "navigator", before ?? { value: undefined }));
    let started = 0;
    const working = () => {
      started += 1;
      /** @type {any} */
      const inside = {
        onmessage: null,
        postMessage: (/** @type {unknown} */ data) => setTimeout(() => outside.onmessage({ data })),
      };
      serveThread(inside, lab);
      /** @type {any} */
      const outside = {
        onmessage: null,
        onerror: null,
        terminate() {},
        postMessage: (/** @type {unknown} */ data) => {
          const copy = structuredClone(data);
          setTimeout(() => inside.onmessage({ data: copy }));
        },
      };
      return outside;
    };
    const refused = () => {
      /** @type {any} */
      const worker = {
        onerror: null,
        onmessage: null,
        terminate() {},
        postMessage: () => setTimeout(() => worker.onerror({ message: "refused" })),
      };
      return worker;
    };
    assert.deepEqual(await run(working), [2, 4, 6, 8]);
    assert.equal(started, 2);
    assert.deepEqual(await run(refused), [2, 4, 6, 8]);
    assert.deepEqual(await run(() => (started++ % 2 ? refused() : working())), [2, 4, 6, 8]);
    assert.deepEqual(
      await run(() => {
        throw new Error("not here");
      }),
      [2, 4, 6, 8],
    );
    await assert.rejects(run(working, [() => 1]), /could not be cloned/);

    /** @type {any[]} */
    const made = [];
    page.newWorker = () => {
      const worker = working();
      // Ended, it takes jobs and answers none.
      worker.terminate = () => Object.assign(worker, { postMessage() {} });
      made.push(worker);
      return worker;
    };
    const threads = openThreads(module);
    const all = () => Promise.all([1, 2].map((item) => threads.run(source, item)));
    assert.deepEqual(await all(), [2, 4]);
    made[0].onerror({ message: "a timer that a job has left" });
    assert.deepEqual(await all(), [2, 4]);
    assert.equal(made.length, 3);
    await threads.close();
    delete page.newWorker;
  });
});
