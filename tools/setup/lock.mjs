/**
 * One command at a time sets the course up or makes something of all of it. The lock is a socket that listens:
 * the system gives it to one process only, and takes it back however that process ends.
 */
import { createHash } from "node:crypto";
import { once } from "node:events";
import { realpathSync, rmSync } from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { root } from "../paths.mjs";

/** Where the commands of one folder meet: a name of the system's own, on macOS a file. */
export function lockAddress(folder = root, platform = process.platform) {
  const hash = createHash("sha256").update(realpathSync.native(folder)).digest("hex");
  const name = `activation-course-${hash.slice(0, 16)}`;
  if (platform === "win32") return `\\\\.\\pipe\\${name}`;
  return platform === "linux" ? `\0${name}` : path.join(tmpdir(), name);
}

/**
 * Runs `work` while no other process does the same; until then, says who is at work and waits.
 * @template Result
 * @param {() => Promise<Result>} work
 * @param {string} [address]
 * @returns {Promise<Result>}
 */
export async function withLock(work, address = lockAddress()) {
  const release = await takeLock(address);
  try {
    return await work();
  } finally {
    release();
  }
}

/**
 * @param {string} address
 * @returns {Promise<() => void>} what gives the lock back
 */
async function takeLock(address) {
  const owner = `${commandName()} (process ${process.pid}, since ${new Date().toLocaleTimeString()})`;
  for (;;) {
    /** @type {Set<import("node:net").Socket>} */
    const waiting = new Set();
    const server = createServer((socket) => {
      waiting.add(socket.unref());
      socket.on("error", () => {}).write(owner);
    });
    try {
      await once(server.listen(address), "listening");
      server.unref();
      return () => {
        server.close();
        for (const socket of waiting) socket.destroy();
      };
    } catch (error) {
      const { code, message } = /** @type {NodeJS.ErrnoException} */ (error);
      if (code !== "EADDRINUSE") {
        console.warn(`No lock (${message}): run one command of the course at a time.`);
        return () => {};
      }
    }
    await ownerEnds(address);
  }
}

/** What the user typed, for messages. */
function commandName() {
  const script = process.env.npm_lifecycle_event;
  return script ? `npm run ${script}` : `node ${process.argv.slice(1, 3).join(" ")}`;
}

/**
 * Waits for the process that has the lock: its end closes the connection.
 * @param {string} address
 */
export async function ownerEnds(address) {
  let said = false;
  const say = (/** @type {string} */ owner) => {
    if (!said) console.log(`Waiting: ${owner} is at work in this folder. Ctrl+C ends the waiting.`);
    said = true;
  };
  const socket = connect(address).setEncoding("utf8");
  socket.once("data", say);
  socket.setTimeout(2000, () => say("another command, which does not say which,"));
  socket.on("error", (error) => {
    // On macOS the file of a process that was killed is still there, with nobody behind it.
    // A name of Linux' own refuses as well, if its process has just ended, and is no file.
    const isFile = path.isAbsolute(address);
    if (isFile && "code" in error && error.code === "ECONNREFUSED")
      rmSync(address, { force: true });
  });
  await new Promise((resolve) => socket.on("close", resolve));
  // Two may find that file at once: both have removed it before the first makes it anew.
  await wait(100);
}
