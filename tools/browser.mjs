/** Finds Chromium or Chrome where users have it; nothing is downloaded. */
import { existsSync } from "node:fs";
import path from "node:path";
import { chromium } from "playwright-core";

const places = {
  linux: [
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
    "/usr/bin/google-chrome",
    "/snap/bin/chromium",
  ],
  darwin: [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
  ],
  win32: [process.env.PROGRAMFILES, process.env["PROGRAMFILES(X86)"], process.env.LOCALAPPDATA]
    .filter(Boolean)
    .map((folder) =>
      path.join(/** @type {string} */ (folder), "Google", "Chrome", "Application", "chrome.exe"),
    ),
};

/** The browser's path, or undefined. The variable CHROME_PATH names one of your own. */
export function findBrowser() {
  const own = process.env.CHROME_PATH;
  return [own, ...(places[process.platform] ?? [])].find((file) => file && existsSync(file));
}

/** Starts the browser without a window and with an empty profile. */
export function launchBrowser() {
  const executablePath = findBrowser();
  if (!executablePath) {
    throw new Error(
      "No Chromium or Chrome was found: install one, or set CHROME_PATH to where it is.",
    );
  }
  return chromium.launch({
    executablePath,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}
