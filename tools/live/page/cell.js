/** A code cell of the page: its code, its outputs, its buttons and its editor. */
import { element } from "./dom.js";
import { Stopped } from "./kernel.js";
import { announceChart, Outputs } from "./outputs.js";
import { runPart } from "./parts.js";
import { forgetEdit, keepEdit, readEdit } from "./storage.js";

/** Milliseconds without a key after which an edited cell's types are checked. */
const CHECK_AFTER = 400;

export class Cell {
  /** The kernel's run in which this cell ran, to its end or not, with the code that it has; undefined if in none. */
  triedIn;
  #page;
  #stored;
  #editor;
  #problems;
  #said;
  #checkTimer;

  /**
   * @param {HTMLElement} box with the code in it
   * @param {HTMLElement} bar with the buttons Run and Edit
   * @param {any} page what the cells share: see live.js
   */
  constructor(box, bar, page) {
    this.box = box;
    this.number = Number(box.dataset.cell);
    // An edit stays with its cell when the page is made anew with more cells before it.
    this.id = box.dataset.id;
    this.#page = page;
    this.original = box.textContent.replace(/^\n+|\s+$/g, "");
    this.code = readEdit(this.id) ?? this.original;
    const [run, edit] = bar.querySelectorAll("button");
    run.onclick = () => page.run(this);
    edit.onclick = () => this.edit();
    this.runButton = run;
    this.#said = bar.querySelector("span");
    // A cell that shows nothing has no such element.
    this.outputs = document.querySelector(`.outputs[data-cell="${this.number}"]`);
    if (!this.outputs) {
      this.outputs = element("div", {
        class: "outputs",
        "data-cell": this.number,
        "data-state": "stored",
      });
      bar.after(this.outputs);
    }
    this.#stored = { code: [...box.childNodes], outputs: [...this.outputs.childNodes] };
    box.tabIndex = 0;
    box.addEventListener("dblclick", () => this.edit());
    box.addEventListener("keydown", (event) => this.#onKey(event));
    // The question above has been answered: the page's own script asks, and hears of the code that it is to show.
    box.addEventListener("answer", (/** @type {any} */ { detail }) => {
      this.replaceCode(detail);
      page.run(this);
    });
    if (!this.isEdited) return;
    this.#showCode();
    this.#tell();
  }

  #tell() {
    this.box.dispatchEvent(new CustomEvent("code", { detail: this.code }));
  }

  get isEdited() {
    return this.code !== this.original;
  }

  /** Where the keyboard goes on. */
  focus() {
    if (this.#editor) this.#editor.focus();
    else this.box.focus();
  }

  /** What answers a question is behind "Show the result". */
  showResult() {
    this.outputs.closest("details.result")?.setAttribute("open", "");
  }

  #onKey(event) {
    if (event.target !== this.box || event.key !== "Enter") return;
    event.preventDefault();
    if (event.shiftKey) this.#page.run(this, { goOn: true });
    else if (event.ctrlKey || event.metaKey) this.#page.run(this);
    else this.edit();
  }

  /** The code as it is now, in the place of the page's, without its colours. */
  #showCode() {
    if (this.#editor) this.#editor.setText(this.code);
    else this.box.replaceChildren(element("pre", {}, this.code));
  }

  /** Opens the editor. */
  async edit() {
    if (!this.#editor) {
      this.say("Opening the editor …");
      try {
        await runPart("editor");
      } catch (error) {
        this.say(`The editor cannot be opened: ${/** @type {Error} */ (error).message}`);
        return;
      }
      this.say("");
      if (!this.#editor) this.#openEditor();
    }
    this.#editor.focus();
  }

  #openEditor() {
    const id = `problems-${this.number}`;
    this.#problems = element("ul", { id, class: "problems", "aria-live": "polite" });
    this.#problems.hidden = true;
    this.box.replaceChildren();
    this.box.removeAttribute("tabindex");
    this.box.after(this.#problems);
    const { kernel } = this.#page;
    // The kernel answers nothing while a cell runs.
    const idle = (ask) => (this.#page.isBusy ? undefined : ask());
    this.#editor = globalThis.openCourseEditor({
      parent: this.box,
      text: this.code,
      label: `Code of cell ${this.number}`,
      describedBy: id,
      onChange: (text) => this.change(text),
      run: (options) => this.#page.run(this, options),
      leave: () => this.runButton.focus(),
      complete: (code, position) => idle(() => kernel.complete(code, position)),
      inspect: (code, position) => idle(() => kernel.isStarted && kernel.inspect(code, position)),
    });
    kernel.start().catch(() => {});
  }

