// Each solution, changed in every small way: what is then wrong on a sensible input must be refused.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { isSame } from "../../lib/dist/lib/exercises/comparison.js";
import { callAnswer, randomTolerance } from "../../lib/dist/lib/exercises/run.js";
import { solutionCode } from "../../lib/dist/lib/exercises/solution-code.js";
import { copy, toPlainValue } from "../../lib/dist/lib/exercises/values.js";
import { loadTypeScript } from "../support.mjs";
import { allParts, evaluate, regionsOf, reportOn } from "./support.mjs";

/** @import { Node } from "@tslab/typescript-for-tslab" */

const ts = loadTypeScript();

/** @type {Record<string, string[]>} */
const swaps = {
  "+": ["-", "*"],
  "-": ["+"],
  "*": ["/", "+"],
  "/": ["*"],
  "<": ["<=", ">", ">="],
  "<=": ["<", ">"],
  ">": [">=", "<", "<="],
  ">=": [">", "<"],
  "===": ["!=="],
  "!==": ["==="],
  "&&": ["||"],
  "||": ["&&"],
  "+=": ["-=", "="],
  "-=": ["+=", "="],
  "*=": ["/=", "="],
};

/** @type {Record<string, string[]>} */
const otherNames = {
  every: ["some"],
  some: ["every"],
  exp: ["expm1"],
  expm1: ["exp"],
  abs: ["sqrt", "floor"],
  floor: ["ceil", "round"],
};

/**
 * Code changed in one place, in every way that StrykerJS knows and some more.
 * @param {string} code
 * @returns {string[]}
 */
