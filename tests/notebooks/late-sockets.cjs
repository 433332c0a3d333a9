/**
 * Preloaded into a kernel, makes it start as on a busy machine: its sockets are bound, so that messages come,
 * but it hears of it two seconds late, and until then zeromq refuses to send and receive.
 */
const { createRequire } = require("node:module");

if (process.argv[1]?.endsWith("kernel.cjs")) {
  const requireFromTslab = createRequire(require.resolve("tslab/package.json"));
  const { Publisher, Reply, Router } = requireFromTslab("zeromq");
  /** @type {WeakSet<object>} sockets that are bound and have not heard of it */
  const late = new WeakSet();
  for (const { prototype } of [Publisher, Reply, Router]) {
    const { bind, send, receive } = prototype;
    const refusing = (/** @type {Function} */ method) =>
      /** @this {object} @param {unknown[]} args */
      async function (...args) {
        if (late.has(this)) throw Object.assign(new Error("Socket is blocked"), { code: "EBUSY" });
        return method.apply(this, args);
      };
    const methods = {
      async bind(/** @type {string} */ address) {
        late.add(this);
        await bind.call(this, address);
        await new Promise((resolve) => setTimeout(resolve, 2000));
        late.delete(this);
      },
      send: refusing(send),
      ...(receive && { receive: refusing(receive) }),
    };
    // zeromq's own are not writable: an assignment would do nothing.
    for (const [name, value] of Object.entries(methods)) {
      Object.defineProperty(prototype, name, { value, configurable: true });
    }
  }
}
