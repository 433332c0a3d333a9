/**
 * The notebooks outside `npm start`, with nothing of its environment: the kernel as an editor starts it (VS Code
 * looks among the kernels of the Python in `.venv`), and the pictures in a page that runs no scripts.
 */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, readFileSync } from "node:fs";
import path from "node:path";
import { after, test } from "node:test";
import { chartsOf, readNotebook } from "../../tools/notebooks.mjs";
import { inProject, python } from "../../tools/paths.mjs";
import { scratch, temporaryFolder } from "../support.mjs";
import { repeatable } from "./support.mjs";

const home = temporaryFolder({ after });
// Where the kernel finds activation-lab.
const folder = temporaryFolder({ after }, scratch);

/**
 * Runs Python and returns what it prints.
 * @param {string[]} args
 */
function run(...args) {
  const environment = Object.entries(process.env).filter(
    ([name]) => !/^(JUPYTER|IPYTHON|PYTHON|VIRTUAL_ENV)/.test(name),
  );
  const { status, stdout, stderr } = spawnSync(python, args, {
    env: { ...Object.fromEntries(environment), HOME: home, USERPROFILE: home, APPDATA: home },
    encoding: "utf8",
  });
  assert.equal(status, 0, stderr);
  return stdout;
}

test("the kernel is among those of .venv", () => {
  const ask =
    "from jupyter_client.kernelspec import KernelSpecManager; print(KernelSpecManager().get_kernel_spec('tslab').resource_dir)";
  assert.equal(run("-c", ask).trim(), inProject(".venv", "share", "jupyter", "kernels", "tslab"));
});

test("a notebook runs with it: activation-lab is found, and the outputs are those committed", () => {
  const name = "03-where-gradients-die.ipynb";
  const file = path.join(folder, name);
  cpSync(inProject("notebooks", name), file);
  run("-m", "jupyter", "execute", "--inplace", file);
  assert.deepEqual(
    repeatable(readNotebook(file)),
    repeatable(readNotebook(inProject("notebooks", name))),
  );
});

test("a plain nbconvert shows a picture for every chart", () => {
  const name = "02-activations.ipynb";
  const charts = chartsOf(readNotebook(inProject("notebooks", name))).length;
  assert.ok(charts > 1);
  const command = "-m jupyter nbconvert --to html --output plain.html --output-dir".split(" ");
  run(...command, folder, inProject("notebooks", name));
  const page = readFileSync(path.join(folder, "plain.html"), "utf8");
  assert.equal(page.match(/<img[^>]+src="data:image\/png/g)?.length, charts);
});
