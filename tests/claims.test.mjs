/** The claims on trial: a sample of the kept figures measured again, and the notebook that shows them. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  activations,
  circle,
  geluDerivative,
  geluTanhDerivative,
  lessonCircle,
  seededRandom,
  sigmoid,
  softmax,
  spiral,
  TwoLayerNetwork,
  xor,
} from "activation-lab";
import {
  BatchClassifier,
  bestLine,
  claims,
  DeepClassifier,
  drawDeepNetwork,
  drawSignal,
  figure,
  gradientOfSignal,
  gradientsThroughLayers,
  ruleOn,
  ruleOnShare,
  shortNumber,
  signalThroughLayers,
  Trial,
  verdictFrom,
} from "activation-lab/course";
import { compareResults, recordedResults } from "../lib/dist/lib/course/claim-record.js";
import { tableHtml } from "../lib/dist/lib/course/display.js";
import { decisionShown, summaryOf } from "../lib/dist/lib/course/trial.js";
import { joined, readNotebook, sourceOf } from "../tools/notebooks.mjs";
import { inProject } from "../tools/paths.mjs";

/** @import { ClaimResult, Figure, Ruling } from "activation-lab/course" */

const kept = recordedResults();
/** The seeds that the notebook rules on, from 100 on. */
const seedsFor = (/** @type {number} */ count) => Array.from({ length: count }, (_, i) => 100 + i);
const [thousand = [], fiveHundred = [], hundred = [], fifty = []] = [1000, 500, 100, 50].map(
  seedsFor,
);
const percent = (/** @type {number} */ share) => 100 * share;

/**
 * The results of a trial that decided on one claim.
 * @param {number} claim
 * @param {ClaimResult["figures"]} figures
 * @param {string[]} [chaotic]
 * @returns {ClaimResult[]}
 */
const resultOf = (claim, figures, chaotic) => [
  { claim, verdict: "holds", rulings: {}, figures, ...(chaotic && { chaotic }) },
];

/**
 * A kept figure by claim and name; fails if there is none.
 * @param {number} claim
 * @param {string} name
 */
function keptFigure(claim, name) {
  const value = kept.find((result) => result.claim === claim)?.figures[name];
  assert.ok(value !== undefined, `claim ${claim} keeps no figure "${name}"`);
  return value;
}

/**
 * Asserts that what was measured is what is kept, to one part in 10,000.
 * @param {number} claim
 * @param {string} name
 * @param {number | Figure} measured
 */
function assertKept(claim, name, measured) {
  const before = resultOf(claim, { [name]: keptFigure(claim, name) });
  assert.deepEqual(compareResults(resultOf(claim, { [name]: measured }), before), []);
}

describe("data/claims.json", () => {
  test("decides on every claim, in order", () => {
    assert.deepEqual(
      kept.map(({ claim }) => claim),
      Object.keys(claims).map(Number),
    );
  });

  test("has verdicts of the five kinds and figures in order, over enough seeds", () => {
    for (const { claim, verdict, rulings, figures, chaotic = [] } of kept) {
      for (const name of chaotic)
        assert.ok(Object.hasOwn({ ...rulings, ...figures }, name), `claim ${claim}, ${name}`);
      assert.match(
        verdict,
        /^(holds( only if .+)?|undecided( if .+)?|does not hold(: .+)?|a matter of record(: .+)?)$/,
      );
      for (const [name, value] of Object.entries(figures)) {
        const where = `claim ${claim}, ${name}`;
        if (typeof value === "number") assert.ok(Number.isFinite(value), where);
        else {
          assert.ok(value.low <= value.median && value.median <= value.high, where);
          assert.ok(value.seeds >= 50, where);
        }
      }
    }
  });

  test("rests each verdict on rulings with an interval and the agreement of hundreds", () => {
    const withRulings = kept.filter(({ rulings }) => Object.keys(rulings).length > 0);
    // The others are matters of record, or nothing is drawn at random, or no seed can matter.
    assert.deepEqual(
      kept.filter((result) => !withRulings.includes(result)).map(({ claim }) => claim),
      [9, 10, 11, 12, 14, 16, 17, 24, 25, 26],
    );
    for (const { claim, verdict, rulings } of withRulings) {
      assert.equal(verdict, verdictFrom(rulings), `claim ${claim}`);
      for (const [name, ruling] of Object.entries(rulings)) {
        const where = `claim ${claim}, ${name}`;
        assert.ok(ruling.low <= ruling.value && ruling.value <= ruling.high, where);
        assert.ok(ruling.agreement >= 0 && ruling.agreement <= 100, where);
        assert.ok(ruling.seeds >= 50, where);
        // What is decided is decided clearly: a hundred seeds would mostly have said the same.
        if (ruling.answer !== "undecided") assert.ok(ruling.agreement > 50, where);
      }
    }
  });
});

