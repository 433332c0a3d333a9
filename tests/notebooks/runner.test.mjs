/** The runner of notebooks fails when a notebook does, and says where. */
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { after, test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { codeCells, NotebookError, readNotebook, runNotebook } from "../../tools/notebooks.mjs";
import { inProject, jupyterEnvironment, python } from "../../tools/paths.mjs";
import { render } from "../../tools/render.mjs";
import { isAlive } from "../../tools/setup/processes.mjs";
import { scratch, temporaryFolder } from "../support.mjs";
import { printedBy, writeNotebook } from "./support.mjs";

// Where the kernel finds activation-lab.
const folder = temporaryFolder({ after }, scratch);

/**
 * Runs a notebook of these cells.
 * @param {string} name
 * @param {Parameters<typeof writeNotebook>[1]} cells
 */
function run(name, cells) {
  const file = path.join(folder, `${name}.ipynb`);
  writeNotebook(file, cells);
  return { file, result: runNotebook(file) };
}

test("a good notebook comes back with its outputs, and its file is as it was", async () => {
  const { file, result } = run("good", [
    'import { sigmoid } from "activation-lab";\nsigmoid(0)',
    "console.log('second')",
  ]);
  const notebook = await result;
  assert.deepEqual(
    codeCells(notebook).map((cell) => [cell.execution_count, printedBy(cell)]),
    [
      [1, "0.5\n"],
      [2, "second\n"],
    ],
  );
  assert.deepEqual(readNotebook(file).cells[0].outputs, []);
});

test("no output is lost, however many there are", async () => {
  const notebook = await run("many", [
    "for (let i = 0; i < 3000; i++) console.log(i);",
    'import { showTable } from "activation-lab/course";\nfor (let i = 0; i < 600; i++) showTable([{ i }]);',
    "1 + 1",
  ]).result;
  const [printed, shown, last] = codeCells(notebook);
  assert.deepEqual(
    printedBy(printed).trim().split("\n"),
    Array.from({ length: 3000 }, (_, i) => String(i)),
  );
  assert.equal(shown.outputs.length, 600);
  assert.equal(printedBy(last), "2\n");
});

test("what a notebook says of predictions is asked of the kernel, and leaves no trace", async () => {
  const asking = (/** @type {object[]} */ ...predictions) => [
    ...predictions.map((predict) => ({ source: "", metadata: { predict } })),
    "const share = 0.29;",
  ];
  const { result } = run("true", asking({ check: "share < 1" }, { check: "share", number: 0.291 }));
  assert.equal((await result).cells.length, 3);
  const wrong = asking(
    { check: "share > 1" },
    { check: "share" },
    { check: "share", number: 0.3 },
    { check: "NaN", number: 0.3 },
  );
  await assert.rejects(run("false", wrong).result, {
    message: [
      "false.ipynb: what it says of predictions does not hold:",
      "share > 1 is false, not true",
      "share is 0.29, not true",
      "share is 0.29, not 0.3",
      "NaN is null, not 0.3",
    ].join("\n"),
  });
});

const failing = {
  throws: {
    cells: ["1 + 1", 'throw new Error("on purpose")', "2"],
    says: /code cell 2 failed.*on purpose/s,
  },
  "type-error": {
    cells: ['const n: number = "text";'],
    says: /code cell 1 failed.*not assignable/s,
  },
  rejects: {
    cells: ['await Promise.reject(new Error("later"))'],
    says: /code cell 1 failed.*later/s,
  },
  "unknown-import": {
    cells: ['import { nothing } from "activation-lab";\nnothing'],
    says: /cell 1 failed.*nothing/s,
  },
};
for (const [name, { cells, says }] of Object.entries(failing)) {
  test(`a notebook that fails (${name}) is an error that names the cell`, async () => {
    await assert.rejects(run(name, cells).result, (error) => {
      assert.ok(error instanceof NotebookError);
      assert.match(error.message, new RegExp(`^${name}.ipynb`));
      assert.match(error.message, says);
      return true;
    });
  });
}

test("an error fails the notebook even in a cell tagged to allow it: the kernel drops what follows", async () => {
  const allowed = {
    source: 'throw new Error("allowed")',
    metadata: { tags: ["raises-exception"] },
  };
  await assert.rejects(run("allowed", [allowed, "1 + 1"]).result, /code cell 1 failed.*allowed/s);
});

test("a kernel ends when the Jupyter that started it was killed", async () => {
  const begin = `import os, subprocess
from jupyter_client.manager import KernelManager
manager = KernelManager(kernel_name="tslab")
manager.start_kernel(stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
client = manager.client()
client.start_channels()
client.wait_for_ready(timeout=60)
print(manager.provisioner.process.pid, flush=True)
os._exit(0)`;
  const { stdout, stderr } = spawnSync(python, ["-c", begin], {
    env: jupyterEnvironment(),
    encoding: "utf8",
  });
  const pid = Number(stdout.trim().split("\n").at(-1));
  assert.ok(pid > 0, stderr);
  await until(() => !isAlive(pid), `ended: the kernel, process ${pid}`);
});

test("a cell that the kernel drops fails the notebook", async () => {
  // What tslab does with cells that come within 200 ms of an error, here without waiting for one.
  const drop = `const jupyter = require("tslab/dist/jupyter.js");
jupyter.JupyterHandlerImpl.prototype.handleExecute = async () => ({ status: "abort" });`;
  await assert.rejects(run("dropped", [drop, "1 + 1"]).result, /code cell 2 failed.*'abort'/s);
});

for (const [kind, content, message] of /** @type {[string, string | Buffer, RegExp][]} */ ([
  ["empty", "", /empty\.ipynb is empty: restore it/],
  [
    "conflict",
    "<<<<<<< HEAD\n{}\n=======\n",
    /conflict\.ipynb has conflict markers of git in line 1/,
  ],
  ["bom", '\ufeff{"cells": []}', /bom\.ipynb begins with a byte order mark \(BOM\)/],
  ["latin", Buffer.from('{"cells": "\xe9"}', "latin1"), /latin\.ipynb is not UTF-8 \(byte 11\)/],
  ["prose", "# A notebook\n", /prose\.ipynb is no notebook: /],
  ["list", "[]", /list\.ipynb is no notebook: /],
  [
    "no-list",
    '{"cells": {}, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}',
    /its cells are no list/,
  ],
  [
    "no-cells",
    '{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}',
    /no-cells\.ipynb has no cells/,
  ],
]))
  test(`a file that is no notebook is named, with what to do: ${kind}`, async () => {
    const file = path.join(folder, `${kind}.ipynb`);
    writeFileSync(file, content);
    await assert.rejects(runNotebook(file), { constructor: NotebookError, message });
  });

test("half a character that is printed does not stop a notebook", async () => {
  const [cell] = codeCells(await run("halves", ['console.log("🙂"[0], "🙂"[1]);']).result);
  assert.equal(printedBy(cell), "\ud83d \ude42\n");
});

test("the learner's progress and colours are not in the outputs, and what a run leaves is in the project", async (context) => {
  const progress = path.join(temporaryFolder(context), "progress.jsonl");
  writeFileSync(progress, JSON.stringify({ passed: ["prelu"] }));
  const before = { ...process.env };
  Object.assign(process.env, { ACTIVATION_LAB_PROGRESS: progress, FORCE_COLOR: "3" });
  context.after(() => {
    process.env = before;
  });
  const notebook = await run("fresh", [
    'import { showProgress } from "activation-lab/exercises";\nshowProgress();',
    "({ a: 1 })",
    'console.log(require("node:os").tmpdir());',
  ]).result;
  const [passed, coloured, place] = codeCells(notebook).map(printedBy);
  assert.match(passed, /^Exercises passed: none/);
  assert.equal(coloured, "{ a: 1 }\n");
  assert.ok(place.startsWith(inProject(".run.new-")), place);
});

test("a run ends when what called it was killed", async () => {
  const notes = path.join(folder, "pids");
  const file = path.join(folder, "endless.ipynb");
  writeNotebook(file, [
    `require("node:fs").writeFileSync(${JSON.stringify(notes)}, process.pid + " " + process.ppid + " ");\nfor (;;);`,
  ]);
  const script = `
    import { runNotebook } from ${JSON.stringify(pathToFileURL(inProject("tools", "notebooks.mjs")).href)};
    await runNotebook(${JSON.stringify(file)});`;
  const caller = spawn(process.execPath, ["--input-type=module", "-e", script]);
  await until(() => existsSync(notes) && readFileSync(notes, "utf8").endsWith(" "), "begun");
  const pids = readFileSync(notes, "utf8").trim().split(" ").map(Number);
  caller.kill("SIGKILL");
  await until(() => !pids.some(isAlive), `ended: processes ${pids}`);
});

test("render: a notebook that was saved while it ran is left as it was saved", async () => {
  const file = path.join(folder, "saved.ipynb");
  const saves = `require("node:fs").appendFileSync(${JSON.stringify(file)}, "\\n");`;
  writeNotebook(file, [saves]);
  const before = readFileSync(file, "utf8");
  await assert.rejects(render(file), (error) => {
    assert.ok(error instanceof NotebookError);
    return /saved\.ipynb was saved while it ran/.test(error.message);
  });
  assert.equal(readFileSync(file, "utf8"), `${before}\n`);
});

/**
 * @param {() => boolean} condition
 * @param {string} what
 */
async function until(condition, what) {
  const end = Date.now() + 60_000;
  while (!condition()) {
    assert.ok(Date.now() < end, `not ${what} within 60 seconds`);
    await wait(200);
  }
}
