/** The set-up: what it finds, what it says when it cannot go on. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, describe, test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { findBrowser, findFirefox } from "../tools/browser.mjs";
import { nodeProblem } from "../tools/node-version.mjs";
import { inProject, python, venvPython, withDriveLetter } from "../tools/paths.mjs";
import { explainFailure, SetupError } from "../tools/setup/failures.mjs";
import { replace, requireSpace, withAside, writeFileIn } from "../tools/setup/files.mjs";
import { isLibrarySource } from "../tools/setup/library.mjs";
import { npmCommand } from "../tools/setup/npm.mjs";
import { findPython, pythonCandidates } from "../tools/setup/python.mjs";
import { runSteps } from "../tools/setup/steps.mjs";
import { requireUsableFolder } from "../tools/setup.mjs";

test("Node 20 from 20.19 on and every Node from 22.12 on are accepted, another is told what to install", () => {
  for (const good of [
    "v20.19.0",
    "v20.20.2",
    "v22.12.0",
    "v22.20.1",
    "v23.0.0",
    "v24.1.0",
    "v26.0.0",
  ])
    assert.equal(nodeProblem(good), undefined, good);
  for (const bad of [
    "v14.8.0",
    "v18.20.0",
    "v20.18.3",
    "v21.0.0",
    "v21.7.3",
    "v22.0.0",
    "v22.11.0",
  ])
    assert.match(
      nodeProblem(bad) ?? "",
      new RegExp(`Node ${bad} cannot .*20\\.19.* 22\\.12 or newer.*\\n.*nodejs\\.org`),
    );
});

test("package.json and the README say the same about Node", () => {
  const read = (/** @type {string} */ name) => readFileSync(inProject(name), "utf8");
  assert.equal(JSON.parse(read("package.json")).engines.node, ">=20.19 <21 || >=22.12");
  assert.match(
    read("README.md"),
    /Node\]\(https:\/\/nodejs\.org\) 20\.19 or a newer 20, or 22\.12 or newer/,
  );
});

describe("findPython", () => {
  /** @type {Record<string, import("../tools/setup/python.mjs").PythonAnswer>} */
  const answers = {
    "python3.9": { version: [3, 9, 2], complete: true, executable: "/old" },
    "python3.11": { version: [3, 11, 0], complete: true, executable: "/new" },
    python4: { version: [4, 0, 0], complete: true, executable: "/next" },
    bare: { version: [3, 13, 1], complete: false, executable: "/bare" },
  };
  const find = (/** @type {string[]} */ ...names) =>
    findPython(
      names.map((name) => [name]),
      ([name]) => answers[name],
    );

  test("takes the first that is new enough and whole", () => {
    assert.equal(find("missing", "python3.9", "bare", "python3.11", "python4"), "/new");
    assert.equal(find("python4"), "/next");
  });

  test("in a terminal where .venv is active, takes the Python that .venv was made from", () => {
    const found = findPython([[python]]);
    assert.ok(!found.startsWith(inProject(".venv")), found);
    assert.equal(spawnSync(found, ["-c", "import venv"]).status, 0);
  });

  test("says that Python is missing, too old or without venv, and what to do", () => {
    const says = (/** @type {RegExp} */ message) => (/** @type {unknown} */ error) =>
      error instanceof SetupError && message.test(error.message);
    assert.throws(() => find("none", "missing"), says(/Python was not found.*3\.11.*python\.org/s));
    assert.throws(
      () => find("/no/such"),
      says(/\/no\/such, which the variable PYTHON names, does not start/),
    );
    assert.throws(
      () => find("python3.9"),
      says(/too old \(python3\.9 is Python 3\.9\.2\).*python\.org/s),
    );
    assert.throws(
      () => find("python3.9", "bare"),
      says(/bare is Python 3\.13\.1.*venv.*apt install python3-venv/s),
    );
  });

  test("looks where each system has it, or only where the variable PYTHON says", () => {
    assert.deepEqual(pythonCandidates("win32", {})[0], ["py", "-3"]);
    assert.deepEqual(pythonCandidates("linux", {})[0], ["python3"]);
    assert.deepEqual(pythonCandidates("darwin", { PYTHON: "/opt/py" }), [["/opt/py"]]);
    assert.deepEqual(venvPython("v", "win32").split(path.sep), ["v", "Scripts", "python.exe"]);
    assert.deepEqual(venvPython("v", "darwin").split(path.sep), ["v", "bin", "python"]);
  });
});

