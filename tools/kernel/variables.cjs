/**
 * The variables of all cells: an object that reads and writes each of them where its cell keeps it.
 *
 * When a cell declares a name again, the earlier variable serves the other cells until the new one has a value.
 * If the cell fails before, the earlier one stays.
 */

/**
 * How a variable is read and written; constants and imports are not written.
 * @typedef {{ get: () => unknown, set?: (value: unknown) => void }} Access
 */

/** @param {object} others what takes any other property that a cell sets */
module.exports = function createVariables(others) {
  const variables = Object.create(
    new Proxy(others, {
      get(_, name) {
        if (typeof name === "symbol") return undefined;
        throw new ReferenceError(`${name} is not defined`);
      },
      set: (_, name, value) => Reflect.set(others, name, value),
    }),
  );
  /** @param {string} name @param {Access} access */
  const define = (name, { get, set }) =>
    Object.defineProperty(variables, name, { get, set, configurable: true, enumerable: true });

  /**
   * What the cell that runs declares, and by the same name an earlier one did.
   * @type {(Access & { name: string, earlier?: Required<Access> })[]}
   */
  let begun = [];

  /**
   * A cell begins.
   * @param {Record<string, [get: () => unknown, set?: (value: unknown) => void]>} bindings of its variables
   */
  function link(bindings) {
    for (const [name, [get, set]] of Object.entries(bindings)) {
      const earlier = /** @type {Required<Access> | undefined} */ (
        Object.getOwnPropertyDescriptor(variables, name)
      );
      begun.push({ name, get, set, earlier });
      define(name, {
        get: () => (earlier && !hasValue(get) ? earlier.get() : get()),
        set: set && ((value) => (earlier && !hasValue(get) ? earlier.set(value) : set(value))),
      });
    }
  }

  /**
   * The cell has ended.
   * @param {string} [reason] why a variable of it may have no value
   * @returns {string[]} the names that are still those of earlier cells
   */
  function settle(reason) {
    const ended = begun;
    begun = [];
    /** @type {string[]} */
    const kept = [];
    for (const { name, get, set, earlier } of ended) {
      if (!reason || hasValue(get)) {
        define(name, { get, set });
      } else if (earlier) {
        define(name, earlier);
        kept.push(name);
      } else {
        const fail = () => {
          throw new ReferenceError(`${name} has no value: ${reason}`);
        };
        define(name, { get: fail, set: fail });
      }
    }
    return kept;
  }

  function clear() {
    for (const name of Object.keys(variables)) delete variables[name];
  }

  return { variables, link, settle, clear };
};

/**
 * A variable cannot be read before its declaration has run.
 * @param {() => unknown} get
 */
function hasValue(get) {
  try {
    get();
    return true;
  } catch {
    return false;
  }
}
