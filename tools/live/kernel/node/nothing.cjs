// In the place of what is imported and not used.
module.exports = {};
