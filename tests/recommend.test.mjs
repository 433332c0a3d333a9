// The recommendation of an activation: every question there is, the chart that shows the same rules.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { activations } from "activation-lab";
import { decisionChart, recommendActivation } from "activation-lab/course";

/** @typedef {import("activation-lab/course").LayerQuestion} LayerQuestion */
/** @typedef {{ layer?: unknown, architecture?: unknown, symptom?: unknown, task?: unknown }} Question */

const layers = ["hidden", "gate", "output"];
const architectures = ["transformer", "cnn", "rnn", "lstm", "mlp"];
const tasks = ["binary", "multi-class", "multi-label", "regression"];
const symptoms = ["dead neurons"];

/** Asks what the types may forbid. @param {unknown} question */
const ask = (question) => recommendActivation(/** @type {LayerQuestion} */ (question));

/** What the lesson says, by case. */
const hidden = { transformer: "gelu", cnn: "relu", rnn: "tanh", lstm: "tanh", mlp: "relu" };
const output = {
  binary: "sigmoid",
  "multi-class": "softmax",
  "multi-label": "sigmoid",
  regression: "identity",
};

/** The right answer to a question, undefined where it makes no sense. @param {Question} question */
function expected({ layer, architecture, symptom, task }) {
  if (symptom !== undefined) {
    const hasRelu = ["transformer", "cnn", "mlp"].includes(String(architecture));
    return layer === "hidden" && hasRelu ? "gelu" : undefined;
  }
  if (layer === "hidden") return hidden[/** @type {keyof typeof hidden} */ (architecture)];
  if (layer === "gate") return architecture === "lstm" ? "sigmoid" : undefined;
  return output[/** @type {keyof typeof output} */ (task)];
}

const everyQuestion = layers.flatMap((layer) =>
  [undefined, ...architectures].flatMap((architecture) =>
    [undefined, ...symptoms].flatMap((symptom) =>
      [undefined, ...tasks].map((task) => ({ layer, architecture, symptom, task })),
    ),
  ),
);

describe("recommendActivation", () => {
  test("answers every question that makes sense and refuses every other", () => {
    let answered = 0;
    for (const question of everyQuestion) {
      const answer = expected(question);
      const what = JSON.stringify(question);
      // What is undefined may as well be left out.
      const short = Object.fromEntries(
        Object.entries(question).filter(([, value]) => value !== undefined),
      );
      if (answer === undefined) {
        assert.throws(() => ask(question), RangeError, what);
        assert.throws(() => ask(short), RangeError, what);
      } else {
        assert.equal(ask(question).activation, answer, what);
        assert.deepEqual(ask(short), ask(question), what);
        answered++;
      }
    }
    assert.equal(everyQuestion.length, 180);
    // Hidden: 5 architectures and 3 with the symptom, gates: 1, each with 5 tasks or none; outputs: 4 · 6.
    assert.equal(answered, (5 + 3 + 1) * 5 + 4 * 6);
  });

  test("gives a reason and a paper that can be found, for the alternative too", () => {
    const identifier = /doi:10\.\d{4,}\/\S+|arXiv:\d{4}\.\d{4,5}/;
    for (const question of everyQuestion.filter(expected)) {
      const { alternative, ...first } = ask(question);
      for (const advice of alternative ? [first, alternative] : [first]) {
        assert.ok(
          advice.activation in activations || /^(softmax|identity)$/.test(advice.activation),
        );
        assert.match(advice.reason, /^[A-Z].{30,}\.$/);
        assert.match(advice.source, identifier);
        assert.deepEqual(
          Object.keys(advice).sort(),
          ["activation", "reason", "source"],
          "nothing but the answer",
        );
      }
      assert.notEqual(alternative?.activation, first.activation);
    }
  });

  test("has another choice where the lesson has one", () => {
    assert.equal(ask({ layer: "hidden", architecture: "cnn" }).alternative?.activation, "swish");
    for (const architecture of ["transformer", "cnn", "mlp"]) {
      const advice = ask({ layer: "hidden", architecture, symptom: "dead neurons" });
      assert.equal(advice.alternative?.activation, "leakyRelu");
      assert.match(advice.alternative?.reason ?? "", /slope is never 0/);
    }
  });

  test("one description of a network serves for all its layers", () => {
    const network = /** @type {const} */ ({ architecture: "lstm", task: "regression" });
    const answers = /** @type {const} */ (["hidden", "gate", "output"]).map(
      (layer) => recommendActivation({ ...network, layer }).activation,
    );
    assert.deepEqual(answers, ["tanh", "sigmoid", "identity"]);
  });

  test("leaves the question and its own rules as they are", () => {
    const question = Object.freeze({ layer: "hidden", architecture: "mlp" });
    const first = /** @type {Record<string, unknown>} */ (/** @type {unknown} */ (ask(question)));
    first.activation = "changed";
    assert.equal(ask(question).activation, "relu");
  });

  for (const [what, question, message] of /** @type {const} */ ([
    ["no layer", {}, /layer must be one of "hidden", "gate", "output", got undefined/],
    ["another layer", { layer: "input" }, /layer must be .* got "input"/],
    ["a layer that is inherited", { layer: "constructor" }, /layer must be .* got "constructor"/],
    [
      "an architecture that is none",
      { layer: "hidden", architecture: "gan" },
      /architecture must be one of "transformer", .* got "gan"/,
    ],
    [
      "an unknown architecture where none is needed",
      { layer: "output", task: "binary", architecture: "gan" },
      /architecture must be .* got "gan"/,
    ],
    [
      "a hidden layer of nothing",
      { layer: "hidden" },
      /architecture must be .* for a hidden layer, got undefined/,
    ],
    ["no task", { layer: "output" }, /task must be .* for an output layer, got undefined/],
    [
      "a task that is none",
      { layer: "output", task: "clustering" },
      /task must be one of "binary", .* got "clustering"/,
    ],
    ["a number for a task", { layer: "output", task: 2 }, /task must be one of "binary", .* got 2/],
    ["null", { layer: "hidden", architecture: null }, /architecture must be one of .* got null/],
    [
      "a gate without gates",
      { layer: "gate", architecture: "cnn" },
      /architecture must be "lstm" for a gate, got "cnn"/,
    ],
    [
      "a symptom that is none",
      { layer: "hidden", architecture: "mlp", symptom: "boredom" },
      /symptom must be "dead neurons", got "boredom"/,
    ],
    [
      "dead neurons in an output",
      { layer: "output", task: "binary", symptom: "dead neurons" },
      /layer must be "hidden" for symptom "dead neurons", got "output"/,
    ],
    [
      "dead neurons among tanh units",
      { layer: "hidden", architecture: "rnn", symptom: "dead neurons" },
      /architecture must be one of .* for symptom "dead neurons", got "rnn"/,
    ],
    [
      "a misspelt argument",
      { layer: "hidden", architecture: "mlp", symtom: "dead neurons" },
      /symtom is not asked for, .* got "dead neurons"/,
    ],
  ])) {
    test(`refuses ${what}`, () => {
      assert.throws(() => ask(question), { name: "RangeError", message });
    });
  }

  for (const question of [undefined, null, "hidden", 3]) {
    test(`refuses ${JSON.stringify(question)} for a question`, () => {
      assert.throws(() => ask(question), {
        name: "TypeError",
        message: new RegExp(`question must be an object, got ${question}`),
      });
    });
  }

  test("what makes no sense is a type error", () => {
    assert.throws(() => {
      // @ts-expect-error an output layer needs a task
      recommendActivation({ layer: "output" });
    });
    assert.throws(() => {
      // @ts-expect-error a hidden layer needs an architecture
      recommendActivation({ layer: "hidden", task: "binary" });
    });
    assert.throws(() => {
      // @ts-expect-error a CNN has no gates
      recommendActivation({ layer: "gate", architecture: "cnn" });
    });
    assert.throws(() => {
      // @ts-expect-error the output layer has no dead neurons
      recommendActivation({ layer: "output", task: "binary", symptom: "dead neurons" });
    });
    assert.throws(() => {
      // @ts-expect-error tanh units do not die
      recommendActivation({ layer: "hidden", architecture: "lstm", symptom: "dead neurons" });
    });
    assert.throws(() => {
      // @ts-expect-error misspelt
      recommendActivation({ layer: "hidden", architecture: "transformers" });
    });
  });
});

