/**
 * Starts tslab with one of its faults mended. It sends each output without waiting for the one before,
 * and zeromq puts off every 512th send to the next turn of the event loop, refusing others until then.
 * So a loop of 3,000 console.log lost all but the first 502, and a chart or a progress bar that met
 * that moment made its cell fail without a message. With a time-out of 0 zeromq never puts off a send,
 * and without a high-water mark it drops none.
 */
const { createRequire } = require("node:module");

const requireFromTslab = createRequire(require.resolve("tslab/package.json"));
const { Publisher, Router } = requireFromTslab("zeromq");

for (const { prototype } of [Publisher, Router]) {
  const { bind } = prototype;
  Object.defineProperty(prototype, "bind", {
    value(address) {
      this.sendTimeout = 0;
      this.sendHighWaterMark = 0;
      return bind.call(this, address);
    },
  });
}

requireFromTslab("./dist/main.js").main();
