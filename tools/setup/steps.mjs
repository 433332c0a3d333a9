/** Runs steps of the set-up side by side and says how far each has come. */
import { SetupError } from "./failures.mjs";

/**
 * @typedef {object} Step
 * @property {string} name
 * @property {string} about how long it takes
 * @property {() => boolean} isDone
 * @property {(report: (text: string) => void) => Promise<void>} run
 */

/**
 * In a terminal, one line says how far the steps have come, and changes; elsewhere there is one every ten seconds.
 * @param {Step[]} steps
 * @param {{ isTTY?: boolean, columns?: number, write(text: string): unknown }} [out]
 * @throws SetupError when all have ended, with what each that failed says
 */
export async function runSteps(steps, out = process.stdout) {
  const start = Date.now();
  const seconds = () => ((Date.now() - start) / 1000).toFixed(1);
  const clear = out.isTTY ? "\r\x1b[K" : "";
  const say = (/** @type {string} */ text) => out.write(`${clear}${text}\n`);
  const state = new Map(steps.map(({ name }) => [name, ""]));
  say(`Set-up: ${steps.map(({ name, about }) => `${name} (${about})`).join(" and ")} …`);
  const timer = setInterval(
    () => {
      const line = [...state].map(([name, text]) => `${name} ${text || "…"}`).join(", ");
      const text = `  ${seconds()} s: ${line}`;
      if (out.isTTY) out.write(clear + text.slice(0, (out.columns ?? 80) - 1));
      else say(text);
    },
    out.isTTY ? 200 : 10_000,
  );
  const runs = steps.map(async ({ name, run }) => {
    try {
      await run((text) => state.set(name, text));
      say(`  ${name}: done in ${seconds()} s`);
    } catch (error) {
      say(`  ${name}: failed after ${seconds()} s`);
      throw error;
    } finally {
      state.delete(name);
    }
  });
  const results = await Promise.allSettled(runs);
  clearInterval(timer);
  out.write(clear);
  const errors = results.flatMap((result) => (result.status === "rejected" ? [result.reason] : []));
  const unforeseen = errors.find((error) => !(error instanceof SetupError));
  if (unforeseen) throw unforeseen;
  if (errors.length > 0) throw new SetupError(errors.map(({ message }) => message).join("\n\n"));
}
