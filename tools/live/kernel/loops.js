/**
 * Lets each turn of a cell's loops ask whether it must end, and each async function as it begins: nothing in a browser
 * stops a loop from outside.
 */
import ts from "@tslab/typescript-for-tslab";

import { IS_STOPPED, TURN } from "./turn.js";

/** @param {string} code JavaScript */
export function guardLoops(code) {
  const file = ts.createSourceFile(
    "cell.js",
    code,
    ts.ScriptTarget.ES2022,
    false,
    ts.ScriptKind.JS,
  );
  const inserts = [];
  const visit = (node) => {
    if (ts.isIterationStatement(node, false)) {
      const { statement } = node;
      const start = statement.getStart(file);
      if (ts.isBlock(statement)) inserts.push([start + 1, `${TURN}();`]);
      else inserts.push([start, `{${TURN}();`], [statement.end, "}"]);
    }
    if (isAsyncFunction(node)) {
      const start = node.body.getStart(file);
      if (ts.isBlock(node.body)) inserts.push([start + 1, `if (${IS_STOPPED}()) return;`]);
      else inserts.push([start, `${IS_STOPPED}() ? undefined : `]);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  // From the end, so that the places before stay what they are. Of two at the same place, the inner one ends first.
  const ordered = inserts.sort(([a], [b]) => b - a);
  return ordered.reduce((text, [at, more]) => text.slice(0, at) + more + text.slice(at), code);
}

function isAsyncFunction(node) {
  const isFunction = ts.isFunctionLike(node) && /** @type {any} */ (node).body;
  return (
    isFunction && ts.getCombinedModifierFlags(/** @type {any} */ (node)) & ts.ModifierFlags.Async
  );
}
