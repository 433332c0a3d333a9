/** The language of the kernel: what cells do that belong together, here without Jupyter. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, describe, test } from "node:test";
import { format } from "node:util";
import vm from "node:vm";
import fc from "fast-check";
import createStacks from "../tools/kernel/stack.cjs";
import mendTslab from "../tools/kernel/tslab.cjs";
import { inProject } from "../tools/paths.mjs";

const requireFromTslab = mendTslab();
const { createConverter } = requireFromTslab("./dist/converter.js");
const { createExecutor } = requireFromTslab("./dist/executor.js");
const { printQuickInfo } = requireFromTslab("./dist/inspect.js");

/** The start of one takes seconds. */
const converter = createConverter();
after(() => converter.close());

/** A kernel that has run nothing yet. */
function newKernel() {
  let printed = "";
  const print = (/** @type {unknown[]} */ ...args) => {
    printed += `${format(...args)}\n`;
  };
  const converters = { node: converter, close() {} };
  const executor = createExecutor(process.cwd(), converters, { log: print, error: print });
  return {
    executor,
    /**
     * What a cell prints and is told, without the last line's end.
     * @param {string} cell
     */
    async run(cell) {
      const { log } = console;
      console.log = print;
      printed = "";
      try {
        await executor.execute(cell);
      } finally {
        console.log = log;
      }
      return printed.trimEnd();
    },
  };
}

/**
 * Runs cells one after the other; what each prints.
 * @param {string[]} cells
 */
async function run(...cells) {
  const kernel = newKernel();
  const outputs = [];
  for (const cell of cells) outputs.push(await kernel.run(cell));
  return outputs;
}

/**
 * Asks that cells print what is given with them.
 * @typedef {[cell: string, output?: string | RegExp]} Pair a cell, and what it prints: nothing, unless it is said
 * @param {Pair[]} pairs
 */
async function prints(...pairs) {
  const outputs = await run(...pairs.map(([cell]) => cell));
  for (const [index, [cell, output = ""]] of pairs.entries()) {
    const what = `cell ${index + 1}, ${cell}, printed:\n${outputs[index]}`;
    if (typeof output === "string") assert.equal(outputs[index], output, what);
    else assert.match(outputs[index], output, what);
  }
}

