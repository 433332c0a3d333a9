/** The kernel starts on a busy machine too. */
import assert from "node:assert/strict";
import path from "node:path";
import { test } from "node:test";
import { codeCells, runNotebook } from "../../tools/notebooks.mjs";
import { inProject } from "../../tools/paths.mjs";
import { scratch, temporaryFolder } from "../support.mjs";
import { printedBy, writeNotebook } from "./support.mjs";

test("a message that comes before all sockets are bound is answered", async (t) => {
  const preload = inProject("tests", "notebooks", "late-sockets.cjs").replaceAll("\\", "/");
  const before = process.env.NODE_OPTIONS;
  process.env.NODE_OPTIONS = `${before ?? ""} --require "${preload}"`;
  t.after(() => {
    if (before === undefined) delete process.env.NODE_OPTIONS;
    else process.env.NODE_OPTIONS = before;
  });
  const file = path.join(temporaryFolder(t, scratch), "start.ipynb");
  writeNotebook(file, ["1 + 1"]);
  const [ran] = codeCells(await runNotebook(file));
  assert.equal(printedBy(ran), "2\n");
});
