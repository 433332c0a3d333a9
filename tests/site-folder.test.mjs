// What an export may replace: nothing that no export has made.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, test } from "node:test";
import { inProject, root } from "../tools/paths.mjs";
import { SetupError } from "../tools/setup/failures.mjs";
import { markSite, requireSiteFolder } from "../tools/site-folder.mjs";
import { temporaryFolder } from "./support.mjs";

describe("an export may write to", () => {
  test("a folder that is missing, empty or an earlier export", (t) => {
    const folder = temporaryFolder(t);
    requireSiteFolder(path.join(folder, "missing"));
    requireSiteFolder(folder);
    writeFileSync(path.join(folder, "index.html"), "a page");
    markSite(folder);
    requireSiteFolder(folder);
  });
});

describe("an export refuses, before it does anything,", () => {
  /** @param {string} folder @param {RegExp} message */
  const refuses = (folder, message) =>
    assert.throws(
      () => requireSiteFolder(folder),
      (error) => {
        assert.ok(error instanceof SetupError);
        return message.test(error.message) && /new, empty or an earlier export/.test(error.message);
      },
    );

  test("the project, a folder above it, and a link to it", (t) => {
    const link = path.join(temporaryFolder(t), "link");
    symlinkSync(root, link, "junction");
    for (const folder of [root, path.dirname(root), link])
      refuses(folder, /is this project, or has it inside/);
  });

  test("a folder with somebody's files, and a file", (t) => {
    const folder = temporaryFolder(t);
    const file = path.join(folder, "thesis.txt");
    writeFileSync(file, "years of work");
    refuses(folder, /has files that no export wrote, such as thesis\.txt/);
    refuses(file, /is no folder/);
  });

  for (const output of [".", "", "notebooks"]) {
    test(`the command with --output "${output}"`, () => {
      const { status, stderr } = spawnSync(
        process.execPath,
        [inProject("tools", "export.mjs"), "--output", output],
        { cwd: root, encoding: "utf8" },
      );
      assert.equal(status, 1);
      assert.match(stderr, /new, empty or an earlier export|needs the name of a folder/);
      assert.doesNotMatch(stderr, /^\s+at /m);
      assert.ok(existsSync(inProject("notebooks", "00-start-here.ipynb")));
    });
  }
});

test("a site says that it is one", (t) => {
  const folder = path.join(temporaryFolder(t), "site");
  mkdirSync(folder);
  markSite(folder);
  assert.equal(readFileSync(path.join(folder, ".course-export"), "utf8"), "");
});
