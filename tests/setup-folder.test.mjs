/** `npm start` in a folder of its own: what it installs, keeps, mends and says. npm and Python are stand-ins. */
import assert from "node:assert/strict";
import { once } from "node:events";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { after, beforeEach, describe, test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { makeFakeCourse, needsShell } from "./fake-course.mjs";

describe("npm start", needsShell, () => {
  /** @type {ReturnType<typeof makeFakeCourse>[]} */
  const courses = [];
  let course = makeFakeCourse();
  beforeEach(() => {
    course = makeFakeCourse();
    courses.push(course);
  });
  after(() => {
    for (const { remove } of courses) remove();
  });

  /** What npm and Python were asked to do since the last time. */
  function newsInLog() {
    const text = readFileSync(course.log, "utf8");
    writeFileSync(course.log, "");
    return text.trim().split("\n").filter(Boolean);
  }

  /** @param {Record<string, string | undefined>} [more] */
  function works(more) {
    const { status, stdout, stderr } = course.start(more);
    assert.equal(status, 0, stderr);
    assert.match(stdout, /JupyterLab runs/);
    assert.deepEqual(leftovers(), []);
    return stdout;
  }

  /**
   * Expects one message, no stack trace and a non-zero exit.
   * @param {RegExp} message
   * @param {Record<string, string | undefined>} [more]
   */
  function fails(message, more, folder = course.folder) {
    const { status, stdout, stderr } = course.start(more, { cwd: folder });
    assert.equal(status, 1, stdout);
    assert.match(stderr, message);
    assert.doesNotMatch(stderr, /^\s+at /m);
    assert.doesNotMatch(stdout, /JupyterLab runs/);
    return stderr;
  }

  const leftovers = () => readdirSync(course.folder).filter((name) => /^\..*new-/.test(name));

  test("sets up what is missing, npm and Python side by side, and the next time nothing", () => {
    const said = works({ FAKE_NPM: "waits for Python" });
    assert.match(said, /^Set-up: npm packages .* and Python with JupyterLab .*…$/m);
    assert.match(said, /^ {2}npm packages: done in [\d.]+ s$/m);
    assert.match(said, /^ {2}Python with JupyterLab: done in [\d.]+ s$/m);
    assert.equal(readFileSync(course.inFolder("lib/dist/lib/index.js"), "utf8"), "compiled");
    assert.ok(existsSync(course.inFolder("tools/reference/node_modules/typedoc/package.json")));
    assert.doesNotMatch(works(), /Set-up/);
    assert.deepEqual(newsInLog().filter((line) => line.includes(" in ")).length, 2);
  });

  for (const [what, file] of [
    ["npm package", "node_modules/tslab/package.json"],
    ["package of a workspace", "tools/reference/node_modules/typedoc/package.json"],
    ["compiled library", "lib/dist/lib/index.js"],
    ["Python environment", ".venv/bin/jupyter"],
    ["description of the kernel", ".venv/share/jupyter/kernels/tslab/kernel.json"],
    ["stamp", "node_modules/.course-setup"],
  ]) {
    test(`mends a damaged ${what}`, () => {
      works();
      const before = readFileSync(course.inFolder(file), "utf8");
      for (const damage of [
        (/** @type {string} */ place) => truncateSync(place),
        (/** @type {string} */ place) => rmSync(place),
      ]) {
        damage(course.inFolder(file));
        assert.match(works(), /Set-up/);
        assert.equal(readFileSync(course.inFolder(file), "utf8").length, before.length);
      }
    });
  }

  test("mends the library's link", () => {
    works();
    const link = course.inFolder("node_modules", "activation-lab");
    rmSync(link);
    works();
    assert.ok(existsSync(path.join(link, "dist", "lib", "index.js")));
  });

  for (const [
    way,
    changed,
    more,
    message,
  ] of /** @type {[string, string, Record<string, string>, RegExp][]} */ ([
    ["npm fails", "package-lock.json", { FAKE_NPM: "fails" }, /registry cannot be reached/],
    ["npm fills the disk and ends well", "package-lock.json", { FAKE_NPM: "full" }, /disk is full/],
    ["npm leaves packages out", "package-lock.json", { FAKE_NPM: "incomplete" }, /npm config list/],
    ["pip fails", "tools/requirements.txt", { FAKE_PIP: "1" }, /What failed: .*pip install/],
  ])) {
    test(`when ${way}, it says so, and what was there before is as it was`, () => {
      works();
      const file = course.inFolder(changed);
      const text = readFileSync(file, "utf8");
      writeFileSync(file, `${text}\n`);
      fails(message, more);
      assert.deepEqual(leftovers(), []);
      writeFileSync(file, text);
      newsInLog();
      works();
      assert.deepEqual(newsInLog(), [], "nothing is installed");
    });
  }

  for (const [what, script, message] of /** @type {[string, string, RegExp][]} */ ([
    ["no Python", "exit 1", /Python was not found/],
    ["an old Python", "printf '3\\n8\\n10\\nTrue\\n'", /too old \(python3 is Python 3\.8\.10\)/],
    ["a Python without venv", "printf '3\\n12\\n3\\nFalse\\n'", /venv module is missing/],
  ])) {
    test(`${what} is told before anything is fetched`, () => {
      course.usePython(`#!/bin/sh\n${script}\n`);
      fails(message);
      assert.deepEqual(newsInLog(), []);
    });
  }

  test("a wrong PYTHON is named, not passed over", () => {
    fails(/\/no\/such, which the variable PYTHON names, does not start/, { PYTHON: "/no/such" });
  });

  test("no npm", () => {
    fails(/npm was not found/, { npm_execpath: undefined });
  });

  test("no registry", () => {
    fails(/registry cannot be reached/, {
      ...{ npm_execpath: process.env.npm_execpath, PATH: process.env.PATH, PYTHON: course.python },
      npm_config_registry: "http://127.0.0.1:9/",
      npm_config_cache: course.inFolder("empty-cache"),
      npm_config_fetch_retries: "0",
    });
  });

  test("no package-lock.json", () => {
    rmSync(course.inFolder("package-lock.json"));
    fails(/package-lock\.json is missing.*git checkout package-lock\.json/s);
  });

  test("where the learner has pip and Python put things elsewhere, they do not", () => {
    works({ PIP_USER: "1", PIP_TARGET: "/elsewhere", PYTHONPATH: "/elsewhere" });
    assert.ok(newsInLog().includes("install to <>"));
  });

  test("a change of package.json that is not about packages installs nothing", () => {
    works();
    const file = course.inFolder("package.json");
    const description = JSON.parse(readFileSync(file, "utf8"));
    newsInLog();
    writeFileSync(file, JSON.stringify({ ...description, description: "another", scripts: {} }));
    assert.doesNotMatch(works(), /npm packages/);
    writeFileSync(file, JSON.stringify({ ...description, dependencies: {} }));
    assert.match(works(), /npm packages/);
  });

  test("a folder that was moved is kept, and its scripts name the new place", () => {
    works();
    newsInLog();
    const there = path.join(path.dirname(course.folder), "elsewhere");
    renameSync(course.folder, there);
    const { status, stderr } = course.start({ FAKE_NPM: "fails", FAKE_PIP: "1" }, { cwd: there });
    assert.equal(status, 0, stderr);
    assert.deepEqual(newsInLog(), []);
    const script = readFileSync(path.join(there, ".venv/bin/jupyter"), "utf8");
    assert.ok(script.includes(path.join(there, ".venv/bin/python")), script);
    assert.ok(!script.includes(course.folder), script);
    renameSync(there, course.folder);
  });

  test("scripts of a folder with a space begin so that the system can start them", () => {
    works();
    const script = readFileSync(course.inFolder(".venv/bin/jupyter"), "utf8");
    assert.ok(
      script.startsWith(`#!/bin/sh\n'''exec' "${course.inFolder(".venv/bin/python")}"`),
      script,
    );
  });

  test("of two at once, one sets up and the other waits and says for whom", {
    timeout: 120_000,
  }, async (context) => {
    const first = course.begin({ FAKE_NPM: "hangs" });
    await until(() => leftovers().length > 0);
    const second = course.begin();
    context.after(() => {
      for (const one of [first, second]) one.kill("SIGKILL");
    });
    let said = "";
    second.stdout.setEncoding("utf8").on("data", (text) => {
      said += text;
    });
    await until(() => said.includes("Waiting"));
    assert.match(
      said,
      new RegExp(`\\(process ${first.pid}, since .*\\) is at work in this folder`),
    );
    // Killed, it keeps nothing: not the lock, and what it left is removed.
    first.kill("SIGKILL");
    const [status] = await once(second, "close");
    assert.equal(status, 0);
    assert.match(said, /JupyterLab runs/);
    assert.deepEqual(leftovers(), []);
  });

  test("what was killed between taking the old away and putting the new there is put right", () => {
    works();
    const aside = course.inFolder(".node_modules.new-999999999-abcdef");
    mkdirSync(aside);
    renameSync(course.inFolder("node_modules"), path.join(aside, "old"));
    fails(/cannot be reached/, { FAKE_NPM: "fails" });
    assert.deepEqual(leftovers(), []);
    newsInLog();
    works();
    assert.deepEqual(newsInLog(), [], "nothing is installed");
  });
});

/** @param {() => boolean} condition */
async function until(condition) {
  const end = Date.now() + 30_000;
  while (!condition()) {
    assert.ok(Date.now() < end, "nothing happened within 30 seconds");
    await wait(50);
  }
}
