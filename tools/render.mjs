/**
 * `npm run render [-- --fresh] [notebook …]`: runs notebooks and stores their new outputs in them, each chart with
 * a picture for readers that draw no charts. Without names, all notebooks. With --fresh, those too whose outputs
 * are known, because nothing that they come from has changed since they last ran here.
 */
import { readFileSync } from "node:fs";
import path from "node:path";
import { launchBrowser } from "./browser.mjs";
import { runOrRecall } from "./kept-runs.mjs";
import { FIGURE_MIME, inParallel, keepPictures, NotebookError, PLOTLY_MIME } from "./notebooks.mjs";
import { inProject, listNotebooks, namedNotebooks } from "./paths.mjs";
import { SetupError } from "./setup/failures.mjs";
import { writeFileIn } from "./setup/files.mjs";
import { setUpAndHold } from "./setup.mjs";

const PICTURE = { width: 700, scale: 1.2 };

/** @param {string[]} args */
export async function main(args) {
  const named = namedNotebooks(args.filter((arg) => arg !== "--fresh"));
  if (typeof named === "string") throw new SetupError(named);
  const names = named.length > 0 ? named : listNotebooks();
  await setUpAndHold(() =>
    renderNotebooks(
      names.map((name) => inProject("notebooks", name)),
      args.includes("--fresh"),
    ),
  );
}

/**
 * @param {string[]} files
 * @param {boolean} fresh
 */
async function renderNotebooks(files, fresh) {
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage();
    await page.addScriptTag({
      path: inProject("node_modules", "plotly.js-dist-min", "plotly.min.js"),
    });
    // Here, because the set-up, which installs what makes it, comes first.
    const { figuresScript } = await import("./figures/build.mjs");
    await page.addScriptTag({ content: await figuresScript() });
    await inParallel(files, (file) => render(file, page, fresh));
  } catch (error) {
    if (error instanceof NotebookError) throw new SetupError(error.message);
    throw error;
  } finally {
    await browser.close();
  }
}

/**
 * Runs a notebook and stores what it gives.
 * @param {string} file
 * @param {any} [page] a browser's, with plotly in it, for notebooks with charts
 * @param {boolean} [fresh]
 * @throws {NotebookError} if a cell fails, or the file has been saved meanwhile
 */
export async function render(file, page, fresh) {
  const start = Date.now();
  const before = readFileSync(file, "utf8");
  const notebook = await runOrRecall(file, { fresh });
  for (const { data } of keepPictures(notebook, JSON.parse(before))) {
    const figure = data[FIGURE_MIME];
    const picture = await (figure ? still(page, figure) : draw(page, data[PLOTLY_MIME]));
    data["image/png"] = await withPalette(picture);
  }
  // Somebody's work, and perhaps not what ran.
  if (readFileSync(file, "utf8") !== before)
    throw new NotebookError(
      `${path.basename(file)} was saved while it ran, and is left as it was saved. Run the command again.`,
    );
  const text = serialise(notebook);
  if (text !== before) await writeFileIn(file, text);
  console.log(`${path.basename(file)}: ${((Date.now() - start) / 1000).toFixed(1)} s`);
}

/**
 * As Jupyter writes notebooks, but each figure on one line: indented, its numbers take three times the room.
 * @param {object} notebook
 */
function serialise(notebook) {
  /** @type {string[]} */
  const figures = [];
  const text = JSON.stringify(
    notebook,
    (key, value) => (key === PLOTLY_MIME ? `figure ${figures.push(JSON.stringify(value))}` : value),
    1,
  );
  return `${text.replace(/"figure (\d+)"/g, (_, number) => figures[number - 1])}\n`;
}

/**
 * A PNG with 128 colours of its own, which takes a quarter of the room.
 * @param {string} picture in base64
 */
async function withPalette(picture) {
  // Here, because the set-up, which installs it, comes first.
  const { default: UPNG } = await import("upng-js");
  const image = UPNG.decode(Uint8Array.from(Buffer.from(picture, "base64")).buffer);
  const { width, height } = image;
  return Buffer.from(UPNG.encode(UPNG.toRGBA8(image), width, height, 128)).toString("base64");
}

/**
 * A figure to touch as it stands still.
 * @param {import("playwright-core").Page} page
 * @param {object} figure
 */
function still(page, figure) {
  // Others may be drawn in the same page meanwhile.
  const id = `still-${Math.random()}`;
  return page
    .evaluate(
      ([settings, place, width]) => {
        const style = `width: ${width}px; margin: 0; padding: 8px; background: #fff`;
        const box = Object.assign(document.createElement("div"), {
          id: place,
          className: "explorable",
        });
        box.setAttribute("style", style);
        document.body.append(box);
        // @ts-expect-error mountFigure is a global of the page
        mountFigure(box, settings, { isStill: true });
      },
      /** @type {const} */ ([figure, id, PICTURE.width]),
    )
    .then(async () => {
      const box = page.locator(`[id="${id}"]`);
      // Two frames: one to measure, one to paint.
      await page.evaluate(
        () => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 100))),
      );
      const picture = await box.screenshot({ animations: "disabled" });
      await box.evaluate((element) => element.remove());
      return picture.toString("base64");
    });
}

/**
 * @param {import("playwright-core").Page} page
 * @param {any} figure
 */
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
