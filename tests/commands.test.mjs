/** The npm scripts as they are typed: what they say, where they write, and that they end. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { get } from "node:http";
import path from "node:path";
import { text } from "node:stream/consumers";
import { describe, test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { inProject, root } from "../tools/paths.mjs";
import { serve } from "../tools/serve.mjs";
import { npmCommand } from "../tools/setup/npm.mjs";
import { isAlive } from "../tools/setup/processes.mjs";
import { makeFakeCourse, needsShell } from "./fake-course.mjs";
import { runNode, temporaryFolder } from "./support.mjs";

const scripts = JSON.parse(readFileSync(inProject("package.json"), "utf8")).scripts;

describe("where nothing is installed yet", needsShell, () => {
  for (const [name, script] of Object.entries(scripts)) {
    const [, command] = /^node tools\/run\.mjs (\w+)$/.exec(script) ?? [];
    if (!command) continue;
    test(`npm run ${name} begins with the set-up, whose message is all it says`, (context) => {
      const course = makeFakeCourse();
      context.after(course.remove);
      course.usePython("#!/bin/sh\nexit 1\n");
      const { status, stderr } = course.run([command]);
      assert.equal(status, 1);
      assert.match(stderr, /^\nPython was not found/);
      assert.doesNotMatch(stderr, /^\s+at /m);
    });
  }
});

test("an error of the system is one message, without a stack", (context) => {
  const file = path.join(temporaryFolder(context), "file");
  writeFileSync(file, "");
  const { status, stderr } = runNode([
    "tools/run.mjs",
    "export",
    "--output",
    path.join(file, "site"),
  ]);
  assert.equal(status, 1);
  assert.match(stderr, /ENOTDIR/);
  assert.doesNotMatch(stderr, /^\s+at /m);
});

test("--output without a name is refused, and nothing is run", () => {
  const { status, stdout, stderr } = runNode(["tools/run.mjs", "export", "--output", ""]);
  assert.equal(status, 1);
  assert.match(stderr, /--output needs the name of a folder/);
  assert.equal(stdout, "");
});

test("--output of the project itself is refused, and nothing is run", () => {
  const { status, stdout, stderr } = runNode(["tools/run.mjs", "export", "--output", "."]);
  assert.equal(status, 1);
  assert.match(stderr, /is this project/);
  assert.equal(stdout, "");
  assert.ok(existsSync(inProject("package.json")));
});

describe("when npm is ended, what it runs ends too", {
  skip: process.platform === "win32" && "Windows has no parent to look for behind npm's shell",
}, () => {
  for (const signal of /** @type {const} */ (["SIGTERM", "SIGKILL"])) {
    test(signal, async (context) => {
      const folder = temporaryFolder(context);
      const tools = JSON.stringify(new URL("../tools/setup/processes.mjs", import.meta.url).href);
      writeFileSync(
        path.join(folder, "server.mjs"),
        `import { endWithNpm } from ${tools};
         endWithNpm();
         setInterval(() => {}, 1000);
         console.log(process.pid);`,
      );
      const description = { scripts: { server: "node server.mjs" } };
      writeFileSync(path.join(folder, "package.json"), JSON.stringify(description));
      const { command, args } = npmCommand(["run", "--silent", "server"]);
      const npm = spawn(command, args, { cwd: folder, stdio: ["ignore", "pipe", "inherit"] });
      const [output] = await once(npm.stdout, "data");
      const server = Number(String(output));
      context.after(() => isAlive(server) && process.kill(server));
      assert.ok(isAlive(server));
      npm.kill(signal);
      await until(() => !isAlive(server));
    });
  }
});

