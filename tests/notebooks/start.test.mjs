/** The kernel starts on a busy machine too. */
import assert from "node:assert/strict";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { after, test } from "node:test";
import { codeCells, runNotebook } from "../../tools/notebooks.mjs";
import { inProject } from "../../tools/paths.mjs";

const folder = inProject("tests", "scratch", "start");
mkdirSync(folder, { recursive: true });
after(() => rmSync(folder, { recursive: true, force: true }));

test("a message that comes before all sockets are bound is answered", async (t) => {
  const preload = inProject("tests", "notebooks", "late-sockets.cjs").replaceAll("\\", "/");
  const before = process.env.NODE_OPTIONS;
  process.env.NODE_OPTIONS = `${before ?? ""} --require "${preload}"`;
  t.after(() => {
    if (before === undefined) delete process.env.NODE_OPTIONS;
    else process.env.NODE_OPTIONS = before;
  });
  const file = `${folder}/start.ipynb`;
  const cell = { cell_type: "code", id: "a", execution_count: null, metadata: {}, outputs: [] };
  const metadata = {
    kernelspec: { name: "tslab", display_name: "TypeScript", language: "typescript" },
  };
  writeFileSync(
    file,
    JSON.stringify({
      cells: [{ ...cell, source: "1 + 1" }],
      metadata,
      nbformat: 4,
      nbformat_minor: 5,
    }),
  );
  const [ran] = codeCells(await runNotebook(file));
  assert.equal(ran.outputs[0].text.join(""), "2\n");
});
