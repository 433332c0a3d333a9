/** The rules of `recommendActivation` as a chart. */
import { activations } from "../activations.js";
import { type Chart, colours, type Style, scatterChart, styleOf } from "../charts/index.js";
import { CHOICES, type LayerQuestion, type RecommendedActivation, RULES } from "./recommend.js";

/** Rows of the chart are this many units apart, columns have these left and right ends. */
const ROW = 1;
const COLUMNS = { layer: [0, 0.85], case: [1.15, 2.45], use: [2.75, 4.1] } as const;
const BOX_HEIGHT = 0.74;

/**
 * The rules as a decision chart to be read from left to right: which layer, which case, what to
 * use. Built from the table that `recommendActivation` answers from; hovering gives the reasons.
 * @example decisionChart().layout.showlegend // false
 */
export function decisionChart(): Chart {
  // As the table has them, but the symptom last among the hidden layers, where it is asked last.
  const rules = [...RULES].sort(
    (a, b) =>
      orderOf(a.when.layer) - orderOf(b.when.layer) ||
      Number(a.when.symptom !== undefined) - Number(b.when.symptom !== undefined),
  );
  const height = (row: number) => (rules.length - 1 - row) * ROW;
  const shapes: object[] = [];
  const texts: object[] = [];
  const box = (column: keyof typeof COLUMNS, y: number, text: string, style?: Style) => {
    const [x0, x1] = COLUMNS[column];
    const line = { color: style?.color ?? colours.boxLine, width: style ? 3 : 1.5 };
    const ends = { x0, x1, y0: y - BOX_HEIGHT / 2, y1: y + BOX_HEIGHT / 2 };
    shapes.push({ type: "rect", ...ends, line, fillcolor: style ? colours.paper : colours.box });
    texts.push({
      x: (x0 + x1) / 2,
      y,
      text,
      showarrow: false,
      font: { size: 12, color: colours.ink },
    });
  };
  // An elbow from one column's right side to the next one's left.
  const connect = (
    from: keyof typeof COLUMNS,
    y0: number,
    to: keyof typeof COLUMNS,
    y1: number,
  ) => {
    const [start, end] = [COLUMNS[from][1], COLUMNS[to][0]];
    const path = `M ${start},${y0} H ${(start + end) / 2} V ${y1} H ${end}`;
    shapes.push({ type: "path", path, line: { color: colours.boxLine, width: 1.5 } });
  };

  for (const layer of CHOICES.layer) {
    const rows = rules.flatMap(({ when }, row) => (when.layer === layer ? [row] : []));
    const middle = (height(rows[0] as number) + height(rows[rows.length - 1] as number)) / 2;
    for (const row of rows) connect("layer", middle, "case", height(row));
    box("layer", middle, layer);
  }
  for (const [row, { label, activation, alternative }] of rules.entries()) {
    const second = alternative
      ? `<br>or ${nameOf(alternative.activation)}`
      : activation === "identity"
        ? "<br>(no activation)"
        : "";
    connect("case", height(row), "use", height(row));
    // On a phone a box has room for one word.
    box("case", height(row), label.replace(", ", ",<br>"));
    box("use", height(row), `<b>${nameOf(activation)}</b>${second}`, styleFor(activation));
  }
  for (const [column, heading] of [
    ["layer", "Layer?"],
    ["case", "Which case?"],
    ["use", "Begin with"],
  ] as const) {
    const [x0, x1] = COLUMNS[column];
    const font = { size: 13, color: colours.ink, weight: 600 };
    texts.push({ x: (x0 + x1) / 2, y: height(-1), text: heading, showarrow: false, font });
  }

  const description = `Default activations. ${rules
    .map(({ when, label, activation, alternative }) => {
      const second = alternative ? ` or ${nameOf(alternative.activation)}` : "";
      return `${when.layer} (${label}): ${nameOf(activation)}${second}`;
    })
    .join("; ")}.`;
  const points = {
    name: "reason",
    x: rules.map(() => (COLUMNS.use[0] + COLUMNS.use[1]) / 2),
    y: rules.map((_, row) => height(row)),
  };
  const title = "The layer decides first, then the network or the task";
  const chart = scatterChart({ title, x: "", y: "", description, series: [points] });
  const hidden = { visible: false, fixedrange: true };
  return {
    ...chart,
    // The points are there for the pointer only: they carry the reasons.
    data: chart.data.map((trace) => ({
      ...trace,
      marker: { opacity: 0, size: 24 },
      hovertext: rules.map(({ reason, source }) => foldLines(`${reason} (${source})`)),
      hoverinfo: "text",
    })),
    layout: {
      ...chart.layout,
      height: 80 + 46 * (rules.length + 1),
      margin: { l: 10, r: 10, t: 58, b: 12 },
      showlegend: false,
      xaxis: { ...hidden, range: [-0.02, 4.12] },
      yaxis: { ...hidden, range: [-0.6, height(-1) + 0.3] },
      shapes,
      annotations: texts,
    },
  };
}

function orderOf(layer: string): number {
  return CHOICES.layer.indexOf(layer as LayerQuestion["layer"]);
}

/** What output layers add to the activations. */
const OUTPUT_NAMES = {
  softmax: "Softmax",
  identity: "Identity",
  softplus: "Softplus",
  exp: "Exponential",
} as const;

function isOutputOnly(key: RecommendedActivation): key is keyof typeof OUTPUT_NAMES {
  return Object.hasOwn(OUTPUT_NAMES, key);
}

/** What people call it. */
export function nameOf(activation: RecommendedActivation): string {
  return isOutputOnly(activation) ? OUTPUT_NAMES[activation] : activations[activation].name;
}

function styleFor(activation: RecommendedActivation): Style {
  return isOutputOnly(activation)
    ? { color: colours.ink, dash: "solid", symbol: "circle" }
    : styleOf(activation);
}

/** Plotly does not break the lines of a hover text by itself. */
function foldLines(text: string): string {
  return text.replace(/(.{30,42}) /g, "$1<br>");
}
