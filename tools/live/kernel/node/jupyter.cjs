// In the place of tslab's module jupyter, its server, of which tslab's `display` uses this.
const { display } = require("../output.js");

/**
 * @param {{ data: object, transient: { display_id?: string } }} content
 * @param {boolean} [update]
 */
exports.lastWriteDisplayData = ({ data, transient }, update) =>
  display(data, { id: transient.display_id, update: Boolean(update) });
