/**
 * TypeScript as tslab is given it, so that a cell becomes JavaScript in which a variable is one variable.
 *
 * tslab by itself copies what a cell declares into an object `exports`, and later cells use the copies. Here a
 * cell says, as it begins, how each of its variables is read and written (`__tslab__.link`), and `exports` reads
 * and writes the variables themselves. The learner's source is checked as it is, so that messages keep their
 * lines and columns.
 */
const es2023 = require("./es2023.cjs");
const { inspect } = require("./inspection.cjs");

/** What `exports` has the value of a cell's last expression by: no variable can have this name. */
const LAST_EXPRESSION = "last expression";

/**
 * @param {any} ts tslab's TypeScript
 * @param {{ stoppable: boolean }} options whether a cell calls `__tslab__.waits` before and `__tslab__.goesOn` after
 *   each await, which can stop it there
 */
module.exports = function repairTypeScript(ts, { stoppable }) {
  /** What is found out about the cell that is being converted. */
  let conversion;
  let builder;

  /**
   * Converts a cell with tslab's converter.
   * @param script the name by which errors know the cell
   * @returns {any} what tslab returns, with the `names` that the cell declares, and the `maps` from its JavaScript to
   *   its source, to be gone through in turn
   */
  function convert(converter, declarations, source, script) {
    const file = parse(source);
    ts.bindSourceFile(file, {});
    const names = [...file.locals.keys()];
    if (file.parseDiagnostics.length > 0) {
      // tslab would find them elsewhere: it adds a line to the source.
      return { names, diagnostics: file.parseDiagnostics.map(plain) };
    }
    conversion = { script, maps: [] };
    const result = converter.convert(declarations, withoutExports(file));
    const hasToplevelAwait = result.hasToplevelAwait || hasForAwait(file);
    const { lastExpressionVar, maps } = conversion;
    return { ...result, hasToplevelAwait, lastExpressionVar, names, maps };
  }

  function parse(source) {
    const languageVersion = ts.ScriptTarget.ES2022;
    const setExternalModuleIndicator = (file) => {
      file.externalModuleIndicator = true;
    };
    const options = { languageVersion, setExternalModuleIndicator };
    return ts.createSourceFile("cell.ts", source, options, true);
  }

  /** A message in tslab's form. */
  function plain({ file, start, length, messageText, category, code }) {
    const place = (offset) => ({ offset, ...ts.getLineAndCharacterOfPosition(file, offset) });
    return { start: place(start), end: place(start + length), messageText, category, code };
  }

  /** The source with spaces for each `export`, which means nothing in a cell and trips tslab up. */
  function withoutExports(file) {
    let { text } = file;
    const blank = (node) => {
      const start = node.getStart(file);
      const spaces = text.slice(start, node.end).replace(/\S/g, " ");
      text = text.slice(0, start) + spaces + text.slice(node.end);
    };
    for (const statement of file.statements) {
      if (ts.isExportDeclaration(statement)) blank(statement);
      if (!statement.name && !ts.isVariableStatement(statement)) continue;
      for (const modifier of statement.modifiers ?? []) {
        if (/^(export|default)$/.test(modifier.getText(file))) blank(modifier);
      }
    }
    return text;
  }

  /** tslab finds every other await at the top. */
  function hasForAwait(node) {
    if (ts.isFunctionLike(node) || ts.isClassLike(node)) return false;
    if (ts.isForOfStatement(node) && node.awaitModifier) return true;
    return ts.forEachChild(node, hasForAwait) ?? false;
  }

  function createWatchCompilerHost(rootFiles, options, system, _createProgram, ...rest) {
    const { readFile } = system;
    system.readFile = (name, encoding) => {
      const text = readFile(name, encoding);
      return name.endsWith("/lib.es2023.array.d.ts") ? text + es2023 : text;
    };
    const repaired = { ...options, lib: ["lib.es2023.d.ts"], sourceMap: true };
    return ts.createWatchCompilerHost(rootFiles, repaired, system, createBuilder, ...rest);
  }

  /** What emits a program's files: its cell with the transformers below. */
  function createBuilder(...args) {
    builder = ts.createEmitAndSemanticDiagnosticsBuilderProgram(...args);
    const { emit } = builder;
    builder.emit = (file, write, token, onlyDeclarations, transformers) => {
      if (!/\/__tslab__\.[jt]s$/.test(file.fileName))
        return emit(file, write, token, onlyDeclarations, transformers);
      const keep = (name, text, ...more) => {
        if (name.endsWith(".js")) conversion.module = text;
        if (name.endsWith(".js.map")) conversion.maps.unshift(JSON.parse(text).mappings);
        write(name, text, ...more);
      };
      const { afterDeclarations } = transformers;
      const own = { before: [references], after: [declared], afterDeclarations };
      return emit(file, keep, token, onlyDeclarations, own);
    };
    return builder;
  }

  /** Makes variables of earlier cells properties of `exports`, and keeps the value of the last expression. */
  function references(context) {
    const { factory } = context;
    const checker = builder.getProgram().getTypeChecker();
    return (file) => {
      // The file in which tslab declares what earlier cells have left.
      const earlier = file.parent;
      const isEarlier = (symbol) =>
        symbol?.declarations?.some((declaration) => declaration.getSourceFile() === earlier);
      const children = (node) => ts.visitEachChild(node, visit, context);
      const property = (object, name) =>
        factory.createPropertyAccessExpression(factory.createIdentifier(object), name);
      const call = (name, ...args) =>
        factory.createCallExpression(property("__tslab__", name), undefined, args);
      const variable = (name) => ts.setSourceMapRange(property("exports", name.text), name);
      const pair = (name, value) =>
        factory.createPropertyAssignment(factory.createIdentifier(name), value);

      function identifier(node) {
        if (node.parent.name === node || !ts.isExpressionNode(node)) return node;
        if (!isEarlier(checker.getSymbolAtLocation(node))) return node;
        let outer = node;
        while (ts.isOuterExpression(outer.parent)) outer = outer.parent;
        const { parent } = outer;
        const called = ts.isCallExpression(parent) ? parent.expression : parent.tag;
        if (called !== outer) return variable(node);
        // A call without a `this`, which `exports` would be otherwise.
        const value = factory.createComma(factory.createNumericLiteral(0), variable(node));
        return factory.createParenthesizedExpression(value);
      }

      function shorthand(node) {
        if (!isEarlier(checker.getShorthandAssignmentValueSymbol(node))) return children(node);
        const value = variable(node.name);
        const preset = ts.visitNode(node.objectAssignmentInitializer, visit);
        return pair(node.name.text, preset ? factory.createAssignment(value, preset) : value);
      }

      /** A function gets the name of the variable that it is assigned to, and none of a property. */
      function assignment(node) {
        const { left, operatorToken, right } = node;
        if (!ts.isIdentifier(left) || !ts.isAnonymousFunctionDefinition(right))
          return children(node);
        const target = identifier(left);
        if (target === left) return children(node);
        const value = ts.visitNode(right, visit);
        const holder = factory.createObjectLiteralExpression([pair(left.text, value)]);
        const named = factory.createPropertyAccessExpression(holder, left.text);
        return factory.updateBinaryExpression(node, target, operatorToken, named);
      }

      function stoppableAwait(node) {
        const promise = call("waits", ts.visitNode(node.expression, visit));
        return call("goesOn", factory.updateAwaitExpression(node, promise));
      }

      function stoppableLoop(node) {
        const { awaitModifier, initializer, expression, statement } = children(node);
        const check = factory.createExpressionStatement(call("goesOn"));
        const body = factory.createBlock([check, statement]);
        return factory.updateForOfStatement(node, awaitModifier, initializer, expression, body);
      }

      function visit(node) {
        if (ts.isTypeNode(node) && !ts.isExpressionWithTypeArguments(node)) return node;
        if (ts.isIdentifier(node)) return identifier(node);
        if (ts.isShorthandPropertyAssignment(node)) return shorthand(node);
        if (ts.isAssignmentExpression(node)) return assignment(node);
        if (stoppable && ts.isAwaitExpression(node)) return stoppableAwait(node);
        if (stoppable && ts.isForOfStatement(node) && node.awaitModifier)
          return stoppableLoop(node);
        return children(node);
      }

      const statements = [...children(file).statements];
      const last = statements.findLastIndex((statement) => !ts.isExportDeclaration(statement));
      const statement = statements[last];
      if (statement && ts.isExpressionStatement(statement)) {
        const place = factory.createElementAccessExpression(
          factory.createIdentifier("exports"),
          factory.createStringLiteral(LAST_EXPRESSION),
        );
        const { expression } = statement;
        const kept = ts.setSourceMapRange(
          factory.createAssignment(place, expression),
          ts.getSourceMapRange(expression),
        );
        statements[last] = factory.updateExpressionStatement(statement, kept);
        conversion.lastExpressionVar = LAST_EXPRESSION;
      }
      return factory.updateSourceFile(file, statements);
    };
  }

  /** Takes out the list of a cell's names, which tslab puts at its end and which by now is without types. */
  function declared({ factory }) {
    return (file) => {
      const imported = new Set();
      const names = [];
      const statements = file.statements.filter((statement) => {
        if (ts.isImportDeclaration(statement)) {
          const { name, namedBindings } = statement.importClause ?? {};
          for (const one of [name, namedBindings?.name, ...(namedBindings?.elements ?? [])])
            if (one) imported.add((one.name ?? one).text);
        }
        if (!ts.isExportDeclaration(statement)) return true;
        for (const { name } of statement.exportClause.elements) names.push(name.text);
        return false;
      });
      conversion.links = names.map((name) =>
        imported.has(name)
          ? `${name}: [() => ${name}]`
          : `${name}: [() => ${name}, (${name}_) => { ${name} = ${name}_; }]`,
      );
      return factory.updateSourceFile(file, statements);
    };
  }

  /** Makes a CommonJS module of what was emitted. The cell's first line is the links. */
  function transpileModule(input, options) {
    if (input !== conversion?.module) return ts.transpileModule(input, options);
    const compilerOptions = { ...options.compilerOptions, sourceMap: true };
    const { outputText, sourceMapText } = ts.transpileModule(
      `__tslab__.link({ ${conversion.links.join(", ")} });\n${withoutMap(input)}`,
      { ...options, compilerOptions },
    );
    conversion.maps.unshift(JSON.parse(sourceMapText).mappings);
    return { outputText: `${withoutMap(outputText)}//# sourceURL=${conversion.script}\n` };
  }

  function getPreEmitDiagnosticsOfFiles(...args) {
    const diagnostics = ts.getPreEmitDiagnosticsOfFiles(...args);
    // They come with another message about the same name, and speak of exports.
    const isEcho = ({ code, messageText }) =>
      code >= 4000 && code < 5000 && /private name '[^']+'\.$/.test(messageText);
    return diagnostics
      .filter((one) => diagnostics.every(isEcho) || !isEcho(one))
      .map((diagnostic) => {
        // Await outside of an async function, which tslab lets pass if it is at the top, or in a method.
        if (diagnostic.code !== 1308) return diagnostic;
        const { file, start, length } = diagnostic;
        const within = ts.findPrecedingToken(start + length, file);
        const isTop = !ts.findAncestor(
          within,
          (node) => ts.isFunctionLike(node) || ts.isClassLike(node),
        );
        return isTop ? diagnostic : { ...diagnostic, code: 0 };
      });
  }

  function getQuickInfoAtPosition(file, checker, token, position) {
    return inspect(ts, builder.getProgram(), file, checker, token, position);
  }

  return {
    convert,
    typescript: replace(ts, {
      createWatchCompilerHost,
      transpileModule,
      getPreEmitDiagnosticsOfFiles,
      getQuickInfoAtPosition,
    }),
  };
};

function withoutMap(text) {
  return text.replace(/\/\/# sourceMappingURL=.*\s*$/, "");
}

/** A module with some functions replaced. Its own properties cannot be: they are getters. */
function replace(module, functions) {
  const getters = Object.keys(module).map((name) => [
    name,
    { enumerable: true, get: () => functions[name] ?? module[name] },
  ]);
  return Object.defineProperties({}, Object.fromEntries(getters));
}
