// In the place of Node's module crypto, of which tslab calls this.
/** @param {number} count */
exports.randomBytes = (count) => ({
  toString: () =>
    Array.from(crypto.getRandomValues(new Uint8Array(count)), (byte) =>
      byte.toString(16).padStart(2, "0"),
    ).join(""),
});
