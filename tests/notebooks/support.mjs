/** What the tests of notebooks share. */
import { codeCells, sourceOf } from "../../tools/notebooks.mjs";

/** What a run must repeat. Pictures are made by a browser, whose fonts differ between machines. */
export function repeatable(notebook) {
  return codeCells(notebook).map((cell) => ({
    source: sourceOf(cell),
    count: cell.execution_count,
    outputs: cell.outputs.map(({ data, text, name }) => {
      const { "image/png": _, ...rest } = data ?? {};
      return data ? rest : { [name]: text };
    }),
  }));
}
