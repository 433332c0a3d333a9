/** Which folders an export may replace, and what stays in them. */
import assert from "node:assert/strict";
import {
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { describe, test } from "node:test";
import { inProject, root } from "../tools/paths.mjs";
import { SetupError } from "../tools/setup/failures.mjs";
import { replaceSite, requireSiteFolder } from "../tools/site-folder.mjs";
import { temporaryFolder } from "./support.mjs";

/** Writes a site of these pages: what an export does. */
const pages =
  (/** @type {string[]} */ ...names) =>
  async (/** @type {string} */ target) => {
    for (const name of names) {
      mkdirSync(path.dirname(path.join(target, name)), { recursive: true });
      writeFileSync(path.join(target, name), `page ${name}`);
    }
  };

const filesIn = (/** @type {string} */ folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory() && entry.name !== ".course-export")
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .map((file) => file.replaceAll("\\", "/"))
    .sort();

describe("a folder is refused, and is as it was, when it", () => {
  /**
   * @param {string} folder
   * @param {RegExp} message
   */
  async function refused(folder, message) {
    const isRefusal = (/** @type {unknown} */ error) =>
      error instanceof SetupError && message.test(error.message);
    assert.throws(() => requireSiteFolder(folder), isRefusal);
    await assert.rejects(replaceSite(folder, true, pages("index.html")), isRefusal);
  }

  test("is the project, or a folder above it", async () => {
    for (const folder of [root, path.dirname(root), path.parse(root).root])
      await refused(folder, /is this project, or has it inside/);
  });

  test("is one of the project's own", async () => {
    for (const name of ["lib", "notebooks", "tools", "node_modules"])
      await refused(inProject(name), /has files that no export wrote/);
  });

  test("has somebody's files", async (context) => {
    const folder = temporaryFolder(context);
    writeFileSync(path.join(folder, "thesis.md"), "work of years");
    await refused(folder, /has files that no export wrote, such as thesis\.md/);
    assert.deepEqual(filesIn(folder), ["thesis.md"]);
  });

  test("is a file", async (context) => {
    const file = path.join(temporaryFolder(context), "file");
    writeFileSync(file, "text");
    await refused(file, /is no folder/);
    assert.equal(readFileSync(file, "utf8"), "text");
  });

  test("is a link to nowhere", async (context) => {
    const link = path.join(temporaryFolder(context), "link");
    symlinkSync("nowhere", link);
    await refused(link, /is no folder/);
  });

  test("is a link to the project", async (context) => {
    const link = path.join(temporaryFolder(context), "link");
    symlinkSync(root, link, "junction");
    await refused(link, /is this project/);
  });
});

test("a folder that is missing or empty becomes a site, and an earlier site a new one", async (context) => {
  const folder = path.join(temporaryFolder(context), "deep", "site");
  await replaceSite(folder, false, pages("index.html", "old.html", "assets/old/1.png"));
  await replaceSite(folder, false, pages("index.html", "new.html"));
  assert.deepEqual(filesIn(folder), ["index.html", "new.html"]);
  assert.deepEqual(readdirSync(path.dirname(folder)), ["site"]);
  const empty = temporaryFolder(context);
  await replaceSite(empty, false, pages("index.html"));
  assert.deepEqual(filesIn(empty), ["index.html"]);
});

test("pages of other notebooks stay when they are kept, and are still an export's", async (context) => {
  const folder = path.join(temporaryFolder(context), "site");
  await replaceSite(folder, false, pages("index.html", "a.html"));
  await replaceSite(folder, true, pages("index.html", "b.html"));
  assert.deepEqual(filesIn(folder), ["a.html", "b.html", "index.html"]);
  await replaceSite(folder, false, pages("index.html"));
  assert.deepEqual(filesIn(folder), ["index.html"]);
});

test("what somebody has put into a site stays, time after time", async (context) => {
  const folder = path.join(temporaryFolder(context), "site");
  await replaceSite(folder, false, pages("index.html", "old.html"));
  const own = [".git/HEAD", "CNAME", "hand-outs/week 1.pdf"];
  await pages(...own)(folder);
  for (const keep of [false, true, false]) {
    await replaceSite(folder, keep, pages("index.html"));
    assert.deepEqual(filesIn(folder), [...own, "index.html"]);
  }
});

test("if its marker cannot be read, all may be somebody's", async (context) => {
  const folder = path.join(temporaryFolder(context), "site");
  await replaceSite(folder, false, pages("index.html", "old.html"));
  writeFileSync(path.join(folder, ".course-export"), "[");
  await replaceSite(folder, false, pages("index.html"));
  assert.deepEqual(filesIn(folder), ["index.html", "old.html"]);
});

test("a site that cannot be made leaves the earlier one", async (context) => {
  const folder = path.join(temporaryFolder(context), "site");
  await replaceSite(folder, false, pages("index.html"));
  await assert.rejects(
    replaceSite(folder, false, async (target) => {
      await pages("half.html")(target);
      throw new Error("on purpose");
    }),
    /on purpose/,
  );
  assert.deepEqual(filesIn(folder), ["index.html"]);
  assert.deepEqual(readdirSync(path.dirname(folder)), ["site"]);
});

test("a link to a site stays a link", async (context) => {
  const folder = temporaryFolder(context);
  mkdirSync(path.join(folder, "www"));
  const link = path.join(folder, "site");
  symlinkSync(path.join(folder, "www"), link, "junction");
  await replaceSite(link, false, pages("index.html"));
  assert.ok(lstatSync(link).isSymbolicLink());
  assert.deepEqual(filesIn(path.join(folder, "www")), ["index.html"]);
});
