/** Questions that ask for a prediction: their form, and that nothing before the result gives the answer away. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { readNotebook, sourceOf } from "../../tools/notebooks.mjs";
import { inProject, listNotebooks } from "../../tools/paths.mjs";

/** @import { Cell, Notebook } from "../../tools/notebooks.mjs" */

const CHOICE = /^- \[ \] (.+)$/;

/**
 * A question as its cell writes it: text, then its choices if it has any.
 * @param {Cell} cell
 */
function questionOf(cell) {
  const lines = sourceOf(cell).trimEnd().split("\n");
  let start = lines.length;
  while (CHOICE.test(lines[start - 1] ?? "")) start -= 1;
  const paragraphs = lines.slice(0, start).join("\n").trim().split(/\n\n+/);
  return {
    isAfterEmptyLine: start === lines.length || lines[start - 1] === "",
    question: paragraphs.at(-1) ?? "",
    choices: lines.slice(start).map((line) => line.match(CHOICE)?.[1] ?? ""),
  };
}

/**
 * What follows a question, up to the cell whose output answers it: the first that shows something.
 * @param {Notebook} notebook
 * @param {number} index the question's
 */
function untilResult({ cells }, index) {
  const after = cells.slice(index + 1);
  const place = after.findIndex(({ outputs = [] }) => outputs.length > 0);
  return { between: after.slice(0, Math.max(place, 0)), result: after[place] };
}

/**
 * What is wrong with the form of a notebook's questions.
 * @param {Notebook} notebook
 */
function mistakesOfForm(notebook) {
  return notebook.cells.flatMap((cell, index) => {
    const { question, choices, isAfterEmptyLine } = questionOf(cell);
    const { predict } = cell.metadata;
    /** @type {string[]} */
    const mistakes = [];
    const ask = (/** @type {boolean} */ isSo, /** @type {string} */ what) => {
      if (!isSo) mistakes.push(`${question.slice(0, 60)}: ${what}`);
    };
    if (!predict) {
      ask(!/^\s*- \[.\]/m.test(sourceOf(cell)), "choices, but no predict in the cell's metadata");
      return mistakes;
    }
    ask(cell.cell_type === "markdown", "predict in the metadata of a code cell");
    ask(/\*\*Predict/.test(question), "the paragraph before the choices does not say **Predict:**");
    ask(typeof predict.check === "string" && predict.check !== "", "no check");
    if ("number" in predict) {
      const keys = Object.keys(predict).sort().join();
      ask(keys === "check,number,within", `has ${keys}, needs number, within and check`);
      ask(Number.isFinite(predict.number) && predict.within > 0, "number or within is none");
      ask(choices.length === 0, "a number is asked for, and there are choices");
    } else {
      const keys = Object.keys(predict).sort().join();
      ask(keys === "answer,check", `has ${keys}, needs answer and check`);
      const answers = [predict.answer].flat();
      const inRange = (/** @type {unknown} */ one) =>
        Number.isInteger(one) && Number(one) >= 1 && Number(one) <= choices.length;
      ask(answers.length > 0 && answers.every(inRange), "the answer is none of the choices");
      ask(choices.length >= 2 && choices.length <= 5, `${choices.length} choices, not 2 to 5`);
      ask(isAfterEmptyLine, "no empty line before the choices");
      ask(new Set(choices).size === choices.length, "the same choice twice");
    }
    const { between, result } = untilResult(notebook, index);
    ask(result !== undefined, "no code cell with an output follows");
    ask(
      result?.metadata.jupyter?.outputs_hidden === true,
      "the next output is not hidden: set jupyter.outputs_hidden in its cell's metadata",
    );
    ask(
      !between.some((one) => sourceOf(one).includes("<details>")),
      "an answer is folded between the question and its result",
    );
    return mistakes;
  });
}

// Too common to tell anything.
const COMMON = new Set(
  "about after all also always and any are because been before both but can does each either every far few from get goes has have how into its just less like many more most much neither never none not off one only other others out over quite rather same some still than that the their them then there they this those until very what when where which while will with without would yes your".split(
    " ",
  ),
);

