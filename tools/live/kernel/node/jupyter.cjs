// In the place of tslab's module jupyter, its server, of which tslab's `display` uses this.
const { display } = require("../output.js");

exports.lastWriteDisplayData = ({ data, transient }, update) =>
  display(data, { id: transient.display_id, update: Boolean(update) });
