/**
 * An extension of JupyterLab, in the form in which its builder leaves one, because so little needs no builder. Charts are
 * drawn by the renderer that the Python package plotly brings; here is what it has no setting for. Figures to touch
 * are drawn by the course's own script, beside this one.
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

const questions = {
  id: "activation-lab:questions",
  description: "Predictions and the questions of exercises can be answered by a click.",
  autoStart: true,
  /** @param {any} app */
  activate(app) {
    const loading = Promise.all([import("./predict.js"), import("./answers.js")]);
    // At once, so that no notebook is opened before.
    app.docRegistry.addWidgetExtension("Notebook", {
      createNew(/** @type {any} */ panel) {
        loading.then(([{ askIn }, { answerIn }]) => {
          askIn(panel);
          answerIn(panel, (cells) => run(panel, cells));
        });
      },
    });
  },
};

/** @param {any} panel @param {unknown[]} cells */
async function run({ content, context: { sessionContext } }, cells) {
  const { NotebookActions } = await sharedModule("@jupyterlab/notebook");
  NotebookActions.runCells(content, cells, sessionContext);
}

const FIGURE_MIME = "application/vnd.activation-lab.figure+json";
/** Beside this script; its name in the address stays when it is built anew. */
const figuresScript = new URL("figures.js", /** @type {any} */ (document.currentScript).src).href;

/** @type {Promise<unknown> | undefined} */
let loading;

/** What draws figures, when the first is shown. */
function loadFigures() {
  loading ??= new Promise((resolve, reject) => {
    const script = Object.assign(document.createElement("script"), { src: figuresScript });
    script.onload = resolve;
    script.onerror = () => reject(new Error("figures.js did not arrive: run npm start again"));
    document.head.append(script);
  });
  return loading;
}

/** @param {any} Widget Lumino's, which JupyterLab shares */
function figuresWith(Widget) {
  class FigureWidget extends Widget {
    constructor() {
      super();
      this.addClass("explorable");
      // Keys are the figure's, not those of JupyterLab's commands, which look at what has the focus.
      this.node.addEventListener("focusin", (/** @type {any} */ { target }) => {
        target.dataset.lmSuppressShortcuts = "true";
      });
    }

    /** @param {{ data: Record<string, any> }} model */
    async renderModel({ data }) {
      try {
        await loadFigures();
        this.end?.();
        const { mountFigure } = /** @type {any} */ (window);
        // A notebook has no address that could say what is set; a cell has code.
        this.end = mountFigure(this.node, data[FIGURE_MIME], { hasCode: true });
      } catch (error) {
        this.node.textContent = `This figure could not be drawn: ${error}`;
      }
    }

    dispose() {
      this.end?.();
      super.dispose();
    }
  }
  return {
    id: "activation-lab:figures",
    description: "Figures of the course to touch.",
    rendererFactory: {
      // Of what a notebook says, only names and numbers that the figure knows get into it.
      safe: true,
      mimeTypes: [FIGURE_MIME],
      createRenderer: () => new FigureWidget(),
    },
    rank: 0,
    dataType: "json",
  };
}

/** What JupyterLab shares with extensions. @type {any} */
let shared;

/** @param {string} name of a package */
async function sharedModule(name) {
  const [module] = /** @type {any[]} */ (Object.values(shared[name]));
  return (await module.get())();
}

labExtensions["activation-lab"] = {
  init(/** @type {any} */ scope) {
    shared = scope;
  },
  async get(/** @type {string} */ name) {
    if (name === "./extension") return () => ({ __esModule: true, default: [charts, questions] });
    const { Widget } = await sharedModule("@lumino/widgets");
    return () => ({ __esModule: true, default: figuresWith(Widget) });
  },
};