describe("npm run serve", () => {
  test("shows a site to this machine, and the site's own page for what is not there", async (context) => {
    const folder = temporaryFolder(context);
    const site = path.join(folder, "site");
    mkdirSync(site);
    writeFileSync(path.join(folder, "secret"), "");
    writeFileSync(path.join(site, "index.html"), "<p>index");
    const { address, close } = await serve(site, 0);
    context.after(close);
    /** `fetch` would take the dots out of the path. */
    const load = async (/** @type {string} */ path) => {
      const request = get({ host: "127.0.0.1", port: new URL(address).port, path, agent: false });
      const [response] = await once(request, "response");
      return [response.statusCode, await text(response)];
    };
    assert.deepEqual(await load("/"), [200, "<p>index"]);
    for (const path of ["/none.html", "/../secret", "/%2e%2e/secret"])
      assert.deepEqual(await load(path), [404, "Not found"]);
    writeFileSync(path.join(site, "404.html"), "<p>lost");
    assert.deepEqual(await load("/none.html"), [404, "<p>lost"]);
  });

  test("names a port that is taken or none", async (context) => {
    const { address, close } = await serve(temporaryFolder(context), 0);
    context.after(close);
    const { port } = new URL(address);
    await assert.rejects(serve(".", Number(port)), new RegExp(`Port ${port} is taken`));
    const { status, stderr } = runNode(["tools/run.mjs", "serve", "80000"]);
    assert.equal(status, 1);
    assert.match(stderr, /80000 is no port/);
  });
});

test("JupyterLab reads no settings of the learner's, and writes nothing in the home folder", {
  timeout: 180_000,
}, async (context) => {
  const home = temporaryFolder(context);
  mkdirSync(path.join(home, ".jupyter"));
  for (const name of ["jupyter_config", "jupyter_server_config", "jupyter_lab_config"])
    writeFileSync(
      path.join(home, ".jupyter", `${name}.py`),
      `c.ServerApp.ip = "0.0.0.0"
c.ServerApp.root_dir = "/"
c.ServerApp.base_url = "/mine/"
c.ServerApp.token = c.IdentityProvider.token = ""
c.ServerApp.disable_check_xsrf = True
`,
    );
  const before = readdirSync(home, { recursive: true });
  const lab = spawn(
    process.execPath,
    ["tools/run.mjs", "start", "--no-browser", "--ServerApp.port=0"],
    {
      cwd: root,
      env: {
        ...process.env,
        ...{ HOME: home, USERPROFILE: home, APPDATA: home },
        ...{
          JUPYTER_CONFIG_DIR: path.join(home, ".jupyter"),
          JUPYTER_CONFIG_PATH: path.join(home, ".jupyter"),
        },
        PYTHONPATH: home,
      },
      stdio: ["ignore", "ignore", "pipe"],
    },
  );
  context.after(async () => {
    lab.kill("SIGTERM");
    if (lab.exitCode === null) await once(lab, "close");
  });
  const address = await addressIn(lab.stderr);
  assert.equal(address.hostname, "localhost");
  assert.equal(address.pathname, "/lab/tree/notebooks/00-start-here.ipynb");
  const contents = new URL("/api/contents/package.json?content=0", address);
  assert.equal((await fetch(contents)).status, 403, "behind a token");
  contents.searchParams.set("token", address.searchParams.get("token") ?? "");
  assert.equal((await fetch(contents)).status, 200, "of this project");
  assert.deepEqual(readdirSync(home, { recursive: true }), before);
});

/**
 * The address with its token, as JupyterLab prints it.
 * @param {import("node:stream").Readable} stream
 */
async function addressIn(stream) {
  let said = "";
  for await (const text of stream.setEncoding("utf8")) {
    said += text;
    const address = /http:\/\/\S+token=\w+/.exec(said)?.[0];
    if (address) return new URL(address);
  }
  throw new Error(`JupyterLab has ended:\n${said}`);
}

/** @param {() => boolean} condition */
async function until(condition) {
  const end = Date.now() + 30_000;
  while (!condition()) {
    assert.ok(Date.now() < end, "it goes on after 30 seconds");
    await wait(50);
  }
}
