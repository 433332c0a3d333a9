// Judging a part: whatever the answer is, the check says what it found and nothing breaks.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { todo } from "activation-lab/exercises";
import fc from "fast-check";
import { checkPart } from "../../lib/dist/lib/exercises/check.js";
import { mistake, quarters } from "../../lib/dist/lib/exercises/part.js";
import { formatValue, toCode } from "../../lib/dist/lib/exercises/values.js";
import { allParts, printed, reportOn } from "./support.mjs";

/** @import { PReluNetwork } from "activation-lab/exercises" */

/** @type {import("../../lib/dist/lib/exercises/part.js").Part} */
const square = {
  parameters: ["x"],
  cases: [[2], [-3], [0.5]],
  random: fc.tuple(quarters(-8, 8)),
  expected: (x) => Number(x) ** 2,
  mistakes: [mistake("double", "this doubles x.", (x) => 2 * x)],
  hints: ["Multiply x by itself."],
};

/**
 * @template [X=number]
 * @param {((x: X) => unknown) | number | undefined} answer
 */
const check = (answer, part = square) => checkPart("square", part, { square: answer });

const endless = (/** @type {unknown[]} */ ..._args) => {
  for (;;);
};
const cyclic = {};
cyclic.self = cyclic;

describe("what is no answer of the right kind breaks nothing", () => {
  const notAttempted = ["not-begun"];
  const wrongKind = ["shape", "constant", "threw"];
  /** @type {[unknown, string[]][]} */
  const odd = [
    [todo, notAttempted],
    [() => todo(), notAttempted],
    [() => {}, notAttempted],
    [undefined, ["missing"]],
    [5, ["not-a-function"]],
    ["text", ["not-a-function"]],
    [async () => 1, ["async"]],
    [async () => todo(), ["async"]],
    [() => "0.5", wrongKind],
    [() => Symbol("s"), wrongKind],
    [() => 5n, wrongKind],
    [() => cyclic, wrongKind],
    [() => ({ length: -1 }), wrongKind],
    [() => [[], [], null], wrongKind],
    [
      () => {
        throw new Error("so\n   it goes");
      },
      ["threw"],
    ],
    [
      () => {
        throw null;
      },
      ["threw"],
    ],
  ];
  for (const { key, name, part, label } of allParts) {
    test(label, () => {
      for (const [answer, ids] of odd) {
        const { id, message } = reportOn(key, name, answer);
        // A monitor has to be a class: nothing else is called.
        const allowed = label === "gradientMonitor.monitor" ? [...ids, "threw"] : [...ids];
        if (part.outcome && ids === wrongKind) allowed.push("unrecognised");
        assert.ok(allowed.includes(id), `${answer}: ${id}, not ${ids.join(" or ")}`);
        assert.ok(message.startsWith(`${name}: `));
      }
    });
  }
});

describe("what the check says", () => {
  test("of right answers and of none", () => {
    assert.deepEqual(
      check((x) => x * x),
      { part: "square", outcome: "correct", id: "correct", message: "square: correct." },
    );
    assert.deepEqual(check(undefined), {
      part: "square",
      outcome: "notAttempted",
      id: "missing",
      message: "square: not attempted yet. Write the function and hand it to check.",
    });
    assert.equal(
      check(() => todo()).message,
      "square: not attempted yet. Replace todo() with your code and run that cell, then this one again.",
    );
    assert.equal(check(5).message, "square: wrong. It must be a function, and is 5.");
  });

  test("of a known mistake, and of one that is not known", () => {
    assert.deepEqual(
      check((x) => 2 * x),
      {
        part: "square",
        outcome: "wrong",
        id: "double",
        message:
          "square: wrong. Likely mistake: this doubles x.\n    input:    x = -3\n    try:      square(-3)\n    expected: 9\n    received: -6",
      },
    );
    assert.equal(
      check((x) => (x === 0.5 ? 7 : x * x)).message,
      "square: wrong. It is right on 2 of 3 inputs, wrong only where x = 0.5. Compare the two values, or take a hint.\n    input:    x = 0.5\n    try:      square(0.5)\n    expected: 0.25\n    received: 7",
    );
  });

  test("of an error, on which input", () => {
    const throws = (/** @type {unknown} */ error) =>
      check((x) => {
        if (x < 0) throw error;
        return x * x;
      });
    const { outcome, id, message } = throws(new Error("so\n   it goes"));
    assert.deepEqual([outcome, id], ["threw", "threw"]);
    assert.equal(
      message,
      "square: stopped with an error: Error: so it goes\n    input:    x = -3\n    try:      square(-3)",
    );
    assert.match(throws(null).message, /stopped with an error: null\n/);
  });

  test("of an answer that is wrong before it stops with an error", () => {
    const { id } = check((x) => {
      if (x < 0) throw new Error("no");
      return x;
    });
    assert.equal(id, "unrecognised");
  });

  test("of NaN", () => {
    const { outcome, id, message } = check((x) => Math.sqrt(x) ** 4);
    assert.deepEqual([outcome, id], ["notANumber", "not-a-number"]);
    assert.match(
      message,
      /^square: gave NaN, which is what 0 \/ 0, .* turn into\. It is right on 2/,
    );
  });

  test("of an answer that changes its argument, and is right", () => {
    /** @type {typeof square} */
    const smallest = {
      ...square,
      parameters: ["list"],
      cases: [[[3, 1]]],
      random: fc.constant([[1]]),
      expected: () => 1,
    };
    const first = (/** @type {number[]} */ list) => list.sort()[0];
    const { outcome, id, message } = check(first, smallest);
    assert.deepEqual([outcome, id], ["correct", "changes-argument"]);
    assert.equal(
      message,
      "square: correct. It changes list, which belongs to the caller: better work on a copy.",
    );
  });
});

