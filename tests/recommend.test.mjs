// The recommendation of an activation: every question there is, the chart that shows the same rules.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { activations } from "activation-lab";
import { CHOICES, decisionChart, recommendActivation } from "activation-lab/course";
import { readNotebook, sourceOf } from "../tools/notebooks.mjs";
import { inProject } from "../tools/paths.mjs";

/** @typedef {import("activation-lab/course").LayerQuestion} LayerQuestion */
/** @typedef {{ layer?: unknown, architecture?: unknown, depth?: unknown, symptom?: unknown, task?: unknown }} Question */

const {
  layer: layers,
  architecture: architectures,
  depth: depths,
  symptom: symptoms,
  task: tasks,
} = CHOICES;

/** Asks what the types may forbid. @param {unknown} question */
const ask = (question) => recommendActivation(/** @type {LayerQuestion} */ (question));

/** The right first choice, by case. */
const hidden = {
  transformer: "gelu",
  cnn: "relu",
  hybrid: "gelu",
  graph: "relu",
  rnn: "tanh",
  lstm: "tanh",
  mlp: "relu",
};
const gates = { lstm: "sigmoid", transformer: "swish" };
const output = {
  binary: "sigmoid",
  "multi-class": "softmax",
  "multi-label": "sigmoid",
  regression: "identity",
  "bounded regression": "sigmoid",
  positive: "softplus",
  count: "exp",
  embedding: "identity",
  "text generation": "softmax",
};

/** The right answer to a question, undefined where it makes no sense. @param {Question} question */
function expected({ layer, architecture, symptom, task }) {
  if (symptom !== undefined && layer !== "hidden") return undefined;
  if (symptom === "dead neurons") {
    return ["rnn", "lstm", "undefined"].includes(String(architecture)) ? undefined : "gelu";
  }
  if (layer === "hidden") return hidden[/** @type {keyof typeof hidden} */ (architecture)];
  if (layer === "gate") return gates[/** @type {keyof typeof gates} */ (architecture)];
  return output[/** @type {keyof typeof output} */ (task)];
}

