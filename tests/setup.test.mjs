/** The set-up: what it finds, what it says when it cannot go on. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { findBrowser, findFirefox } from "../tools/browser.mjs";
import { nodeProblem } from "../tools/node-version.mjs";
import { inProject, python, venvPython, withDriveLetter } from "../tools/paths.mjs";
import { explainFailure, SetupError } from "../tools/setup/failures.mjs";
import { replaceFolder } from "../tools/setup/files.mjs";
import { isLibrarySource } from "../tools/setup/library.mjs";
import { npmCommand } from "../tools/setup/npm.mjs";
import { findPython, pythonCandidates } from "../tools/setup/python.mjs";

test("Node from 20.19 on is accepted, an older one is told what to install", () => {
  for (const good of ["v20.19.0", "v20.20.2", "v22.0.0", "v24.1.0"])
    assert.equal(nodeProblem(good), undefined);
  for (const old of ["v20.18.3", "v18.20.0", "v14.8.0"]) {
    assert.match(
      nodeProblem(old) ?? "",
      new RegExp(`Node ${old} is too old.*20\\.19.*\\n.*nodejs\\.org`),
    );
  }
});

describe("findPython", () => {
  /** @type {Record<string, { version: number[], complete: boolean, executable: string }>} */
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
    assert.throws(() => find("missing"), says(/Python was not found.*3\.11.*python\.org/s));
    assert.throws(
      () => find("python3.9"),
      says(/too old \(python3\.9 is Python 3\.9\.2\).*python\.org/s),
    );
    assert.throws(
      () => find("python3.9", "bare"),
      says(/bare is Python 3\.13\.1.*venv.*apt install python3-venv/s),
    );
  });

  test("looks where each system has it, the variable PYTHON first", () => {
    assert.deepEqual(pythonCandidates("win32", {})[0], ["py", "-3"]);
    assert.deepEqual(pythonCandidates("linux", {})[0], ["python3"]);
    assert.deepEqual(pythonCandidates("darwin", { PYTHON: "/opt/py" })[0], ["/opt/py"]);
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
    ".dist-new/lib/index.d.ts",
    "node_modules/d3/index.d.ts",
  ])
    assert.ok(!isLibrarySource(other), other);
});

