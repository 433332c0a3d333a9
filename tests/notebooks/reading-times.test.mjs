/** The reading times that the notebooks and the README state are those of one rule. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { readNotebook, sourceOf } from "../../tools/notebooks.mjs";
import { inProject, listNotebooks } from "../../tools/paths.mjs";
import { readingMinutes } from "../../tools/reading-time.mjs";

const minutes = Object.fromEntries(
  listNotebooks().map((name) => [name, readingMinutes(readNotebook(inProject("notebooks", name)))]),
);

/**
 * @param {"markdown" | "code"} cell_type
 * @param {string} source
 * @param {any[]} [outputs]
 */
const cell = (cell_type, source, outputs) => ({ cell_type, source, metadata: {}, outputs });
const chart = { data: { "application/vnd.plotly.v1+json": {} } };

describe("the rule", () => {
  test("counts words, lines of code and charts", () => {
    const words = cell("markdown", "word ".repeat(2200));
    const lines = cell("code", "const a = 1;\n".repeat(300));
    const charts = cell("code", "", Array(30).fill(chart));
    assert.equal(readingMinutes({ cells: [words] }), 10);
    assert.equal(readingMinutes({ cells: [lines] }), 10);
    assert.equal(readingMinutes({ cells: [charts] }), 10);
    assert.equal(readingMinutes({ cells: [words, lines, charts] }), 30);
    assert.equal(readingMinutes({ cells: [] }), 1);
  });

  test("does not count addresses, tags, lone brackets or what is printed", () => {
    const link = cell("markdown", "[word](https://example.org/a/b) ".repeat(2200));
    assert.equal(readingMinutes({ cells: [link] }), 10);
    const answers = cell("markdown", "<details> word </details>\n".repeat(2200));
    assert.equal(readingMinutes({ cells: [answers] }), 10);
    const brackets = cell("code", "run({\n});\n\n".repeat(300), [{ name: "stdout", text: "long" }]);
    assert.equal(readingMinutes({ cells: [brackets] }), 10);
  });
});

describe("stated reading times", () => {
  for (const [name, expected] of Object.entries(minutes)) {
    test(`${name}: about ${expected} minutes`, () => {
      const first = sourceOf(readNotebook(inProject("notebooks", name)).cells[0]);
      assert.deepEqual(first.match(/\bAbout \d+ minutes\./g), [`About ${expected} minutes.`]);
    });
  }

  test("the map in notebook 00 has the same, and the sum", () => {
    const map = readNotebook(inProject("notebooks", "00-start-here.ipynb"))
      .cells.map(sourceOf)
      .join("\n");
    const rows = [...map.matchAll(/^\| \[?(\d\d) .*\| (\d+) \|$/gm)];
    const course = Object.keys(minutes).filter((name) => !name.includes("/"));
    assert.deepEqual(
      rows.map(([, number, stated]) => [number, Number(stated)]),
      course.map((name) => [name.slice(0, 2), minutes[name]]),
    );
    const total = course.reduce((sum, name) => sum + minutes[name], 0);
    assert.equal(Math.round(total / 60), 4);
    assert.match(map, /about four hours/);
    assert.match(readFileSync(inProject("README.md"), "utf8"), /^About four hours of reading/m);
  });

  test("the first path takes an hour or a little more", () => {
    const { first_path: path } = JSON.parse(
      readFileSync(inProject("tools", "export", "course", "conf.json"), "utf8"),
    ).course;
    const sum = path.reduce(
      (/** @type {number} */ total, /** @type {string} */ name) => total + minutes[`${name}.ipynb`],
      0,
    );
    assert.ok(sum >= 60 && sum <= 75, `${sum} minutes: choose others in conf.json`);
  });

  test("notebook 00 states the rule that is computed", () => {
    const map = readNotebook(inProject("notebooks", "00-start-here.ipynb"))
      .cells.map(sourceOf)
      .join("\n");
    assert.match(
      map,
      /220 words of text a minute, 30 lines of code a minute, and 20 seconds for each chart/,
    );
  });
});
