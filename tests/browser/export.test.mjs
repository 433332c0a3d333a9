/** `npm run export` as it is typed. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { runNode, scratch, temporaryFolder } from "../support.mjs";

/** @param {string[]} args */
const run = (...args) => runNode(["tools/export.mjs", ...args]);

for (const [args, message] of /** @type {[string[], RegExp][]} */ ([
  [["--quick"], /Unknown option '--quick'/],
  [["--single-file=yes"], /'--single-file' does not take an argument/],
  [
    ["notebooks/none.ipynb"],
    /none\.ipynb is no notebook of the course\. There are:\n {2}notebooks/,
  ],
  [["notebooks/00-start-here.ipynb", "./notebooks/00-start-here.ipynb"], /is named twice/],
  [["--no-solutions", "notebooks/00-start-here.ipynb"], /leave it out, or name no notebook/],
])) {
  test(`export ${args.join(" ")} is refused with a message and the help`, () => {
    const { status, stderr } = run(...args);
    assert.equal(status, 1);
    assert.match(stderr, message);
    assert.match(stderr, /--single-file {4}each page/);
  });
}

test("export --help says what there is, and does nothing", () => {
  const { status, stdout } = run("--help");
  assert.equal(status, 0);
  assert.match(stdout, /--no-solutions/);
  assert.doesNotMatch(stdout, /Running/);
});

test("export of one notebook runs it and writes its page, and an index that leads there", (t) => {
  const folder = path.join(temporaryFolder(t, scratch), "site");
  const { status, stdout, stderr } = run("--output", folder, "notebooks/00-start-here.ipynb");
  assert.equal(status, 0, stderr);
  assert.match(stdout, /1 of 1: 00-start-here\.ipynb, [\d.]+ s/);
  const [index, page] = ["index.html", "00-start-here.html"].map((name) =>
    readFileSync(path.join(folder, name), "utf8"),
  );
  assert.match(index, /href="00-start-here\.html"/);
  assert.match(page, /class="plot"/);
});
