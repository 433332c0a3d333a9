/** Signal and gradient through fifty layers, side by side. */
import { activations } from "activation-lab";
import { axes, drawLines } from "../kit/chart.mjs";
import { controlsOf, element } from "../kit/controls.mjs";
import { keyOf } from "../kit/key.mjs";
import { rulesOf } from "../kit/settings.mjs";
import { surface } from "../kit/surface.mjs";
import { short } from "../kit/words.mjs";
import { drawNetwork, LAYERS, passThrough } from "./pass.mjs";

/** @import { ActivationKey } from "activation-lab" */
/** @import { Figure } from "../figures.mjs" */

const rules = rulesOf("signal");
/** Powers of ten that the charts show at least, and at most. */
const USUAL = [-8, 2];
const WIDEST = [-60, 30];

/** @type {Figure} */
export function signal({ frame, settings, onChange }) {
  const set = settings;
  /** @type {{ key: ActivationKey, name: string, signal: number[], gradients: number[] }[]} */
  let passes = [];

  const setting = controlsOf(rules, set, (name, value) => {
    set[name] = value;
    compute();
  });
  frame.controls.append(
    setting("activation", "Activation").element,
    setting("beside", "Beside it").element,
    setting("gain", "Gain", (gain) => gain.toFixed(2)).element,
    setting("width", "Units a layer").element,
    setting("normalisation", "Normalisation").element,
    setting("skip", "Skip connections").element,
    setting("seed", "Seed").element,
  );

  const signalChart = chartOf("Signal: size of each layer's output", (pass) => pass.signal);
  const gradientChart = chartOf("Gradient that arrives at each layer", (pass) => pass.gradients);
  const legend = element("p", { class: "ex-legend" });
  frame.stage.append(
    legend,
    element("div", { class: "ex-charts" }, signalChart.element, gradientChart.element),
  );

  /** @param {string} title @param {(pass: (typeof passes)[number]) => number[]} of */
  function chartOf(title, of) {
    return surface({
      height: (width) => Math.min(300, Math.max(200, 0.65 * width)),
      paint(context, { width, height, look }) {
        const x = /** @type {const} */ ([1, LAYERS]);
        // The same for both charts, so that they can be compared.
        const powers = passes
          .flatMap((pass) => [...pass.signal, ...pass.gradients])
          .map((size) => Math.min(Math.max(Math.log10(size), WIDEST[0]), WIDEST[1]));
        const low = Math.min(USUAL[0], Math.floor(Math.min(...powers)));
        const high = Math.max(USUAL[1], Math.ceil(Math.max(...powers)));
        const scales = axes(context, {
          ...{ width, height, look, x, title },
          y: [low, high],
          log: true,
          xTitle: "Layer",
        });
        drawLines(
          context,
          scales,
          passes.map((pass) => ({
            points: of(pass).map(
              (size, layer) =>
                /** @type {[number, number]} */ ([
                  layer + 1,
                  Math.min(Math.max(Math.log10(size), low), high),
                ]),
            ),
            ...look.activations[pass.key],
            thickness: 2.5,
          })),
        );
      },
    });
  }

  /** @type {ReturnType<typeof keyOf>[]} */
  let names = [];

  function compute() {
    const keys = /** @type {ActivationKey[]} */ (
      [set.activation, set.beside].filter((key) => key !== "none")
    );
    const network = drawNetwork(set.width, set.seed);
    passes = keys.map((key) => ({
      key,
      name: activations[key].name,
      ...passThrough(network, {
        activation: key,
        gain: set.gain,
        isNormalised: set.normalisation === "layer",
        hasSkips: set.skip === "yes",
      }),
    }));
    const said = passes.map(
      ({ name, signal: sizes, gradients }) =>
        `${name}: signal ${short(sizes[0])} in layer 1, ${short(sizes[LAYERS - 1])} in layer ${LAYERS}; gradient ${short(gradients[LAYERS - 1])} in layer ${LAYERS}, ${short(gradients[0])} when it has come back to layer 1.`,
    );
    for (const name of names) name.end();
    names = keys.map(keyOf);
    legend.replaceChildren(...names.map((name) => name.element));
    frame.tell(said.join(" "));
    const last = (/** @type {"signal" | "gradients"} */ which) =>
      passes
        .map(
          (pass) =>
            `${pass.name} from ${short(pass[which][0])} to ${short(pass[which][LAYERS - 1])}`,
        )
        .join(", ");
    signalChart.label = `Signal by layer, on a logarithmic scale, layer 1 to ${LAYERS}: ${last("signal")}.`;
    gradientChart.label = `Gradient by layer, on a logarithmic scale, layer 1 to ${LAYERS}: ${last("gradients")}.`;
    signalChart.redraw();
    gradientChart.redraw();
    onChange(set);
  }

  compute();
  return {
    end() {
      for (const name of names) name.end();
      signalChart.end();
      gradientChart.end();
    },
  };
}
