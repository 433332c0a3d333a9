// An exercise as a notebook uses it: what check, hint and solution print, and what they remember.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { todo } from "activation-lab/exercises";
import { trainStep } from "../../lib/dist/lib/exercises/prelu.js";
import { solutionCode } from "../../lib/dist/lib/exercises/solution-code.js";
import { untyped } from "../support.mjs";
import { allParts, freshExercise, printed, solvedElu } from "./support.mjs";

/** @import { Exercise, PReluAnswer, PReluNetwork } from "activation-lab/exercises" */
/** @import { Tried } from "./support.mjs" */

/**
 * What a check prints, without a note of it.
 * @template Answer
 * @param {Exercise<Answer>} exercise
 * @param {{ [Part in keyof Answer]?: Tried<Answer[Part]> }} answer
 */
function say(exercise, answer) {
  return printed(() => exercise.check(untyped(answer), { record: false }));
}

test("a check says what it found in each part, and how many are correct", () => {
  const exercise = freshExercise("prelu");
  const forward = () => 1;
  assert.match(
    say(exercise, { forward, derivative: (x, alpha) => (x > 0 ? 1 : alpha) }),
    /^forward: wrong\. [\s\S]*\nderivative: correct\.\n1 of 6 parts correct so far\.$/,
  );
  assert.match(say(exercise, { derivative: forward }), /\n0 of 6 parts correct so far\.$/);
});

test("answers of a class keep their this, and may have more than what is asked for", () => {
  class Answer {
    scale = 1;
    /** @type {PReluAnswer["forward"]} */
    forward(x, alpha) {
      return this.scale * (x > 0 ? x : alpha * x);
    }
    /** @type {PReluAnswer["derivative"]} */
    derivative(x, alpha) {
      return x > 0 ? this.scale : alpha;
    }
  }
  assert.match(
    say(freshExercise("prelu"), new Answer()),
    /^forward: correct\.\nderivative: correct\.\n/,
  );
});

test("a call that cannot be right is told what it should be", () => {
  const parts = "the parts are forward, derivative, deadShare.";
  for (const answer of [undefined, Math.max]) {
    assert.match(
      say(freshExercise("elu"), untyped(answer)),
      /^check needs an object, as in exercise\.check\(\{ forward: yourFunction \}\); the parts/,
    );
  }
  assert.match(say(freshExercise("elu"), {}), new RegExp(`^There is nothing to check: ${parts}\n`));
  assert.match(
    say(freshExercise("elu"), untyped({ foward: Math.max })),
    new RegExp(`^check knows no foward: ${parts}\n`),
  );
});

describe("what goes wrong in another part is put down to that part", () => {
  test("if it is not begun", () => {
    /** @type {PReluAnswer["forward"]} */
    const unfinished = (_x, _alpha) => todo();
    const calls = (/** @type {PReluNetwork} */ network) =>
      network.w1.map(([w]) => unfinished(w, network.alpha));
    assert.match(
      say(freshExercise("prelu"), { trainStep: calls }),
      /^trainStep: not attempted yet: it calls a function that is still todo\(\)\. Write that one/,
    );
  });

  test("if it is wrong, until it is right", () => {
    const exercise = freshExercise("prelu");
    /** @type {Record<"prelu", PReluAnswer["forward"]>} */
    const wrong = { prelu: (x, alpha) => Math.max(x, alpha * x) };
    /** @type {PReluAnswer["trainStep"]} */
    const usesIt = (network, sample, rate) => {
      trainStep(network, sample, rate);
      const prelu = wrong.prelu;
      network.b2 += prelu(network.b2, network.alpha) + 1;
    };
    say(exercise, { forward: wrong.prelu });
    assert.match(
      say(exercise, { trainStep: usesIt }),
      /^trainStep: wrong[\s\S]*\n {4}It calls prelu, and forward is not correct yet: start there\.\n/,
    );
    assert.doesNotMatch(say(exercise, { derivative: () => 1 }), /It calls/);
    say(exercise, { forward: (x, alpha) => (x > 0 ? x : alpha * x) });
    assert.doesNotMatch(say(exercise, { trainStep: usesIt }), /It calls/);
  });
});

test("a hint is shown as often as it is asked for, and there is an end of them", () => {
  for (const { key, name, part } of allParts) {
    /** @type {Exercise<Record<string, unknown>>} */
    const exercise = freshExercise(key);
    const hint = (/** @type {any} */ number) => printed(() => exercise.hint(name, number));
    const count = part.hints.length;
    part.hints.forEach((text, i) => {
      const shown = `${name}, hint ${i + 1} of ${count}: ${text}`;
      assert.deepEqual([hint(i + 1), hint(i + 1)], [shown, shown]);
    });
    for (const none of [0, -1, 1.5, "one"]) {
      assert.equal(
        hint(none),
        `${name}: there are ${count} hints. Write 1 instead of ${JSON.stringify(none)} and run the cell again for the first; exercise.solution("${name}") shows the code.`,
      );
    }
    assert.equal(
      hint(count + 1),
      `${name}: there are ${count} hints, and you have come to the end of them. exercise.solution("${name}") shows the code.`,
    );
  }
});

test("without a name, the hint is for the first part that is not correct", () => {
  const exercise = freshExercise("elu");
  const hint = () => printed(() => exercise.hint());
  assert.match(hint(), /^forward, hint 1 /);
  say(exercise, { forward: solvedElu.forward });
  assert.match(hint(), /^derivative, hint 1 /);
  say(exercise, { derivative: solvedElu.derivative, deadShare: solvedElu.deadShare });
  assert.match(hint(), /^deadShare, hint 1 /, "the last, if all are correct");
});

test("a solution is shown as its code, of one part or of all", () => {
  for (const { key, file, name } of allParts) {
    /** @type {Exercise<Record<string, unknown>>} */
    const exercise = freshExercise(key);
    assert.equal(
      printed(() => exercise.solution(name)),
      solutionCode(file, name),
    );
  }
  const all = freshExercise("elu").parts.map((part) => solutionCode("elu", part));
  assert.equal(
    printed(() => freshExercise("elu").solution()),
    all.join("\n\n"),
  );
});

test("a part that does not exist is named", () => {
  const nix = untyped("nix");
  const words = 'There is no part "nix": the parts are forward, derivative, deadShare.';
  assert.equal(
    printed(() => freshExercise("elu").hint(nix)),
    words,
  );
  assert.equal(
    printed(() => freshExercise("elu").solution(nix)),
    words,
  );
});
