// Showing charts, tables and progress: in a notebook through tslab, elsewhere as text.
import assert from "node:assert/strict";
import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { afterEach, before, describe, mock, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { lineChart } from "activation-lab/charts";
import { onAllCores, show, showTable, withProgress } from "activation-lab/course";
import fc from "fast-check";
import { near, temporaryFolder, untyped } from "./support.mjs";

fc.configureGlobal({ seed: 1337, numRuns: 100 });

const require = createRequire(import.meta.url);
const tslabPath = require.resolve("tslab/dist/jupyter.js");
const PLOTLY = "application/vnd.plotly.v1+json";

/** What tslab is sent. @typedef {{ content: { data: Record<string, any>, metadata: object, transient: { display_id?: string } }, update: boolean }} Sent */

/** Stands in for tslab's kernel as it is while a notebook runs. @returns {Sent[]} */
function insideNotebook() {
  /** @type {Sent[]} */
  const sent = [];
  setTslab({
    lastWriteDisplayData: (/** @type {Sent["content"]} */ content, /** @type {boolean} */ update) =>
      sent.push({ content, update }),
  });
  return sent;
}

/** @param {object} exports */
function setTslab(exports) {
  require.cache[tslabPath] = untyped({ id: tslabPath, filename: tslabPath, loaded: true, exports });
}

/** What is printed. @returns {string[]} */
function capturePrinting() {
  /** @type {string[]} */
  const printed = [];
  mock.method(console, "log", (/** @type {string} */ line) => printed.push(line));
  return printed;
}

afterEach(() => {
  delete require.cache[tslabPath];
  mock.restoreAll();
});

/** @param {readonly number[]} y */
const chartOf = (y) =>
  lineChart({ title: "t", x: "x", y: "y", description: "A line.", series: [{ name: "a", y }] });

/** @param {Sent[]} sent @returns {any} */
const figureOf = (sent) => sent[0]?.content.data[PLOTLY];

describe("a chart", () => {
  test("in a notebook is one bundle: the figure, and its description as text", () => {
    const printed = capturePrinting();
    const sent = insideNotebook();
    const figure = { data: [{ type: "bar", y: [1, 2] }], layout: { height: 300 } };
    show({ ...figure, description: "Two bars." });
    assert.deepEqual(sent, [
      {
        content: {
          data: { [PLOTLY]: figure, "text/plain": "Two bars." },
          metadata: {},
          transient: {},
        },
        update: false,
      },
    ]);
    assert.deepEqual(printed, []);
  });

  test("keeps six digits of each number, at any size", () => {
    const sent = insideNotebook();
    show(chartOf([0.123456789, -123456.789, 1.23456789e-20, 9.87654321e20, 0, 5]));
    assert.deepEqual(figureOf(sent).data[0].y, [0.123457, -123457, 1.23457e-20, 9.87654e20, 0, 5]);
    fc.assert(
      fc.property(
        fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e300, max: 1e300 }),
        (value) => {
          sent.length = 0;
          show(chartOf([value]));
          const [shown] = figureOf(sent).data[0].y;
          near(shown, value, 5.0001e-6 * Math.abs(value) + 1e-320);
          assert.ok(
            String(shown)
              .replace(/e.*|[-.]/g, "")
              .replace(/^0+|0+$/g, "").length <= 6,
          );
        },
      ),
    );
  });

  test("has gaps where a value is not finite: JSON has no NaN", () => {
    const sent = insideNotebook();
    show(chartOf([1, Number.NaN, Infinity, 4]));
    assert.deepEqual(figureOf(sent).data[0].y, [1, null, null, 4]);
  });

  test("keeps text as it is, numbers in it too", () => {
    const sent = insideNotebook();
    const chart = chartOf([1]);
    show({ ...chart, layout: { ...chart.layout, note: "0.123456789", on: true } });
    assert.deepEqual([figureOf(sent).layout.note, figureOf(sent).layout.on], ["0.123456789", true]);
  });

  test("is itself not changed", () => {
    insideNotebook();
    const chart = chartOf([0.123456789]);
    show(chart);
    assert.equal(untyped(chart.data[0]).y[0], 0.123456789);
    assert.equal(chart.description, "A line.");
  });

  test("takes its slider's frames along", () => {
    const sent = insideNotebook();
    show({ ...chartOf([1]), frames: [{ name: "f", data: [{ y: [1.23456789] }] }] });
    assert.deepEqual(figureOf(sent).frames, [{ name: "f", data: [{ y: [1.23457] }] }]);
  });

  test("outside a notebook is its description", () => {
    const printed = capturePrinting();
    show(chartOf([1]));
    assert.deepEqual(printed, ["A line."]);
  });

  /** @type {[string, unknown, RegExp][]} */
  const misuses = [
    ["no description", { data: [], layout: {} }, /show: chart\.description must/],
    ["an empty description", { ...chartOf([1]), description: "" }, /show: chart\.description must/],
    [
      "a blank description",
      { ...chartOf([1]), description: " \n" },
      /show: chart\.description must/,
    ],
    ["a number for one", { ...chartOf([1]), description: 5 }, /show: chart\.description must/],
    ["no data", { layout: {}, description: "d" }, /show: chart\.data must .*got undefined/],
    ["one trace for a list", { data: "trace", description: "d" }, /chart\.data must .*got trace/],
    ["nothing", undefined, /show: chart\.data must .*got undefined/],
    ["null", null, /show: chart\.data must .*got undefined/],
  ];
  for (const [name, chart, message] of misuses) {
    test(`${name}: a TypeError, and nothing is shown`, () => {
      const printed = capturePrinting();
      const sent = insideNotebook();
      assert.throws(() => show(untyped(chart)), { name: "TypeError", message });
      assert.deepEqual([...sent, ...printed], []);
    });
  }
});

