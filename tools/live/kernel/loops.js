/** Lets each turn of a cell's loops ask whether it must end: nothing in a browser stops a loop from outside. */
import ts from "@tslab/typescript-for-tslab";

import { TURN } from "./turn.js";

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
    ts.forEachChild(node, visit);
  };
  visit(file);
  // From the end, so that the places before stay what they are. Of two at the same place, the inner one ends first.
  const ordered = inserts.sort(([a], [b]) => b - a);
  return ordered.reduce((text, [at, more]) => text.slice(0, at) + more + text.slice(at), code);
}
