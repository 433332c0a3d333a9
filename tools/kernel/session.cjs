/**
 * tslab's executor with one set of variables, and with messages that name a learner's cells and lines.
 *
 * A cell that fails while it runs keeps what has a value by then. A name that it has not come to stays what it was
 * before; if it was nothing, using it says which cell ended too early.
 */
const declarationsIn = require("./declarations.cjs");
const createMissing = require("./missing.cjs");
const createSourceLines = require("./source-lines.cjs");
const createStacks = require("./stack.cjs");
const createVariables = require("./variables.cjs");

/** @import { Convert, CreateExecutor, Stops, TypeScript } from "./types.d.ts" */

/**
 * @param {TypeScript} ts
 * @param {Convert} convert
 * @param {CreateExecutor} createTslabExecutor
 * @param {Stops} [stops]
 * @returns {CreateExecutor} what is to be called in its place
 */
module.exports = function sessionsWith(ts, convert, createTslabExecutor, stops) {
  const { namesIn, pick } = declarationsIn(ts);

  return function createExecutor(folder, converters, console) {
    const missing = createMissing();
    const lines = createSourceLines(ts);
    const stacks = createStacks(lines.find);
    /** What the cells so far have declared, with types. tslab would forget that of a cell that fails. */
    let declarations = "";
    let cell = newCell(0);

    /** @type {typeof converters.node} */
    const converter = {
      ...converters.node,
      convert(_, source) {
        const result = convert(converters.node, declarations, source, `In[${cell.number}]`);
        cell.names = result.names;
        if (result.diagnostics.length > 0) {
          const diagnostics = missing.add(cell.number, cell.names, source, result.diagnostics);
          return { ...result, diagnostics };
        }
        cell.state = "compiled";
        const { declOutput = "", maps = [] } = result;
        lines.add(cell.number, maps);
        cell.declarations = declOutput + namespacesBesides(declOutput);
        return result;
      },
      inspect: (_, ...where) => converters.node.inspect(declarations, ...where),
      complete: (_, ...where) => converters.node.complete(declarations, ...where),
    };

    /**
     * Those that tslab forgets from one cell to the next but one.
     * @param {string} text what a cell declares
     */
    function namespacesBesides(text) {
      if (!/\b(namespace|module|global)\b/.test(declarations)) return "";
      const declared = namesIn(text);
      return pick(
        declarations,
        (name, statement) => ts.isModuleDeclaration(statement) && !declared.has(name),
      );
    }

    /** @param {string} source */
    async function execute(source) {
      cell = newCell(cell.number + 1);
      let succeeded = false;
      try {
        succeeded = await executor.execute(source);
      } finally {
        end(succeeded);
      }
      return succeeded;
    }

    /**
     * The first thing that a cell does.
     * @param {Parameters<typeof link>[0]} bindings
     */
    function begin(bindings) {
      cell.state = "begun";
      cell.earlier = declarations;
      declarations = cell.declarations;
      missing.remove(cell.names);
      link(bindings);
    }

    /** @param {boolean} succeeded */
    function end(succeeded) {
      // JavaScript may refuse what TypeScript accepts.
      if (cell.state === "compiled") missing.add(cell.number, cell.names, "", []);
      if (cell.state !== "begun") return;
      const reason = succeeded ? undefined : `In [${cell.number}] ended before it was set`;
      const kept = new Set(settle(reason));
      if (kept.size === 0) return;
      declarations =
        pick(declarations, (name) => !kept.has(name)) +
        pick(cell.earlier, (name) => kept.has(name));
    }

    function reset() {
      executor.reset();
      declarations = "";
      clear();
    }

    /**
     * What tslab says of a cell: its type errors, or what it threw.
     * @param {unknown} error
     * @param {unknown[]} rest
     */
    function report(error, ...rest) {
      if (rest.length > 0) console.error(error, ...rest);
      else if (isInterruption(error)) interrupted();
      else if (error instanceof Error) console.error(stacks.readable(error, `In [${cell.number}]`));
      else console.error("Uncaught", error);
    }

    function interrupted() {
      stops?.stop();
      console.error("Interrupted: the cell was stopped before its end.");
    }

    const set = { ...converters, node: converter, close: () => converters.close() };
    const executor = createTslabExecutor(folder, set, { log: console.log, error: report });
    const { variables, link, settle, clear } = createVariables(executor.locals);
    const { __tslab__ } = /** @type {{ __tslab__: object }} */ (
      /** @type {unknown} */ (globalThis)
    );
    Object.assign(__tslab__, { exports: variables, link: begin, ...stops });
    Error.prepareStackTrace = stacks.write;
    // So that the cell is among them when an error comes from deep inside a library.
    Error.stackTraceLimit = 100;

    return { ...executor, locals: variables, execute, reset };
  };
};

/**
 * Node's own for what ran at once, and tslab's for what had awaited.
 * @param {unknown} error
 */
function isInterruption(error) {
  const { code, message } = /** @type {Partial<NodeJS.ErrnoException>} */ (error ?? {});
  return code === "ERR_SCRIPT_EXECUTION_INTERRUPTED" || message === "Interrupted asynchronously";
}

/** @param {number} number */
function newCell(number) {
  return {
    number,
    names: /** @type {string[]} */ ([]),
    /** What has been declared with it, and before it. */
    declarations: "",
    earlier: "",
    state: /** @type {"new" | "compiled" | "begun"} */ ("new"),
  };
}
