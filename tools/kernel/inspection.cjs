/** What Shift+Tab shows: what is known of the name at the cursor, and of the function in whose call it is. */

/**
 * In place of TypeScript's `getQuickInfoAtPosition`, which knows names only.
 * @param {any} ts tslab's TypeScript
 * @param {any} program the one that has the file
 */
function inspect(ts, program, file, checker, token, position) {
  const info = ts.getQuickInfoAtPosition(file, checker, token, position);
  const reason = { kind: "invoked" };
  const call = ts.SignatureHelp.getSignatureHelpItems(program, file, position, reason, token);
  if (!call) return info;
  const parenthesis = call.applicableSpan.start - 1;
  const callee = ts.getQuickInfoAtPosition(file, checker, token, parenthesis);
  return { ...info, call: { ...call, callee } };
}

/**
 * In place of tslab's `printQuickInfo`, which leaves out the names of all tags but `@param`.
 * @param {any} info from `inspect`
 */
function describe({ displayParts, documentation, tags, call }) {
  const name = displayParts && section(displayParts, documentation, tags);
  return [name, call && signature(call)].filter(Boolean).join("\n\n\n");
}

function signature({ items, selectedItemIndex, callee }) {
  const item = items[selectedItemIndex];
  const { prefixDisplayParts, separatorDisplayParts, suffixDisplayParts } = item;
  const parameters = item.parameters.map(({ displayParts }) => text(displayParts));
  const list = parameters.join(text(separatorDisplayParts));
  const heading = `${text(prefixDisplayParts)}${list}${text(suffixDisplayParts)}`;
  const others = items.length > 1 ? ` (and ${items.length - 1} more)` : "";
  // A function that is a property is documented there.
  const { documentation, tags } = item.documentation.length > 0 || !callee ? item : callee;
  return section([{ text: heading + others }], documentation, tags);
}

function section(heading, documentation, tags = []) {
  const lines = tags.map((tag) => `@${tag.name} ${text(tag.text)}`.trimEnd());
  return [text(heading), text(documentation), lines.join("\n")].filter(Boolean).join("\n\n");
}

function text(parts = []) {
  return parts.map((part) => part.text).join("");
}

module.exports = { describe, inspect };
