// Plotly, which comes packed: a third of its size, so that it is there soon from servers that compress nothing, too.
import { unpack } from "./unpack.mjs";

/**
 * Once `loadPlotly` has come to an end.
 * @type {import("./types.d.ts").PlotlyModule}
 */
export let Plotly;

/** @throws if it did not arrive, or the browser cannot unpack it or will not run it */
export async function loadPlotly() {
  const { packedPlotly } = /** @type {any} */ (globalThis);
  if (!packedPlotly) throw new Error("plotly did not arrive");
  const text = await unpack(packedPlotly);
  const script = document.createElement("script");
  script.src = URL.createObjectURL(new Blob([text], { type: "text/javascript;charset=utf-8" }));
  document.head.append(script);
  await new Promise((resolve, reject) => {
    script.onload = resolve;
    script.onerror = () => reject(new Error("the browser refuses a script made by the page"));
  });
  ({ Plotly } = /** @type {any} */ (globalThis));
}