describe("a table", () => {
  const rows = [
    { activation: "ReLU", epochs: 7 },
    { activation: "Leaky ReLU", epochs: 120 },
  ];

  test("in a notebook is one bundle: HTML with the numbers to the right, and aligned text", () => {
    const sent = insideNotebook();
    showTable(rows);
    assert.equal(sent.length, 1);
    const data = untyped(sent[0]?.content.data);
    assert.deepEqual(Object.keys(data).sort(), ["text/html", "text/plain"]);
    const right = ' style="text-align:right"';
    assert.equal(
      data["text/html"],
      "<table><thead><tr><th>activation</th><th>epochs</th></tr></thead><tbody>" +
        `<tr><td>ReLU</td><td${right}>7</td></tr>` +
        `<tr><td>Leaky ReLU</td><td${right}>120</td></tr></tbody></table>`,
    );
    assert.equal(
      data["text/plain"],
      ["activation  epochs", "ReLU             7", "Leaky ReLU     120"].join("\n"),
    );
  });

  test("a link is a link in HTML, and its words as text", () => {
    const sent = insideNotebook();
    showTable([{ where: { text: "a < b", href: 'x.ipynb#"&' } }]);
    const data = untyped(sent[0]?.content.data);
    assert.ok(data["text/html"].includes('<td><a href="x.ipynb#&quot;&amp;">a &lt; b</a></td>'));
    assert.equal(data["text/plain"], "where\na < b");
  });

  test("outside a notebook is the aligned text", () => {
    const printed = capturePrinting();
    showTable(rows);
    assert.deepEqual(printed, ["activation  epochs\nReLU             7\nLeaky ReLU     120"]);
  });

  test("shows text as text, whatever HTML it looks like", () => {
    const sent = insideNotebook();
    showTable([{ "<i>a & b</i>": '<img src=x onerror="alert(1)"> &amp;' }]);
    const html = sent[0]?.content.data["text/html"];
    assert.ok(html.includes("<th>&lt;i&gt;a &amp; b&lt;/i&gt;</th>"), html);
    assert.ok(html.includes('<td>&lt;img src=x onerror="alert(1)"&gt; &amp;amp;</td>'), html);
    fc.assert(
      fc.property(fc.string(), fc.string({ minLength: 1 }), (value, head) => {
        sent.length = 0;
        showTable([{ [`h${head}`]: value }]);
        const tags = sent[0]?.content.data["text/html"].replace(
          /<\/?(table|thead|tbody|tr|th|td)>/g,
          "",
        );
        assert.ok(!/[<>]/.test(tags), tags);
      }),
    );
  });

  test("takes its columns from the first row and leaves empty what a row lacks", () => {
    const printed = capturePrinting();
    showTable(
      untyped([
        { a: 1, b: "x" },
        { b: "y", c: 3 },
      ]),
    );
    assert.deepEqual(printed, ["a  b\n1  x\n   y"]);
  });

  test("may have as many rows as there are", () => {
    const printed = capturePrinting();
    showTable(Array.from({ length: 200_000 }, (_, row) => ({ row })));
    assert.equal(printed[0]?.split("\n").length, 200_001);
  });

  for (const nothing of [[], [undefined]]) {
    test(`of ${nothing.length} rows that are none: a TypeError`, () => {
      assert.throws(() => showTable(untyped(nothing)), {
        name: "TypeError",
        message: /showTable: rows is empty/,
      });
    });
  }
});