const everyQuestion = layers.flatMap((layer) =>
  [undefined, ...architectures].flatMap((architecture) =>
    [undefined, ...depths].flatMap((depth) =>
      [undefined, ...symptoms].flatMap((symptom) =>
        [undefined, ...tasks].map((task) => ({ layer, architecture, depth, symptom, task })),
      ),
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
    assert.equal(everyQuestion.length, 3 * 8 * 4 * 6 * 10);
    // Each with 4 depths or none; hidden: 7 architectures with 5 symptoms or none, but no dead neurons in 2;
    // gates: 2, each with 9 tasks or none; outputs: 9 tasks with 7 architectures or none.
    assert.equal(answered, 4 * ((7 * 6 - 2 + 2) * 10 + 9 * 8));
  });

  test("gives reasons, and sources that can be found", () => {
    const identifier = /doi:10\.\d{4,}\/\S+|arXiv:\d{4}\.\d{4,5}/;
    const findable = /doi:10\.|arXiv:\d{4}\.\d{4,5}|notebooks? 0\d|CS231n|, [A-Z].{20,}/;
    const sentence = /^[A-Z].{15,}\.$/;
    for (const question of everyQuestion.filter(expected)) {
      const { alternative, avoids, besides, measured, ...first } = ask(question);
      for (const advice of alternative ? [first, alternative] : [first]) {
        assert.ok(
          advice.activation in activations ||
            /^(softmax|identity|softplus|exp)$/.test(advice.activation),
        );
        assert.match(advice.reason, sentence);
        assert.match(advice.source, identifier);
        assert.deepEqual(Object.keys(advice).sort(), ["activation", "reason", "source"]);
      }
      assert.match(avoids, sentence);
      assert.notEqual(alternative?.activation, first.activation);
      for (const { step, source } of besides) {
        assert.match(step, sentence);
        assert.match(source, findable);
      }
      assert.equal(new Set(besides.map(({ step }) => step)).size, besides.length, "no step twice");
    }
  });

  test("leads to sections that there are, right above a cell that measures", () => {
    const places = everyQuestion
      .filter(expected)
      .flatMap((question) => ask(question).measured ?? []);
    const hrefs = new Set(places.map(({ href }) => href));
    assert.ok(hrefs.size >= 8);
    for (const href of hrefs) {
      const [file, anchor] = href.split(/#(.*)/s);
      const cells = readNotebook(inProject("notebooks", file)).cells;
      // As JupyterLab and the pages name headings.
      const at = cells.findIndex((cell) =>
        [...sourceOf(cell).matchAll(/^#{2,4} (.+)$/gm)].some(
          ([, heading]) => heading.replaceAll(" ", "-") === anchor,
        ),
      );
      assert.notEqual(at, -1, `${href} leads nowhere`);
      const next = cells.slice(at + 1).findIndex((cell) => /^#{2,4} /m.test(sourceOf(cell)));
      const section = cells.slice(at + 1).slice(0, next < 0 ? undefined : next);
      assert.ok(
        section.some((cell) => (cell.outputs ?? []).length > 0),
        `${href}: nothing is measured there`,
      );
      const { text } = places.find((place) => place.href === href) ?? assert.fail();
      assert.equal(text, `notebook ${file.slice(0, 2)}, ${anchor.replaceAll("-", " ")}`);
    }
  });

  test("a symptom changes what to do, depth adds to it, and neither changes the first choice", () => {
    const plain = ask({ layer: "hidden", architecture: "cnn" });
    for (const symptom of symptoms.filter((name) => name !== "dead neurons")) {
      const advice = ask({ layer: "hidden", architecture: "cnn", symptom });
      assert.equal(advice.activation, plain.activation);
      assert.notEqual(advice.avoids, plain.avoids);
      assert.ok(advice.besides.length > plain.besides.length, symptom);
    }
    const stepsAt = (/** @type {string} */ depth) =>
      ask({ layer: "hidden", architecture: "cnn", depth }).besides.map(({ step }) => step);
    assert.deepEqual(
      stepsAt("shallow"),
      plain.besides.map(({ step }) => step),
    );
    assert.ok(stepsAt("beyond 20 layers").some((step) => step.includes("skip connections")));
    assert.ok(!stepsAt("up to 20 layers").some((step) => step.includes("skip connections")));
    const gate = ask({ layer: "gate", architecture: "lstm", depth: "beyond 20 layers" });
    assert.deepEqual(gate, ask({ layer: "gate", architecture: "lstm" }));
  });

  test("has another choice where the lesson has one", () => {
    assert.equal(ask({ layer: "hidden", architecture: "cnn" }).alternative?.activation, "swish");
    for (const architecture of ["transformer", "cnn", "hybrid", "graph", "mlp"]) {
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
    [
      "a depth that is none",
      { layer: "hidden", architecture: "cnn", depth: 50 },
      /depth must be one of "shallow", .* got 50/,
    ],
    [
      "a symptom of a gate",
      { layer: "gate", architecture: "lstm", symptom: "slow convergence" },
      /layer must be "hidden" for symptom "slow convergence", got "gate"/,
    ],
    ["a number for a task", { layer: "output", task: 2 }, /task must be one of "binary", .* got 2/],
    ["null", { layer: "hidden", architecture: null }, /architecture must be one of .* got null/],
    [
      "a gate without gates",
      { layer: "gate", architecture: "cnn" },
      /architecture must be one of "lstm", "transformer" for a gate, got "cnn"/,
    ],
    [
      "a symptom that is none",
      { layer: "hidden", architecture: "mlp", symptom: "boredom" },
      /symptom must be one of "dead neurons", .* got "boredom"/,
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
      // @ts-expect-error there is no such depth
      recommendActivation({ layer: "hidden", architecture: "cnn", depth: "deep" });
    });
    assert.throws(() => {
      // @ts-expect-error a gate has no symptom
      recommendActivation({ layer: "gate", architecture: "lstm", symptom: "dead neurons" });
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
  const names = {
    softmax: "Softmax",
    identity: "Identity",
    softplus: "Softplus",
    exp: "Exponential",
  };

  /** @param {string} key */
  const nameOf = (key) =>
    key in names
      ? names[/** @type {keyof typeof names} */ (key)]
      : activations[/** @type {import("activation-lab").ActivationKey} */ (key)].name;

  const answers = [
    ...architectures.map((architecture) => ask({ layer: "hidden", architecture })),
    ask({ layer: "hidden", architecture: "mlp", symptom: "dead neurons" }),
    ask({ layer: "gate", architecture: "lstm" }),
    ask({ layer: "gate", architecture: "transformer" }),
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
