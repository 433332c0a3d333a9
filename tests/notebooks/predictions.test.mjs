/** Questions that ask for a prediction: their form, and that nothing before the result gives the answer away. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { joined, PLOTLY_MIME, readNotebook, sourceOf } from "../../tools/notebooks.mjs";
import { inProject, listNotebooks } from "../../tools/paths.mjs";
import { mistakesIn } from "../../tools/predictions.mjs";

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
 * What follows a question, up to the cell whose output answers it: the first that hides what it shows.
 * @param {Notebook} notebook
 * @param {number} index the question's
 */
function untilResult({ cells }, index) {
  const after = cells.slice(index + 1);
  const place = after.findIndex(
    ({ outputs = [], metadata }) => outputs.length > 0 && metadata.jupyter?.outputs_hidden,
  );
  return { between: after.slice(0, Math.max(place, 0)), result: after[place], after };
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
    } else if ("sketch" in predict) {
      const keys = Object.keys(predict).sort().join().replace(/,sure/, "");
      ask(keys === "check,sketch,within", `has ${keys}, needs sketch, within and check`);
      ask(/\bsketch\b/i.test(question), "the question does not say what to sketch");
      ask(choices.length === 0, "a sketch is asked for, and there are choices");
      for (const mistake of mistakesOfSketch(predict.sketch)) ask(false, mistake);
      ask(predict.within > 0, "within is none");
    } else {
      const keys = Object.keys(predict)
        .sort()
        .join()
        .replace(/,sure$/, "");
      ask(keys === "answer,check", `has ${keys}, needs answer and check`);
      const answers = [predict.answer].flat();
      const inRange = (/** @type {unknown} */ one) =>
        Number.isInteger(one) && Number(one) >= 1 && Number(one) <= choices.length;
      ask(answers.length > 0 && answers.every(inRange), "the answer is none of the choices");
      ask(choices.length >= 2 && choices.length <= 5, `${choices.length} choices, not 2 to 5`);
      ask(isAfterEmptyLine, "no empty line before the choices");
      ask(new Set(choices).size === choices.length, "the same choice twice");
    }
    const { between, result, after } = untilResult(notebook, index);
    if (result) {
      const isOver = between.some((one) => /<details>|^## /m.test(textOf(one)));
      ask(
        !isOver,
        "a folded answer or another section comes before the next output that is hidden: set jupyter.outputs_hidden in the metadata of the cell that answers",
      );
    } else {
      // Then the answer tells.
      const answer = after.find(({ metadata }) => !metadata.predict);
      ask(/<details>/.test(answer ? textOf(answer) : ""), "nothing follows that answers it");
    }
    return mistakes;
  });
}

/**
 * What is wrong with a sketch: see SketchOf in curve.js.
 * @param {any} sketch
 */
function mistakesOfSketch({ x = {}, y = {}, curve = [], given = [] }) {
  const isRising = (/** @type {any} */ { from, to }) => from < to;
  const isIn = (/** @type {unknown} */ one) => Number(one) >= y.from && Number(one) <= y.to;
  const isNamed = (/** @type {any} */ { title }) => typeof title === "string" && title !== "";
  const { names } = x;
  return [
    ...(isNamed(x) && isNamed(y) ? [] : ["an axis without a title"]),
    ...(isRising(y) && (names || isRising(x)) ? [] : ["an axis does not go from less to more"]),
    ...(!names || names.length === curve.length ? [] : ["as many names as numbers, please"]),
    ...(curve.length >= 5 && curve.length <= 21 ? [] : [`${curve.length} numbers, not 5 to 21`]),
    ...(curve.every(isIn) && given.every(isIn) ? [] : ["a curve leaves the axes"]),
  ];
}

