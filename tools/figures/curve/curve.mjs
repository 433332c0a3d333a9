/** A curve of ReLUs: built by hand, bend by bend, then by training. M. Nielsen, Neural Networks and Deep Learning, chapter 4. */
import { activations } from "activation-lab";
import { axes, drawLines, line, scalesOf } from "../kit/chart.mjs";
import { button, controlsOf, element, player } from "../kit/controls.mjs";
import { handle } from "../kit/handle.mjs";
import { rulesOf } from "../kit/settings.mjs";
import { surface } from "../kit/surface.mjs";
import { short } from "../kit/words.mjs";
import {
  bendsOn,
  distance,
  drawnUnits,
  flatBends,
  targets,
  train,
  unitsFrom,
  valueAt,
} from "./fit.mjs";

/** @import { ActivationKey } from "activation-lab" */
/** @import { Figure } from "../figures.mjs" */

const rules = rulesOf("curve");
const PASSES_A_FRAME = 2;
const MOST_PASSES = 3000;
const RANGES = { x: /** @type {const} */ ([0, 1]), y: /** @type {const} */ ([-0.1, 1.1]) };

/** @type {Figure} */
export function curve({ frame, settings, onChange }) {
  const set = settings;
  let bends = flatBends(set.units);
  let sum = unitsFrom(bends);
  let isByHand = true;
  let passes = 0;
  /** @type {ReturnType<typeof handle>[]} */
  let handles = [];

  const activation = () => /** @type {ActivationKey} */ (isByHand ? "relu" : set.activation);
  const target = () => targets[set.curve];

  const setting = controlsOf(rules, set, (name, value) => {
    play.pause();
    set[name] = value;
    if (name === "curve") show();
    else if (name === "units" && isByHand) byHand(flatBends(set.units));
    else atRandom();
  });
  const play = player({
    label: "Train",
    onFrame() {
      for (let pass = 0; pass < PASSES_A_FRAME; pass++) sum = train(sum, activation(), target());
      passes += PASSES_A_FRAME;
      if (isByHand) {
        isByHand = false;
        set.activation = "relu";
      }
      show();
      return passes < MOST_PASSES && Number.isFinite(sum.base);
    },
  });
  const hand = button("By hand", () => byHand(flatBends(set.units)));
  const on = button("Put the bends on the curve", () =>
    byHand(bendsOn(flatBends(set.units), target())),
  );
  const drawn = button("Start at random", atRandom);
  frame.controls.append(
    setting("curve", "Curve to meet").element,
    setting("units", "Units").element,
    setting("activation", "Activation").element,
    setting("seed", "Seed").element,
  );
  const plane = surface({
    height: (width) => Math.min(0.62 * width, 380),
    onResize: () => show(),
    paint(context, { width, height, look }) {
      const scales = axes(context, {
        ...{ width, height, look, ...RANGES },
        title: "Output",
        xTitle: "Input",
      });
      const places = Array.from({ length: 201 }, (_, i) => i / 200);
      const graph = (/** @type {(x: number) => number} */ of) =>
        places.map((x) => /** @type {[number, number]} */ ([x, of(x)]));
      const { fn } = activations[activation()];
      drawLines(context, scales, [
        ...sum.units.map((unit) => ({
          points: graph((x) => sum.base + unit.out * fn(unit.in * x + unit.bias)),
          colour: look.grid,
          thickness: 1,
        })),
        { points: graph(target()), colour: look.label0, dash: [5, 4] },
        {
          points: graph((x) => valueAt(sum, activation(), x)),
          colour: look.activations[activation()].colour,
          thickness: 3,
        },
      ]);
      context.strokeStyle = look.ink;
      context.lineWidth = 2;
      for (const { in: weight, bias } of sum.units) {
        const x = -bias / weight;
        if (x >= 0 && x <= 1)
          line(context, scales.x(x), scales.bottom - 7, scales.x(x), scales.bottom);
      }
    },
  });
  frame.stage.append(
    element("div", { class: "ex-row" }, play.element, hand, on, drawn),
    plane.element,
  );

  /** @param {typeof bends} next */
  function byHand(next) {
    play.pause();
    isByHand = true;
    passes = 0;
    bends = next;
    sum = unitsFrom(bends);
    show();
  }

  function atRandom() {
    play.pause();
    isByHand = false;
    passes = 0;
    sum = drawnUnits(set.units, set.seed);
    show();
  }

  /** @param {number} k @param {number} x @param {number} y */
  function bend(k, x, y) {
    const isEnd = k === 0 || k === bends.length - 1;
    const [left, right] = [bends[k - 1]?.x ?? 0, bends[k + 1]?.x ?? 1];
    bends[k] = {
      x: isEnd ? bends[k].x : Math.min(Math.max(x, left + 0.01), right - 0.01),
      y: Math.min(Math.max(y, -0.1), 1.1),
    };
    sum = unitsFrom(bends);
    passes = 0;
    show();
  }

  function placeHandles() {
    const wanted = isByHand ? bends.length : 0;
    while (handles.length > wanted) handles.pop()?.element.remove();
    while (handles.length < wanted) {
      const k = handles.length;
      const scales = () => scalesOf({ width: plane.width, height: plane.height, ...RANGES });
      handles.push(
        handle({
          on: plane,
          label: `Bend ${k + 1}`,
          min: -0.1,
          max: 1.1,
          onDrag: (x, y) => bend(k, scales().valueX(x), scales().valueY(y)),
          onArrow: (right, up) => bend(k, bends[k].x + 0.01 * right, bends[k].y + 0.01 * up),
        }),
      );
    }
    const scales = scalesOf({ width: plane.width, height: plane.height, ...RANGES });
    for (const [k, { x, y }] of bends.slice(0, wanted).entries())
      handles[k].show(
        scales.x(x),
        scales.y(y),
        Number(y.toFixed(2)),
        `at ${x.toFixed(2)}, height ${y.toFixed(2)}`,
      );
  }

  function show() {
    placeHandles();
    const apart = distance(sum, activation(), target());
    const { name } = activations[activation()];
    const how = isByHand
      ? "built by hand"
      : passes > 0
        ? `after ${passes} passes of training`
        : "drawn at random";
    const units = `${set.units} unit${set.units === 1 ? "" : "s"}`;
    frame.tell(`${units} with ${name}, ${how}: ${short(apart)} away from the curve, in the mean.`);
    plane.label = `The sum of ${units}, and dashed the curve that it is to meet: ${short(apart)} apart in the mean.`;
    plane.redraw();
    onChange(set);
  }

  show();
  return {
    end() {
      play.end();
      plane.end();
      handles = [];
    },
  };
}
