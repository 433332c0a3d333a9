/** A notebook is run again when something that its outputs come from has changed, and only then. */
import assert from "node:assert/strict";
import { appendFileSync, cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { runOrRecall } from "../../tools/kept-runs.mjs";
import { codeCells, readNotebook } from "../../tools/notebooks.mjs";
import { inProject, root } from "../../tools/paths.mjs";
import { makeFakeCourse } from "../fake-course.mjs";
import { scratch, temporaryFolder } from "../support.mjs";
import { printedBy, writeNotebook } from "./support.mjs";

test("what changes the outputs is noticed, what does not is not", async (t) => {
  const { folder, inFolder, remove } = makeFakeCourse();
  t.after(remove);
  for (const name of ["lib", "data"])
    cpSync(inProject(name), inFolder(name), {
      recursive: true,
      filter: (source) => !/dist|node_modules/.test(path.relative(root, source)),
    });
  const notebook = inFolder("notebooks", "00-a.ipynb");
  writeNotebook(notebook, ["const a = 1;", "a"]);
  const { runInputs } = await import(pathToFileURL(inFolder("tools", "kept-runs.mjs")).href);
  const inputs = () => runInputs(readNotebook(notebook));
  const seen = [inputs()];
  for (const name of [
    "lib/activations.ts",
    "lib/charts/look.json",
    "lib/package.json",
    "data/circle.json",
    "tools/kernel.cjs",
    "tools/kernel/variables.cjs",
    "tools/setup/kernel.mjs",
    "tools/run_notebook.py",
    "tools/predictions.mjs",
    "tools/requirements.txt",
    "package-lock.json",
    "tsconfig.json",
  ]) {
    appendFileSync(path.join(folder, name), "\n");
    seen.push(inputs());
    assert.equal(new Set(seen).size, seen.length, `${name} has changed, and nothing noticed it`);
  }
  writeFileSync(inFolder("lib", "new-1.ts"), "// One.\n// Two.\n");
  writeFileSync(inFolder("lib", "new-2.ts"), "// Three.\n");
  seen.push(inputs());
  writeFileSync(inFolder("lib", "new-1.ts"), "// One.\n");
  writeFileSync(inFolder("lib", "new-2.ts"), "// Two.\n// Three.\n");
  seen.push(inputs());
  writeNotebook(notebook, ["const a = 2;", "a"]);
  seen.push(inputs());
  writeNotebook(notebook, ["const a = 2;\na"]);
  seen.push(inputs());
  writeNotebook(notebook, [
    { source: "const a = 2;\na", metadata: { predict: { answer: 1, check: "a === 2" } } },
  ]);
  seen.push(inputs());
  const version = Object.getOwnPropertyDescriptor(process, "version");
  Object.defineProperty(process, "version", { ...version, value: "v99.0.0" });
  seen.push(inputs());
  Object.defineProperty(process, "version", /** @type {PropertyDescriptor} */ (version));
  assert.equal(new Set(seen).size, seen.length);

  const last = inputs();
  appendFileSync(inFolder("lib", "README.md"), "\n");
  appendFileSync(inFolder("tools", "export.mjs"), "\n");
  const read = readNotebook(notebook);
  read.cells.unshift({ cell_type: "markdown", source: "# A title", metadata: {} });
  writeFileSync(notebook, JSON.stringify(read));
  assert.equal(inputs(), last);
});

test("a run is recalled with the text as it is now, until a cell changes or a fresh one is asked for", async (t) => {
  const file = path.join(temporaryFolder(t, scratch), "clock.ipynb");
  const kept = inProject(".runs", path.relative(root, path.dirname(file)));
  t.after(() => rmSync(kept, { recursive: true, force: true }));
  const printed = async (/** @type {{ fresh?: boolean }} */ options = {}) =>
    printedBy(codeCells(await runOrRecall(file, options))[0]);
  writeNotebook(file, ["console.log(performance.now(), process.pid);"]);
  const first = await printed();
  assert.match(first, /\d+/);
  assert.equal(await printed(), first);

  const edited = readNotebook(file);
  edited.cells.unshift({ cell_type: "markdown", source: "# Another title", metadata: {} });
  writeFileSync(file, JSON.stringify(edited));
  const recalled = await runOrRecall(file);
  assert.equal(recalled.cells[0].source, "# Another title");
  assert.equal(printedBy(codeCells(recalled)[0]), first);

  const fresh = await printed({ fresh: true });
  assert.notEqual(fresh, first);
  assert.equal(await printed(), fresh);

  writeNotebook(file, ["console.log(performance.now(), process.pid, 1);"]);
  assert.notEqual(await printed(), fresh);

  writeFileSync(path.join(kept, "clock.ipynb.json"), readFileSync(file, "utf8").slice(0, 40));
  assert.match(await printed(), / 1\n$/, "a damaged record is as none");
});