/** A Markdown cell's source. @param {Cell} cell */
function textOf(cell) {
  return cell.cell_type === "markdown" ? sourceOf(cell) : "";
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
  return new Set(telling.map((word) => word.replace(/s$/, "").slice(0, 5)));
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
 * What a reader can see of a cell at a glance: lines of code, and its texts and comments, each with the line that it
 * stands in; lines of Markdown, and of what is printed or described below the cell.
 * @param {Cell} cell
 * @param {boolean} isResult whose outputs are hidden
 */
function piecesOf(cell, isResult) {
  // Folded code is opened by who wants to see it.
  const lines = cell.metadata.jupyter?.source_hidden ? [] : sourceOf(cell).split("\n");
  const shown = isResult
    ? []
    : (cell.outputs ?? []).flatMap(({ text, data }) =>
        joined(text ?? data?.["text/plain"]).split("\n"),
      );
  const isCode = cell.cell_type === "code";
  const pieces = [
    ...lines.map((line) => ({ piece: line, line, isCode })),
    ...shown.map((line) => ({ piece: line, line, isCode: false })),
  ];
  if (!isCode) return pieces;
  // A lone name is what it is called, and nothing is said of it.
  const prose = lines.flatMap((line) =>
    (line.match(/`[^`]* [^`]*`|"[^"]* [^"]*"|\/\/.*/g) ?? []).map((text) => ({
      piece: text.replace(/\$\{[^}]*\}/g, " "),
      line,
      isCode: false,
    })),
  );
  return [...pieces, ...prose];
}

/**
 * What stands between a question and its result, or in the heading above, and gives the answer away: all words of the
 * right choice that the section and the code above do not have anyway, or its number; of a sketch, the highest or lowest
 * value, or a chart that shows the curve, above or further down in the section. What names a wrong choice as well tells nothing.
 * @param {Notebook} notebook
 */
