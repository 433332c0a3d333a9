/** Finds Chromium, Chrome, Edge and Firefox where users have them; nothing is downloaded. */
import { existsSync } from "node:fs";
import path from "node:path";

/** Where each system has its browsers, the one to prefer first. */
export function browserPlaces(platform = process.platform, environment = process.env) {
  if (platform === "darwin") {
    const names = ["Google Chrome", "Chromium", "Microsoft Edge"];
    return ["/Applications", `${environment.HOME}/Applications`].flatMap((folder) =>
      names.map((name) => `${folder}/${name}.app/Contents/MacOS/${name}`),
    );
  }
  if (platform === "win32") {
    const folders = ["PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"].flatMap(
      (name) => environment[name] ?? [],
    );
    return [
      "Google\\Chrome\\Application\\chrome.exe",
      "Microsoft\\Edge\\Application\\msedge.exe",
    ].flatMap((program) => folders.map((folder) => path.win32.join(folder, program)));
  }
  return [
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
    "/usr/bin/google-chrome",
    "/usr/bin/microsoft-edge",
    "/snap/bin/chromium",
  ];
}

/** The browser's path, or undefined. The variable CHROME_PATH names one of your own. */
export function findBrowser(
  platform = process.platform,
  environment = process.env,
  exists = existsSync,
) {
  return [environment.CHROME_PATH, ...browserPlaces(platform, environment)].find(
    (file) => file && exists(file),
  );
}

/** Firefox's path, or undefined. The variable FIREFOX_PATH names one of your own. */
export function findFirefox(
  platform = process.platform,
  environment = process.env,
  exists = existsSync,
) {
  const places =
    platform === "darwin"
      ? ["/Applications/Firefox.app/Contents/MacOS/firefox"]
      : platform === "win32"
        ? [environment.PROGRAMFILES, environment["PROGRAMFILES(X86)"]].flatMap((folder) =>
            folder ? path.win32.join(folder, "Mozilla Firefox", "firefox.exe") : [],
          )
        : ["/usr/bin/firefox", "/usr/bin/firefox-esr", "/snap/bin/firefox"];
  return [environment.FIREFOX_PATH, ...places].find((file) => file && exists(file));
}

/** What keeps the browser from asking its makers' servers, and lets root start it. */
export const QUIET = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Starts the browser without a window and with an empty profile. */
export async function launchBrowser() {
  const executablePath = findBrowser();
  if (!executablePath) {
    throw new Error(
      "No Chromium, Chrome or Edge was found: install one, or set CHROME_PATH to where it is.",
    );
  }
  // Here, because the set-up, which installs it, comes first.
  const { chromium } = await import("playwright-core");
  return chromium.launch({
    executablePath,
    args: QUIET,
  });
}
