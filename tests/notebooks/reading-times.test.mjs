/** The reading times that the notebooks and the README state are those of one rule. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { readNotebook, sourceOf } from "../../tools/notebooks.mjs";
import { inProject, listNotebooks } from "../../tools/paths.mjs";
import { firstPathMinutes, readingMinutes } from "../../tools/reading-time.mjs";

const notebooks = Object.fromEntries(
  listNotebooks().map((name) => [name, readNotebook(inProject("notebooks", name))]),
);
const minutes = Object.fromEntries(
  Object.entries(notebooks).map(([name, notebook]) => [name, readingMinutes(notebook)]),
);
const map = notebooks["00-start-here.ipynb"].cells.map(sourceOf).join("\n");
/** The map's rows: number, minutes, and minutes on the first path or "deeper". */
const rows = [...map.matchAll(/^\| \[?(\d\d) .*\| (\d+) \| (\d+|deeper) \|$/gm)].map(
  ([, number, all, first]) => ({ number, all: Number(all), first }),
);
/** The notebooks of the course itself, each with its row's number. */
const course = Object.keys(minutes)
  .filter((name) => !name.includes("/"))
  .map((name) => ({ name, number: name.slice(0, 2) }));

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

  test("does not count folded code, but the chart below it", () => {
    const folded = cell("code", "const a = 1;\n".repeat(300), Array(30).fill(chart));
    folded.metadata = { jupyter: { source_hidden: true } };
    assert.equal(readingMinutes({ cells: [folded] }), 10);
  });

  test("the first path leaves out sections that are deeper, with all that is under them", () => {
    const words = "word ".repeat(1100);
    const lines = cell("code", "const a = 1;\n".repeat(150));
    const parts = [
      cell("markdown", `# Title\n${words}\n## Deeper: more\n${words}`),
      lines,
      cell("markdown", `### Under it\n${words}`),
      cell("markdown", `${words}\n## Back\n${words}\n### Deeper: aside`),
      lines,
      cell("markdown", "## Questions"),
      lines,
    ];
    assert.equal(readingMinutes({ cells: parts }), 40);
    assert.equal(firstPathMinutes({ cells: parts }), 15);
    assert.equal(firstPathMinutes({ cells: [lines] }), readingMinutes({ cells: [lines] }));
  });
});

describe("stated reading times", () => {
  for (const [name, expected] of Object.entries(minutes)) {
    test(`${name}: about ${expected} minutes`, () => {
      const first = sourceOf(notebooks[name].cells[0]);
      assert.deepEqual(first.match(/\bAbout \d+ minutes\./g), [`About ${expected} minutes.`]);
    });
  }

  test("the map in notebook 00 has the same, and the sum", () => {
    assert.deepEqual(
      rows.map(({ number, all }) => ({ number, all })),
      course.map(({ name, number }) => ({ number, all: minutes[name] })),
    );
    const total = rows.reduce((sum, { all }) => sum + all, 0);
    const hours = ["three", "four", "five", "six"][Math.round(total / 60) - 3];
    assert.match(map, new RegExp(`about ${hours} hours`));
    const readme = readFileSync(inProject("README.md"), "utf8");
    assert.match(readme, new RegExp(`^About ${hours} hours of reading`, "m"));
  });

  test("so it has for the first path, which takes 60 to 75 minutes", () => {
    for (const { number, name } of course) {
      const row = rows.find((one) => one.number === number);
      const stated = sourceOf(notebooks[name].cells[0]).match(/\bFirst path: (\d+) minutes\./);
      const first = stated ? String(firstPathMinutes(notebooks[name])) : "deeper";
      assert.equal(row?.first, first, `${name} on the map`);
      assert.equal(stated?.[1] ?? "deeper", first, `${name} in its first cell`);
    }
    const onPath = rows.filter(({ first }) => first !== "deeper");
    const total = onPath.reduce((sum, { first }) => sum + Number(first), 0);
    assert.ok(total >= 60 && total <= 75, `the first path takes ${total} minutes`);
    assert.equal(
      map.match(/takes about (\d+) minutes to read/)?.[1],
      String(5 * Math.round(total / 5)),
    );
  });

  test("notebook 00 states the rule that is computed", () => {
    assert.match(
      map,
      /220 words of text a minute, 30 lines of code a minute, and 20 seconds for each chart, .* Folded code is not counted\./,
    );
  });
});
