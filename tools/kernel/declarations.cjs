/** The text in which tslab declares what earlier cells have left, name by name. */

/** @param {any} ts tslab's TypeScript */
module.exports = function declarationsIn(ts) {
  const parse = (text) => ts.createSourceFile("earlier.d.ts", text, ts.ScriptTarget.ES2022, true);

  /** @returns {Set<string>} the names that the text declares */
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
   * @param {(name: string, statement: any) => boolean} isWanted
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

  /** What in a statement declares a name. */
  function partsOf(statement) {
    if (ts.isVariableStatement(statement)) return [...statement.declarationList.declarations];
    if (!ts.isImportDeclaration(statement)) return statement.name ? [statement] : [];
    const { importClause } = statement;
    const { name, namedBindings } = importClause ?? {};
    const bindings = namedBindings?.elements ?? (namedBindings ? [namedBindings] : []);
    return name ? [importClause, ...bindings] : [...bindings];
  }

  /** One part as a statement of its own. */
  function alone(part, statement) {
    const text = part.getText();
    if (ts.isVariableDeclaration(part)) {
      const keyword = statement.declarationList.getFirstToken().getText();
      return `declare ${keyword} ${text};`;
    }
    const type = statement.importClause.isTypeOnly ? "type " : "";
    const from = statement.moduleSpecifier.getText();
    if (ts.isImportClause(part)) return `import ${type}${part.name.text} from ${from};`;
    return `import ${type}${ts.isImportSpecifier(part) ? `{ ${text} }` : text} from ${from};`;
  }

  return { namesIn, pick };
};