function givenAway(notebook) {
  return notebook.cells.flatMap((cell, index) => {
    const { predict } = cell.metadata;
    if (!predict) return [];
    const { question, choices } = questionOf(cell);
    const answers = [predict.answer ?? []].flat();
    const told = predict.sketch ? extremesOf(predict.sketch) : [predict.number ?? []].flat();
    const above = notebook.cells.slice(0, index + 1);
    const used = above.filter(({ cell_type }) => cell_type === "code").map(sourceOf);
    const lines = above.map(textOf).join("\n").split("\n");
    const section = lines.slice(lines.findLastIndex((line) => /^## /.test(line)) + 1);
    const text = section.filter((line) => !/^#|^- \[ \]/.test(line));
    const signsOf = (/** @type {string} */ choice) => {
      const known = [question, ...choices.filter((one) => one !== choice)].join("\n");
      const knownWords = wordsOf([known, ...text, ...used].join("\n"));
      const knownNumbers = new Set(numbersOf(known).map(Number));
      return {
        words: [...wordsOf(choice)].filter((word) => !knownWords.has(word)),
        numbers: numbersOf(choice)
          .filter((one) => isTelling(one) && !knownNumbers.has(Number(one)))
          .map(Number),
      };
    };
    const [right, wrong] = [true, false].map((isRight) =>
      choices.filter((_, place) => answers.includes(place + 1) === isRight).map(signsOf),
    );
    /** @param {string} text @param {ReturnType<typeof signsOf>} sign @param {number} least words to go by */
    const names = (text, sign, least = 1) => {
      const words = wordsOf(text);
      const numbers = new Set(numbersOf(text).filter(isTelling).map(Number));
      return (
        (sign.words.length >= least && sign.words.every((word) => words.has(word))) ||
        sign.numbers.some((one) => numbers.has(one))
      );
    };
    // In code a single word may be the name of anything.
    const tells = (/** @type {ReturnType<typeof piecesOf>[number]} */ { piece, line, isCode }) =>
      (right.some((sign) => names(piece, sign, isCode ? 2 : 1)) &&
        !wrong.some((sign) => names(line, sign))) ||
      numbersOf(piece).some(
        (one) => isTelling(one) && told.some((number) => isRounded(one, number)),
      );
    const heading = lines.findLast((line) => /^#+ /.test(line)) ?? "";
    const { between, result, after } = untilResult(notebook, index);
    const next = after.findIndex((one) => /^## /m.test(textOf(one)));
    const inSection = next < 0 ? after : after.slice(0, next);
    const pieces = [
      { piece: heading, line: heading, isCode: false },
      ...between.flatMap((one) => piecesOf(one, false)),
      ...(result ? piecesOf(result, true) : []),
    ];
    const isDrawn = predict.sketch && [...above, ...inSection].some(shows(predict.sketch.curve));
    const found = pieces.filter(tells).map(({ piece }) => piece.trim());
    if (isDrawn) found.push("a chart that has the curve");
    return [...new Set(found)].map((piece) => `${question.slice(0, 60)}: given away by ${piece}`);
  });
}

/** @param {{ curve: number[], y: { powers?: boolean } }} sketch */
function extremesOf({ curve, y }) {
  const extremes = [Math.min(...curve), Math.max(...curve)];
  // That a curve begins or ends at 0 or 1 tells nothing.
  return (y.powers ? extremes.map((power) => 10 ** power) : extremes).filter(
    (one) => one !== 0 && Math.abs(one) !== 1,
  );
}

/**
 * Whether a cell shows a chart that has a curve: all of its values, in their order.
 * @param {readonly number[]} curve
 */
function shows(curve) {
  const decimals = Math.max(...curve.map((value) => String(value).split(".")[1]?.length ?? 0));
  return (/** @type {Cell} */ { metadata, outputs = [] }) =>
    !metadata.jupyter?.outputs_hidden &&
    outputs
      .flatMap(({ data }) => data?.[PLOTLY_MIME]?.data ?? [])
      .some(({ y }) => {
        let found = 0;
        for (const value of Array.isArray(y) ? y : [])
          if (Math.abs(value - curve[found]) < 0.51 / 10 ** decimals) found += 1;
        return found === curve.length;
      });
}

/**
 * Whether a number in a text is this one, to the digits that it has.
 * @param {string} text
 * @param {number} number
 */
function isRounded(text, number) {
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
const SKETCH = {
  x: { title: "x", from: 0, to: 4 },
  y: { title: "y", from: 0, to: 1 },
  curve: [0, 0.1, 0.42, 0.9, 1],
};
const sketch = (more = {}, source = "**Predict:** sketch it, from 0 to 4.", within = 0.1) =>
  markdown(source, { predict: { check: "curve", within, sketch: { ...SKETCH, ...more } } });
/** @param {Cell[]} cells @returns {Notebook} */
const notebook = (...cells) => ({ cells, metadata: {} });

describe("the form of a question", () => {
  test("is seen to be right", () => {
    const result = code("show();");
    assert.deepEqual(mistakesOfForm(notebook(asked(), result)), []);
    assert.deepEqual(mistakesOfForm(notebook(number({ number: 0.3, within: 0.1 }), result)), []);
    assert.deepEqual(mistakesOfForm(notebook(sketch(), result)), []);
    const names = ["a", "b", "c", "d", "e"];
    assert.deepEqual(mistakesOfForm(notebook(sketch({ x: { title: "x", names } }), result)), []);
    // What only measures gives nothing away.
    const helper = code("await measure();", /** @type {any} */ ({}));
    assert.deepEqual(mistakesOfForm(notebook(asked(), asked(), helper, result)), []);
    const answer = markdown("<details><summary>Answer</summary>One.</details>");
    assert.deepEqual(mistakesOfForm(notebook(result, asked(), answer)), []);
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
    [/needs sketch, within/, [asked({ sketch: SKETCH }), code("show();")]],
    [/what to sketch/, [sketch({}, "**Predict:** and then?"), code("show();")]],
    [/and there are choices/, [sketch({}, `${CHOICES} to sketch`), code("show();")]],
    [/within is none/, [sketch({}, undefined, 0), code("show();")]],
    [/without a title/, [sketch({ y: { from: 0, to: 1 } }), code("show();")]],
    [/from less to more/, [sketch({ x: { title: "x", from: 1, to: 1 } }), code("show();")]],
    [/as many names/, [sketch({ x: { title: "x", names: ["a"] } }), code("show();")]],
    [/4 numbers, not 5/, [sketch({ curve: [0, 0, 0, 0] }), code("show();")]],
    [/leaves the axes/, [sketch({ given: [0, 2] }), code("show();")]],
    [/nothing follows that answers/, [asked()]],
    [/nothing follows that answers/, [asked(), code("show();", /** @type {any} */ ({}))]],
    [/a folded answer/, [asked(), markdown("<details>A</details>"), code("show();")]],
    [/another section/, [asked(), markdown("## Next"), code("show();")]],
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
    [
      "a name",
      [asked({}, "**Predict:** a?\n\n- [ ] it rises\n- [ ] a slow decay"), code("f(slowDecay);")],
    ],
    ["text before the result", [asked(), markdown("It is a millionth:"), code("show();")]],
    [
      "what another cell prints",
      [
        asked(),
        { ...code("f();", /** @type {any} */ ({})), outputs: [{ text: ["a\n", "millionth\n"] }] },
        code("show();"),
      ],
    ],
    ["the heading above", [markdown("## Down to a millionth"), asked(), code("show();")]],
    ["a sketch's highest value", [sketch({ curve: [0, 0, 0, 0, 0.87] }), code('show("0.87");')]],
    [
      "a chart below a sketch",
      [
        sketch(),
        code("show();"),
        markdown("And so:"),
        {
          ...code("f();", /** @type {any} */ ({})),
          outputs: [{ data: { [PLOTLY_MIME]: { data: [{ y: SKETCH.curve }] } } }],
        },
      ],
    ],
    [
      "a chart above a sketch",
      [
        {
          ...code("f();", /** @type {any} */ ({})),
          outputs: [
            { data: { [PLOTLY_MIME]: { data: [{ y: [0, 0.05, 0.1, 0.42, 0.9, 0.95, 1] }] } } },
          ],
        },
        sketch(),
        code("show();"),
      ],
    ],
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
      asked({}, "**Predict:** and so?\n\n- [ ] it holds\n- [ ] it fails"),
      code('show(rule ? "it holds" : "it fails");'),
      asked({}, "**Predict:** which?\n\n- [ ] GELU\n- [ ] ReLU"),
      code('show(["gelu", "relu"].map((key) => styleOf(key)), "relu");'),
      number({ number: 0.2931, within: 0.1 }),
      code("show(0.5, 2);"),
    ];
    assert.deepEqual(givenAway(notebook(...plain)), []);
  });

  test("nor by a chart of something else, or one that is hidden", () => {
    const chart = (/** @type {number[]} */ y) => [{ data: { [PLOTLY_MIME]: { data: [{ y }] } } }];
    const plain = [
      { ...code("f();", /** @type {any} */ ({})), outputs: chart([0, 0.1, 0.9, 0.42, 1]) },
      sketch(),
      { ...code("show();"), outputs: chart(SKETCH.curve) },
    ];
    assert.deepEqual(givenAway(notebook(...plain)), []);
  });

  for (const name of listNotebooks())
    test(name, () => assert.deepEqual(givenAway(readNotebook(inProject("notebooks", name))), []));
});

test("what a check has printed is judged: true, the number to a hundredth, the curve to its digits", () => {
  const judged = (/** @type {object} */ predict, /** @type {string} */ printed) =>
    mistakesIn(notebook(markdown("", { predict: { check: "c", ...predict } })), [printed]);
  assert.deepEqual(judged({ answer: 1 }, "true\n"), []);
  assert.deepEqual(judged({ answer: 1 }, "1"), ["c is 1, not true"]);
  assert.deepEqual(judged({ answer: 1 }, "undefined"), ["c is undefined, not true"]);
  assert.deepEqual(judged({ number: -0.3 }, "-0.3029"), []);
  assert.deepEqual(judged({ number: -0.3 }, "-0.304"), ["c is -0.304, not -0.3"]);
  const curve = { sketch: { curve: [0, 0.25] } };
  assert.deepEqual(judged(curve, "[0.005,0.2451]"), []);
  for (const other of ["[0,0.256]", "[0.25]", "[0,null]", "0.25", ""])
    assert.deepEqual(judged(curve, other), [`c is ${other || "nothing"}, not [0,0.25]`]);
  assert.match(judged({ sketch: {} }, "[1]").join(), /not the curve of its sketch, which has none/);
});