test("an answer may call what is still todo()", () => {
  const unfinished = (/** @type {number} */ _x) => todo();
  const { outcome, id, message } = check((x) => unfinished(x));
  assert.deepEqual([outcome, id], ["notAttempted", "calls-todo"]);
  assert.match(message, /it calls a function that is still todo\(\)\. Write that one first\.$/);
});

describe("time", () => {
  test("an endless loop is stopped", () => {
    for (const answer of [endless, (/** @type {unknown[]} */ ...args) => endless(...args)]) {
      const { outcome, id, message } = check(answer);
      assert.deepEqual([outcome, id], ["tooLong", "too-long"]);
      assert.match(message, /^square: ran for more than half a second and was stopped\./);
      assert.match(message, /Is there a loop that never ends\?\n {4}input: {4}x = 2$/);
    }
  });

  test("an answer is stopped before a list that grows can end the kernel", () => {
    let list = [];
    const grows = () => {
      list = [];
      for (;;) list[list.length] = 0;
    };
    assert.equal(check(grows).id, "too-long");
    assert.ok(list.length < 5e7, `${list.length} entries`);
  });

  test("a machine that stands still once is no fault of the answer", () => {
    let stalled = false;
    const answer = (/** @type {number} */ x) => {
      const end = Date.now() + (stalled ? 0 : 700);
      stalled = true;
      while (Date.now() < end);
      return x * x;
    };
    assert.equal(check(answer).id, "correct");
  });
});

describe("arguments drawn at random, once all cases are right", () => {
  /** @type {Record<number, number>} */
  const squares = { 2: 4, "-3": 9, 0.5: 0.25 };
  const table = (/** @type {number} */ x) => squares[x] ?? 1;

  test("refuse what knows only the cases, with the smallest that it fails on", () => {
    assert.deepEqual(check(table), {
      part: "square",
      outcome: "wrong",
      id: "at-random",
      message:
        "square: wrong. It is right on all 3 inputs tried first, and wrong on this one, the smallest found at random.\n    input:    x = 0\n    try:      table(0)\n    expected: 0\n    received: 1",
    });
  });

  test("are shrunk", () => {
    const { message } = check((x) => (x > 4.1 ? 1 : x * x));
    assert.match(message, /input: {4}x = 4\.25\n/);
  });

  test("are the same ones in each check", () => {
    const seen = () => {
      /** @type {number[]} */
      const all = [];
      check((x) => {
        if (typeof x === "number") all.push(x);
        return x * x;
      });
      return all;
    };
    const first = seen();
    assert.deepEqual(seen(), first);
    assert.ok(new Set(first).size > 40, `${first.length}`);
  });

  test("find errors, endless loops, NaN, wrong kinds and what is not begun", () => {
    /** @param {(x: number) => unknown} work */
    const from5 = (work) => check((x) => (x >= 5 ? work(x) : x * x));
    const found = [
      from5(() => {
        throw new Error("five");
      }),
      from5(endless),
      from5(() => Number.NaN),
      from5(String),
      from5(() => todo()),
    ];
    assert.deepEqual(
      found.map(({ outcome, id }) => [outcome, id]),
      [
        ["threw", "threw"],
        ["tooLong", "too-long"],
        ["notANumber", "not-a-number"],
        ["wrong", "shape"],
        ["notAttempted", "calls-todo"],
      ],
    );
    for (const { message } of found.slice(0, 4)) assert.match(message, /\n {4}input: {4}x = \d/);
    assert.match(found[0].message, /Error: five\n {4}input: {4}x = 5\n/);
  });

  test("a machine that stands still once is no fault of the answer", () => {
    let calls = 0;
    const answer = (/** @type {number} */ x) => {
      const end = performance.now() + (++calls === 20 ? 700 : 0);
      while (performance.now() < end);
      return x * x;
    };
    assert.equal(check(answer).id, "correct");
    assert.ok(calls > 20);
  });

  test("an answer that is slow and right is given the time", () => {
    const slow = (/** @type {number} */ x) => {
      const end = performance.now() + 3;
      while (performance.now() < end);
      return x * x;
    };
    assert.equal(check(slow).id, "correct");
  });
});

