/** The text in which tslab declares what earlier cells have left, name by name. */

/** @import { Identifier, Node, Statement } from "@tslab/typescript-for-tslab" */
/** @typedef {Node & { readonly name: Identifier }} Named */

/** @param {import("./types.d.ts").TypeScript} ts */
module.exports = function declarationsIn(ts) {
  const parse = (/** @type {string} */ text) =>
    ts.createSourceFile("earlier.d.ts", text, ts.ScriptTarget.ES2022, true);

  /**
   * The names that a text declares.
   * @param {string} text
   */
  function namesIn(text) {
    return new Set(
      parse(text).statements.flatMap((statement) =>
        partsOf(statement).map(({ name }) => name.text),
      ),
    );
  }

  /**
   * The part of the text that declares some names.
   * @param {string} text
   * @param {(name: string, statement: Statement) => boolean} isWanted
   */
  function pick(text, isWanted) {
    const statements = parse(text).statements.map((statement) => {
      const parts = partsOf(statement);
      const wanted = parts.filter(({ name }) => isWanted(name.text, statement));
      if (wanted.length === parts.length)
        return parts.length > 0 ? statement.getFullText().trim() : "";
      return wanted.map((part) => alone(part, statement)).join("\n");
    });
    return statements.map((statement) => `${statement}\n`).join("");
  }

  /**
   * What in a statement declares a name.
   * @param {Statement} statement
   */
  function partsOf(statement) {
    const parts = ts.isVariableStatement(statement)
      ? statement.declarationList.declarations
      : ts.isImportDeclaration(statement)
        ? importedBy(statement)
        : [statement];
    return parts.filter(
      /** @type {(part: Node) => part is Named} */ (part) => "name" in part && Boolean(part.name),
    );
  }

  /**
   * @param {import("@tslab/typescript-for-tslab").ImportDeclaration} statement
   * @returns {Node[]}
   */
  function importedBy({ importClause }) {
    if (!importClause) return [];
    const { namedBindings } = importClause;
    if (!namedBindings) return [importClause];
    return ts.isNamedImports(namedBindings)
      ? [importClause, ...namedBindings.elements]
      : [importClause, namedBindings];
  }

  /**
   * One part as a statement of its own.
   * @param {Named} part
   * @param {Statement} statement
   */
  function alone(part, statement) {
    const text = part.getText();
    if (ts.isVariableStatement(statement)) {
      const keyword = statement.declarationList.getFirstToken()?.getText();
      return `declare ${keyword} ${text};`;
    }
    // Others have one part.
    if (!ts.isImportDeclaration(statement)) return statement.getText();
    const type = statement.importClause?.isTypeOnly ? "type " : "";
    const from = statement.moduleSpecifier.getText();
    if (ts.isImportClause(part)) return `import ${type}${part.name.text} from ${from};`;
    return `import ${type}${ts.isImportSpecifier(part) ? `{ ${text} }` : text} from ${from};`;
  }

  return { namesIn, pick };
};