describe("measured again", () => {
  test("claims 1, 2 and 4: gradients through ten layers", () => {
    const runs = thousand.map((seed) => {
      const { sigmoid, relu } = activations;
      const network = drawDeepNetwork({ seed });
      return {
        glorot: gradientsThroughLayers(network, { activation: sigmoid, weightScale: "glorot" }),
        normal: gradientsThroughLayers(network, { activation: sigmoid, weightScale: "normal" }),
        he: gradientsThroughLayers(network, { activation: relu, weightScale: "he" }),
      };
    });
    const layerOne = (/** @type {"glorot" | "normal" | "he"} */ scale) =>
      figure(runs.map((run) => run[scale].gradients[0]));
    assertKept(1, "gradient at layer 1, Glorot", layerOne("glorot"));
    assertKept(1, "gradient at layer 1, N(0, 1)", layerOne("normal"));
    assertKept(1, "0.25 to the power 10", 2 ** -20);
    assertKept(2, "ReLU, He", layerOne("he"));
    const ratios = runs.map(({ he }) => he.gradients[0] / he.gradients[9]);
    assertKept(4, "gradient, layer 1 / layer 10, He", figure(ratios));
  });

  test("claim 3: gradients of a deep sigmoid network, by its start", () => {
    const [sample] = lessonCircle();
    for (const [start, name] of /** @type {const} */ ([
      ["glorot", "Glorot"],
      ["centredOrthogonal", "orthogonal"],
    ])) {
      const ratios = fifty.map((seed) => {
        const network = new DeepClassifier({ activation: activations.sigmoid, start, seed });
        const norms = network.gradientNorms(sample);
        return norms[0] / norms[9];
      });
      assertKept(3, `gradient, layer 1 / layer 10, ${name}`, figure(ratios));
    }
  });

  test("claim 3: gradients of a deep sigmoid network that is normalised over the batch", () => {
    const points = lessonCircle();
    const ratios = fifty.map((seed) => {
      const { sigmoid } = activations;
      const network = new BatchClassifier({ activation: sigmoid, normalised: true, seed });
      const norms = network.gradientNorms(points);
      return norms[0] / norms[9];
    });
    assertKept(3, "gradient, layer 1 / layer 10, normalised", figure(ratios));
  });

  test("claim 5: the signal of step 3 and its gradient", () => {
    const chains = thousand.map((seed) => drawSignal({ seed }));
    const signals = chains.map((draws) => signalThroughLayers(sigmoid, draws)[9]);
    const gradients = chains.map((draws) =>
      Math.abs(gradientOfSignal(activations.sigmoid, draws)[0]),
    );
    const alive = chains.filter(
      (draws) => signalThroughLayers((z) => Math.max(0, z), draws)[9] > 0,
    );
    assertKept(5, "sigmoid: signal after 10 layers", figure(signals));
    assertKept(5, "sigmoid: gradient at layer 1", figure(gradients));
    assertKept(5, "ReLU signals alive after 10 layers, of 1,000", alive.length);
  });

  test("claims 9 and 10: the two forms of GELU, and its minimum", () => {
    const grid = Array.from({ length: 10_001 }, (_, i) => -5 + i / 1000);
    const gaps = grid.map((x) => Math.abs(geluDerivative(x) - geluTanhDerivative(x)));
    assertKept(9, "largest difference of the slopes", Math.max(...gaps));
    const values = grid.map((x) => activations.gelu.fn(x));
    assertKept(10, "minimum of GELU", Math.min(...values));
  });

  test("claim 14: the best straight line through each spiral", () => {
    const ceilings = fifty.map((seed) => percent(bestLine(spiral({ seed }))));
    assertKept(14, "spiral, best straight line (% right)", figure(ceilings));
    assertKept(14, "XOR, best straight line (% right)", 75);
  });

  test("claim 15: ReLU networks on points that they have not seen", () => {
    const accuracies = fiveHundred.map((seed) => {
      const network = new TwoLayerNetwork({ activation: activations.relu, seed });
      network.train(circle({ seed: `circle ${seed}` }), { epochs: 200 });
      const unseen = circle({ n: 1000, seed: `fresh ${seed}` });
      const right = unseen.filter(({ x, label }) => network.forward(x) >= 0.5 === (label === 1));
      return right.length / 10;
    });
    assertKept(15, "accuracy on new points, ReLU (%)", figure(accuracies));
  });

  test("claim 16: softmax at two temperatures", () => {
    for (const temperature of [0.5, 5]) {
      const largest = hundred.map((seed) => {
        const random = seededRandom(seed);
        const logits = Array.from({ length: 10 }, () => random.normal(0, 3));
        return percent(Math.max(...softmax(logits.map((logit) => logit / temperature))));
      });
      assertKept(16, `largest probability at T = ${temperature} (%)`, figure(largest));
    }
  });

  test("claim 18: epochs to learn XOR, and the ruling on them", () => {
    const [relu, gelu] = [activations.relu, activations.gelu].map((activation) =>
      fiveHundred.map((seed) => {
        const network = new TwoLayerNetwork({ activation, seed });
        for (let epoch = 1; epoch <= 10_000; epoch++) {
          const { losses } = network.train(xor(), { epochs: 1 });
          if (losses[0] < 0.05) return epoch;
        }
        return 10_000;
      }),
    );
    assertKept(18, "XOR, epochs, ReLU", figure(relu));
    assertKept(18, "XOR, epochs, GELU", figure(gelu));
    const untied = relu.map((epochs, i) => gelu[i] - epochs).filter((lead) => lead !== 0);
    const bar = { what: "untied seeds with ReLU first, %", above: 50 };
    const ruling = ruleOnShare(
      untied.map((lead) => lead > 0),
      bar,
    );
    const kept18 = kept.find(({ claim }) => claim === 18)?.rulings["XOR's inputs are 0 and 1"];
    assert.ok(kept18);
    const asResult = (/** @type {Ruling} */ it) => [{ ...resultOf(18, {})[0], rulings: { it } }];
    assert.deepEqual(compareResults(asResult(ruling), asResult(kept18)), []);
  });

  test("claim 20: GELU's gradient over ReLU's", () => {
    const ratios = hundred.map((seed) => {
      const network = drawDeepNetwork({ seed });
      const [gelu, relu] = [activations.gelu, activations.relu].map(
        (activation) =>
          gradientsThroughLayers(network, { activation, weightScale: "he" }).gradients[0],
      );
      return gelu / relu;
    });
    const { median, seeds } = /** @type {Figure} */ (
      keptFigure(20, "GELU's gradient / ReLU's, He")
    );
    assert.equal(seeds, 1000);
    // A tenth of the seeds: near the whole, not equal to it.
    assert.ok(Math.abs(figure(ratios).median - median) < 0.15);
  });

  test("claims 24 and 25: smoothness, and the ends of softmax", () => {
    assertKept(24, "jump of the slope at 0, ReLU", 1);
    assertKept(24, "jump of the slope at 0, GELU", 0);
    const ends = /** @type {number} */ (
      keptFigure(25, "larger of two probabilities is 1 from a gap of")
    );
    assert.equal(softmax([0, -ends])[0], 1);
    assert.ok(softmax([0, 1 - ends])[0] < 1);
  });
});

