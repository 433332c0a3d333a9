/** What Shift+Tab shows: what is known of the name at the cursor, and of the function in whose call it is. */

/** @import * as typescript from "@tslab/typescript-for-tslab" */

/**
 * The call that the cursor is in, and what is known of the function's name.
 * @typedef {typescript.SignatureHelpItems & { callee?: typescript.QuickInfo }} Call
 */

/**
 * In place of TypeScript's `getQuickInfoAtPosition`, which knows names only.
 * @param {import("./types.d.ts").TypeScript} ts
 * @param {typescript.Program} program the one that has the file
 * @param {typescript.SourceFile} file
 * @param {typescript.TypeChecker} checker
 * @param {typescript.CancellationToken} token
 * @param {number} position
 * @returns {Partial<typescript.QuickInfo> & { call?: Call } | undefined}
 */
function inspect(ts, program, file, checker, token, position) {
  const info = ts.getQuickInfoAtPosition(file, checker, token, position);
  const reason = /** @type {const} */ ({ kind: "invoked" });
  const call = ts.SignatureHelp.getSignatureHelpItems(program, file, position, reason, token);
  if (!call) return info;
  const parenthesis = call.applicableSpan.start - 1;
  const callee = ts.getQuickInfoAtPosition(file, checker, token, parenthesis);
  return { ...info, call: { ...call, callee } };
}

/**
 * In place of tslab's `printQuickInfo`, which leaves out the names of all tags but `@param`.
 * @param {NonNullable<ReturnType<typeof inspect>>} info
 */
function describe({ displayParts, documentation, tags, call }) {
  const name = displayParts && section(displayParts, documentation, tags);
  return [name, call && signature(call)].filter(Boolean).join("\n\n\n");
}

/** @param {Call} call */
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

/**
 * @param {Parts} heading
 * @param {Parts} [documentation]
 * @param {typescript.JSDocTagInfo[]} [tags]
 */
function section(heading, documentation, tags = []) {
  const lines = tags.map((tag) => `@${tag.name} ${text(tag.text)}`.trimEnd());
  return [text(heading), text(documentation), lines.join("\n")].filter(Boolean).join("\n\n");
}

/**
 * @typedef {readonly { text: string }[]} Parts
 * @param {Parts} [parts]
 */
function text(parts = []) {
  return parts.map((part) => part.text).join("");
}

module.exports = { describe, inspect };