test("npm is run through Node wherever it says where its script is", () => {
  for (const script of [
    "/usr/lib/node_modules/npm/bin/npm-cli.js",
    "C:\\Program Files\\nodejs\\node_modules\\npm\\bin\\npm-cli.js",
  ]) {
    assert.deepEqual(npmCommand(["ci"], "win32", { npm_execpath: script }), {
      command: process.execPath,
      args: [script, "ci"],
      shell: false,
    });
  }
});

test("otherwise npm is run by name, on Windows in a shell and as one line", () => {
  assert.deepEqual(npmCommand(["ci", "--x"], "linux", {}), {
    command: "npm",
    args: ["ci", "--x"],
    shell: false,
  });
  const yarn = { npm_execpath: "C:\\yarn\\bin\\yarn.js" };
  assert.deepEqual(npmCommand(["ci", "--x"], "win32", yarn), {
    command: "npm ci --x",
    args: [],
    shell: true,
  });
});

test("the drive is always written in one way, so that no terminal sets everything up anew", () => {
  assert.equal(withDriveLetter("c:\\Users\\me"), "C:\\Users\\me");
  for (const same of ["C:\\c:", "/home/c:/me", "\\\\server\\share"]) {
    assert.equal(withDriveLetter(same), same);
  }
});

test("sources of the library are told from what is compiled, with either separator", () => {
  for (const source of [
    "index.ts",
    "distributions.ts",
    "exercises/prelu.ts",
    "exercises\\prelu.ts",
    "charts/look.json",
    "package.json",
  ])
    assert.ok(isLibrarySource(source), source);
  for (const other of [
    "README.md",
    "dist/lib/index.d.ts",
    "dist\\lib\\index.d.ts",
    ".dist.new-1-a/lib/index.d.ts",
    "node_modules/d3/index.d.ts",
  ])
    assert.ok(!isLibrarySource(other), other);
});

describe("findBrowser", () => {
  const windows = { PROGRAMFILES: "C:\\Programs", "PROGRAMFILES(X86)": "C:\\Programs (x86)" };
  const edge = "C:\\Programs (x86)\\Microsoft\\Edge\\Application\\msedge.exe";
  const chrome = "C:\\Programs\\Google\\Chrome\\Application\\chrome.exe";
  const find = (
    /** @type {NodeJS.Platform} */ platform,
    /** @type {NodeJS.ProcessEnv} */ environment,
    /** @type {string[]} */ ...installed
  ) => findBrowser(platform, environment, (file) => installed.includes(String(file)));

  test("finds what each system comes with or users install", () => {
    assert.equal(find("win32", windows, edge), edge);
    assert.equal(find("win32", windows, edge, chrome), chrome);
    const own = "/anyone/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";
    assert.equal(find("darwin", { HOME: "/anyone" }, own), own);
    assert.equal(find("linux", {}, "/usr/bin/google-chrome"), "/usr/bin/google-chrome");
    assert.equal(find("linux", {}), undefined);
  });

  test("findFirefox finds what users install, and prefers the one that FIREFOX_PATH names", () => {
    const find = (
      /** @type {NodeJS.Platform} */ platform,
      /** @type {NodeJS.ProcessEnv} */ environment,
      /** @type {string[]} */ ...installed
    ) => findFirefox(platform, environment, (file) => installed.includes(String(file)));
    const windows = { PROGRAMFILES: "C:\\Programs" };
    const installed = "C:\\Programs\\Mozilla Firefox\\firefox.exe";
    assert.equal(find("win32", windows, installed), installed);
    assert.equal(find("linux", {}, "/usr/bin/firefox-esr"), "/usr/bin/firefox-esr");
    assert.equal(find("linux", { FIREFOX_PATH: "/f" }, "/usr/bin/firefox", "/f"), "/f");
    assert.equal(find("darwin", {}), undefined);
  });

  test("prefers the one that CHROME_PATH names", () => {
    assert.equal(
      find("win32", { ...windows, CHROME_PATH: "D:\\c.exe" }, chrome, "D:\\c.exe"),
      "D:\\c.exe",
    );
  });
});

