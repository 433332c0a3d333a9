// Old Nodes read this file too, so it uses nothing new.

/** The first Node that can load the course's modules from a notebook. */
const OLDEST = [20, 19];

/**
 * What to tell somebody whose Node is too old, or undefined if it is not.
 * @param {string} version
 */
export function nodeProblem(version) {
  const parts = version.replace("v", "").split(".").map(Number);
  if (parts[0] > OLDEST[0] || (parts[0] === OLDEST[0] && parts[1] >= OLDEST[1])) return undefined;
  return (
    "Node " +
    version +
    " is too old: the course needs Node " +
    OLDEST.join(".") +
    " or newer.\n" +
    "Install the LTS version from https://nodejs.org, open a new terminal and run the command again."
  );
}

export function requireNode() {
  const problem = nodeProblem(process.version);
  if (problem === undefined) return;
  console.error(`\n${problem}\n`);
  process.exit(1);
}
