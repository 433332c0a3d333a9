/**
 * Mends how tslab uses zeromq.
 *
 * It sends each output without waiting for the one before, and zeromq puts off every 512th send to the next
 * turn of the event loop, refusing others until then. So a loop of 3,000 console.log lost all but the first
 * 502, and a chart or a progress bar that met that moment made its cell fail without a message. With a
 * time-out of 0 zeromq never puts off a send, and without a high-water mark it drops none.
 *
 * It receives before its sockets are bound. A message that comes in between, on a busy machine, meets sockets
 * that are still blocked, which ends its loop of receiving: the kernel never answers. So the first message is
 * received when all are bound.
 */
/**
 * @typedef {object} Socket
 * @property {(address: string) => Promise<void>} bind
 * @property {() => Promise<Buffer[]>} [receive] a publisher has none
 *
 * @param {Record<"Publisher" | "Reply" | "Router", { prototype: Socket }>} zeromq
 */
module.exports = function mendSockets({ Publisher, Reply, Router }) {
  /** @type {Promise<void>[]} */
  const bindings = [];
  let allBound = false;
  /** @type {Promise<void> | undefined} */
  let waiting;

  /** The first call comes in the same turn of the event loop as the calls of bind. */
  function untilBound() {
    waiting ??= new Promise(setImmediate)
      .then(() => Promise.all(bindings))
      .then(() => {
        allBound = true;
      });
    return waiting;
  }

  for (const { prototype } of [Publisher, Router, Reply]) {
    const { bind, receive } = prototype;
    Object.defineProperty(prototype, "bind", {
      value(/** @type {string} */ address) {
        this.sendTimeout = 0;
        this.sendHighWaterMark = 0;
        const binding = bind.call(this, address);
        bindings.push(binding);
        return binding;
      },
    });
    if (!receive) continue;
    Object.defineProperty(prototype, "receive", {
      value() {
        return allBound ? receive.call(this) : untilBound().then(() => receive.call(this));
      },
    });
  }
};
