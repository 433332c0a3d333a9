/** Every notebook gives the outputs that are committed from a fresh kernel, in this run or, with all as it is, in an earlier one. */
import assert from "node:assert/strict";
import { statSync } from "node:fs";
import { availableParallelism } from "node:os";
import { describe, test } from "node:test";
import { runOrRecall } from "../../tools/kept-runs.mjs";
import {
  codeCells,
  FIGURE_MIME,
  PLOTLY_MIME,
  readNotebook,
  sourceOf,
} from "../../tools/notebooks.mjs";
import { inProject, listNotebooks } from "../../tools/paths.mjs";
import { assertSameOutputs } from "./support.mjs";

/** As PNG files say it. */
const PALETTE = 3;

describe("notebooks", { concurrency: availableParallelism() }, () => {
  for (const name of listNotebooks()) {
    const file = inProject("notebooks", name);

    test(`${name} gives its committed outputs again`, async () => {
      assertSameOutputs(await runOrRecall(file), readNotebook(file), name);
    });

    test(`${name} is fit to be committed`, () => {
      const notebook = readNotebook(file);
      const cells = codeCells(notebook);
      assert.ok(cells.length > 0);
      assert.ok(statSync(file).size < 2_000_000, "under 2 MB");
      assert.match(sourceOf(notebook.cells[0]), /^# \S/, "begins with its title");
      for (const [index, cell] of cells.entries()) {
        const where = `${name}, cell ${index + 1}`;
        assert.ok(sourceOf(cell).split("\n").length <= 25, `${where} has more than 25 lines`);
        for (const output of cell.outputs) {
          assert.notEqual(output.name, "stderr", `${where} writes to stderr`);
          if (!output.data?.[PLOTLY_MIME] && !output.data?.[FIGURE_MIME]) continue;
          assert.ok(
            output.data["image/png"],
            `${where}: its chart has no picture, run npm run render`,
          );
          const [colourType] = Buffer.from(output.data["image/png"], "base64").subarray(25);
          assert.equal(colourType, PALETTE, `${where}: its picture has no palette`);
          assert.ok(
            output.data["text/plain"].join("").length > 20,
            `${where}: its chart has no description`,
          );
        }
      }
    });
  }
});
