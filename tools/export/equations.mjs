/**
 * Turns equations into MathML, which needs no script on the page. Reads a line for each from stdin, JSON with
 * `tex`, `display` and `page`, and answers with a line: JSON with `mathml`, or with `error`. A command that an
 * equation defines is known to the later ones of its page, as in JupyterLab.
 */
import { createInterface } from "node:readline";
import temml from "temml";

/**
 * `\newcommand{\R}[1]{…}`, for the rest of the page and whether the command is new or not.
 * @param {any} context Temml's own
 */
function defineCommand(context) {
  if (context.future().text === "*") context.popToken();
  const [[name]] = context.consumeArgs(1);
  context.consumeSpaces();
  let numArgs = 0;
  if (context.future().text === "[") {
    context.popToken();
    numArgs = Number(context.popToken().text);
    context.popToken();
  }
  const [tokens] = context.consumeArgs(1);
  context.macros.set(name.text, { tokens, numArgs }, true);
  return "";
}

/**
 * `\DeclareMathOperator{\argmin}{arg\,min}`
 * @param {any} context Temml's own
 */
function defineOperator(context) {
  const star = context.future().text === "*" ? context.popToken().text : "";
  return `\\gdef#1{\\operatorname${star}{#2}}`;
}

/** What MathJax, JupyterLab's typesetter, understands and Temml does not, or not so. */
const mathJaxCommands = {
  "\\mbox": "\\text{#1}",
  "\\require": "\\gdef\\required{#1}",
  "\\def": "\\gdef",
  "\\newcommand": defineCommand,
  "\\renewcommand": defineCommand,
  "\\DeclareMathOperator": defineOperator,
};
const mathJaxEnvironments = (/** @type {string} */ tex) =>
  tex
    .replace(/\\begin\{eqnarray(\*?)\}/g, "\\begin{array}{rcl}")
    .replace(/\\end\{eqnarray(\*?)\}/g, "\\end{array}");

/**
 * @param {string} tex
 * @param {boolean} displayMode
 * @param {any} macros
 * @returns {string}
 */
function convert(tex, displayMode, macros) {
  try {
    return temml.renderToString(mathJaxEnvironments(tex), {
      displayMode,
      throwOnError: true,
      macros,
    });
  } catch (error) {
    // MathJax sets an environment of several lines in the middle of a sentence too.
    if (!displayMode && /only in display mode/.test(String(error)))
      return convert(tex, true, macros);
    throw error;
  }
}

let current = null;
let macros = {};
for await (const line of createInterface({ input: process.stdin })) {
  const { tex, display, page } = JSON.parse(line);
  if (page !== current) macros = { ...mathJaxCommands };
  current = page;
  let answer;
  try {
    answer = { mathml: convert(tex, display, macros) };
  } catch (error) {
    const { name, message } = /** @type {Error} */ (error);
    // Any other error than ParseError is Temml's own, and says nothing about the equation.
    const [reason] =
      name === "ParseError" ? message.trim().split(" at position") : ["It is not complete"];
    answer = { error: reason };
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
