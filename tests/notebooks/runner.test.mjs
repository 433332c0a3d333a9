/** The runner of notebooks fails when a notebook does, and says where. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { after, test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { codeCells, NotebookError, readNotebook, runNotebook } from "../../tools/notebooks.mjs";
import { jupyterEnvironment, python } from "../../tools/paths.mjs";
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
  const end = Date.now() + 20_000;
  while (isAlive(pid)) {
    assert.ok(Date.now() < end, `the kernel, process ${pid}, is still there after 20 seconds`);
    await wait(200);
  }
});

/** @param {number} pid */
function isAlive(pid) {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

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