describe("a variable is one variable in all cells", () => {
  /** @type {Record<string, Pair[]>} */
  const cases = {
    "a function reads what a later cell writes": [
      ["let alpha = 0.1;\nfunction leaky(x: number) {\n  return x > 0 ? x : alpha * x;\n}"],
      ["alpha = 0.3;\nleaky(-1)", "-0.3"],
    ],
    "gradient descent in a loop": [
      ["let w = 0;\nconst gradient = () => w - 3;"],
      ["for (let i = 0; i < 50; i++) w -= 0.1 * gradient();\nw.toFixed(2)", "2.98"],
      ["w += 1;\ngradient().toFixed(2)", "0.98"],
    ],
    "a closure writes": [
      ["let n = 0;\nconst up = () => {\n  n++;\n};"],
      ["up();\nup();\nn", "2"],
      ["n += 5;\nup();\nn++\nn", "9"],
    ],
    "operators that assign": [
      ["let a = 1;\nlet b: number | undefined;\nconst read = () => [a, b];"],
      ["a += 2;\na **= 2;\n++a;\nb ??= 7;\nb ||= 8;\nb &&= 9;\nread()", "[ 10, 9 ]"],
    ],
    "a function assigned is called like its variable": [
      ["let f = (x: number) => x;\nlet g: any;"],
      ["f = (x) => -x;\ng = class {};\n[f, g]", "[ [Function: f], [class g] ]"],
    ],
    "shorthand properties": [
      ["const weights = [1, 2];\nlet bias = 3;"],
      ["({ weights, bias })", "{ weights: [ 1, 2 ], bias: 3 }"],
    ],
    "destructuring into variables": [
      ["let a = 1;\nlet b = 2;\nlet rest: object = {};\nconst read = () => [a, b, rest];"],
      ["[a, b] = [b, a];\nread()", "[ 2, 1, {} ]"],
      ["({ a, b } = { a: 7, b: 8 });\nread()", "[ 7, 8, {} ]"],
      ["({ a = 3, b: [b] } = { b: [4] } as any);\nread()", "[ 3, 4, {} ]"],
      ["({ a: b = 5, ...rest } = { c: 6 } as any);\nread()", "[ 3, 5, { c: 6 } ]"],
      ["for ([a, b] of [[1, 2], [3, 4]]);\nread()", "[ 3, 4, { c: 6 } ]"],
      [
        "for (a of [5, 6]);\nfor (const key in { x: 1 }) a += key.length;\nread()",
        "[ 7, 4, { c: 6 } ]",
      ],
    ],
    "parameters and constants taken apart, with names that earlier types have": [
      ["const y = 100;\nconst rows = [{ y: 1, x: 2 }];"],
      ["rows.map(({ y: median }) => median + y)", "[ 101 ]"],
      [
        "const [{ y: first, x = 3, ...others }] = rows;\n[first, x, others, y]",
        "[ 1, 2, {}, 100 ]",
      ],
      ["let z = 0;\n({ y: z } = rows[0]);\nz", "1"],
    ],
    "names of properties, methods and labels are not variables": [
      ["const x = 1;\nconst o = { x: 2, m() { return x; } };"],
      ["x: for (const _ of [1]) continue x;\n[o.x, o.m(), { x: 3 }.x, o?.x]", "[ 2, 1, 3, 2 ]"],
      ["class P {\n  x = x + 10;\n  static o = o.x;\n  ['k' + x]() {}\n}\nnew P()", "P { x: 11 }"],
    ],
    "templates, tags, calls and new": [
      ["const tag = (parts: any, v: number) => parts.raw[0] + v;\nclass Net { n = 1; }"],
      [
        "const v = 2;\nconst self = function (this: any) {\n  return this === undefined || this === globalThis;\n};",
      ],
      [
        `[\`\${v}\`, tag\`a\${v}\`, new Net().n, self(), (self as any)(), self?.()]`,
        "[ '2', 'a2', 1, true, true, true ]",
      ],
    ],
    "an async cell": [
      ["let later = 1;\nawait new Promise((resolve) => setTimeout(resolve, 1));\nlater = 2;", "2"],
      [
        "later\nlater = 3;\nconst show = async () => {\n  await null;\n  return later;\n};\nawait null;",
      ],
      ["later = 4;\nawait show()", "4"],
    ],
    "for await at the top": [
      ["let sum = 0;\nasync function* numbers() {\n  yield 1;\n  yield 2;\n}"],
      ["for await (const n of numbers()) sum += n;\nsum", "3"],
      ["all: for await (sum of numbers()) {\n  for (const _ of [1, 2]) continue all;\n}\nsum", "2"],
      [
        "const f = async () => {\n  for await (const n of numbers()) sum += n;\n};\nf() instanceof Promise",
        "true",
      ],
    ],
    "classes and functions declared anew": [
      ["function f() {\n  return 1;\n}\nclass A {\n  static n = 1;\n}"],
      ["const g = () => f() + A.n;\ng()", "2"],
      ["function f() {\n  return 20;\n}\nclass A {\n  static n = 20;\n}"],
      ["g()", "40"],
    ],
    "a variable declared anew": [
      ["let alpha = 1;\nconst own = () => alpha;"],
      ["const other = () => alpha;"],
      ["let alpha = 'new';"],
      // As in a block of its own: functions beside the old one keep it.
      ["alpha += '!';\n[own(), other()]", "[ 1, 'new!' ]"],
      ["const alpha = own() + 1;\nother()", "2"],
    ],
    "a cell that is run again": [
      ["let n = 0;\nconst up = () => ++n;"],
      ["const twice = () => up() + up();\ntwice()", "3"],
      ["let n = 10;\nconst up = () => ++n;"],
      ["[twice(), n]", "[ 23, 12 ]"],
    ],
    "while it is set anew, other cells' functions read the one before": [
      ["let total = 1;"],
      ["const double = () => total * 2;"],
      ["let total = double();\n[total, double()]", "[ 2, 4 ]"],
    ],
    "constants stay constant": [
      ["const c = 1;\nconst read = () => c;"],
      ["c = 2;", "1:1 - Cannot assign to 'c' because it is a constant."],
      ["c++;", "1:1 - Cannot assign to 'c' because it is a constant."],
      [
        "// @ts-ignore\nc = 2;",
        "TypeError: Assignment to constant variable.\n    at In [4], line 2",
      ],
      ["[c, read()]", "[ 1, 1 ]"],
    ],
    "enums and namespaces, in all later cells": [
      ["const side = 3;\nenum Colour { Red, Green }\nconst enum Size { Big = 5 }"],
      [
        "namespace Square {\n  export const area = side ** 2;\n  export const twice = () => area * 2;\n}",
      ],
      ["1", "1"],
      [
        "[Square.area, Square.twice(), Colour.Green, Colour[0], Size.Big]",
        "[ 9, 18, 1, 'Red', 5 ]",
      ],
      ["const Square = 4;\nSquare", "4"],
      ["Square.toFixed(1)", "4.0"],
    ],
    imports: [
      [
        "import fs, { readFileSync as read, type Stats } from 'node:fs';\nimport * as path from 'node:path';\nimport type { TwoLayerNetwork } from 'activation-lab';",
      ],
      [
        "let stats: Stats;\nlet net: TwoLayerNetwork;\n[fs.readFileSync === read, { path }.path.sep.length]",
        "[ true, 1 ]",
      ],
      ["read = 1 as any;", "1:1 - Cannot assign to 'read' because it is an import."],
    ],
    "exports mean nothing": [
      [
        "export const a = 1;\nexport default function f() {\n  return a;\n}\nexport { a as b };\nexport type T = number;\nexport interface I {}\nexport * from 'node:fs';",
      ],
      ["const t: T = f() + a;\nt", "2"],
    ],
    delete: [
      ["const o: { a?: number } = { a: 1 };"],
      ["delete o.a;\no", "{}"],
      [
        "delete o;",
        "1:8 - 'delete' cannot be called on an identifier in strict mode.\n1:8 - The operand of a 'delete' operator must be a property reference.",
      ],
    ],
    "types and values of one name": [
      ["const Point = (x: number) => ({ x });"],
      ["type Point = { x: number };"],
      ["const p: Point = Point(3);\np", "{ x: 3 }"],
    ],
    "the last expression": [
      ["const f = () => 1;\nf", "[Function: f]"],
      ["({ a: 1 })", "{ a: 1 }"],
      ["undefined"],
      ["const tsLastExpr = 2;\ntsLastExpr + 1", "3"],
      ["let a = 1;\na = 5", "5"],
      ["a ? [a] : null;\ntype T = 1;"],
    ],
  };
  for (const [name, pairs] of Object.entries(cases)) test(name, () => prints(...pairs));
});

