/** TypeScript's file system: files in memory, which nothing changes. */
import path from "path-browserify";

/** @returns {any} what TypeScript calls a system; `add` puts files into it */
export function createSystem(folder, compiler) {
  const files = new Map();
  /** The names in each folder. */
  const folders = new Map();
  const watcher = { close() {} };

  function addFolder(name) {
    if (folders.has(name)) return;
    folders.set(name, new Set());
    const parent = path.dirname(name);
    if (parent === name) return;
    addFolder(parent);
    folders.get(parent).add(path.basename(name));
  }

  return {
    add(name, text) {
      files.set(name, text);
      addFolder(path.dirname(name));
    },
    args: [],
    newLine: "\n",
    useCaseSensitiveFileNames: true,
    write() {},
    writeOutputIsTTY: () => false,
    readFile: (name) => files.get(name),
    writeFile() {},
    fileExists: (name) => files.has(name),
    directoryExists: (name) => folders.has(name.replace(/(.)\/$/, "$1")),
    getDirectories: (name) => [...(folders.get(name) ?? [])],
    readDirectory: () => [],
    createDirectory() {},
    getCurrentDirectory: () => folder,
    getExecutingFilePath: () => compiler,
    resolvePath: (name) => path.resolve(folder, name),
    realpath: (name) => name,
    getModifiedTime: () => new Date(0),
    getEnvironmentVariable: () => "",
    watchFile: () => watcher,
    watchDirectory: () => watcher,
    exit() {},
  };
}
