/** Other processes. */
import { spawnSync } from "node:child_process";

/** @param {number} pid */
export function isAlive(pid) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // Another user's may not be asked.
    return /** @type {NodeJS.ErrnoException} */ (error).code === "EPERM";
  }
}

/**
 * Ends this process, with SIGTERM, when the npm that called it has ended: an npm that is told to end, or killed,
 * passes nothing on to what it runs.
 */
export function endWithNpm() {
  if (!process.env.npm_lifecycle_event) return;
  const parents = [process.ppid, ...shellsParent(process.ppid)];
  setInterval(() => {
    if (process.ppid !== parents[0] || !parents.every(isAlive))
      process.kill(process.pid, "SIGTERM");
  }, 500).unref();
}

/**
 * npm calls what it runs through a shell.
 * @param {number} pid
 */
function shellsParent(pid) {
  if (process.platform === "win32") return [];
  const { stdout } = spawnSync("ps", ["-o", "ppid=,comm=", "-p", String(pid)], {
    encoding: "utf8",
  });
  const [parent, name] = (stdout ?? "").trim().split(/\s+/);
  return /sh$/.test(name ?? "") ? [Number(parent)] : [];
}
