/** What `npm start` does when a file of the library is saved. */
import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { rebuildOnChange } from "../tools/jupyterlab.mjs";
import { temporaryFolder } from "./support.mjs";

test("a saved source is compiled, what compiling writes is not, and never two at once", async (t) => {
  t.mock.method(console, "log", () => {});
  const folder = temporaryFolder(t);
  mkdirSync(path.join(folder, "exercises"));
  mkdirSync(path.join(folder, "dist"));
  // Time for the file system to report the folders themselves.
  await wait(300);
  let builds = 0;
  let running = 0;
  const watcher = rebuildOnChange(folder, async () => {
    builds += 1;
    running += 1;
    assert.equal(running, 1);
    writeFileSync(path.join(folder, "dist", "index.d.ts"), `// ${builds}`);
    if (builds === 1) writeFileSync(path.join(folder, "index.ts"), "// saved while it compiles");
    await wait(800);
    running -= 1;
  });
  try {
    await wait(300);
    writeFileSync(path.join(folder, "exercises", "parts.ts"), "// saved");
    await until(() => builds === 2 && running === 0);
    await wait(1500);
    assert.equal(builds, 2);
  } finally {
    watcher.close();
  }
});

/** @param {() => boolean} condition */
async function until(condition) {
  const end = Date.now() + 15_000;
  while (!condition()) {
    assert.ok(Date.now() < end, "nothing was compiled within 15 seconds");
    await wait(50);
  }
}