/** Words by their beginnings, so that forms of one word are the same. @param {string} text */
function wordsOf(text) {
  const words = text.replace(/([a-z])([A-Z])/g, "$1 $2").match(/\p{L}{3,}/gu) ?? [];
  const telling = words.map((word) => word.toLowerCase()).filter((word) => !COMMON.has(word));
  return new Set(telling.map((word) => word.slice(0, 6)));
}

/** @param {string} text */
function numbersOf(text) {
  const found = text.replaceAll("−", "-").match(/(?<![\w.])\d+(?:[.,]\d+)*(?:e[-+]?\d+)?/gi) ?? [];
  return found.map((one) => one.replaceAll(",", ""));
}

/** Numbers such as 1, 2 and 10 stand everywhere. @param {string} number */
function isTelling(number) {
  return /[.e]/i.test(number) || Number(number) >= 100;
}

/**
 * What a reader can see of a cell at a glance: lines of code, and each of its texts and comments; lines of Markdown.
 * @param {Cell} cell
 */
function piecesOf(cell) {
  const source = sourceOf(cell);
  if (cell.cell_type !== "code") return source.split("\n");
  const texts = source.match(/`[^`]*`|"[^"\n]*"|\/\/.*|\/\*[\s\S]*?\*\//g) ?? [];
  return [...texts.map((text) => text.replace(/\$\{[^}]*\}/g, " ")), ...source.split("\n")];
}

/**
 * What stands between a question and its result, or in the heading above, and gives the answer away.
 * @param {Notebook} notebook
 */
function givenAway(notebook) {
  return notebook.cells.flatMap((cell, index) => {
    const { predict } = cell.metadata;
    if (!predict) return [];
    const { question, choices } = questionOf(cell);
    const right = [predict.answer ?? []].flat().map((one) => choices[one - 1] ?? "");
    const others = choices.filter((one) => !right.includes(one));
    const above = notebook.cells.slice(0, index + 1);
    // A name that is in use, and what is asked or wrong, tells nothing.
    const used = above.filter(({ cell_type }) => cell_type === "code").map(sourceOf);
    const known = [question, ...others].join("\n");
    const knownWords = wordsOf([known, ...used].join("\n"));
    const knownNumbers = new Set(numbersOf(known).map(Number));
    const signs = right.map((choice) => ({
      words: [...wordsOf(choice)].filter((word) => !knownWords.has(word)),
      numbers: numbersOf(choice).filter((one) => isTelling(one) && !knownNumbers.has(Number(one))),
    }));
    const tells = (/** @type {string} */ piece) => {
      const words = wordsOf(piece);
      const numbers = numbersOf(piece).filter(isTelling);
      return (
        signs.some(
          (sign) =>
            (sign.words.length > 0 && sign.words.every((word) => words.has(word))) ||
            sign.numbers.some((one) => numbers.some((other) => Number(other) === Number(one))),
        ) || numbers.some((one) => isRounded(one, predict.number))
      );
    };
    const heading = above
      .flatMap((one) => (one.cell_type === "markdown" ? sourceOf(one).split("\n") : []))
      .findLast((line) => /^#+ /.test(line));
    const { between, result } = untilResult(notebook, index);
    const pieces = [heading ?? "", ...[...between, ...(result ? [result] : [])].flatMap(piecesOf)];
    return pieces
      .filter(tells)
      .map((piece) => `${question.slice(0, 60)}: given away by ${piece.trim()}`);
  });
}

/**
 * Whether a number in a text is this one, to the digits that it has.
 * @param {string} text
 * @param {number | undefined} number
 */
function isRounded(text, number) {
  if (number === undefined) return false;
  const digits = text.replace(/e.*/i, "").replace(/^[0.]+|\./g, "").length;
  return digits > 0 && Number(Math.abs(number).toPrecision(digits)) === Number(text);
}

const markdown = (/** @type {string} */ source, metadata = {}) => ({
  cell_type: /** @type {const} */ ("markdown"),
  source,
  metadata,
});
const hidden = { jupyter: { outputs_hidden: true } };
const code = (/** @type {string} */ source, metadata = hidden) => ({
  cell_type: /** @type {const} */ ("code"),
  source,
  metadata,
  outputs: [{ name: "stdout", text: "1" }],
});
const CHOICES = "**Predict:** what is left?\n\n- [ ] about a tenth\n- [ ] about a millionth";
const asked = (predict = {}, source = CHOICES) =>
  markdown(source, { predict: { answer: 2, check: "true", ...predict } });
const number = (/** @type {object} */ predict, source = "**Predict:** what share?") =>
  markdown(source, { predict: { check: "share", ...predict } });
/** @param {Cell[]} cells @returns {Notebook} */
const notebook = (...cells) => ({ cells, metadata: {} });

describe("the form of a question", () => {
  test("is seen to be right", () => {
    const result = code("show();");
    assert.deepEqual(mistakesOfForm(notebook(asked(), result)), []);
    assert.deepEqual(mistakesOfForm(notebook(number({ number: 0.3, within: 0.1 }), result)), []);
    // What shows nothing gives nothing away.
    const helper = { ...code("const a = 1;", /** @type {any} */ ({})), outputs: [] };
    assert.deepEqual(mistakesOfForm(notebook(asked(), helper, result)), []);
  });

  for (const [what, cells] of /** @type {[RegExp, Cell[]][]} */ ([
    [/no predict in the cell's metadata/, [markdown(CHOICES), code("show();")]],
    [/the answer is none of the choices/, [asked({ answer: 3 }), code("show();")]],
    [/the answer is none of the choices/, [asked({ answer: [] }), code("show();")]],
    [/no check/, [asked({ check: "" }), code("show();")]],
    [/has answer,check,within/, [asked({ within: 1 }), code("show();")]],
    [/1 choices/, [asked({ answer: 1 }, "**Predict:** a?\n\n- [ ] b"), code("show();")]],
    [/no empty line/, [asked({}, CHOICES.replace("\n\n", "\n")), code("show();")]],
    [/does not say/, [asked({}, CHOICES.replace("**Predict:** ", "")), code("show();")]],
    [/the same choice twice/, [asked({}, CHOICES.replace("tenth", "millionth")), code("show();")]],
    [/needs number, within/, [number({ number: 1 }), code("show();")]],
    [/and there are choices/, [number({ number: 1, within: 1 }, CHOICES), code("show();")]],
    [/no code cell with an output/, [asked()]],
    [/not hidden/, [asked(), code("show();", /** @type {any} */ ({}))]],
    [/not hidden/, [asked(), code("first();", /** @type {any} */ ({})), code("show();")]],
    [/an answer is folded/, [asked(), markdown("<details>A</details>"), code("show();")]],
  ]))
    test(`without it: ${what}`, () =>
      assert.match(mistakesOfForm(notebook(...cells)).join(), what));

  for (const name of listNotebooks())
    test(name, () =>
      assert.deepEqual(mistakesOfForm(readNotebook(inProject("notebooks", name))), []),
    );
});

describe("answers given away before the result", () => {
  for (const [what, cells] of /** @type {[string, Cell[]][]} */ ([
    ["a title", [asked(), code('show({ title: "Only a millionth is left" });')]],
    ["a comment", [asked(), code("// Some millionths.\nshow();")]],
    ["a name", [asked(), code("show(oneMillionth);")]],
    ["text before the result", [asked(), markdown("It is a millionth:"), code("show();")]],
    ["the heading above", [markdown("## Down to a millionth"), asked(), code("show();")]],
    ["a number", [number({ number: 0.2931, within: 0.1 }), code('show("0.29");')]],
    [
      "a choice's number",
      [asked({}, "**Predict:** a?\n\n- [ ] 0.5\n- [ ] 0.25"), code("show(0.25);")],
    ],
  ]))
    test(`are found in ${what}`, () =>
      assert.equal(givenAway(notebook(...cells)).length > 0, true));

  test("are not seen where there are none", () => {
    const plain = [
      code("const millionth = 1e-6;", /** @type {any} */ ({})),
      asked(),
      code('show({ title: "Left, a tenth or less", height: 300 });'),
      number({ number: 0.2931, within: 0.1 }),
      code("show(0.5, 2);"),
    ];
    assert.deepEqual(givenAway(notebook(...plain)), []);
  });

  for (const name of listNotebooks())
    test(name, () => assert.deepEqual(givenAway(readNotebook(inProject("notebooks", name))), []));
});
