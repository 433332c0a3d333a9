// In the place of tslab's TypeScript: the same, with the course's repairs.
module.exports = require("../compiler.js").repairs.typescript;
