/** A reporter for `node --test`: the ten slowest tests, at the end. */

/** @typedef {{ name: string, file?: string, details: { duration_ms: number, type?: string } }} Ended */

/** @param {AsyncIterable<{ type: string, data: any }>} events */
export default async function* slowest(events) {
  /** @type {Ended[]} */
  const tests = [];
  for await (const { type, data } of events)
    if ((type === "test:pass" || type === "test:fail") && data.details.type !== "suite")
      tests.push(data);
  tests.sort((a, b) => b.details.duration_ms - a.details.duration_ms);
  // Comments in the form that another reporter may use beside it.
  yield "# The slowest tests:\n";
  for (const { name, details } of tests.slice(0, 10))
    yield `#   ${(details.duration_ms / 1000).toFixed(1).padStart(6)} s  ${name}\n`;
}
