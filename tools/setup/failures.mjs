/** What a command says when it cannot go on. */
import { root } from "../paths.mjs";

/** A problem whose message says what to do: no stack trace is shown. */
export class SetupError extends Error {}

/** What every advice ends with. */
export const RETRY = "Then run the command again: what was there, and what was done, is kept.";

const knownFailures = [
  {
    signs: /cache folder contains root-owned files/i,
    advice: "npm's own cache belongs to another user. Run the chown command that npm names below.",
  },
  {
    signs: /ENOSPC|EDQUOT|no space left|quota exceeded/i,
    advice: "The disk is full. Free some of it; all of the set-up takes about 1.2 GB.",
  },
  {
    signs: /spawn npm ENOENT|npm: (command )?not found|'npm' is not recognized/i,
    advice:
      "npm was not found. It comes with Node: install it from https://nodejs.org, and open a new terminal.",
  },
  {
    signs: /EBUSY|ENOTEMPTY|EPERM.*\b(unlink|rmdir|rename)\b|WinError 32|being used by another/i,
    advice:
      "Another program has files of this folder open. Close JupyterLab and the editors that show them.",
  },
  {
    signs: /Long Path support|ENAMETOOLONG/i,
    advice:
      "This folder's path is too long for Windows. Move the project to a shorter one, such as C:\\course.",
  },
  {
    signs: /EROFS|EACCES|EPERM|permission denied|access is denied|read-only file system/i,
    advice: notWritable,
  },
  {
    signs:
      /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ERR_SOCKET_TIMEOUT|NewConnectionError|ConnectTimeout|ReadTimeout|Max retries|Temporary failure in name resolution|CERTIFICATE|ProxyError/i,
    advice:
      "A package registry cannot be reached. The set-up needs the network once: check the connection, and the proxy if you have one.",
  },
];

/**
 * Runs `work`; a problem ends it with one clear message.
 * @param {() => unknown} work
 */
export async function explained(work) {
  try {
    await work();
  } catch (error) {
    const message = problemOf(error);
    if (message === undefined) throw error;
    console.error(`\n${message}\n`);
    process.exitCode = 1;
  }
}

/**
 * What to tell about an error that is no fault of the program: what it says, or what the system's means.
 * @param {any} error
 */
function problemOf(error) {
  if (error instanceof SetupError) return error.message;
  return error?.syscall ? explainFailure(error.message, error.syscall) : undefined;
}

/** @param {string} output */
function notWritable(output) {
  const place = /(?:\bpath |['"])((?:\/|[a-z]:\\)[^'"\n]*)/i.exec(output)?.[1];
  return place && !place.startsWith(root)
    ? `${place} cannot be written to. Make it writable for you, or choose another folder.`
    : "This folder cannot be written to. Copy the project to a folder of your own.";
}

/**
 * One message out of a failed program's output: what it means, what to do, and how it began and ended.
 * @param {string} output
 * @param {string} task what failed
 * @param {string} [advice] what it means, if that is known
 */
export function explainFailure(output, task, advice) {
  const known = knownFailures.find(({ signs }) => signs.test(output));
  const means = advice ?? known?.advice ?? "This failed. The lines below say why.";
  const meaning = typeof means === "string" ? means : means(output);
  const lines = output.split("\n").map((line) => `  ${line.slice(0, 300)}`);
  const ends = lines.length > 12 ? [...lines.slice(0, 6), "  …", ...lines.slice(-6)] : lines;
  return `${meaning}\n${RETRY}\n\nWhat failed: ${task}\n${ends.join("\n")}`;
}
