/** What cells can import, by name: the scripts of the library and of others put their modules here. */

// On globalThis, because they are scripts of their own.
const modules = globalThis.courseModules ?? {};
globalThis.courseModules = modules;

/** Node's `require`, for cells. */
export function require(name) {
  return modules[resolve(name)];
}

/** @throws Error as Node's */
function resolve(name) {
  if (Object.hasOwn(modules, name)) return name;
  const error = new Error(
    `Cannot find module '${name}': on this page there is only ${Object.keys(modules)
      .filter((one) => !one.endsWith("package.json"))
      .join(", ")}`,
  );
  throw Object.assign(error, { code: "MODULE_NOT_FOUND" });
}

require.resolve = resolve;

export function addModules(more) {
  Object.assign(modules, more);
}
