// In the place of Node's module "module", of which tslab calls this.
const { require: requireForCells } = require("../modules.js");

exports.createRequire = () => requireForCells;