test("a failed program is explained by what its output means", () => {
  /** @type {[string, RegExp][]} */
  const cases = [
    [
      "npm error code ENOTFOUND\nnpm error network request failed",
      /registry cannot be reached.*check the connection/,
    ],
    [
      "WARNING: Retrying (Retry(total=4)) after connection broken by 'NewConnectionError'",
      /cannot be reached/,
    ],
    [
      "npm error code ENOSPC\nnpm error nospc ENOSPC: no space left on device, write",
      /disk is full/,
    ],
    ["ERROR: Could not install packages: [Errno 28] No space left on device", /disk is full/],
    [
      `EROFS: read-only file system, open '${inProject("x")}'`,
      /This folder cannot be written to.*Copy/,
    ],
    ["EACCES: permission denied, mkdir '/x/.npm'", /^\/x\/\.npm cannot be written to/],
    [
      "npm error code EROFS\nnpm error path /x/.npm/_cacache",
      /^\/x\/\.npm\/_cacache cannot be written to/,
    ],
    ["spawn npm ENOENT", /npm was not found.*nodejs\.org/],
    ["EDQUOT: disk quota exceeded, write", /disk is full/],
    ["EACCES: permission denied, mkdir", /cannot be written to/],
    ["EBUSY: resource busy or locked, rmdir 'C:\\x'", /files of this folder open.*Close/],
    ["EPERM: operation not permitted, unlink 'C:\\x.pyd'", /files of this folder open/],
    [
      "ERROR: Could not install packages due to an OSError: [WinError 32] The process cannot access the file",
      /files of this folder open/,
    ],
    [
      "HINT: This error might have occurred since this system does not have Windows Long Path support enabled.",
      /too long.*Move the project/,
    ],
    ["something nobody foresaw", /lines below say why/],
  ];
  for (const [output, advice] of cases) {
    const message = explainFailure(output, "npm ci");
    assert.match(message, advice);
    assert.match(message, /What failed: npm ci/);
    assert.ok(message.includes(output.slice(0, 20)), "the output itself is shown");
  }
});

describe("replace", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "replace-"));
  after(() => rmSync(folder, { recursive: true, force: true }));
  const inFolder = (/** @type {string[]} */ ...parts) => path.join(folder, ...parts);
  const read = (/** @type {string} */ name) => readFileSync(inFolder(name), "utf8");

  /** Makes a folder with one file. */
  const holding = (/** @type {string} */ text) => (/** @type {string} */ place) => {
    mkdirSync(place);
    writeFileSync(path.join(place, "file"), text);
  };

  test("puts one folder in the place of another and leaves nothing else", async () => {
    for (const text of ["first", "second"]) {
      await replace(inFolder("to"), holding(text));
      assert.equal(read("to/file"), text);
    }
    assert.deepEqual(readdirSync(folder), ["to"]);
  });

  test("what fails half-way leaves what was there, file or folder, and nothing else", async () => {
    await replace(inFolder("kept"), holding("old"));
    await writeFileIn(inFolder("note"), "old");
    for (const name of ["kept", "note"])
      await assert.rejects(
        replace(inFolder(name), (aside) => {
          writeFileSync(aside, "half");
          throw new Error("ENOSPC: no space left on device, write");
        }),
        /ENOSPC/,
      );
    assert.equal(read("kept/file"), "old");
    assert.equal(read("note"), "old");
    assert.deepEqual(readdirSync(folder).sort(), ["kept", "note", "to"]);
  });

  test("if the new cannot take its place, the old is there again, and the message says what to do", async () => {
    await assert.rejects(
      replace(inFolder("kept"), () => {}),
      { message: /run the command again.*What failed: replace .*kept/s },
    );
    assert.equal(read("kept/file"), "old");
  });

  test("touches nothing of others: neither DIR.old, DIR.new nor a living process's work", async () => {
    const others = ["kept.old", "kept.new", ".kept.new-mine", `.kept.new-${process.pid}-abcdef`];
    for (const name of others) holding(name)(inFolder(name));
    await replace(inFolder("kept"), holding("new"));
    for (const name of others) assert.equal(read(`${name}/file`), name);
  });

  for (const half of [false, true])
    test(`removes what a process that was killed has left, and puts back what it took away${half ? ", for half of the new" : ""}`, async () => {
      const left = inFolder(".lost.new-999999999-abcdef");
      mkdirSync(path.join(left, "new"), { recursive: true });
      holding("of before")(path.join(left, "old"));
      if (half) holding("half")(inFolder("lost"));
      await withAside(inFolder("lost"), async (aside) => assert.deepEqual(readdirSync(aside), []));
      assert.equal(read("lost/file"), "of before");
      assert.ok(!existsSync(left));
      rmSync(inFolder("lost"), { recursive: true });
    });

  test("a file keeps its mode, and a link stays a link", {
    skip: process.platform === "win32",
  }, async () => {
    await writeFileIn(inFolder("private"), "1");
    chmodSync(inFolder("private"), 0o600);
    symlinkSync("private", inFolder("link"));
    await writeFileIn(inFolder("link"), "2");
    assert.equal(readlinkSync(inFolder("link")), "private");
    assert.equal(read("private"), "2");
    assert.equal(statSync(inFolder("private")).mode & 0o777, 0o600);
  });
});