describe("a program in cells", () => {
  const name = fc.constantFrom("a", "b", "c");
  const number = fc.integer({ min: -3, max: 3 });
  const operation = fc.tuple(name, fc.constantFrom("+", "-", "*"), number);
  const value = fc.oneof(
    number.map((n) => `${n}`),
    name,
    operation.map(([x, sign, n]) => `(${x} ${sign} ${n})`),
    name.map((x) => `add(${x})`),
    name.map((x) => `new Box(${x}).double`),
  );
  /** @param {(x: string, v: string) => string} write a statement; # is a number that no other one has */
  const statement = (write) => fc.tuple(name, value).map(([x, v]) => write(x, v));
  const statements = fc.oneof(
    statement((x, v) => `${x} = ${v}`),
    statement((x, v) => `${x} -= ${v}`),
    statement((x, v) => `${x} ??= ${v}`),
    statement((x) => `${x}++`),
    statement((x, v) => `[${x}, b] = [b, ${v}]`),
    statement((x, v) => `({ a: ${x}, c = ${v} } = any({ a, b }))`),
    statement((x, v) => `({ ${x}, ...rest } = any({ ${x}: ${v}, d: { b } }))`),
    statement((x, v) => `for (let i = 0; i < 3; i++) ${x} += i - ${v}`),
    statement((x, v) => `for (${x} of [b, ${v}]) c -= ${x}`),
    statement((x, v) => `for await (const one of [${v}, a]) ${x} += one`),
    statement((x, v) => `await null; ${x} = await ${v}`),
    statement((x, v) => `const set# = () => { ${x} = ${v}; }; set#()`),
    statement(
      (x, v) => `[{ a, b, c, d: 2 }].forEach(({ ${x}: q = 1, d: r }) => { c = q * r + ${v}; })`,
    ),
    statement((x, v) => `let v# = ${v}; later.push(() => { v#++; return v# + ${x}; })`),
    statement(
      (x, v) =>
        `const { ${x}: w#, l: [u#] } = any({ ${x}: ${v}, l: [c] }); later.push(() => w# + u# + b)`,
    ),
    statement(
      (x, v) =>
        `class C# extends Box { more = ${v}; }; later.push(() => new C#(${x}).more + new C#(${x}).double)`,
    ),
    statement((x, v) => `add = (${x}) => ${x} + b - ${v.replace("add", "Number")}`),
    statement((x, v) => `function f#(n) { return n > 0 ? f#(n - 1) + ${x} : ${v}; }; c = f#(2)`),
    statement((x) => `try { ${x} = a; JSON.parse("{"); } catch { ${x}--; }`),
    statement((x) => `${x} = later.reduce((sum, one) => sum + one(), 0) % 1000`),
    statement(() => "console.log({ a, b, c, rest })"),
  );
  const begin = `let a = 1, b = 2, c = 3, rest = {}, add = (x) => x + a;
const later = [], any = (x) => x;
class Box { value; constructor(value) { this.value = value; } get double() { return this.value * 2 + a; } }`;
  const end = "console.log([a, b, c, rest, add(1), later.map((one) => one())]);";
  const programs = fc.array(fc.tuple(statements, fc.boolean()), { minLength: 5, maxLength: 15 });

  test("does what it does in one piece", async () => {
    const AsyncFunction = (async () => {}).constructor;
    await fc.assert(
      fc.asyncProperty(programs, async (parts) => {
        const cells = [begin];
        for (const [index, [text, isNew]] of parts.entries()) {
          const line = `${text.replaceAll("#", `${index}`)};`;
          if (isNew) cells.push(line);
          else cells.push(`${cells.pop()}\n${line}`);
        }
        cells.push(end);
        let whole = "";
        const log = (/** @type {unknown[]} */ ...args) => {
          whole += `${format(...args)}\n`;
        };
        await AsyncFunction("console", cells.join("\n"))({ log });
        // So that no cell ends with a value, which it would show.
        const outputs = await run(...cells.map((cell) => `${cell}\n{}`));
        assert.equal(outputs.filter(Boolean).join("\n"), whole.trimEnd());
      }),
      { numRuns: 20, includeErrorInReport: true },
    );
  });
});