function mutantsOf(code) {
  const file = ts.createSourceFile("solution.ts", code, ts.ScriptTarget.ES2022, true);
  /** @type {string[]} */
  const mutants = [];
  /** Names of numbers and lists that could be mistaken for one another. */
  /** @type {Set<string>} */
  const names = new Set();
  /** @param {Node} node @param {string} text */
  const replace = (node, text) => {
    mutants.push(code.slice(0, node.getStart(file)) + text + code.slice(node.end));
  };
  const collect = (/** @type {Node} */ node) => {
    if (ts.isParameter(node) && ts.isIdentifier(node.name)) names.add(node.name.text);
    ts.forEachChild(node, collect);
  };
  collect(file);

  const visit = (/** @type {Node} */ node) => {
    const text = node.getText(file);
    if (ts.isTypeNode(node)) return;
    // A loop that counts the wrong way would have to be waited for.
    if (node.parent && ts.isForStatement(node.parent) && node === node.parent.incrementor) return;
    if (ts.isBinaryExpression(node)) {
      for (const swap of swaps[node.operatorToken.getText(file)] ?? []) {
        replace(node.operatorToken, swap);
      }
      replace(node, node.left.getText(file));
      if (!/=$/.test(node.operatorToken.getText(file))) replace(node, node.right.getText(file));
    }
    if (ts.isNumericLiteral(node)) {
      for (const other of [
        0,
        Number(text) + 1,
        Number(text) - 1,
        2 * Number(text),
        0.9 * Number(text),
      ]) {
        if (other !== Number(text)) replace(node, `(${other})`);
      }
    }
    if (ts.isStringLiteral(node)) replace(node, '""');
    if (ts.isConditionalExpression(node)) {
      const [yes, no] = [node.whenTrue.getText(file), node.whenFalse.getText(file)];
      for (const other of [
        `(${yes})`,
        `(${no})`,
        `(${node.condition.getText(file)} ? ${no} : ${yes})`,
      ]) {
        replace(node, other);
      }
    }
    if (ts.isPrefixUnaryExpression(node) && text.startsWith("-")) replace(node, text.slice(1));
    if (ts.isPostfixUnaryExpression(node)) {
      replace(node, text.endsWith("++") ? text.replace("++", "--") : text.replace("--", "++"));
    }
    if (ts.isPropertyAccessExpression(node)) {
      for (const other of otherNames[node.name.text] ?? []) replace(node.name, other);
      if (node.name.text === "length") {
        for (const other of ["length - 1)", "length + 1)"]) {
          replace(node, `(${node.expression.getText(file)}.${other}`);
        }
      }
    }
    if (ts.isCallExpression(node)) {
      const [argument] = node.arguments;
      if (argument && !ts.isFunctionLike(argument)) replace(node, `(${argument.getText(file)})`);
      if (ts.isPropertyAccessExpression(node.expression)) {
        replace(node, node.expression.expression.getText(file));
      }
    }
    if (ts.isArrayLiteralExpression(node) && node.elements.length > 0) replace(node, "[]");
    if (ts.isExpressionStatement(node) || ts.isIfStatement(node)) replace(node, ";");
    if (ts.isIfStatement(node) || ts.isWhileStatement(node)) replace(node.expression, "false");
    if (ts.isIfStatement(node)) replace(node.expression, "true");
    if (ts.isReturnStatement(node) && node.expression) {
      for (const other of ["0", "undefined"]) replace(node.expression, other);
    }
    if (ts.isIdentifier(node) && names.has(text) && ts.isExpression(node)) {
      const isUse = !ts.isParameter(node.parent) && !ts.isPropertyAssignment(node.parent);
      for (const other of isUse ? names : []) if (other !== text) replace(node, other);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return [...new Set(mutants)].filter((mutant) => mutant !== code);
}

const below = (/** @type {number} */ most) => fc.double({ min: -most, max: most, noNaN: true });
const listOf = (/** @type {fc.Arbitrary<number>} */ item) =>
  fc.tuple(fc.array(item, { minLength: 1, maxLength: 20 }));
const epochs = listOf(fc.oneof(fc.nat(1e6), fc.constant(Number.POSITIVE_INFINITY)));

/**
 * What can sensibly be asked, where a check's own random arguments are a small part of it.
 * @type {Record<string, fc.Arbitrary<readonly unknown[]>>}
 */
const sensible = {
  "prelu.forward": fc.tuple(below(100), below(10)),
  "prelu.derivative": fc.tuple(below(100), below(10)),
  "prelu.alphaGradient": fc.tuple(below(100), below(10)),
  "elu.forward": fc.tuple(below(100), fc.double({ min: 0.1, max: 10, noNaN: true })),
  "elu.derivative": fc.tuple(below(100), fc.double({ min: 0.1, max: 10, noNaN: true })),
  "gradientMonitor.status": fc.tuple(fc.double({ min: 0 })),
  "xor.epochsToSolve": listOf(fc.constantFrom(0, 0.25, 0.5, 0.75, 1)),
  "xor.solvedShare": epochs,
  "xor.medianEpochs": epochs,
};

/**
 * Arguments on which an answer differs from the solution, among many more than a check tries.
 * @param {string} label
 * @param {import("../../lib/dist/lib/exercises/part.js").Part} part
 * @param {unknown} answer
 */
function sensibleDifference(label, part, answer) {
  const isSameOn = (/** @type {readonly unknown[]} */ args) => {
    try {
      const received = toPlainValue(callAnswer(part, answer, copy(args)));
      const expected = callAnswer(part, part.expected, copy(args));
      return isSame(received, expected, randomTolerance(part));
    } catch {
      return false;
    }
  };
  for (const random of [part.random, sensible[label]].filter((each) => each !== undefined)) {
    const property = fc.property(random, isSameOn);
    const { counterexample } = fc.check(property, { seed: 2, numRuns: 2500 });
    if (counterexample) return counterexample;
  }
  return null;
}

// Where only what an answer leads to counts, a mutant that passes is right.
const changed = allParts
  .filter(({ part }) => !part.outcome)
  .map((one) => ({ ...one, mutants: mutantsOf(solutionCode(one.file, one.name)) }));

describe("no changed solution passes", () => {
  for (const { key, file, name, part, label, mutants } of changed) {
    test(label, () => {
      const others = regionsOf(file);
      assert.ok(mutants.length >= 5, `${mutants.length} changes`);
      for (const mutant of mutants) {
        let answer;
        try {
          answer = evaluate(mutant, others);
        } catch (error) {
          assert.ok(error instanceof SyntaxError, `${error}: ${mutant}`);
          continue;
        }
        if (reportOn(key, name, answer).outcome !== "correct") continue;
        const args = sensibleDifference(label, part, answer);
        assert.equal(args, null, `passes, and is wrong on ${JSON.stringify(args)}:\n${mutant}`);
      }
    });
  }

  test("these are a few hundred", () => {
    const count = changed.flatMap(({ mutants }) => mutants).length;
    assert.ok(count >= 300, `${count} changes`);
  });
});