describe("steps side by side", () => {
  const step = (
    /** @type {string} */ name,
    /** @type {(report: (text: string) => void) => Promise<void>} */ run,
  ) => ({ name, about: "a while", isDone: () => false, run });

  test("in a terminal one line says how far each has come, in a log there are lines", async () => {
    for (const isTTY of [true, false]) {
      let said = "";
      const out = { isTTY, columns: 60, write: (/** @type {string} */ text) => (said += text) };
      const slow = async (/** @type {(text: string) => void} */ report) => {
        report("1 of 2");
        await wait(500);
      };
      await runSteps([step("npm", slow), step("Python", slow)], out);
      const text = said.replaceAll("\r\x1b[K", "<clear>");
      assert.match(text, /^(<clear>)?Set-up: npm \(a while\) and Python \(a while\) …\n/);
      assert.equal(/<clear> {2}[\d.]+ s: npm 1 of 2, Python 1 of 2<clear>/.test(text), isTTY);
      for (const name of ["npm", "Python"])
        assert.match(said, new RegExp(` {2}${name}: done in [\\d.]+ s\n`));
    }
  });

  test("if both fail, each is allowed to end and is told", async () => {
    let ended = false;
    const failing = step("npm", () => Promise.reject(new SetupError("no npm")));
    const slow = step("Python", async () => {
      await wait(200);
      ended = true;
      throw new SetupError("no pip");
    });
    await assert.rejects(runSteps([failing, slow], { write: () => {} }), {
      message: "no npm\n\nno pip",
    });
    assert.ok(ended);
  });
});

test("a disk with too little room is told before anything is begun", () => {
  assert.throws(() => requireSpace(600, inProject(), 320.7), /has 320 MB free.*needs 600/);
  requireSpace(600, inProject(), 600);
  requireSpace(1);
});

test("a folder whose name Python or Jupyter would misread is refused", () => {
  const refused = (/** @type {string} */ name, /** @type {NodeJS.ProcessEnv} */ environment) => {
    const folder = path.join(tmpdir(), name);
    assert.throws(
      () => requireUsableFolder(folder, environment),
      (error) =>
        error instanceof SetupError &&
        error.message.includes(folder) &&
        /Rename/.test(error.message),
    );
  };
  refused("a $HOME b", { HOME: "/x" });
  refused("a$" + "{HOME}", { HOME: "/x" });
  if (process.platform === "win32") refused("100%TEMP%", { TEMP: "C:\\x" });
  else refused("a:b", {});
  for (const fine of ["a $5 b", "50% off", "$HOME"]) {
    const folder = mkdtempSync(path.join(tmpdir(), fine));
    requireUsableFolder(folder, {});
    assert.deepEqual(readdirSync(folder), []);
    rmSync(folder, { recursive: true });
  }
});

test("the kernel is registered by a path inside the project, so that the folder can be moved", () => {
  const text = readFileSync(inProject(".venv/share/jupyter/kernels/tslab/kernel.json"), "utf8");
  assert.equal(JSON.parse(text).argv[1], "{resource_dir}/../../../../../tools/kernel.cjs");
  assert.ok(!text.includes(inProject()), "no absolute path");
});

test("JupyterLab, the pages and their pictures have the same plotly.js", () => {
  const find =
    "import plotly, pathlib; print(pathlib.Path(plotly.__file__).parent / 'package_data')";
  const { stdout } = spawnSync(python, ["-c", find], { encoding: "utf8" });
  const versionIn = (/** @type {string} */ file) =>
    readFileSync(file, "utf8")
      .slice(0, 200)
      .match(/plotly\.js (?:\(.*\) )?v([\d.]+)/)?.[1];
  const inLab = versionIn(path.join(stdout.trim(), "plotly.min.js"));
  assert.match(inLab ?? "", /^\d+\.\d+\.\d+$/);
  for (const file of [
    "plotly.js-dist-min/plotly.min.js",
    "plotly.js-cartesian-dist-min/plotly-cartesian.min.js",
  ]) {
    assert.equal(
      versionIn(inProject("node_modules", file)),
      inLab,
      `pin plotly in tools/requirements.in and ${path.dirname(file)} in package.json to the same plotly.js`,
    );
  }
});