describe("a cell that fails", () => {
  test("keeps what has a value by then, and leaves other names as they were", () =>
    prints(
      ["let reached = 1;\nlet other = 2;\nconst read = () => [reached, other];"],
      [
        "let reached = 10;\nfunction f() {\n  return reached;\n}\nthrow new Error('on purpose');\nlet other = 'text';\nlet never = 3;",
        "Error: on purpose\n    at In [2], line 5",
      ],
      ["[reached, f(), other.toFixed(1), read()]", "[ 10, 10, '2.0', [ 1, 2 ] ]"],
      [
        "never",
        "ReferenceError: never has no value: In [2] ended before it was set\n    at In [4], line 1",
      ],
      ["let never = 4;\nnever", "4"],
    ));

  test("gives back what it would have taken the place of, with its type", () =>
    prints(
      [
        "import { sep, posix } from 'node:path';\nconst a = 1,\n  b = { n: 2 };\nclass C {\n  static n = 3;\n}",
      ],
      [
        "let x = JSON.parse('');\nlet b = '';\nlet sep = 1;\nclass C {}",
        /^SyntaxError: .*\n {4}at In \[2\], line 1$/,
      ],
      ["[a, b.n, sep.length, typeof posix.sep, C.n]", "[ 1, 2, 1, 'string', 3 ]"],
    ));

  test("an async one, too", () =>
    prints(
      ["let a = 1;\nconst read = () => a;"],
      [
        "let a = 2;\nawait null;\na = 3;\nlet b = await Promise.reject(new Error('no'));",
        "Error: no\n    at In [2], line 4",
      ],
      ["[a, read()]", "[ 3, 1 ]"],
    ));

  test("changes to earlier variables remain", () =>
    prints(["let a = 1;"], ["a = 2;\nthrow 3;", "Uncaught 3"], ["a", "2"]));

  test("what JavaScript refuses and TypeScript does not has not happened", () =>
    prints(
      [
        "const exports = 1;",
        "SyntaxError: Identifier 'exports' has already been declared\n    at In [1]",
      ],
      ["1", "1"],
    ));
});

