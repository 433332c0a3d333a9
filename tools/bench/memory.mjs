/** What a page needs of memory. */
import { spawnSync } from "node:child_process";

/**
 * What the browser's largest process for a page takes, the shared parts of the browser in it.
 * @param {import("playwright-core").Browser} browser
 */
export async function megabytesOf(browser) {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  await session.detach();
  const ids = processInfo.filter(({ type }) => type === "renderer").map(({ id }) => id);
  const sizes = spawnSync("ps", ["-o", "rss=", "-p", ids.join()], { encoding: "utf8" }).stdout;
  return Math.max(...(sizes ?? "").trim().split(/\s+/).map(Number)) / 1000;
}
