/** What a failed step of the set-up says. */

/** A problem whose message says what to do: no stack trace is shown. */
export class SetupError extends Error {}

/** What every advice ends with. */
export const RETRY = "Then run the command again: what was done is kept.";

const knownFailures = [
  {
    signs: /cache folder contains root-owned files/i,
    advice: "npm's own cache belongs to another user. Run the chown command that npm names below.",
  },
  {
    signs: /ENOSPC|no space left/i,
    advice: "The disk is full. Free about 1.5 GB.",
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
    advice: "This folder cannot be written to. Copy the project to a folder of your own.",
  },
  {
    signs:
      /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ERR_SOCKET_TIMEOUT|NewConnectionError|ConnectTimeout|ReadTimeout|Max retries|Temporary failure in name resolution|CERTIFICATE|ProxyError/i,
    advice:
      "A package registry cannot be reached. The set-up needs the network once: check the connection, and the proxy if you have one.",
  },
];

/**
 * One message out of a failed program's output: what it means, what to do, and how it began and ended.
 * @param {string} output
 * @param {string} task
 */
export function explainFailure(output, task) {
  const known = knownFailures.find(({ signs }) => signs.test(output));
  const advice = known?.advice ?? "The set-up failed. The lines below say why.";
  const lines = output.split("\n").map((line) => `  ${line.slice(0, 300)}`);
  const ends = lines.length > 12 ? [...lines.slice(0, 6), "  …", ...lines.slice(-6)] : lines;
  return `${advice}\n${RETRY}\n\nWhat failed: ${task}\n${ends.join("\n")}`;
}