describe("notebooks/08-claims-on-trial.ipynb", () => {
  const notebook = readNotebook(inProject("notebooks", "08-claims-on-trial.ipynb"));
  const tables = notebook.cells
    .flatMap(({ outputs }) => outputs ?? [])
    .map(({ data }) => joined(data?.["text/html"]));

  test("has a section a claim, under the claim's own words", () => {
    const headings = notebook.cells.flatMap((cell) =>
      cell.cell_type === "markdown" ? [...sourceOf(cell).matchAll(/^### (\d+\. .+)$/gm)] : [],
    );
    // By subject, not by number.
    assert.deepEqual(
      headings.map((match) => match[1]).sort(),
      Object.entries(claims)
        .map(([number, { text }]) => `${number}. ${text}`)
        .sort(),
    );
  });

  test("prints the summary of data/claims.json, verdicts and figures", () => {
    assert.ok(tables.includes(tableHtml(summaryOf(kept))));
  });

  test("says that all it measured agrees with data/claims.json", () => {
    assert.ok(tables.some((table) => table.includes("all agree")));
  });

  test("says of every claim what follows from it, and names a source", () => {
    const sources = notebook.cells.map(sourceOf);
    const isHeading = (/** @type {string} */ text) => /^##/m.test(text);
    for (const number of Object.keys(claims)) {
      const decided = sources.findIndex((text) => text.includes(`trial.decide(${number}, `));
      assert.ok(decided > 0, `claim ${number}`);
      const after = sources.slice(decided + 1);
      const end = after.findIndex((text) => isHeading(text) || text.includes("trial.decide("));
      const answer = after.slice(0, end).join("\n");
      assert.match(answer, /^\*\*So what\?\*\* /m, `claim ${number}`);
      assert.match(answer, /^Source: /m, `claim ${number}`);
    }
  });

  test("asks for one's own verdict before anything of a claim is measured", () => {
    for (const number of Object.keys(claims)) {
      const heading = notebook.cells.findIndex((cell) =>
        sourceOf(cell).startsWith(`### ${number}. `),
      );
      const section = notebook.cells.slice(heading);
      const asked = section.findIndex((cell) => cell.metadata.predict);
      const decided = section.findIndex((cell) => sourceOf(cell).includes("trial.decide("));
      assert.ok(asked > 0 && asked < decided, `claim ${number}`);
      assert.ok(
        section.slice(0, asked).every((cell) => cell.cell_type === "markdown"),
        `claim ${number}`,
      );
    }
  });
});

describe("results", () => {
  test("verdictFrom names the conditions under which a claim held", () => {
    assert.equal(verdictFrom({ "it rains": true, "it snows": true }), "holds");
    assert.equal(verdictFrom({ "it rains": false }), "does not hold");
    assert.equal(verdictFrom({ "it rains": true, "it snows": false }), "holds only if it rains");
    const two = { "it rains": true, "it snows": true, "the sun shines": false };
    assert.equal(verdictFrom(two), "holds only if it rains or it snows");
    assert.throws(() => verdictFrom({}), /holdsIf is empty/);
  });

  test("verdictFrom says what stays undecided", () => {
    const [yes, no, open] = /** @type {const} */ (["yes", "no", "undecided"]).map((answer) => ({
      ...ruleOn([1], ([value]) => value, { what: "it", above: 0 }),
      answer,
    }));
    assert.equal(verdictFrom({ a: yes, b: no }), "holds only if a");
    assert.equal(verdictFrom({ a: yes, b: yes }), "holds");
    assert.equal(verdictFrom({ a: no }), "does not hold");
    assert.equal(verdictFrom({ a: open, b: open }), "undecided");
    assert.equal(verdictFrom({ a: open, b: no, c: open }), "undecided if a or c");
    assert.equal(verdictFrom({ a: yes, b: open, c: no }), "holds only if a; undecided if b");
  });

  test("compareResults tells what differs by more than one part in 10,000", () => {
    const [first] = kept;
    const name = Object.keys(first.figures)[0];
    const value = /** @type {Figure} */ (first.figures[name]);
    const changed = (/** @type {number} */ factor) => [
      { ...first, figures: { ...first.figures, [name]: { ...value, low: value.low * factor } } },
    ];
    assert.deepEqual(compareResults([first], changed(1.00001)), []);
    assert.match(compareResults([first], changed(1.001))[0], /^claim 1, .*, low: measured /);
    assert.match(
      compareResults([{ ...first, verdict: "holds" }], [first])[0],
      /^claim 1, verdict: measured holds, kept /,
    );
    assert.ok(compareResults([], [first]).length > 1);
    const sized = (/** @type {number | Figure} */ size) => resultOf(2, { size });
    assert.deepEqual(compareResults(sized(-1), sized(-1.00001)), []);
    assert.equal(compareResults(sized(1), sized(-1)).length, 1);
    assert.equal(compareResults(sized(0), sized(1e-9)).length, 1);
    assert.ok(compareResults(sized(1), sized(figure([1, 1]))).length > 0);
    const two = (/** @type {number} */ second) => [...resultOf(1, { size: 1 }), ...sized(second)];
    assert.deepEqual(compareResults(two(5), two(6)), ["claim 2, size: measured 5, kept 6"]);
  });

  test("compareResults asks of chaotic figures only that they are there", () => {
    /** @param {ClaimResult["figures"]} figures */
    const chaotic = (figures) => resultOf(6, figures, ["dead"]);
    assert.deepEqual(compareResults(chaotic({ dead: 59 }), chaotic({ dead: figure([62]) })), []);
    assert.deepEqual(compareResults(resultOf(6, {}, []), chaotic({ dead: 62 })), [
      "claim 6, dead: measured undefined, kept chaotic",
    ]);
    assert.deepEqual(compareResults(resultOf(6, { dead: 62 }, []), chaotic({ dead: 62 })), [
      "claim 6, dead: measured 62, kept chaotic",
    ]);
  });

  test("compareResults compares rulings in all their parts, chaotic ones by their answer", () => {
    const values = Array.from({ length: 100 }, (_, i) => i);
    const ruled = (/** @type {number} */ above, /** @type {string[]} */ chaotic) => [
      {
        ...resultOf(6, {}, chaotic)[0],
        rulings: { rate: ruleOn(values, (list) => Math.max(...list), { what: "top", above }) },
      },
    ];
    assert.deepEqual(compareResults(ruled(3, []), ruled(3, [])), []);
    assert.deepEqual(compareResults(ruled(3, []), ruled(4, [])), [
      "claim 6, rate, bar: measured top above 3, kept top above 4",
    ]);
    assert.deepEqual(compareResults(ruled(3, ["rate"]), ruled(4, ["rate"])), []);
    assert.deepEqual(compareResults(ruled(3, ["rate"]), ruled(200, ["rate"])), [
      "claim 6, rate, answer: measured yes, kept no",
    ]);
  });

  test("a trial shows rulings, and takes its verdict from them", (t) => {
    const log = t.mock.method(console, "log", () => {});
    const trial = new Trial();
    const bar = { what: "seeds, %", above: 50 };
    const rulings = { "it rains": ruleOnShare(Array(90).fill(true), bar) };
    trial.decide(15, { rulings });
    assert.equal(trial.results[0]?.verdict, "holds");
    const table = log.mock.calls.map((call) => call.arguments.join(" ")).join("\n");
    assert.match(table, /^Claim 15: holds$/m);
    assert.match(
      table,
      /answer +seeds, % above 50 \[95 % interval\], 90 seeds +hundreds that agree$/m,
    );
    assert.match(table, /^it rains +yes +100 \[95.9 to 100\] +100 %$/m);
    const { verdict, "hundreds that agree": agree } = trial.summary[14];
    assert.deepEqual([verdict, agree], ["holds", "100 %"]);
    assert.throws(() => trial.decide(15, {}), /holdsIf is empty/);
  });

  test("a trial has a row for each claim, decided or not, and knows its claims", (t) => {
    t.mock.method(console, "log", () => {});
    const trial = new Trial();
    trial.decide(10, { verdict: "holds", figures: { minimum: -0.17 } });
    assert.equal(trial.summary.length, 27);
    assert.equal(trial.summary[8].verdict, "not measured yet");
    assert.deepEqual(trial.summary[9], {
      claim: "10. GELU never falls below about −0.17",
      "in the lesson": "Comparison of Shapes",
      verdict: "holds",
      "hundreds that agree": "",
      "measured: median (5–95 %)": "minimum: −0.17",
    });
    assert.throws(() => trial.decide(28, { verdict: "holds" }), {
      name: "RangeError",
      message: "claim must be from 1 to 27, got 28",
    });
    assert.equal(trial.results.length, 1);
  });

  test("a trial shows numbers and figures with their range and seeds, and keeps the claims' order", (t) => {
    const log = t.mock.method(console, "log", () => {});
    const trial = new Trial();
    const figures = { plain: 0.25, measured: { low: 1, median: 2, high: 3, seeds: 50 } };
    trial.decide(10, { verdict: "holds only if x < 0", figures });
    trial.decide(3, { verdict: "does not hold" });
    const lines = String(log.mock.calls[0]?.arguments[0]).split("\n");
    assert.deepEqual(
      lines.map((line) => line.split(/ {2,}/)),
      [
        ["Claim 10: holds only if x < 0"],
        [""],
        ["measured", "value or median", "5–95 %", "seeds"],
        ["plain", "0.25"],
        ["measured", "2", "1 to 3", "50"],
      ],
    );
    assert.equal(log.mock.calls[1]?.arguments[0], "Claim 3: does not hold");
    assert.deepEqual(
      trial.results.map(({ claim }) => claim),
      [3, 10],
    );
    assert.equal(
      trial.summary[9]["measured: median (5–95 %)"],
      "plain: 0.25; measured: 2 (1 to 3)",
    );
  });

  test("what rulings have in common is said once, figures beside rulings and dates are folded", () => {
    const bar = { what: "seeds, %", above: 50 };
    const [many, few] = [90, 60].map((count) => ruleOnShare(Array(count).fill(true), bar));
    const rulings = { many, few, other: { ...few, bar: "steps below 3" } };
    const shown = decisionShown({ ...resultOf(15, { size: 1 })[0], rulings });
    assert.match(
      shown["text/plain"],
      /answer +value \[95 % interval\] +bar +seeds +hundreds that agree$/m,
    );
    assert.match(shown["text/plain"], /^other +yes .* steps below 3 +60 +100 %$/m);
    const isFolded = (/** @type {Partial<ClaimResult>} */ changed) =>
      decisionShown({ ...resultOf(15, { size: 1 })[0], ...changed })["text/html"].includes(
        "</table><details><summary>All figures</summary><table>",
      );
    assert.ok(isFolded({ rulings }));
    assert.ok(!isFolded({}));
    const record = decisionShown({
      ...resultOf(12, { year: 1 })[0],
      verdict: "a matter of record",
    });
    assert.match(record["text/html"], /^<p><strong>Claim 12: a matter of record<.*<details>/);
  });

  test("a trial marks chaotic figures in its table, and knows its figures", (t) => {
    const log = t.mock.method(console, "log", () => {});
    const trial = new Trial();
    trial.decide(6, { verdict: "holds", figures: { alive: 1, dead: 2 }, chaotic: ["dead"] });
    const table = log.mock.calls.map((call) => call.arguments.join(" ")).join("\n");
    assert.match(table, /^alive +1/m);
    assert.match(table, /^dead, chaotic +2/m);
    assert.deepEqual(trial.results[0]?.chaotic, ["dead"]);
    assert.throws(
      () => trial.decide(6, { verdict: "holds", figures: { dead: 2 }, chaotic: ["died"] }),
      {
        name: "RangeError",
        message: 'chaotic must name rulings or figures of the result, got "died"',
      },
    );
    assert.equal(Object.hasOwn(recordedResults()[0] ?? {}, "chaotic"), false);
  });

  test("shortNumber keeps whole numbers and shortens the rest", () => {
    const expected = [
      [1969, "1969"],
      [0, "0"],
      [71.4999, "71.5"],
      [-0.16997, "−0.17"],
      [9.5367e-7, "9.54·10⁻⁷"],
      [-118_000.5, "−1.18·10⁵"],
      [Number.NEGATIVE_INFINITY, "−Infinity"],
    ];
    for (const [value, text] of expected) assert.equal(shortNumber(Number(value)), text);
  });
});