describe("the line to try", () => {
  test("calls the function by its name, or by the part's", () => {
    const called = { double: (/** @type {number} */ x) => 2 * x };
    assert.match(check(called.double).message, /\n {4}try: {6}double\(-3\)\n/);
    assert.match(
      check(
        (
          () => (/** @type {number} */ x) =>
            2 * x
        )(),
      ).message,
      /\n {4}try: {6}square\(-3\)\n/,
    );
  });

  test("has values with all their digits and entries", () => {
    const values = [
      0.1 + 0.2,
      -0,
      Number.NaN,
      -Infinity,
      "a",
      true,
      undefined,
      [[1], []],
      { a: 1 },
    ];
    assert.equal(
      values.map((value) => toCode(value)).join("; "),
      '0.30000000000000004; -0; NaN; -Infinity; "a"; true; undefined; [[1], []]; { a: 1 }',
    );
  });

  test("gives in a cell what was received", async () => {
    const { activations } = await import("activation-lab");
    const { readReference } = await import("activation-lab/course");
    for (const { key, name, part } of allParts.filter(
      (one) => !one.part.code && !one.part.outcome,
    )) {
      const wrong = (/** @type {unknown[]} */ ...args) => {
        const right = part.expected(...args);
        return typeof right === "number" ? right + 1.5 : typeof right === "object" ? [7, 7] : "no";
      };
      const { message } = reportOn(key, name, wrong);
      const [, code] = /\n {4}try: {6}(.*)/.exec(message) ?? [];
      assert.ok(code, message);
      const run = new Function("wrong", "activations", "readReference", `return ${code}`);
      const value = run(wrong, activations, readReference);
      const received = /received: (?:\[\d+\] = )?(.*)/.exec(message)?.[1] ?? "";
      const shown = Array.isArray(value) && !received.startsWith("[") ? value[0] : value;
      assert.equal(received, formatValue(shown), message);
    }
  });

  test("prints what a step or a monitor does", async () => {
    const returnsNothing = (/** @type {PReluNetwork} */ network) => {
      network.b2 += 1;
    };
    class Monitor {
      /** @type {number[][]} */
      history = [];
      observe() {
        return [];
      }
    }
    const lines = [
      reportOn("prelu", "trainStep", returnsNothing),
      reportOn("gradientMonitor", "monitor", Monitor),
      reportOn("gradientMonitor", "monitor", function makeMonitor() {
        return new Monitor();
      }),
    ].map(({ message }) => /\n {4}try: {6}(.*)/.exec(message)?.[1] ?? "");
    assert.match(
      lines[0],
      /^\{ const network = \{ w1: .*\}; console\.log\(returnsNothing\(network, /,
    );
    assert.match(lines[1], /^\{ const m = new Monitor\(\); console\.log\(m\.observe\(\[/);
    assert.match(lines[2], /^\{ const m = makeMonitor\(\); /);
    /** @type {number[]} */
    const logged = [];
    for (const line of lines) {
      new Function("returnsNothing", "Monitor", "makeMonitor", "console", line)(
        returnsNothing,
        Monitor,
        () => new Monitor(),
        { log: (/** @type {unknown[]} */ ...values) => logged.push(values.length) },
      );
    }
    assert.deepEqual(logged, [2, 3, 3]);
  });
});

describe("what an answer can be", () => {
  test("a method of a class keeps its this", () => {
    class Answer {
      power = 2;
      /** @param {number} x */
      square(x) {
        return x ** this.power;
      }
    }
    assert.equal(checkPart("square", square, new Answer()).id, "correct");
  });

  test("a member that cannot be read is missing", () => {
    const answers = {
      get square() {
        throw new Error("no");
      },
    };
    assert.equal(checkPart("square", square, answers).id, "missing");
    assert.equal(checkPart("square", square, undefined).id, "missing");
  });

  test("where the first argument may be changed, it or a new one is the answer", () => {
    /** @type {typeof square} */
    const part = {
      ...square,
      parameters: ["point"],
      cases: [[{ x: 1 }], [{ x: 3 }]],
      random: fc.tuple(fc.record({ x: quarters(-2, 2) })),
      expected: ({ x }) => ({ x: x + 1 }),
      inPlace: true,
    };
    /** @type {((point: { x: number }) => unknown)[]} */
    const right = [
      ({ x }) => ({ x: x + 1 }),
      (point) => {
        point.x++;
      },
      (point) => {
        point.x++;
        return "the loss, say";
      },
      (point) => {
        const x = point.x++ + 1;
        point.x = 0;
        return { x };
      },
    ];
    for (const answer of right) assert.equal(check(answer, part).id, "correct");
    assert.equal(check(() => "nothing changed", part).id, "shape");
  });

  test("an async function is not called", () => {
    let called = false;
    const { outcome, id, message } = check(async () => {
      called = true;
      for (;;) await null;
    });
    assert.deepEqual([outcome, id, called], ["wrong", "async", false]);
    assert.equal(
      message,
      "square: wrong. It is async, so it returns a promise and not the value. Leave out async and await.",
    );
  });

  test("what an ordinary function starts and does not wait for is stopped before it awaits", async () => {
    let turns = 0;
    const forEver = async () => {
      for (;;) {
        turns++;
        await null;
      }
    };
    /** @type {((x: number) => unknown)[]} */
    const answers = [
      (x) => {
        forEver();
        return x * x;
      },
      (x) => {
        /** @type {() => Promise<unknown>} */
        const again = () => Promise.resolve().then(again);
        return x === 2 ? 4 : again();
      },
      () => Promise.reject(new Error("later")),
    ];
    for (const answer of answers) {
      const { outcome, id, message } = check(answer);
      assert.deepEqual([outcome, id], ["wrong", "async"]);
      assert.match(
        message,
        /^square: wrong\. It starts something that goes on later,[\s\S]* input:/,
      );
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
    assert.equal(turns, 0);
  });

  test("a promise from before is a value of the wrong kind", () => {
    const before = Promise.resolve(1);
    assert.match(
      check(() => before).message,
      /must be a number, and is a promise \(leave out async\)\./,
    );
  });

  test("an answer that changes what the language has breaks neither this check nor later ones", () => {
    const { map } = Array.prototype;
    const { max, abs } = Math;
    const { toFixed } = Number.prototype;
    const { stringify } = JSON;
    const { isArray } = Array;
    const ruin = () => {
      for (const [owner, key] of /** @type {[any, string][]} */ ([
        [Math, "max"],
        [Number.prototype, "toFixed"],
        [JSON, "stringify"],
        [Object, "entries"],
        [Array, "isArray"],
        [Reflect, "defineProperty"],
        [Object, "is"],
        [Array.prototype, "map"],
      ])) {
        owner[key] = () => "ruined";
      }
      delete (/** @type {any} */ (Math).abs);
      Object.assign(globalThis, { JSON: {} });
    };
    const right = check((x) => {
      const value = x * x;
      ruin();
      return value;
    });
    assert.equal(right.id, "correct");
    assert.match(
      right.message,
      /^square: correct\.\n {4}Your code changed .*Array\.prototype\.map.*\. It was put back: write/,
    );
    ruin(); // In a cell of its own.
    assert.equal(check((x) => 2 * x).id, "double");
    const stuck = check(() => {
      ruin();
      for (;;);
    });
    assert.equal(stuck.id, "too-long");
    assert.equal(check((x) => x * x).message, "square: correct.");
    assert.deepEqual(
      [Array.prototype.map, Math.max, Math.abs, Number.prototype.toFixed, JSON.stringify],
      [map, max, abs, toFixed, stringify],
    );
    assert.equal(Array.isArray, isArray);
  });

  test("what an answer prints is shown once: not for what is drawn at random, and no flood of it", () => {
    const lines = printed(() => {
      check((x) => {
        console.log("x is", x);
        return x * x;
      });
    }).split("\n");
    assert.deepEqual(lines, ["x is", "x is", "x is"]);
    const flood = printed(() => {
      check(() => {
        for (;;) console.log("more");
      });
    }).split("\n");
    assert.equal(flood.length, 31);
    assert.match(flood[30], /^… and \d+ more lines, which are not shown\.$/);
  });
});
