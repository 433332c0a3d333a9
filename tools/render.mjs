/**
 * `npm run render [notebook …]`: runs notebooks and stores their new outputs in them, each chart with
 * a picture for readers that draw no charts. Without arguments, all notebooks.
 */
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { launchBrowser } from "./browser.mjs";
import { inParallel, NotebookError, PLOTLY_MIME, readNotebook, runNotebook } from "./notebooks.mjs";
import { inProject, listNotebooks } from "./paths.mjs";
import { afterSetUp, SetupError } from "./setup.mjs";

const PICTURE = { width: 700, scale: 1.4 };

await afterSetUp(async () => {
  const chosen = process.argv.slice(2).map((file) => path.resolve(file));
  const files =
    chosen.length > 0 ? chosen : listNotebooks().map((name) => inProject("notebooks", name));
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage();
    await page.addScriptTag({
      path: inProject("node_modules", "plotly.js-dist-min", "plotly.min.js"),
    });
    await inParallel(files, (file) => render(file, page));
  } catch (error) {
    if (error instanceof NotebookError) throw new SetupError(error.message);
    throw error;
  } finally {
    await browser.close();
  }
});

async function render(file, page) {
  const start = Date.now();
  const pictures = picturesOf(readNotebook(file));
  const notebook = await runNotebook(file);
  for (const cell of notebook.cells) {
    for (const output of cell.outputs ?? []) {
      const figure = output.data?.[PLOTLY_MIME];
      if (!figure) continue;
      const png = pictures.get(JSON.stringify(figure)) ?? (await draw(page, figure));
      output.data = {
        [PLOTLY_MIME]: figure,
        "image/png": png,
        "text/plain": output.data["text/plain"],
      };
    }
  }
  const text = `${JSON.stringify(notebook, null, 1)}\n`;
  if (text !== readFileSync(file, "utf8")) writeFileSync(file, text);
  console.log(`${path.basename(file)}: ${((Date.now() - start) / 1000).toFixed(1)} s`);
}

/** The pictures there are, by figure: a figure that is as it was keeps its picture, byte for byte. */
function picturesOf(notebook) {
  const outputs = notebook.cells.flatMap((cell) => cell.outputs ?? []);
  return new Map(
    outputs
      .filter((output) => output.data?.["image/png"])
      .map(({ data }) => [JSON.stringify(data[PLOTLY_MIME]), data["image/png"]]),
  );
}

async function draw(page, figure) {
  const url = await page.evaluate(
    ([{ data, layout }, { width, scale }]) =>
      // @ts-expect-error Plotly is a global of the page
      Plotly.toImage(
        { data, layout },
        { format: "png", width, height: layout.height ?? 420, scale },
      ),
    [figure, PICTURE],
  );
  return url.replace("data:image/png;base64,", "");
}