describe("Markdown", () => {
  /** @type {typeof import("../lib/course/display.js")} */
  let display;
  before(async () => {
    display = await import(
      new URL("display.js", import.meta.resolve("activation-lab/course")).href
    );
  });

  test("in a notebook is one bundle with its plain text, outside only that", () => {
    const sent = insideNotebook();
    display.showMarkdown("**bold**", "bold");
    display.showMarkdown("`code`");
    assert.deepEqual(
      sent.map(({ content }) => content.data),
      [
        { "text/markdown": "**bold**", "text/plain": "bold" },
        { "text/markdown": "`code`", "text/plain": "`code`" },
      ],
    );
    delete require.cache[tslabPath];
    const printed = capturePrinting();
    display.showMarkdown("**bold**", "bold");
    assert.deepEqual(printed, ["bold"]);
  });
});

describe("progress", () => {
  /** @param {Sent[]} sent */
  const lines = (sent) => sent.map(({ content }) => content.data["text/plain"]);

  test("returns what the work returned, in the order of the items", async () => {
    insideNotebook();
    /** @type {[string, number][]} */
    const calls = [];
    const results = await withProgress("Training", ["a", "b", "c"], (item, index) => {
      calls.push([item, index]);
      return item.toUpperCase();
    });
    assert.deepEqual(results, ["A", "B", "C"]);
    assert.deepEqual(calls, [
      ["a", 0],
      ["b", 1],
      ["c", 2],
    ]);
  });

  test("waits for work that takes time before it begins the next", async () => {
    insideNotebook();
    let running = 0;
    const results = await withProgress("Waiting", [3, 1, 2], async (item) => {
      assert.equal(++running, 1);
      await new Promise((resolve) => setTimeout(resolve, item));
      running--;
      return item * 10;
    });
    assert.deepEqual(results, [30, 10, 20]);
  });

  test("begins at 0 of n, ends at n of n, in one output that is updated in place", async () => {
    const sent = insideNotebook();
    await withProgress("Training 8 networks", [1, 2, 3, 4, 5, 6, 7, 8], () => undefined);
    const shown = lines(sent);
    assert.match(shown[0], /^Training 8 networks: ░+ 0 of 8$/);
    assert.match(shown.at(-1), /^Training 8 networks: █+ 8 of 8$/);
    assert.equal(shown[0].match(/░/g).length, shown.at(-1).match(/█/g).length);
    const ids = new Set(sent.map(({ content }) => content.transient.display_id));
    assert.equal(ids.size, 1);
    assert.ok(!ids.has(undefined));
    assert.deepEqual(sent.map(({ update }) => update).slice(0, 2), [false, true]);
  });

  test("shows how far it is in between, and lets the kernel send it", async () => {
    const sent = insideNotebook();
    let now = 0;
    mock.method(Date, "now", () => now);
    let turns = 0;
    const count = () => {
      turns++;
      if (turns < 50) setImmediate(count);
    };
    setImmediate(count);
    await withProgress("Working", [1, 2, 3, 4], () => {
      now += 1000;
    });
    assert.deepEqual(
      lines(sent).map((line) => line.replace(/^Working: [█░]+ /, "")),
      [
        "0 of 4",
        "1 of 4, about 3 s left",
        "2 of 4, about 2 s left",
        "3 of 4, about 1 s left",
        "4 of 4",
        "4 of 4",
      ],
    );
    const widths = lines(sent).map((line) => line.match(/[█░]/g).length);
    assert.equal(new Set(widths).size, 1);
    const half = lines(sent)[2];
    assert.equal(half.match(/█/g).length, half.match(/░/g).length);
    assert.ok(turns >= 4, "the event loop had no turn while it worked");
  });

  test("says minutes where seconds would be many", async () => {
    const sent = insideNotebook();
    let now = 0;
    mock.method(Date, "now", () => now);
    await withProgress("Slow", [1, 2, 3], () => {
      now += 90_000;
    });
    assert.match(lines(sent)[1], /1 of 3, about 3 minutes left$/);
    assert.match(lines(sent)[2], /2 of 3, about 90 s left$/);
  });

  test("does not flood the notebook when items are quick", async () => {
    const sent = insideNotebook();
    mock.method(Date, "now", () => 0);
    await withProgress("Quick", new Array(1000).fill(0), () => undefined);
    assert.equal(sent.length, 2);
  });

  test("two bars have an output each", async () => {
    const sent = insideNotebook();
    await withProgress("One", [1], () => undefined);
    await withProgress("Two", [1], () => undefined);
    const ids = sent.map(({ content }) => content.transient.display_id);
    assert.equal(ids[0], ids[1]);
    assert.equal(ids[2], ids[3]);
    assert.notEqual(ids[0], ids[2]);
  });

  test("of nothing is over at once", async () => {
    const sent = insideNotebook();
    assert.deepEqual(await withProgress("None", [], () => assert.fail("called")), []);
    assert.match(lines(sent).at(-1), /^None: █{20} 0 of 0$/);
  });

  test("passes an error of the work on, and stops", async () => {
    insideNotebook();
    let calls = 0;
    const work = () => {
      calls++;
      throw new RangeError("no such network");
    };
    await assert.rejects(withProgress("Failing", [1, 2, 3], work), { message: "no such network" });
    assert.equal(calls, 1);
  });

  describe("when the cell is interrupted", () => {
    const hook = Symbol.for("kernel.interrupt");
    const controllerOf = () => {
      const controller = new AbortController();
      /** @type {any} */ (globalThis)[hook] = controller.signal;
      return controller;
    };
    afterEach(() => delete (/** @type {any} */ (globalThis)[hook]));

    test("begins no further item, and shows nothing more", async () => {
      const sent = insideNotebook();
      const controller = controllerOf();
      let calls = 0;
      const work = () => {
        if (++calls === 2) controller.abort(new Error("interrupted"));
      };
      await assert.rejects(withProgress("Long", [1, 2, 3, 4], work), { message: "interrupted" });
      assert.equal(calls, 2);
      assert.equal(sent.length, 1);
    });

    test("does not wait for what it was waiting for", async () => {
      insideNotebook();
      const controller = controllerOf();
      setTimeout(() => controller.abort(new Error("interrupted")), 5);
      await assert.rejects(
        withProgress("Endless", [1], () => new Promise(() => {})),
        { message: "interrupted" },
      );
    });

    test("ends the threads of onAllCores, whatever they are doing", async () => {
      insideNotebook();
      const controller = controllerOf();
      const counter = new SharedArrayBuffer(4);
      const working = onAllCores("Endless", [counter, counter, counter], (shared) => {
        for (;;) Atomics.add(new Int32Array(shared), 0, 1);
      });
      const [count] = [new Int32Array(counter)];
      while (Atomics.load(count, 0) === 0) await new Promise((resolve) => setTimeout(resolve, 5));
      controller.abort(new Error("interrupted"));
      await assert.rejects(working, { message: "interrupted" });
      const stoppedAt = Atomics.load(count, 0);
      await new Promise((resolve) => setTimeout(resolve, 20));
      assert.equal(Atomics.load(count, 0), stoppedAt);
    });
  });

  test("outside a notebook prints one line, for a terminal cannot take it back", async () => {
    const printed = capturePrinting();
    await withProgress("Training", [1, 2], () => undefined);
    assert.equal(printed.length, 1);
    assert.match(printed[0] ?? "", /^Training: /);
  });
});