describe("an error when a cell runs", () => {
  /** @type {Record<string, Pair[]>} */
  const cases = {
    "names the line of its cell, and only those of cells": [
      [
        "type Unseen = 1;\n\n// A comment\nfunction fail(text: string): never {\n  throw new Error(text);\n}\n\nconst go = () => {\n  [1].map(() => fail('deep'));\n};",
      ],
      [
        "\n\ngo();",
        "Error: deep\n    at fail (In [1], line 5)\n    at In [1], line 9\n    at go (In [1], line 9)\n    at In [2], line 3",
      ],
    ],
    "in the first line": [["throw new Error('here');", "Error: here\n    at In [1], line 1"]],
    "in async functions": [
      ["const inner = async () => {\n  await null;\n  throw new RangeError('late');\n};"],
      [
        "const outer = async () => {\n  await inner();\n};\n\nawait outer();",
        /^RangeError: late\n {4}at inner \(In \[1\], line 3\)\n {4}at async outer \(In \[2\], line 2\)/,
      ],
    ],
    "in a class, a getter and a constructor": [
      [
        "class Net {\n  get size(): number {\n    throw new Error('no size');\n  }\n  constructor(public n: number) {\n    this.size;\n  }\n}",
      ],
      [
        "new Net(1);",
        /^Error: no size\n {4}at .*size.* \(In \[1\], line 3\)\n {4}at new Net \(In \[1\], line 6\)\n {4}at In \[2\], line 1$/,
      ],
    ],
    "of the library": [
      [
        "import { relu } from 'activation-lab';\nimport { readFileSync } from 'node:fs';\nimport * as path from 'node:path';",
      ],
      ["relu(-1);\npath.join(1 as any);", /^TypeError.*: .*\n {4}at In \[2\], line 2 \{\n/],
    ],
    "one that is caught": [
      [
        "try {\n  null as any;\n  JSON.parse('{');\n} catch (error) {\n  console.log(error.stack.split(/\\n/).slice(1));\n}",
        "[ '    at In [1], line 3' ]",
      ],
    ],
    "one of a long recursion shows both ends": [
      ["const down = (n: number): number => (n === 0 ? JSON.parse('') : down(n - 1));"],
      [
        "down(50);",
        /(\n {4}at down \(In \[1\], line 1\)){8}\n {4}at … \(4\d more\)\n {4}at In \[2\], line 1$/,
      ],
    ],
    "with a message that looks like frames": [
      [
        "throw new Error('a\\n    at b (c:1:2)');",
        "Error: a\n    at b (c:1:2)\n    at In [1], line 1",
      ],
    ],
    "what is no error": [
      ["throw 'text';", "Uncaught text"],
      ["throw null;", "Uncaught null"],
      ["throw { a: 1 };", "Uncaught { a: 1 }"],
    ],
  };
  for (const [name, pairs] of Object.entries(cases)) test(name, () => prints(...pairs));
});

test("an error that Firefox has written is told in the same words", () => {
  const error = new Error("deep");
  error.stack = "fit@In[3]:2:5\nrun@file:///a.js:7:1\nasync*@In[4]:1:9\n@In[4]:9:1\n";
  /** @param {number} cell @param {number} line */
  const lineOf = (cell, line) => (line < 9 ? cell * 10 + line : undefined);
  assert.equal(
    createStacks(lineOf).readable(error, "In [4]").stack,
    "Error: deep\n    at fit (In [3], line 32)\n    at async* (In [4], line 41)",
  );
});

describe("a cell that does not compile", () => {
  test("says where, in the learner's lines and columns", () =>
    prints(
      ["const a = 1;\nconst b = { y: 2 };"],
      [
        "console.log({ a, b });\n  const { y: z } = b; const t: string = z;\na(b);",
        "2:29 - Type 'number' is not assignable to type 'string'.\n3:1 - This expression is not callable.\n3:1 - Type 'Number' has no call signatures.",
      ],
      [
        "export const e = 1; export let f: string = e;",
        "1:32 - Type 'number' is not assignable to type 'string'.",
      ],
      ["function open() {\n  const x = 1;", "2:15 - '}' expected."],
      ["const s = 'abc", "1:15 - Unterminated string literal."],
      [
        "const o = {\n  m() {\n    await 1;\n  },\n};",
        /^3:5 - 'await' expressions are only allowed/,
      ],
      ["const later: Unknown = 1;", "1:14 - Cannot find name 'Unknown'."],
    ));

  test("is named by later ones that lack its names", () =>
    prints(
      ["let w = 1;"],
      [
        "const n: string = 5;\nlet rate = 0.1;\ntype Rate = number;\nfunction step() {}\nlet w = 2;",
        "1:7 - Type 'number' is not assignable to type 'string'.",
      ],
      [
        "const half: Rate = rate / 2;\nstep();\nrate;",
        "1:13 - Cannot find 'Rate', 'rate', and 'step': In [2], which declares them, did not compile. Correct that cell and run it again first.",
      ],
      [
        "half + w",
        "1:1 - Cannot find 'half': In [3], which declares it, did not compile because of In [2]. Correct In [2] and run both again first.",
      ],
      [
        "({ rate });\nw.foo;",
        "1:4 - Cannot find 'rate': In [2], which declares it, did not compile. Correct that cell and run it again first.\n2:3 - Property 'foo' does not exist on type 'number'.",
      ],
      ["w", "1"],
      ["let rate = 0.2;\ntype Rate = number;\nfunction step() {}"],
      ["const half: Rate = rate / 2;"],
      ["half", "0.1"],
      ["nothing", "1:1 - Cannot find name 'nothing'."],
    ));
});

describe("what a function declares to return", () => {
  test("has to come from every path, and null is none", () =>
    prints(
      [
        "function f(x: number): number {\n  if (x > 0) return 1;\n}",
        "1:24 - Not all code paths return a value.",
      ],
      [
        "function f(x: number): number {\n  if (x > 2) return;\n  return x;\n}",
        "2:14 - Not all code paths return a value.",
      ],
      [
        "class C {\n  m(): readonly number[] {\n    return (null);\n  }\n}",
        "3:13 - Type 'null' is not assignable to type 'readonly number[]'.",
      ],
      [
        "let a = 1;\nconst f = (x: number): string => (x > 0 ? 'a' : undefined);",
        "2:49 - Type 'undefined' is not assignable to type 'string'.",
      ],
    ));

  test("may be missing where nothing, or more, is declared", () =>
    prints([
      `function a(x: number) { if (x) return 1; }
function b(x: number): number | undefined { if (x) return 1; }
function c(x: number): number { for (;;) { if (x > 2) return x; x++; } }
function d(): number { throw new Error("no"); }
async function e(x: number): Promise<number> { if (x) return 1; }
const f = [1, 2].map((x) => { if (x > 1) return x; });
const g = (x: number): number => [x].find((y) => { if (y) return undefined; return null; });
console.log("compiled");`,
      "compiled",
    ]));
});

test("the list methods of ES2023 are known", () =>
  prints(
    ["const list: readonly number[] = [3, 1, 2];\nconst typed = new Float64Array(list);"],
    [
      "[list.toSorted((a, b) => b - a), list.toReversed(), list.with(-1, 5), list.toSpliced(0, 2, 9)]",
      "[ [ 3, 2, 1 ], [ 2, 1, 3 ], [ 3, 1, 5 ], [ 9, 2 ] ]",
    ],
    [
      "[list.findLast((x) => x > 1), list.findLastIndex((x) => x > 5), typed.toSorted().with(0, 7)[0]]",
      "[ 2, -1, 7 ]",
    ],
    ["list.toSorted('up');", /^1:15 - Argument of type 'string' is not assignable/],
  ));

describe("what Shift+Tab shows", () => {
  /**
   * @param {string} cell with | for the cursor
   * @param {string[]} before
   */
  async function inspect(cell, ...before) {
    const kernel = newKernel();
    for (const one of before) assert.equal(await kernel.run(one), "");
    const info = kernel.executor.inspect(cell.replace("|", ""), cell.indexOf("|"));
    return info && printQuickInfo(info);
  }
  const declare = `import { leakyRelu } from "activation-lab";
/**
 * Twice as much.
 * @param n how much
 * @param log whether to say so
 * @returns the double
 * @example twice(2)
 */
function twice(n: number, log = false) {
  return n * 2;
}
let alpha = 3;
class Net {
  /** Makes one. */
  constructor(public size: number) {}
  /** Goes on. */
  step(n: number) {}
}
const net = new Net(1);`;
  const doc = `twice(n: number, log?: boolean): number

Twice as much.

@param n how much
@param log whether to say so
@returns the double
@example twice(2)`;

  for (const cell of [
    "twice(|",
    "twice(|)",
    "twice(1, |)",
    "twice(1|)",
    "const x = twice(\n  |",
    "twice(alpha, twice(|",
  ])
    test(`in a call: ${cell}`, async () => assert.equal(await inspect(cell, declare), doc));

  test("at a name in a call, both", async () =>
    assert.equal(await inspect("twice(al|pha)", declare), `let alpha: number\n\n\n${doc}`));

  test("of the library, a constructor, a method", async () => {
    assert.match(
      (await inspect("leakyRelu(|", declare)) ?? "",
      /^leakyRelu\(x: number, alpha\?: number\): number\n\n.*@param alpha/s,
    );
    assert.equal(await inspect("new Net(|", declare), "Net(size: number): Net\n\nMakes one.");
    assert.equal(await inspect("net.step(|", declare), "step(n: number): void\n\nGoes on.");
  });

  test("elsewhere what it showed before", async () => {
    assert.match(
      (await inspect("twi|ce(1)", declare)) ?? "",
      /^function twice\(.*@returns the double/s,
    );
    assert.equal(await inspect("const x = 1 |", declare), undefined);
    assert.equal(await inspect("nothing(|", declare), undefined);
  });
});

test("the repairs need nothing of Node", () => {
  const context = vm.createContext({});
  /** @param {string} name */
  function load(name) {
    assert.match(name, /^\.\/[\w-]+\.cjs$/);
    const source = readFileSync(inProject("tools", "kernel", name), "utf8");
    const module = { exports: {} };
    vm.runInContext(`(require, module) => {${source}\n}`, context)(load, module);
    return module.exports;
  }
  const repair = /** @type {any} */ (load("./repairs.cjs"));
  const ts = requireFromTslab("@tslab/typescript-for-tslab");
  assert.equal(repair(ts).typescript.version, ts.version);
});
