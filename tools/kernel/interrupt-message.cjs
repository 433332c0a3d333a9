/**
 * Hears Jupyter's message to interrupt. tslab hears its signal only, which there is none of on Windows.
 *
 * @typedef {{ header: { msg_type: string } }} Message
 * @typedef {object} Server
 * @property {(status: string, message: Message) => void} publishStatus
 * @property {{ executor: import("tslab/dist/executor.js").Executor }} handler
 *
 * @param {{ prototype: Server }} ZmqServer that of tslab
 */
module.exports = function hearInterruptMessage(ZmqServer) {
  const { publishStatus } = ZmqServer.prototype;
  /** The first thing that tslab does with a message whose signature is right. */
  ZmqServer.prototype.publishStatus = function (status, message) {
    if (message.header.msg_type === "interrupt_request") {
      this.handler.executor.interrupt();
      // A kind of message that tslab knows, and only replies to.
      message.header.msg_type = "comm_info_request";
    }
    publishStatus.call(this, status, message);
  };
};