  /** Other code, from the editor or from a file. */
  change(code) {
    this.code = code;
    this.triedIn = undefined;
    this.#tell();
    this.#mark("stored");
    if (this.isEdited) keepEdit(this.id, code);
    else forgetEdit(this.id);
    this.#page.onEdit();
    clearTimeout(this.#checkTimer);
    this.#checkTimer = setTimeout(() => this.#check(), CHECK_AFTER);
  }

  /** Other code, shown. */
  replaceCode(code) {
    if (code === this.code) return;
    this.change(code);
    this.#showCode();
  }

  /** The page's own code and outputs. */
  restore() {
    clearTimeout(this.#checkTimer);
    this.code = this.original;
    this.triedIn = undefined;
    this.#tell();
    forgetEdit(this.id);
    if (this.#editor) this.#editor.setText(this.code);
    else this.box.replaceChildren(...this.#stored.code);
    clearTimeout(this.#checkTimer);
    this.outputs.replaceChildren(...this.#stored.outputs);
    for (const shown of this.#stored.outputs) announceChart(shown);
    this.#showProblems([]);
    this.#mark("stored");
    this.say("");
  }

  /** Types, once all that the cell may use is there. */
  async #check() {
    if (this.#page.isBusy || !this.#page.hasRunBefore(this)) return;
    const { code } = this;
    const problems = await this.#page.kernel.check(code).catch(() => []);
    if (code === this.code) this.#showProblems(problems);
  }

  #showProblems(problems) {
    if (!this.#editor) return;
    this.#editor.mark(problems);
    const items = problems.map(({ line, message }) =>
      element("li", {}, `Line ${line}: ${message}`),
    );
    this.#problems.replaceChildren(...items);
    this.#problems.hidden = problems.length === 0;
  }

  say(text) {
    this.#said.textContent = text;
  }

  #mark(state) {
    this.box.dataset.state = state;
    this.outputs.dataset.state = state;
  }

  /**
   * Runs it, alone.
   * @returns {Promise<boolean>} whether it came to its end
   */
  async run() {
    const { kernel } = this.#page;
    const { code } = this;
    const { session } = this.#page;
    const outputs = new Outputs(this.outputs);
    clearTimeout(this.#checkTimer);
    this.#mark("running");
    this.say(kernel.isStarted ? "Running …" : "Starting the kernel …");
    this.outputs.setAttribute("aria-busy", "true");
    const begun = performance.now();
    let isDone = false;
    try {
      await kernel.start();
      this.say("Running …");
      isDone = await kernel.run(code, (output) => outputs.receive(output));
    } catch (error) {
      outputs.print("stderr", explain(error));
    }
    outputs.end();
    this.outputs.removeAttribute("aria-busy");
    if (code === this.code) this.triedIn = session;
    this.#mark(isDone ? "ran" : "failed");
    const seconds = ((performance.now() - begun) / 1000).toFixed(1);
    this.say(isDone ? `Ran in ${seconds} s` : "Failed");
    if (isDone) this.#showProblems([]);
    else if (this.#editor && kernel.isStarted) {
      const problems = await kernel.check(code).catch(() => []);
      this.#showProblems(problems);
    }
    return isDone;
  }
}

function explain(error) {
  if (error instanceof Stopped)
    return "Stopped. All variables are gone: the next run begins with the first cell.\n";
  return `The kernel could not run this cell: ${error.message}\n`;
}
