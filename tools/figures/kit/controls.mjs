/** The one set of controls that all figures have: the browser's own, for mouse, finger, keyboard and screen reader. */

/** @import { Rule } from "./settings.mjs" */

let count = 0;

/** @param {string} name */
function newId(name) {
  count += 1;
  return `explorable-${name}-${count}`;
}

/**
 * @param {string} tag
 * @param {Record<string, any>} [attributes] functions listen to events; `true` is an attribute without a value
 * @param {...(Node | string)} children
 * @returns {any}
 */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(name, value);
    else if (value === true) made.setAttribute(name, "");
    else if (value !== false && value !== undefined) made.setAttribute(name, value);
  }
  made.append(...children);
  return made;
}

/**
 * @template Value
 * @typedef {object} Control
 * @property {HTMLElement} element
 * @property {Value} value setting it tells nobody
 */

/**
 * @param {object} options
 * @param {string} options.label
 * @param {number} options.min
 * @param {number} options.max
 * @param {number} [options.step]
 * @param {number} options.value
 * @param {(value: number) => string} [options.show] the value in words
 * @param {(value: number) => void} options.onChange
 * @returns {Control<number> & { max: number }}
 */
export function slider({ label, min, max, step = 1, value, show = String, onChange }) {
  const id = newId("slider");
  const input = element("input", { type: "range", id, min, max, step, autocomplete: "off" });
  // Not an <output>, which would say aloud what the slider says itself.
  const output = element("span", { class: "ex-value", "aria-hidden": "true" });
  const say = () => {
    const text = show(Number(input.value));
    output.textContent = text;
    input.setAttribute("aria-valuetext", text);
  };
  input.addEventListener("input", () => {
    say();
    onChange(Number(input.value));
  });
  input.value = value;
  say();
  return {
    element: element(
      "div",
      { class: "ex-control" },
      element("label", { for: id }, label),
      output,
      input,
    ),
    get value() {
      return Number(input.value);
    },
    set value(next) {
      input.value = String(next);
      say();
    },
    get max() {
      return Number(input.max);
    },
    set max(next) {
      input.max = String(next);
    },
  };
}

/**
 * One of several: buttons side by side if they are few, else a list.
 * @param {object} options
 * @param {string} options.label
 * @param {Readonly<Record<string, string>>} options.choices what each is called, by its value
 * @param {string} options.value
 * @param {(value: string) => void} options.onChange
 * @returns {Control<string>}
 */
export function choice({ label, choices, value, onChange }) {
  return Object.keys(choices).length > 4
    ? list({ label, choices, value, onChange })
    : radios({ label, choices, value, onChange });
}

/**
 * @param {Parameters<typeof choice>[0]} options
 * @returns {Control<string>}
 */
function list({ label, choices, value, onChange }) {
  const id = newId("list");
  const select = element("select", { id, autocomplete: "off" });
  for (const [key, text] of Object.entries(choices)) select.append(new Option(text, key));
  select.value = value;
  select.addEventListener("change", () => onChange(select.value));
  return {
    element: element("div", { class: "ex-control" }, element("label", { for: id }, label), select),
    get value() {
      return select.value;
    },
    set value(next) {
      select.value = next;
    },
  };
}

/**
 * @param {Parameters<typeof choice>[0]} options
 * @returns {Control<string>}
 */
function radios({ label, choices, value, onChange }) {
  const name = newId("choice");
  const inputs = Object.keys(choices).map((key) =>
    element("input", {
      type: "radio",
      name,
      value: key,
      autocomplete: "off",
      change: () => onChange(key),
    }),
  );
  const set = (/** @type {string} */ next) => {
    for (const input of inputs) input.checked = input.value === next;
  };
  set(value);
  const labels = inputs.map((input) =>
    element("label", {}, input, element("span", {}, choices[input.value])),
  );
  return {
    element: element(
      "fieldset",
      { class: "ex-control ex-radios" },
      element("legend", {}, label),
      element("div", {}, ...labels),
    ),
    get value() {
      return inputs.find((input) => input.checked)?.value ?? "";
    },
    set value(next) {
      set(next);
    },
  };
}

/**
 * What a setting's rule asks for: a slider or a choice.
 * @param {object} options
 * @param {string} options.label
 * @param {Rule} options.rule
 * @param {any} options.value
 * @param {(value: any) => void} options.onChange
 * @param {(value: number) => string} [options.show]
 * @returns {Control<any>}
 */
export function control({ label, rule, value, onChange, show = String }) {
  const { choices, values, min = 0, max = 0, step } = rule;
  if (choices) return choice({ label, choices, value, onChange });
  if (!values) return slider({ label, min, max, step, value, show, onChange });
  return slider({
    label,
    min: 0,
    max: values.length - 1,
    value: values.indexOf(value),
    show: (place) => show(values[place]),
    onChange: (place) => onChange(values[place]),
  });
}

/**
 * @param {string} text
 * @param {() => void} onClick
 * @returns {HTMLButtonElement}
 */
export function button(text, onClick) {
  return element("button", { type: "button", click: onClick }, text);
}

/**
 * Plays while it is on and in view: `onFrame` is called about 60 times a second until it returns false.
 * @param {object} options
 * @param {string} options.label what it does, while it stands still
 * @param {() => boolean} options.onFrame
 * @param {(isPlaying: boolean) => void} [options.onToggle]
 * @returns {{ element: HTMLButtonElement, isPlaying: boolean, play(): void, pause(): void, end(): void }}
 */
export function player({ label, onFrame, onToggle }) {
  let isPlaying = false;
  let isSeen = false;
  let frame = 0;
  const made = button(label, () => (isPlaying ? pause() : play()));
  made.classList.add("ex-play");
  // What nobody sees does not run.
  const observer = new IntersectionObserver(([entry]) => {
    isSeen = entry.isIntersecting;
    schedule();
  });
  observer.observe(made);

  function schedule() {
    cancelAnimationFrame(frame);
    if (isPlaying && isSeen) frame = requestAnimationFrame(turn);
  }
  function turn() {
    if (onFrame()) schedule();
    else pause();
  }
  function show() {
    made.textContent = isPlaying ? "Pause" : label;
    onToggle?.(isPlaying);
  }
  function play() {
    if (isPlaying) return;
    isPlaying = true;
    show();
    schedule();
  }
  function pause() {
    if (!isPlaying) return;
    isPlaying = false;
    schedule();
    show();
  }
  return {
    element: made,
    get isPlaying() {
      return isPlaying;
    },
    play,
    pause,
    end() {
      cancelAnimationFrame(frame);
      observer.disconnect();
    },
  };
}

/**
 * Makes controls of a figure's settings, by their names.
 * @param {Record<string, Rule>} rules
 * @param {Record<string, any>} settings as they are now
 * @param {(name: string, value: any) => void} change
 * @returns {(name: string, label: string, show?: (value: number) => string) => Control<any>}
 */
export function controlsOf(rules, settings, change) {
  return (name, label, show) =>
    control({
      label,
      rule: rules[name],
      value: settings[name],
      show,
      onChange: (value) => change(name, value),
    });
}
