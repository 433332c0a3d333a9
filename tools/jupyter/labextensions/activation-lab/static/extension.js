/**
 * An extension of JupyterLab, in the form in which its builder leaves one, because so little needs no builder. Charts are
 * drawn by the renderer that the Python package plotly brings; here is what it has no setting for.
 */

/**
 * The page's global object, in which JupyterLab looks for extensions, by package.
 * @type {{ _JUPYTERLAB?: Record<string, any> }}
 */
const labWindow = /** @type {any} */ (window);
labWindow._JUPYTERLAB ??= {};
const labExtensions = labWindow._JUPYTERLAB;

const dark = `
/* White paper and dark ink change places, blue stays blue. Also the picture that stands there before a chart is drawn. */
[data-jp-theme-light="false"] .jp-RenderedPlotly {
  filter: invert(0.93) hue-rotate(180deg);
}
`;

const charts = {
  id: "activation-lab:charts",
  description: "Charts are dark in a dark theme, and have no button that speaks to the network.",
  autoStart: true,
  async activate() {
    document.head.append(Object.assign(document.createElement("style"), { textContent: dark }));
    const plotly = await labExtensions["jupyterlab-plotly"].get("./mimeExtension");
    const { RenderedPlotly } = plotly();
    // When the first chart is about to be drawn. JupyterLab waits for this function, and must not wait for that.
    RenderedPlotly.loadingPlotly.then(() =>
      RenderedPlotly.Plotly.setPlotConfig({
        showSendToCloud: false,
        plotlyServerURL: "",
        displaylogo: false,
      }),
    );
  },
};

const predictions = {
  id: "activation-lab:predictions",
  description: "Questions that ask for a prediction can be answered, and say whether it was right.",
  autoStart: true,
  /** @param {any} app */
  activate(app) {
    const loading = import("./predict.js");
    // At once, so that no notebook is opened before.
    app.docRegistry.addWidgetExtension("Notebook", {
      createNew(/** @type {any} */ panel) {
        loading.then(({ askIn }) => askIn(panel));
      },
    });
  },
};

labExtensions["activation-lab"] = {
  init() {},
  get: async () => () => ({ __esModule: true, default: [charts, predictions] }),
};
