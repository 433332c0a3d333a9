/**
 * Notebook 08 once more, with seeds that neither the exploring nor the stored run has seen. What was decided must be
 * decided the same way; what was undecided, because it lies on the bar, may fall on either side. It takes minutes, so it
 * is marked slow and runs in CI.
 */
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { joined, readNotebook, runNotebook, sourceOf } from "../../tools/notebooks.mjs";
import { inProject } from "../../tools/paths.mjs";

const NAME = "08-claims-on-trial.ipynb";
const FIRST = "const firstSeed = 100;";
const SECOND = "const firstSeed = 1100;";

const skip = !process.env.CI && "slow, it trains some twenty thousand networks: set CI=1 to run it";

/** A difference from `data/claims.json` in which a decided answer has become another. */
const CHANGED_MIND = /^claim \d+, .*, answer: measured \w+, kept (yes|no)$/;

test("the first seed is said in one place", () => {
  const sources = readNotebook(inProject("notebooks", NAME)).cells.map(sourceOf).join("\n");
  assert.equal(sources.split(FIRST).length, 2);
});

test("a changed mind is told from other differences", () => {
  assert.match("claim 6, the rate is 5, answer: measured undecided, kept yes", CHANGED_MIND);
  assert.match("claim 8, the rate is 5, answer: measured yes, kept no", CHANGED_MIND);
  assert.doesNotMatch("claim 6, the rate is 1, answer: measured yes, kept undecided", CHANGED_MIND);
  assert.doesNotMatch("claim 6, the rate is 1, value: measured 9, kept 10", CHANGED_MIND);
});

test("a second block of seeds decides alike", { skip }, async () => {
  // Beside the other notebooks, because imports are looked up from there.
  const folder = mkdtempSync(inProject("notebooks", "second-block-"));
  try {
    const file = path.join(folder, NAME);
    const text = readFileSync(inProject("notebooks", NAME), "utf8");
    writeFileSync(file, text.replace(FIRST, SECOND));
    const { cells } = await runNotebook(file);
    const last = cells.findLast((/** @type {any} */ cell) => cell.cell_type === "code");
    const lines = last.outputs.flatMap((/** @type {any} */ { data }) =>
      joined(data?.["text/plain"])
        .split("\n")
        .map((line) => line.trim()),
    );
    assert.ok(lines.includes("different"), "other seeds give other figures");
    assert.deepEqual(
      lines.filter((/** @type {string} */ line) => CHANGED_MIND.test(line)),
      [],
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
