/** One unit: its line is dragged through a cloud of points, until it fires on none. */
import { activations } from "activation-lab";
import { axes, drawLines, line } from "../kit/chart.mjs";
import { button, control, element, player } from "../kit/controls.mjs";
import { handle } from "../kit/handle.mjs";
import { between } from "../kit/look.mjs";
import { rulesOf } from "../kit/settings.mjs";
import { surface } from "../kit/surface.mjs";
import { short } from "../kit/words.mjs";
import { cloud, look as lookAt, placeOf, step, unitAt } from "./learning.mjs";

/** @import { ActivationKey } from "activation-lab" */
/** @import { Figure } from "../figures.mjs" */

const rules = rulesOf("one-unit");
/** The square that is shown, from −SIDE to SIDE. */
const SIDE = 2.6;
const RATE = 0.1;
/** How far from the line its other handle is. */
const REACH = 0.9;

/** @type {Figure} */
export function oneUnit({ frame, settings, onChange }) {
  const set = settings;
  const samples = cloud();
  let unit = unitAt(set.angle, set.distance);
  let steps = 0;
  const activation = () => /** @type {ActivationKey} */ (set.activation);

  const choice = control({
    label: "Activation",
    rule: rules.activation,
    value: set.activation,
    onChange(value) {
      set.activation = value;
      show();
    },
  });
  const play = player({ label: "Train it", onFrame: () => train(), onToggle: () => show() });
  const once = button("One step", () => {
    play.pause();
    train();
  });
  const dead = button("Push it out of the cloud", () => put({ angle: 45, distance: 3.2 }));
  const again = button("Start over", () =>
    put({ angle: Number(rules.angle.start), distance: Number(rules.distance.start) }),
  );
  frame.controls.append(choice.element, play.element, once, dead, again);
  const charts = element("div", { class: "ex-charts" });
  frame.stage.append(charts);

  const plane = surface({
    height: (width) => Math.min(width, 440),
    onResize: () => show(),
    paint(context, { width, height, look }) {
      const { points } = seen();
      const { fn } = activations[activation()];
      const cell = 6;
      const largest = Math.max(...points.map(({ output }) => Math.abs(output)), 1);
      for (let x = 0; x < width; x += cell)
        for (let y = 0; y < height; y += cell) {
          const [px, py] = valueAt(x + cell / 2, y + cell / 2);
          const share = 0.5 + (0.5 * fn(unit.wx * px + unit.wy * py + unit.b)) / largest;
          const [red, green, blue] = between(
            [look.probability0, look.paper, look.probability1],
            share,
          );
          context.fillStyle = `rgb(${red} ${green} ${blue})`;
          context.fillRect(x, y, cell, cell);
        }
      const { angle, distance } = placeOf(unit);
      const radians = (angle * Math.PI) / 180;
      const along = [-Math.sin(radians), Math.cos(radians)];
      const middle = [distance * Math.cos(radians), distance * Math.sin(radians)];
      const far = (/** @type {number} */ way) =>
        pixelOf(middle[0] + way * along[0], middle[1] + way * along[1]);
      context.strokeStyle = look.ink;
      context.lineWidth = 2;
      line(context, ...far(-9), ...far(9));
      line(context, ...pixelOf(middle[0], middle[1]), ...handleAt(REACH));
      samples.forEach(({ x, label }, i) => {
        const [px, py] = pixelOf(x[0], x[1]);
        const colour = label === 1 ? look.label1 : look.label0;
        context.beginPath();
        if (label === 1) context.arc(px, py, 5, 0, 2 * Math.PI);
        else context.rect(px - 4.5, py - 4.5, 9, 9);
        context.fillStyle = points[i].z > 0 ? colour : look.paper;
        context.strokeStyle = colour;
        context.fill();
        context.stroke();
      });
    },
  });
  const curve = surface({
    height: (width) => Math.min(0.8 * width, 300),
    paint(context, { width, height, look }) {
      const { fn, derivative } = activations[activation()];
      const { points } = seen();
      const x = /** @type {const} */ ([-5, 5]);
      const scales = axes(context, {
        ...{ width, height, look, x },
        y: [-1, 4],
        title: "Output, and dotted its slope",
        xTitle: "Weighted sum z",
      });
      const places = Array.from({ length: 201 }, (_, i) => x[0] + i / 20);
      const graph = (/** @type {(z: number) => number} */ of) =>
        places.map((z) => /** @type {[number, number]} */ ([z, of(z)]));
      const { colour } = look.activations[activation()];
      drawLines(context, scales, [
        { points: graph(derivative), colour: look.ink, dash: [2, 3], thickness: 1.5 },
        { points: graph(fn), colour },
      ]);
      for (const { z, output, label } of points) {
        const px = scales.x(Math.min(Math.max(z, x[0]), x[1]));
        const py = scales.y(Math.min(Math.max(output, -1), 4));
        context.beginPath();
        if (label === 1) context.arc(px, py, 3.5, 0, 2 * Math.PI);
        else context.rect(px - 3, py - 3, 6, 6);
        context.fillStyle = label === 1 ? look.label1 : look.label0;
        context.fill();
      }
    },
  });
  charts.append(plane.element, curve.element);

  const scale = () => plane.height / (2 * SIDE);
  const pixelOf = (/** @type {number} */ x, /** @type {number} */ y) =>
    /** @type {[number, number]} */ ([
      plane.width / 2 + x * scale(),
      plane.height / 2 - y * scale(),
    ]);
  const valueAt = (/** @type {number} */ x, /** @type {number} */ y) => [
    (x - plane.width / 2) / scale(),
    (plane.height / 2 - y) / scale(),
  ];
  const handleAt = (/** @type {number} */ beyond) => {
    const { angle, distance } = placeOf(unit);
    const radians = (angle * Math.PI) / 180;
    const along = Math.min(Math.max(distance, -2), 2) + beyond;
    return pixelOf(along * Math.cos(radians), along * Math.sin(radians));
  };

  const shift = handle({
    on: plane,
    label: "Move the line",
    min: -3.5,
    max: 3.5,
    onDrag(x, y) {
      const [px, py] = valueAt(x, y);
      const radians = (placeOf(unit).angle * Math.PI) / 180;
      put({ distance: px * Math.cos(radians) + py * Math.sin(radians) });
    },
    onArrow: (right, up) => put({ distance: placeOf(unit).distance + 0.05 * (right + up) }),
  });
  const turn = handle({
    on: plane,
    label: "Turn the line",
    kind: "turn",
    min: 0,
    max: 360,
    onDrag(x, y) {
      const { distance, angle } = placeOf(unit);
      const radians = (angle * Math.PI) / 180;
      const [px, py] = valueAt(x, y);
      const from = [Math.cos(radians) * distance, Math.sin(radians) * distance];
      put({ angle: (Math.atan2(py - from[1], px - from[0]) * 180) / Math.PI });
    },
    onArrow: (right, up) => put({ angle: placeOf(unit).angle + 2 * (up - right) }),
  });

  function seen() {
    return lookAt(unit, activation(), samples);
  }

  /** @param {{ angle?: number, distance?: number }} place */
  function put({ angle = placeOf(unit).angle, distance = placeOf(unit).distance }) {
    play.pause();
    const near = Math.min(Math.max(distance, -3.5), 3.5);
    unit = unitAt((angle + 360) % 360, near);
    steps = 0;
    show();
  }

  /** @returns {boolean} whether it is worth going on */
  function train() {
    const { gradient, gradientLength } = seen();
    unit = step(unit, gradient, RATE);
    steps += 1;
    show();
    return gradientLength > 1e-4 && steps < 3000;
  }

  function show() {
    const { fires, slope, loss, isDead, gradientLength } = seen();
    const { angle, distance } = placeOf(unit);
    const { name } = activations[activation()];
    set.angle = Math.round(angle) % 360;
    set.distance = Number(distance.toFixed(2));
    const trained = steps > 0 ? `After ${steps} step${steps === 1 ? "" : "s"}, it` : "It";
    const verdict = isDead
      ? "It is dead: no point gives it a slope, so training moves nothing."
      : gradientLength < 1e-4
        ? "Its gradient is all but 0: training hardly moves it."
        : "";
    frame.tell(
      `${name}. ${trained} fires on ${fires} of ${samples.length} points. Loss ${short(loss)}, mean slope ${short(slope)}, gradient ${short(gradientLength)}. ${verdict}`,
    );
    shift.show(...handleAt(0), set.distance, `${set.distance} from the middle`);
    turn.show(...handleAt(REACH), set.angle, `fires towards ${set.angle} degrees`);
    plane.label = `A cloud of ${samples.length} points and the unit's line; filled are the ${fires} on which it fires.`;
    curve.label = `${name} and its slope, with each point where its weighted sum is.`;
    plane.redraw();
    curve.redraw();
    onChange(set);
  }

  show();
  return {
    end() {
      play.end();
      plane.end();
      curve.end();
    },
  };
}
