// Old Nodes read this file too, so it uses nothing new.

/**
 * Whether a notebook's `require` can load the course's modules: in Node 20 from 20.19 on, then from 22.12 on.
 * @param {number} major
 * @param {number} minor
 */
function canRun(major, minor) {
  return (major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major > 22;
}

/**
 * What to tell somebody whose Node cannot run the course, or undefined if it can.
 * @param {string} version
 */
export function nodeProblem(version) {
  const parts = version.replace("v", "").split(".").map(Number);
  if (canRun(parts[0], parts[1])) return undefined;
  return (
    "Node " +
    version +
    " cannot run the course: it needs Node 20.19 or newer of 20, or 22.12 or newer.\n" +
    "Install the LTS version from https://nodejs.org, open a new terminal and run the command again."
  );
}

export function requireNode() {
  const problem = nodeProblem(process.version);
  if (problem === undefined) return;
  console.error(`\n${problem}\n`);
  process.exit(1);
}
