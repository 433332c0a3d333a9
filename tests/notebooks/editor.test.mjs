/**
 * The kernel as an editor starts it, VS Code above all: through the folder of kernels of the Python environment
 * in `.venv`, without anything of `npm start`'s environment.
 */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, test } from "node:test";
import { readNotebook } from "../../tools/notebooks.mjs";
import { inProject, python } from "../../tools/paths.mjs";
import { repeatable } from "./support.mjs";

const home = mkdtempSync(path.join(tmpdir(), "home-"));
// Inside the project, where the kernel finds activation-lab.
const folder = inProject("tests", "scratch", "editor");
mkdirSync(folder, { recursive: true });
after(() => {
  for (const one of [home, folder]) rmSync(one, { recursive: true, force: true });
});

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
