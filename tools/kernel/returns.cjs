/**
 * What a function declares to return, a number say, it has to return on every path, and neither null nor undefined is
 * one. TypeScript says so only where it is strict, which cells are not.
 */

/** @import * as typescript from "@tslab/typescript-for-tslab" */
/** @import { TypeScript } from "./types.d.ts" */

/** TypeScript's code for "Not all code paths return a value." */
const MISSING_RETURN = 7030;

/** @param {TypeScript} ts */
module.exports = function returnsIn(ts) {
  /**
   * Whether a declared type has room for nothing else: a number, a text, a list and so on.
   * @param {typescript.Node | undefined} type
   * @returns {boolean}
   */
  function isPlain(type) {
    if (!type) return false;
    if (ts.isTypeOperatorNode(type)) return isPlain(type.type);
    const { NumberKeyword, StringKeyword, BooleanKeyword } = ts.SyntaxKind;
    return (
      ts.isArrayTypeNode(type) || [NumberKeyword, StringKeyword, BooleanKeyword].includes(type.kind)
    );
  }

  /** @param {typescript.Node | undefined} node */
  const isFunction = (node) => Boolean(node && ts.isFunctionLike(node));

  /**
   * The type that the function around a node declares to return, if it is a plain one.
   * @param {typescript.Node} node
   */
  function typeAround(node) {
    const { type } = /** @type {typescript.SignatureDeclaration} */ (
      ts.findAncestor(node, isFunction) ?? {}
    );
    return isPlain(type) ? type : undefined;
  }

  /**
   * Each null and undefined that is returned where a plain type is declared.
   * @param {typescript.SourceFile} file
   * @returns {typescript.Diagnostic[]}
   */
  function returnsOfNothing(file) {
    /** @type {typescript.Diagnostic[]} */
    const found = [];
    /** @param {typescript.Expression | undefined} value @param {typescript.Node | undefined} type */
    function look(value, type) {
      if (!value || !type) return;
      if (ts.isParenthesizedExpression(value)) return look(value.expression, type);
      if (ts.isConditionalExpression(value)) {
        look(value.whenTrue, type);
        return look(value.whenFalse, type);
      }
      const text = value.getText(file);
      if (text !== "null" && text !== "undefined") return;
      found.push({
        file,
        start: value.getStart(file),
        length: text.length,
        category: ts.DiagnosticCategory.Error,
        code: 2322,
        messageText: `Type '${text}' is not assignable to type '${type.getText(file)}'.`,
      });
    }
    const visit = (/** @type {typescript.Node} */ node) => {
      if (ts.isReturnStatement(node)) look(node.expression, typeAround(node));
      if (ts.isArrowFunction(node) && !ts.isBlock(node.body))
        look(node.body, isPlain(node.type) ? node.type : undefined);
      ts.forEachChild(node, visit);
    };
    visit(file);
    return found;
  }

  /**
   * Whether a message is about a path without return in a function that declares no plain type.
   * @param {typescript.Diagnostic} diagnostic
   */
  function isAllowed({ code, file, start = 0, length = 0 }) {
    if (code !== MISSING_RETURN || !file) return false;
    const token = ts.findPrecedingToken(start + length, file);
    return !token || !typeAround(token);
  }

  return { returnsOfNothing, isAllowed };
};