describe("decisionChart", () => {
  const chart = decisionChart();
  const { annotations, shapes } = /** @type {Record<string, Record<string, unknown>[]>} */ (
    chart.layout
  );
  const names = { softmax: "Softmax", identity: "Identity" };

  /** @param {string} key */
  const nameOf = (key) =>
    key in names
      ? names[/** @type {keyof typeof names} */ (key)]
      : activations[/** @type {import("activation-lab").ActivationKey} */ (key)].name;

  const answers = [
    ...architectures.map((architecture) => ask({ layer: "hidden", architecture })),
    ask({ layer: "hidden", architecture: "mlp", symptom: "dead neurons" }),
    ask({ layer: "gate", architecture: "lstm" }),
    ...tasks.map((task) => ask({ layer: "output", task })),
  ];

  test("shows the answers that recommendActivation gives, in this order", () => {
    const shown = annotations
      .map(({ text }) => String(text))
      .filter((text) => text.startsWith("<b>"));
    assert.deepEqual(
      shown.map((text) => text.split("<br>")[0]),
      answers.map(({ activation }) => `<b>${nameOf(activation)}</b>`),
    );
    answers.forEach(({ alternative }, index) => {
      const second = alternative ? `or ${nameOf(alternative.activation)}` : undefined;
      assert.equal(shown[index]?.includes("<br>or "), second !== undefined);
      if (second) assert.ok(shown[index]?.endsWith(second));
    });
  });

  test("says in words what it shows, and gives the reasons under the pointer", () => {
    const cases = chart.description.replace("Default activations. ", "").split("; ");
    assert.equal(cases.length, answers.length);
    const hovertext = /** @type {string[]} */ (chart.data[0]?.hovertext);
    answers.forEach(({ activation, reason, source }, index) => {
      assert.ok(cases[index]?.includes(`: ${nameOf(activation)}`), cases[index]);
      assert.equal(hovertext[index]?.replaceAll("<br>", " "), `${reason} (${source})`);
    });
  });

  test("its boxes do not overlap", () => {
    const boxes = shapes
      .filter(({ type }) => type === "rect")
      .map(
        (box) =>
          /** @type {Record<"x0" | "x1" | "y0" | "y1", number>} */ (/** @type {unknown} */ (box)),
      );
    assert.equal(boxes.length, layers.length + 2 * answers.length);
    boxes.forEach((a, index) => {
      for (const b of boxes.slice(index + 1)) {
        assert.ok(a.x1 < b.x0 || b.x1 < a.x0 || a.y1 < b.y0 || b.y1 < a.y0);
      }
    });
  });

  test("is plain data", () => {
    assert.deepEqual(JSON.parse(JSON.stringify(chart)), chart);
    assert.deepEqual(decisionChart(), chart);
  });
});
