/** The network, learning before one's eyes, and the same run with another activation beside it. */
import { activations } from "activation-lab";
import { axes, drawLines } from "../kit/chart.mjs";
import { button, choice, controlsOf, element, player, slider } from "../kit/controls.mjs";
import { keyOf } from "../kit/key.mjs";
import { lookNow } from "../kit/look.mjs";
import { rulesOf } from "../kit/settings.mjs";
import { surface } from "../kit/surface.mjs";
import { short } from "../kit/words.mjs";
import { CELLS, paintMap, paintUnits, UNIT_CELLS, unitsHeight } from "./maps.mjs";
import { dataNamed, gridOf, MOST_STEPS, mapsOf, pointsToText, Run } from "./run.mjs";

/** @import { ActivationKey, Sample } from "activation-lab" */
/** @import { Figure } from "../figures.mjs" */
/** @import { Moment } from "./run.mjs" */

const rules = rulesOf("network");

/** Where the reader's own points begin: enough to train on before any is drawn. */
const FIRST_POINTS = "Uf1fU1UU1fZ1KK0KU0Kp0pK0pp0Uq0";

/** Steps after which a run that began by itself ends. */
const ENOUGH = 400;

/** @type {Figure} */
export function network({ frame, settings, isSmall, onChange }) {
  const set = settings;
  set.points ||= FIRST_POINTS;
  let data = dataNamed(set.data, set.points);
  /** @type {View[]} */
  let views = [];
  let step = 0;
  let label = /** @type {0 | 1} */ (1);
  /** Where the keyboard's pen is. */
  const pen = { x: 0, y: 0 };

  // Controls

  const setting = controlsOf(rules, set, (name, value) => change({ [name]: value }));
  const first = [
    setting("data", "Data"),
    setting("activation", "Activation"),
    setting("beside", "Beside it"),
  ];
  const more = [
    setting("units", "Hidden units"),
    setting("rate", "Learning rate"),
    setting("seed", "Seed"),
  ];
  const play = player({ label: "Train", onFrame: () => advance(), onToggle: settled });
  const once = button("One step", () => {
    play.pause();
    advance();
    settled();
  });
  const again = button("Start over", () => {
    play.pause();
    goTo(0);
    settled();
  });
  const time = slider({
    label: "Epoch",
    min: 0,
    max: 1,
    value: 0,
    show: (value) => String(value * epochsAStep()),
    onChange(value) {
      play.pause();
      goTo(value);
      settled();
    },
  });
  time.element.classList.add("ex-wide");
  const row = element("div", { class: "ex-row" }, play.element, once, again, time.element);

  const pens = choice({
    label: "A point you add is",
    choices: { orange: "orange", blue: "blue" },
    value: "orange",
    onChange(value) {
      label = value === "orange" ? 1 : 0;
    },
  });
  const undo = button("Take the last back", () => draw(data.samples.slice(0, -1)));
  const clear = button("Take all away", () => draw([]));
  const drawing = element("div", { class: "ex-row" }, pens.element, undo, clear);

  frame.controls.append(...first.map(({ element: one }) => one));
  const others = more.map(({ element: one }) => one);
  if (isSmall)
    // What moves comes first, also on a phone.
    frame.stage.after(
      frame.controls,
      element(
        "details",
        { class: "ex-more" },
        element("summary", {}, "Units, learning rate, seed"),
        element("div", { class: "ex-row" }, ...others),
      ),
    );
  else frame.controls.after(element("div", { class: "ex-controls" }, ...others));
  const pair = element("div", { class: "ex-pair" });
  const charts = element("div", { class: "ex-charts" });
  frame.stage.append(row, drawing, pair, charts);

  const lossChart = surface({
    height: () => 170,
    paint(context, { width, height, look }) {
      const all = views.flatMap(({ run }) => run.moments.map(({ loss }) => loss));
      const scales = axes(context, {
        ...{ width, height, look },
        x: xRange(),
        y: [0, Math.max(0.3, Math.min(1, ...[Math.max(...all)]))],
        title: "Loss",
        xTitle: "Epoch",
      });
      drawLines(
        context,
        scales,
        views.map(({ run }) => ({
          points: run.moments.map(({ loss }, i) => [i * run.epochsAStep, loss]),
          ...lineStyle(run.activation),
        })),
      );
      markStep(context, scales, look.ink);
    },
  });
  const gradientChart = surface({
    height: () => 170,
    paint(context, { width, height, look }) {
      const scales = axes(context, {
        ...{ width, height, look },
        x: xRange(),
        y: [-6, 0],
        log: true,
        title: "Gradient: hidden layer thick, output thin",
        xTitle: "Epoch",
      });
      const points = (
        /** @type {Run} */ run,
        /** @type {"hiddenGradient" | "outputGradient"} */ which,
      ) =>
        run.moments
          .slice(1)
          .map(
            (moment, i) =>
              /** @type {[number, number]} */ ([
                (i + 1) * run.epochsAStep,
                Math.max(-6, Math.log10(moment[which])),
              ]),
          );
      drawLines(
        context,
        scales,
        views.flatMap(({ run }) => [
          { points: points(run, "outputGradient"), ...lineStyle(run.activation), thickness: 1 },
          { points: points(run, "hiddenGradient"), ...lineStyle(run.activation), thickness: 2.5 },
        ]),
      );
      markStep(context, scales, look.ink);
    },
  });
  charts.append(lossChart.element);
  if (!isSmall) charts.append(gradientChart.element);

  // What happens

  /** @param {Partial<typeof set>} changes */
  function change(changes) {
    Object.assign(set, changes, { step: 0 });
    const wasPlaying = play.isPlaying;
    play.pause();
    begin();
    if (wasPlaying) play.play();
    settled();
  }

  /** @param {readonly Sample[]} samples the reader's own */
  function draw(samples) {
    change({ points: pointsToText(samples) });
  }

  function begin() {
    data = dataNamed(set.data, set.points);
    const keys = /** @type {ActivationKey[]} */ (
      [set.activation, set.beside].filter((key) => key !== "none")
    );
    for (const view of views) view.end();
    views = keys.map((activation) => new View(activation));
    pair.replaceChildren(...views.map(({ element: one }) => one));
    pair.dataset.count = String(views.length);
    drawing.hidden = set.data !== "drawn";
    goTo(Math.min(set.step, MOST_STEPS));
  }

  function epochsAStep() {
    return views[0]?.run.epochsAStep ?? 1;
  }

  /** @returns {boolean} whether it can go on */
  function advance() {
    goTo(step + 1);
    return (
      step < MOST_STEPS && !(isSmall && step === ENOUGH) && !views.every(({ run }) => run.isBroken)
    );
  }

  function goTo(/** @type {number} */ next) {
    const canTrain = data.samples.length > 0;
    const latest = () => Math.max(...views.map(({ run }) => run.moments.length - 1));
    if (canTrain) for (const { run } of views) while (run.moments.length <= next && run.advance());
    step = canTrain ? Math.min(next, latest()) : 0;
    time.max = Math.max(latest(), 1);
    time.value = step;
    set.step = step;
    play.element.disabled = !canTrain;
    once.disabled = !canTrain;
    for (const view of views) view.show();
    lossChart.redraw();
    gradientChart.redraw();
    frame.tell(summary());
  }

  function settled() {
    onChange(set.data === "drawn" ? set : { ...set, points: "" });
    for (const view of views) view.say();
    const said = views.map(({ name, moment }) => `${name} ${short(moment.loss)}`).join(", ");
    lossChart.label = `Loss by epoch, at epoch ${step * epochsAStep()}: ${said}.`;
    gradientChart.label = `Mean gradient by epoch, on a logarithmic scale: ${views
      .map(
        ({ name, moment }) =>
          `${name} ${short(moment.hiddenGradient)} in the hidden layer, ${short(moment.outputGradient)} in the output`,
      )
      .join("; ")}.`;
  }

  function summary() {
    if (data.samples.length === 0) return "No point yet: add some to the map.";
    const parts = views.map(({ name, moment, run }) => {
      const dead = moment.dead.filter(Boolean).length;
      const broken = run.isBroken ? ", and its weights have left the range of numbers" : "";
      return `${name}: loss ${short(moment.loss)}, ${Math.round(100 * moment.accuracy)} % right, ${dead} of ${set.units} units dead${broken}.`;
    });
    return [`Epoch ${step * epochsAStep()}.`, ...parts].join(" ");
  }

  /** @returns {[number, number]} */
  function xRange() {
    const last = Math.max(...views.map(({ run }) => run.moments.length - 1), 50);
    return [0, last * epochsAStep()];
  }

  function markStep(
    /** @type {CanvasRenderingContext2D} */ context,
    /** @type {import("../kit/chart.mjs").Scales} */ scales,
    /** @type {string} */ colour,
  ) {
    const x = scales.x(step * epochsAStep());
    context.strokeStyle = colour;
    context.lineWidth = 1;
    context.setLineDash([]);
    context.beginPath();
    context.moveTo(x, scales.top);
    context.lineTo(x, scales.bottom);
    context.stroke();
  }

  /** One run: its map, its units' maps and its name. */
  class View {
    /** @param {ActivationKey} activation */
    constructor(activation) {
      this.name = activations[activation].name;
      const samples =
        data.samples.length > 0 ? data.samples : [{ x: [0, 0], label: /** @type {0} */ (0) }];
      this.run = new Run({
        samples,
        activation,
        units: set.units,
        rate: set.rate,
        seed: set.seed,
      });
      this.map = surface({
        height: (width) => width,
        paint: (context, { width, look }) => this.#paint(context, width, look),
      });
      this.units = surface({
        height: (width) => unitsHeight(width, set.units),
        paint: (context, { width, look }) =>
          paintUnits(context, {
            ...{ width, look },
            units: mapsOf(this.moment.weights, activation, unitGrid()).units,
            dead: this.moment.dead,
          }),
      });
      this.grid = gridOf(CELLS, data.from, data.to);
      this.key = keyOf(activation);
      this.element = element("div", {}, this.key.element, this.map.element, this.units.element);
      this.units.element.style.marginTop = "4px";
      if (set.data === "drawn") this.#takePoints();
    }

    /** @returns {Moment} */
    get moment() {
      const { moments } = this.run;
      return moments[Math.min(step, moments.length - 1)];
    }

    show() {
      this.map.redraw();
      this.units.redraw();
    }

    say() {
      const { accuracy, dead } = this.moment;
      const right = `${Math.round(100 * accuracy)} % of the points are on the right side`;
      const own =
        set.data === "drawn"
          ? " Arrow keys move the pen, Enter adds a point, Backspace takes the last back."
          : "";
      this.map.label = `${this.name}, decision map at epoch ${step * epochsAStep()}: ${right}.${own}`;
      const gone = dead.flatMap((isDead, unit) => (isDead ? [unit + 1] : []));
      this.units.label = `${this.name}, where each of ${set.units} hidden units is active. Dead: ${gone.join(", ") || "none"}.`;
    }

    /** @param {CanvasRenderingContext2D} context @param {number} size @param {import("../kit/look.mjs").Look} look */
    #paint(context, size, look) {
      const { weights, dead } = this.moment;
      const { outputs } = mapsOf(weights, this.run.activation, this.grid);
      paintMap(context, { ...{ size, look, outputs, weights, dead }, ...data });
      if (set.data === "drawn" && document.activeElement === this.map.canvas) {
        const place = (/** @type {number} */ value) =>
          ((value - data.from) / (data.to - data.from)) * size;
        context.strokeStyle = look.ink;
        context.lineWidth = 2;
        context.strokeRect(place(pen.x) - 7, size - place(pen.y) - 7, 14, 14);
      }
    }

    #takePoints() {
      const { canvas } = this.map;
      canvas.tabIndex = 0;
      const add = (/** @type {number} */ x, /** @type {number} */ y) =>
        data.samples.length < 300 && draw([...data.samples, { x: [x, y], label }]);
      canvas.addEventListener("pointerdown", (event) => {
        const { left, top, width } = canvas.getBoundingClientRect();
        const span = data.to - data.from;
        const place = views.indexOf(this);
        pen.x = data.from + ((event.clientX - left) / width) * span;
        pen.y = data.to - ((event.clientY - top) / width) * span;
        add(pen.x, pen.y);
        // The keyboard goes on from here, on the map that stands there now.
        views[place].map.canvas.focus({ preventScroll: true });
        event.preventDefault();
      });
      canvas.addEventListener("keydown", (event) => {
        const [dx, dy] = {
          ArrowLeft: [-1, 0],
          ArrowRight: [1, 0],
          ArrowUp: [0, 1],
          ArrowDown: [0, -1],
        }[event.key] ?? [0, 0];
        if (dx || dy) {
          pen.x = Math.min(Math.max(pen.x + 0.1 * dx, -2.3), 2.3);
          pen.y = Math.min(Math.max(pen.y + 0.1 * dy, -2.3), 2.3);
          this.map.redraw();
        } else if (event.key === "Enter" || event.key === " ") {
          add(pen.x, pen.y);
          views[0].map.canvas.focus();
        } else if (event.key === "Backspace") {
          draw(data.samples.slice(0, -1));
          views[0].map.canvas.focus();
        } else return;
        event.preventDefault();
      });
      canvas.addEventListener("focus", () => this.map.redraw());
      canvas.addEventListener("blur", () => this.map.redraw());
    }

    end() {
      this.map.end();
      this.units.end();
      this.key.end();
    }
  }

  function unitGrid() {
    return gridOf(UNIT_CELLS, data.from, data.to);
  }

  begin();
  settled();
  return {
    start: () => play.play(),
    end() {
      play.end();
      lossChart.end();
      gradientChart.end();
      for (const view of views) view.end();
    },
  };
}

/** @param {ActivationKey} activation */
function lineStyle(activation) {
  const { colour, dash } = lookNow().activations[activation];
  return { colour, dash };
}