describe("findBrowser", () => {
  const windows = { PROGRAMFILES: "C:\\Programs", "PROGRAMFILES(X86)": "C:\\Programs (x86)" };
  const edge = "C:\\Programs (x86)\\Microsoft\\Edge\\Application\\msedge.exe";
  const chrome = "C:\\Programs\\Google\\Chrome\\Application\\chrome.exe";
  /** @param {NodeJS.Platform} platform @param {NodeJS.ProcessEnv} environment @param {string[]} installed */
  const find = (platform, environment, ...installed) =>
    findBrowser(platform, environment, (file) => installed.includes(String(file)));

  test("finds what each system comes with or users install", () => {
    assert.equal(find("win32", windows, edge), edge);
    assert.equal(find("win32", windows, edge, chrome), chrome);
    const own = "/anyone/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";
    assert.equal(find("darwin", { HOME: "/anyone" }, own), own);
    assert.equal(find("linux", {}, "/usr/bin/google-chrome"), "/usr/bin/google-chrome");
    assert.equal(find("linux", {}), undefined);
  });

  test("findFirefox finds what users install, and prefers the one that FIREFOX_PATH names", () => {
    /** @param {NodeJS.Platform} platform @param {NodeJS.ProcessEnv} environment @param {string[]} installed */
    const find = (platform, environment, ...installed) =>
      findFirefox(platform, environment, (file) => installed.includes(String(file)));
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
    ["EROFS: read-only file system, open '/x'", /cannot be written to.*Copy the project/],
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

describe("replaceFolder", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "replace-"));
  after(() => rmSync(folder, { recursive: true, force: true }));
  const inFolder = (/** @type {string[]} */ ...parts) => path.join(folder, ...parts);
  const make = (/** @type {string} */ name, /** @type {string} */ text) => {
    mkdirSync(inFolder(name));
    writeFileSync(inFolder(name, "file"), text);
  };

  test("puts one folder in the place of another and leaves nothing else", () => {
    make("to", "old");
    make("from", "new");
    replaceFolder(inFolder("from"), inFolder("to"));
    assert.deepEqual(readdirSync(folder), ["to"]);
    assert.equal(readFileSync(inFolder("to", "file"), "utf8"), "new");
  });

  test("needs no folder to replace", () => {
    make("from", "first");
    replaceFolder(inFolder("from"), inFolder("none-yet"));
    assert.equal(readFileSync(inFolder("none-yet", "file"), "utf8"), "first");
  });

  test("if it fails, the old folder is where it was, and the message says what to do", () => {
    make("kept", "old");
    assert.throws(() => replaceFolder(inFolder("missing"), inFolder("kept")), {
      message: /run the command again.*What failed: replace .*kept/s,
    });
    assert.equal(readFileSync(inFolder("kept", "file"), "utf8"), "old");
  });
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

describe("npm start in a folder where something is missing", () => {
  let folder = "";

  before(() => {
    folder = path.join(mkdtempSync(path.join(tmpdir(), "course-")), "my course ü");
    for (const name of [
      "package.json",
      "package-lock.json",
      "tsconfig.json",
      "lib/package.json",
      "data",
      "tools",
    ]) {
      const filter = (/** @type {string} */ file) => !file.includes("node_modules");
      cpSync(inProject(name), path.join(folder, name), { recursive: true, filter });
    }
  });

  after(() => rmSync(path.dirname(folder), { recursive: true, force: true }));

  /**
   * Expects one message, no stack trace and a non-zero exit.
   * @param {RegExp} message
   */
  function startFails(message, environment = {}) {
    const { status, stderr } = spawnSync(process.execPath, ["tools/start.mjs"], {
      cwd: folder,
      env: { ...process.env, npm_execpath: undefined, ...environment },
      encoding: "utf8",
    });
    assert.equal(status, 1);
    assert.match(stderr, message);
    assert.doesNotMatch(stderr, /^\s+at /m);
  }

  /**
   * A PATH on which only this `python3` is.
   * @param {string} [script]
   */
  function onlyPython(script) {
    const bin = path.join(folder, "bin");
    rmSync(bin, { recursive: true, force: true });
    mkdirSync(bin);
    if (script) {
      writeFileSync(path.join(bin, "python3"), `#!/bin/sh\n${script}\n`);
      chmodSync(path.join(bin, "python3"), 0o755);
    }
    return { PATH: bin, PYTHON: "" };
  }

  const isWindows = process.platform === "win32" && "the fake Python is a shell script";

  test("a new Python environment has the kernel, also in the place of an old one", {
    skip: isWindows,
  }, () => {
    const { PATH } = onlyPython(`case "$2" in
venv) /bin/mkdir -p "$3/bin" && /bin/cp "$0" "$3/bin/python" ;;
pip) ;;
*) printf '3\\n12\\n3\\nTrue\\n' "$0" ;;
esac`);
    const build = 'await (await import("./tools/setup/python.mjs")).buildVenv();';
    const kernel = path.join(
      folder,
      ".venv",
      "share",
      "jupyter",
      "kernels",
      "tslab",
      "kernel.json",
    );
    for (let time = 0; time < 2; time++) {
      const { status, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", build], {
        cwd: folder,
        env: { ...process.env, PATH, PYTHON: "" },
        encoding: "utf8",
      });
      assert.equal(status, 0, stderr);
      assert.match(readFileSync(kernel, "utf8"), /tools\/kernel\.cjs/);
    }
    rmSync(path.join(folder, ".venv"), { recursive: true });
  });

  test("no Python", () => startFails(/Python was not found/, onlyPython()));

  test("old Python", { skip: isWindows }, () =>
    startFails(
      /too old \(python3 is Python 3\.8\.10\)/,
      onlyPython("printf '3\\n8\\n10\\nTrue\\n'"),
    ),
  );

  test("Python without venv", { skip: isWindows }, () =>
    startFails(/venv module is missing/, onlyPython("printf '3\\n12\\n3\\nFalse\\n'")),
  );

  test("no registry", () =>
    startFails(/registry cannot be reached/, {
      npm_config_registry: "http://127.0.0.1:9/",
      npm_config_cache: path.join(folder, "empty-cache"),
      npm_config_fetch_retries: "0",
    }));

  test("no package-lock.json", () => {
    rmSync(path.join(folder, "package-lock.json"));
    startFails(/package-lock\.json is missing.*git checkout package-lock\.json/s);
  });
});
