/** `npm run export` as it is typed. */
import assert from "node:assert/strict";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { inProject } from "../../tools/paths.mjs";
import { runNode, scratch, temporaryFolder } from "../support.mjs";

/** @param {string[]} args */
const run = (...args) => runNode(["tools/run.mjs", "export", ...args]);

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
  assert.match(index, /href="reference\/index\.html"/);
  const reference = readFileSync(
    path.join(folder, "reference", "functions", "activation-lab.gelu.html"),
    "utf8",
  );
  assert.match(reference, /Gaussian error linear unit/);
});

test("a broken notebook gets no page, stops no other, is named at the end, and the exit code says so", (t) => {
  const folder = path.join(temporaryFolder(t, scratch), "site");
  const broken = inProject("notebooks", "99-broken.ipynb");
  t.after(() => rmSync(broken, { force: true }));
  writeFileSync(broken, "<<<<<<< HEAD\n");
  const { status, stdout, stderr } = run(
    "--output",
    folder,
    broken,
    "notebooks/00-start-here.ipynb",
  );
  assert.equal(status, 1);
  assert.match(stdout, /index\.html and its pages/);
  assert.match(
    stderr,
    /Without a new page:\s+99-broken\.ipynb has conflict markers of git in line 1/,
  );
  assert.ok(existsSync(path.join(folder, "00-start-here.html")));
  assert.ok(!existsSync(path.join(folder, "99-broken.html")));
  assert.doesNotMatch(readFileSync(path.join(folder, "index.html"), "utf8"), /99-broken/);
});