describe("the kernel's private way to show two kinds at once", () => {
  test("is still where tslab has it", () => {
    assert.ok("lastWriteDisplayData" in require("tslab/dist/jupyter.js"));
  });

  test("when it is gone, or not set yet, charts are printed as text", () => {
    const printed = capturePrinting();
    for (const exports of [{}, { lastWriteDisplayData: null }]) {
      setTslab(exports);
      show(chartOf([1]));
    }
    assert.deepEqual(printed, ["A line.", "A line."]);
  });

  test("where tslab does not let it be loaded there is no notebook", async (t) => {
    const folder = temporaryFolder(t);
    const frontEnd = new URL(
      "../notebook/front-end.js",
      import.meta.resolve("activation-lab/course"),
    );
    copyFileSync(fileURLToPath(frontEnd), join(folder, "front-end.js"));
    writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
    mkdirSync(join(folder, "node_modules", "tslab"), { recursive: true });
    writeFileSync(join(folder, "node_modules", "tslab", "package.json"), '{ "exports": {} }');
    const alone = await import(pathToFileURL(join(folder, "front-end.js")).href);
    const sent = insideNotebook();
    assert.equal(alone.sendToNotebook({ "text/plain": "A line." }), false);
    assert.equal(sent.length, 0);
  });
});
