/** The page's side of its kernel, which is a web worker. */
import { loadPart } from "./parts.js";

/** What is thrown at whoever waits for a kernel that was stopped. */
export class Stopped extends Error {}

/** Parts that are loaded only for cells that import them: what a cell that does has in its text. */
const ADDITIONS = { digits: "activation-lab/digits", tensorflow: "@tensorflow/" };

export class Kernel {
  #worker;
  /** Resolves when the kernel can be asked. */
  #started;
  #waiting = new Map();
  #count = 0;
  #added = new Set();
  /** Of the cell that ran last: what comes later, from a timer for example, is shown below it, too. */
  #onOutput = (_output) => {};
  #hooks;

  /** @param {{ readProgress(): string | undefined, onProgress(line: string): void }} hooks */
  constructor(hooks) {
    this.#hooks = hooks;
  }

  get isStarted() {
    return this.#worker !== undefined;
  }

  /** Starts it, if it is not there. */
  start() {
    this.#started ??= this.#start().catch((error) => {
      this.stop();
      throw error;
    });
    return this.#started;
  }

  async #start() {
    const begun = this.#count;
    const { math, library, kernel, start } = JSON.parse(await loadPart("kernel"));
    if (begun !== this.#count) throw new Stopped();
    const address = URL.createObjectURL(
      new Blob([[math, library, kernel].join("\n")], { type: "text/javascript" }),
    );
    this.#worker = new Worker(address);
    const failed = new Promise((_, reject) => {
      this.#worker.onerror = (event) => {
        event.preventDefault();
        reject(new Error(event.message || "This browser refuses to start the kernel"));
      };
    });
    this.#worker.onmessage = ({ data }) => this.#receive(data);
    const coreScript = [math, library, "serveCore();"].join("\n");
    const progress = this.#hooks.readProgress();
    await Promise.race([failed, this.#request({ type: "start", ...start, coreScript, progress })]);
  }

  #receive(message) {
    if (message.type === "progress") return this.#hooks.onProgress(message.line);
    if (message.type !== "answer") return this.#onOutput(message);
    const { resolve, reject } = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if (message.error) reject(new Error(message.error));
    else resolve(message);
  }

  #request(message) {
    const id = ++this.#count;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#worker.postMessage({ ...message, id });
    });
  }

  async #ask(message) {
    await this.start();
    return this.#request(message);
  }

  /**
   * Runs a cell.
   * @param {(output: any) => void} onOutput gets what it prints and shows
   * @returns {Promise<boolean>} whether it came to its end
   */
  async run(code, onOutput) {
    await this.start();
    for (const [name, mark] of Object.entries(ADDITIONS)) {
      if (this.#added.has(name) || !code.includes(mark)) continue;
      await this.#ask({ type: "add", ...JSON.parse(await loadPart(name)) });
      this.#added.add(name);
    }
    this.#onOutput = onOutput;
    const progress = this.#hooks.readProgress();
    return (await this.#ask({ type: "execute", code, progress })).isDone;
  }

  /** @returns {Promise<{ start: number, end: number, candidates: string[] }>} */
  complete(code, position) {
    return this.#ask({ type: "complete", code, position });
  }

  /** @returns {Promise<string | undefined>} what is known of the name at this place */
  async inspect(code, position) {
    return (await this.#ask({ type: "inspect", code, position })).text;
  }

  /** @returns {Promise<{ from: number, to: number, line: number, message: string }[]>} type errors */
  async check(code) {
    return (await this.#ask({ type: "check", code })).problems;
  }

  /** Ends it, whatever it is doing. All variables are gone. */
  stop() {
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#started = undefined;
    this.#added.clear();
    this.#count += 1;
    for (const { reject } of this.#waiting.values()) reject(new Stopped());
    this.#waiting.clear();
  }
}
