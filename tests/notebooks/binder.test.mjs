/**
 * The environment of `.binder/`, built in the order in which repo2docker builds it: a copy of the repository,
 * a Python of its own with `.binder/requirements.txt`, then `.binder/postBuild` with that Python first on
 * PATH. A virtual environment stands in for the image's conda environment, and this machine's Node for the
 * one that is in there.
 */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { readNotebook } from "../../tools/notebooks.mjs";
import { inProject, root } from "../../tools/paths.mjs";
import { findPython } from "../../tools/setup/python.mjs";
import { temporaryFolder } from "../support.mjs";
import { repeatable } from "./support.mjs";

const skip =
  process.platform !== "linux"
    ? "repo2docker's images are Linux"
    : !process.env.CI && "it installs everything anew, from the network: set CI=1 to run it";

describe("Binder", { skip }, () => {
  const folder = temporaryFolder({ after });
  const repository = path.join(folder, "my repository");
  const prefix = path.join(folder, "prefix");
  const bin = path.join(prefix, "bin");

  /**
   * Runs a program as the image does: nothing of `npm start`'s environment, and no home of a learner's.
   * @param {string} command
   * @param {string[]} args
   */
  function run(command, args) {
    const own = Object.entries(process.env).filter(
      ([name]) => !/^(JUPYTER|npm_|PYTHON)/.test(name),
    );
    const { status, stdout, stderr, error } = spawnSync(command, args, {
      cwd: repository,
      env: {
        ...Object.fromEntries(own),
        HOME: folder,
        PATH: [bin, process.env.PATH].join(path.delimiter),
      },
      encoding: "utf8",
    });
    assert.equal(status, 0, `${command} ${args.join(" ")}\n${error ?? ""}${stdout}${stderr}`);
    return stdout;
  }

  before(() => {
    const listed = spawnSync("git", ["ls-files", "-z", "-co", "--exclude-standard"], { cwd: root });
    for (const name of listed.stdout.toString().split("\0").filter(Boolean)) {
      if (existsSync(inProject(name))) cpSync(inProject(name), path.join(repository, name));
    }
    run(findPython(), ["-m", "venv", prefix]);
    run(path.join(bin, "pip"), ["install", "--quiet", "-r", ".binder/requirements.txt"]);
    run("./.binder/postBuild", []);
  });

  test("Jupyter finds the course's kernel and no other", () => {
    const { kernelspecs } = JSON.parse(run("jupyter", ["kernelspec", "list", "--json"]));
    assert.deepEqual(Object.keys(kernelspecs), ["tslab"]);
  });

  test("a notebook runs and gives its committed outputs", () => {
    const name = "notebooks/03-where-gradients-die.ipynb";
    run("jupyter", ["execute", "--inplace", name]);
    const again = repeatable(readNotebook(path.join(repository, name)));
    assert.deepEqual(again, repeatable(readNotebook(inProject(name))));
  });

  test("its pages are the course's, and JupyterLab has the course's settings", () => {
    run("jupyter", ["nbconvert", "--to", "html", "notebooks/00-start-here.ipynb"]);
    const page = readFileSync(path.join(repository, "notebooks", "00-start-here.html"), "utf8");
    assert.match(page, /<a class="skip" href="#content">/);
    const settings = "labconfig/default_setting_overrides.json";
    assert.equal(
      readFileSync(path.join(prefix, "etc", "jupyter", settings), "utf8"),
      readFileSync(inProject("tools", "jupyter", settings), "utf8"),
    );
  });
});
