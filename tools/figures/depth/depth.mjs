/** Depth: a line is folded by one layer after the other, and its pieces are counted. */
import { axes, drawLines } from "../kit/chart.mjs";
import { controlsOf, element, player } from "../kit/controls.mjs";
import { rulesOf } from "../kit/settings.mjs";
import { surface } from "../kit/surface.mjs";
import { drawnLayers, foldingLayer, pathThrough, piecesBehind } from "./fold.mjs";

/** @import { Figure } from "../figures.mjs" */
/** @import { Layer } from "./fold.mjs" */

const rules = rulesOf("depth");
const DEEPEST = /** @type {number} */ (rules.depth.max);
/** Frames that a fold stays when it plays. */
const FRAMES = 50;

/** @type {Figure} */
export function depth({ frame, settings, onChange }) {
  const set = settings;
  /** @type {Layer[]} as many as there can be, of which `set.depth` are used */
  let layers = [];
  /** @type {number[]} */
  let pieces = [];
  let frames = 0;

  const setting = controlsOf(rules, set, (name, value) => {
    play.pause();
    set[name] = value;
    compute();
  });
  const depthSlider = setting("depth", "Layers");
  const play = player({
    label: "Fold again and again",
    onFrame() {
      frames += 1;
      if (frames % FRAMES > 0) return true;
      set.depth = set.depth === DEEPEST ? 0 : set.depth + 1;
      depthSlider.value = set.depth;
      compute();
      return set.depth < DEEPEST;
    },
  });
  const input = setting("input", "Input", (value) => value.toFixed(2));
  input.element.classList.add("ex-wide");
  frame.controls.append(
    depthSlider.element,
    setting("width", "Units a layer").element,
    setting("weights", "Weights").element,
    setting("activation", "Activation").element,
    setting("seed", "Seed").element,
  );
  frame.stage.append(
    element("div", { class: "ex-row" }, play.element, input.element),
    element("div", { class: "ex-charts" }),
  );
  const charts = /** @type {HTMLElement} */ (frame.stage.querySelector(".ex-charts"));

  const isLinear = () => set.activation === "none";
  const used = () => layers.slice(0, set.depth);

  const curve = surface({
    height: (width) => Math.min(300, Math.max(200, 0.6 * width)),
    paint(context, { width, height, look }) {
      const places = Array.from({ length: 4 * width + 1 }, (_, i) => i / (4 * width));
      const paths = places.map((x) => pathThrough(used(), x, isLinear()));
      const outputs = paths.map((path) => path[set.depth]);
      const low = Math.min(0, ...outputs);
      const high = Math.max(1, ...outputs);
      const scales = axes(context, {
        ...{ width, height, look },
        x: [0, 1],
        y: [low, high],
        title: `Output behind ${layersInWords(set.depth)}`,
        xTitle: "Input",
      });
      const lineBehind = (/** @type {number} */ layer) =>
        places.map((x, i) => /** @type {[number, number]} */ ([x, paths[i][layer]]));
      const before = {
        points: lineBehind(Math.max(set.depth - 1, 0)),
        colour: look.axis,
        thickness: 1,
      };
      drawLines(context, scales, [before, { points: lineBehind(set.depth), colour: look.label1 }]);
      const x = set.input;
      const y = pathThrough(used(), x, isLinear())[set.depth];
      context.fillStyle = look.label0;
      context.beginPath();
      context.arc(scales.x(x), scales.y(y), 5, 0, 2 * Math.PI);
      context.fill();
    },
  });
  const count = surface({
    height: (width) => Math.min(300, Math.max(200, 0.6 * width)),
    paint(context, { width, height, look }) {
      const power = (/** @type {number} */ number) => Math.log10(number);
      const scales = axes(context, {
        ...{ width, height, look },
        x: [0, DEEPEST],
        y: [0, Math.ceil(power(set.width ** DEEPEST))],
        log: true,
        title: "Pieces; dashed, the most in one layer",
        xTitle: `Layers of ${set.width} units`,
      });
      const all = pieces.map((_, layer) => layer);
      const one = all.map(
        (layer) => /** @type {[number, number]} */ ([layer, power(layer * set.width + 1)]),
      );
      const deep = all.map(
        (layer) => /** @type {[number, number]} */ ([layer, power(pieces[layer])]),
      );
      drawLines(context, scales, [
        { points: one, colour: look.label0, dash: [6, 4] },
        { points: deep, colour: look.label1 },
      ]);
      context.fillStyle = look.label1;
      context.beginPath();
      context.arc(scales.x(set.depth), scales.y(power(pieces[set.depth])), 5, 0, 2 * Math.PI);
      context.fill();
    },
  });
  charts.append(curve.element, count.element);

  function compute() {
    layers =
      set.weights === "folding"
        ? Array.from({ length: DEEPEST }, () => foldingLayer(set.width))
        : drawnLayers(set.width, DEEPEST, set.seed);
    pieces = piecesBehind(layers, isLinear());
    const path = pathThrough(used(), set.input, isLinear()).map((one) =>
      Number(one.toPrecision(3)),
    );
    const units = set.depth * set.width;
    const has = `${pieces[set.depth]} straight piece${pieces[set.depth] === 1 ? "" : "s"}`;
    frame.tell(
      `${layersInWords(set.depth)}: ${has} from ${units} units; in one layer ${units} units make ${units + 1} at most. ` +
        `The input goes ${path.join(" → ")}.`,
    );
    curve.label = `What comes out for inputs from 0 to 1: ${has}.`;
    count.label = `Pieces by layers, on a logarithmic scale: ${pieces.join(", ")} behind 0 to ${DEEPEST} layers of ${set.width} units.`;
    curve.redraw();
    count.redraw();
    onChange(set);
  }

  compute();
  return {
    end() {
      play.end();
      curve.end();
      count.end();
    },
  };
}

/** @param {number} number */
function layersInWords(number) {
  return number === 0 ? "No layer" : number === 1 ? "1 layer" : `${number} layers`;
}
