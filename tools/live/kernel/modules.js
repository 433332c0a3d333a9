/** What cells can import, by name: the scripts of the library and of others put their modules here. */

// On globalThis, because they are scripts of their own.
const modules = globalThis.courseModules ?? {};
globalThis.courseModules = modules;

/**
 * Node's `require`, for cells.
 * @throws Error as Node's
 */
export function require(name) {
  if (Object.hasOwn(modules, name)) return modules[name];
  throw notFound(name);
}

/** A package that is in the page, but of which cells can only ask the version, is found, too. */
require.resolve = (name) => {
  if (Object.hasOwn(modules, name) || Object.hasOwn(modules, `${name}/package.json`)) return name;
  throw notFound(name);
};

function notFound(name) {
  const names = Object.keys(modules).filter((one) => !one.endsWith("package.json"));
  const error = new Error(`Cannot find module '${name}': this page has ${names.join(", ")}`);
  return Object.assign(error, { code: "MODULE_NOT_FOUND" });
}

export function addModules(more) {
  Object.assign(modules, more);
}
