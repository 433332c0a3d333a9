/**
 * The kernel of a page: tslab's converter and executor in a web worker. What it is sent is done in turn; what it
 * sends is what cells print and show, and an answer for each request.
 */
// In this order: each needs what the one before has set.
import "./globals.js";
import "./compiler.js";
import { createConverter } from "tslab/dist/converter.js";
import { createExecutor } from "tslab/dist/executor.js";
import * as tslab from "tslab/dist/public.js";
import { FOLDER, repairs, system } from "./compiler.js";
import { evaluate } from "./evaluate.cjs";
import { addModules } from "./modules.js";
import { display, flush } from "./output.js";

let executor;
let check;
/** The learner's progress, line by line. */
let kept = "";

const requests = {
  /**
   * @param {{ types: Record<string, string>, sources: Record<string, string>, versions: Record<string, string>,
   *   coreScript: string, progress?: string }} start
   */
  start({ types, sources, versions, coreScript, progress }) {
    addTypes(types);
    addModules({ tslab });
    for (const [name, version] of Object.entries(versions))
      addModules({ [`${name}/package.json`]: { name, version } });
    kept = progress ?? "";
    let address;
    Object.assign(globalThis.activationLabPage, {
      show: display,
      sources,
      progress: {
        place: "this browser",
        read: () => kept,
        add(line) {
          kept += `${line}\n`;
          postMessage({ type: "progress", line });
        },
      },
      newWorker() {
        // Made here: of a page that is opened from disk, each worker is an origin of its own.
        address ??= URL.createObjectURL(new Blob([coreScript], { type: "text/javascript" }));
        return new Worker(address);
      },
    });
    // Cells for a browser, which tslab has a converter for, too, are none of the course's.
    const converters = /** @type {any} */ ({ node: withCheck(createConverter()), close() {} });
    executor = repairs.executorWith(createExecutor)(FOLDER, converters, console);
    nameCellsInStacks();
  },

  /** More that cells can import. */
  add({ script, types }) {
    addTypes(types);
    evaluate(script);
  },

  /** @param {{ code: string, progress?: string }} cell `progress`: as other pages, too, have left it by now */
  async execute({ code, progress }) {
    kept = progress ?? kept;
    const isDone = await executor.execute(code);
    // What promises that nobody awaits still print.
    await new Promise((resolve) => setTimeout(resolve));
    return { isDone };
  },

  complete({ code, position }) {
    const { start, end, candidates } = executor.complete(code, position);
    return { start, end, candidates };
  },

  inspect({ code, position }) {
    const info = executor.inspect(code, position);
    return { text: info ? repairs.describe(info) : undefined };
  },

  /** Type errors, without running anything. */
  check({ code }) {
    check = { code };
    executor.inspect(code, 0);
    const { problems } = check;
    check = undefined;
    return { problems };
  },
};

function addTypes(types) {
  for (const [name, text] of Object.entries(types)) system.add(name, text);
}

/** A name that nothing has: with it, code is never right, and so nothing is made of it but messages. */
const UNKNOWN = "\n;__unknown__;";

/** Only the executor knows what earlier cells have declared, and gives it to `inspect`. */
function withCheck(converter) {
  return {
    ...converter,
    inspect(declarations, code, position) {
      if (!check) return converter.inspect(declarations, code, position);
      const { diagnostics } = converter.convert(declarations, code + UNKNOWN);
      check.problems = diagnostics
        .filter(({ start }) => start.offset <= code.length)
        .map(({ start, end, messageText }) => ({
          from: start.offset,
          to: end.offset,
          line: start.line + 1,
          message: String(messageText),
        }));
    },
  };
}

/** V8 says of evaluated code where it was evaluated, too: the repairs look for the place in the cell only. */
function nameCellsInStacks() {
  const write = Error.prepareStackTrace;
  if (!write) return;
  Error.prepareStackTrace = (error, sites) => write(error, /** @type {any} */ (sites.map(placeIn)));
}

function placeIn(site) {
  const place = `${site.getScriptNameOrSourceURL()}:${site.getLineNumber()}:${site.getColumnNumber()}`;
  const name = site.getFunctionName()?.replace(/^eval$/, "");
  return name ? `${name} (${place})` : place;
}

async function answer(request) {
  let given;
  try {
    given = await requests[request.type](request);
  } catch (error) {
    given = { error: String(/** @type {Error} */ (error)?.stack ?? error) };
  }
  flush();
  postMessage({ type: "answer", id: request.id, ...given });
}

let last = Promise.resolve();
self.onmessage = ({ data }) => {
  last = last.then(() => answer(data));
};

addEventListener("unhandledrejection", (event) => {
  event.preventDefault();
  console.error(event.reason);
});
