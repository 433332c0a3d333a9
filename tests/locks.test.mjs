/** One command at a time. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, describe, test } from "node:test";
import { inProject } from "../tools/paths.mjs";
import { lockAddress, ownerEnds, withLock } from "../tools/setup/lock.mjs";

const folder = mkdtempSync(path.join(tmpdir(), "lock-"));
after(() => rmSync(folder, { recursive: true, force: true }));

/** @type {Record<string, string>} */
const places = { "this system's": lockAddress(folder) };
if (process.platform !== "win32") places["a file, as on macOS"] = path.join(folder, "lock");

for (const [name, address] of Object.entries(places)) {
  // A lock that is never free would be waited for.
  describe(`the lock, ${name}`, { timeout: 60_000 }, () => {
    test("work is done one after the other, by whichever process", async () => {
      const log = path.join(folder, "log");
      writeFileSync(log, "");
      const work = `async () => {
        appendFileSync(log, "begin ");
        await wait(50);
        appendFileSync(log, "end ");
      }`;
      const runs = Array.from({ length: 4 }, () => inProcess(work, address, log));
      const ends = await Promise.all(runs.map((run) => once(run, "close")));
      assert.deepEqual(
        ends.map(([code]) => code),
        [0, 0, 0, 0],
      );
      assert.equal(readFileSync(log, "utf8"), "begin end ".repeat(4));
    });

    test("who comes to wait just after the end does not wait", () => ownerEnds(address));

    test("it is free again when work fails", async () => {
      await assert.rejects(
        withLock(() => Promise.reject(new Error("on purpose")), address),
        /on purpose/,
      );
      assert.equal(await withLock(async () => 1, address), 1);
    });

    test("a process that was killed does not keep it", async (t) => {
      const holder = inProcess(hold, address);
      t.after(() => holder.kill("SIGKILL"));
      await once(holder.stdout, "data");
      holder.kill("SIGKILL");
      await once(holder, "close");
      if (address.startsWith(folder)) assert.ok(existsSync(address), "its file is still there");
      assert.equal(await withLock(async () => 1, address), 1);
    });

    test("who has to wait is told for whom, and since when", async (t) => {
      const holder = inProcess(hold, address);
      t.after(() => holder.kill("SIGKILL"));
      await once(holder.stdout, "data");
      const said = t.mock.method(console, "log", () => holder.kill("SIGKILL"));
      await withLock(async () => {}, address);
      assert.match(
        said.mock.calls.map((call) => call.arguments[0]).join("\n"),
        new RegExp(
          `^Waiting: .+ \\(process ${holder.pid}, since .*\\d.*\\) is at work in this folder`,
        ),
      );
    });
  });
}

test("each folder has its own", () => {
  assert.equal(lockAddress(folder), lockAddress(path.join(folder, ".", "")));
  assert.notEqual(lockAddress(folder), lockAddress(tmpdir()));
  assert.match(lockAddress(folder, "win32"), /^\\\\\.\\pipe\\activation-course-[0-9a-f]{16}$/);
  assert.ok(lockAddress(folder, "darwin").length < 104, "the longest that macOS takes");
});

const hold = `async () => { console.log("held"); await wait(600_000); }`;

/**
 * Runs `withLock` with this work in a process of its own.
 * @param {string} work its source
 * @param {string} address
 */
function inProcess(work, address, log = "") {
  const lock = JSON.stringify(new URL("../tools/setup/lock.mjs", import.meta.url).href);
  const script = `
    import { appendFileSync } from "node:fs";
    import { setTimeout as wait } from "node:timers/promises";
    import { withLock } from ${lock};
    const log = ${JSON.stringify(log)};
    await withLock(${work}, ${JSON.stringify(address)});`;
  const args = ["--input-type=module", "-e", script];
  return spawn(process.execPath, args, { cwd: inProject(), stdio: ["ignore", "pipe", "inherit"] });
}
