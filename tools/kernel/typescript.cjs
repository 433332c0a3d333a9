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
const returnsIn = require("./returns.cjs");

/** What `exports` has the value of a cell's last expression by: no variable can have this name. */
const LAST_EXPRESSION = "last expression";

/** @import * as typescript from "@tslab/typescript-for-tslab" */
/** @import { BoundFile, Convert, TypeScript } from "./types.d.ts" */
/** @typedef {import("tslab/dist/converter.js").Diagnostic} Diagnostic */

/**
 * @param {TypeScript} ts
 * @param {{ stoppable: boolean }} options whether a cell calls `__tslab__.waits` before and `__tslab__.goesOn` after
 *   each await, which can stop it there
 */
module.exports = function repairTypeScript(ts, { stoppable }) {
  /**
   * What is found out about the cell that is being converted: see `Conversion`; what tslab makes a CommonJS module of,
   * and the links of its variables.
   * @type {{ script: string, maps: string[], lastExpressionVar?: string, module?: string, links: string[] }}
   */
  let conversion;
  /** @type {typescript.BuilderProgram} */
  let builder;
  const { returnsOfNothing, isAllowed } = returnsIn(ts);

  /** @type {Convert} */
  function convert(converter, declarations, source, script) {
    const file = parse(source);
    ts.bindSourceFile(file, {});
    const names = [...file.locals.keys()].map(ts.unescapeLeadingUnderscores);
    if (file.parseDiagnostics.length > 0) {
      // tslab would find them elsewhere: it adds a line to the source.
      return { names, diagnostics: file.parseDiagnostics.map(plain) };
    }
    conversion = { script, maps: [], links: [] };
    const result = converter.convert(declarations, withoutExports(file));
    const hasToplevelAwait = result.hasToplevelAwait || hasForAwait(file);
    const { lastExpressionVar, maps } = conversion;
    return { ...result, hasToplevelAwait, lastExpressionVar, names, maps };
  }

  /** @param {string} source */
  function parse(source) {
    /** @type {typescript.CreateSourceFileOptions} */
    const options = {
      languageVersion: ts.ScriptTarget.ES2022,
      setExternalModuleIndicator: (file) => Object.assign(file, { externalModuleIndicator: true }),
    };
    return /** @type {BoundFile} */ (ts.createSourceFile("cell.ts", source, options, true));
  }

  /**
   * A message in tslab's form.
   * @param {typescript.DiagnosticWithLocation} diagnostic
   * @returns {Diagnostic}
   */
  function plain({ file, start, length, messageText, category, code }) {
    const place = (/** @type {number} */ offset) => ({
      offset,
      ...ts.getLineAndCharacterOfPosition(file, offset),
    });
    return {
      start: place(start),
      end: place(start + length),
      messageText: ts.flattenDiagnosticMessageText(messageText, "\n"),
      category,
      code,
    };
  }

  /**
   * The source with spaces for each `export`, which means nothing in a cell and trips tslab up.
   * @param {typescript.SourceFile} file
   */
  function withoutExports(file) {
    let { text } = file;
    const blank = (/** @type {typescript.Node} */ node) => {
      const start = node.getStart(file);
      const spaces = text.slice(start, node.end).replace(/\S/g, " ");
      text = text.slice(0, start) + spaces + text.slice(node.end);
    };
    for (const statement of file.statements) {
      if (ts.isExportDeclaration(statement)) blank(statement);
      const isNamed = "name" in statement && statement.name !== undefined;
      if (!isNamed && !ts.isVariableStatement(statement)) continue;
      if (!ts.canHaveModifiers(statement)) continue;
      for (const modifier of statement.modifiers ?? []) {
        if (/^(export|default)$/.test(modifier.getText(file))) blank(modifier);
      }
    }
    return text;
  }

  /**
   * tslab finds every other await at the top.
   * @param {typescript.Node} node
   * @returns {boolean}
   */
  function hasForAwait(node) {
    if (ts.isFunctionLike(node) || ts.isClassLike(node)) return false;
    if (ts.isForOfStatement(node) && node.awaitModifier) return true;
    return ts.forEachChild(node, hasForAwait) ?? false;
  }

  /**
   * @param {string[]} rootFiles
   * @param {typescript.CompilerOptions} options
   * @param {typescript.System} system
   * @param {unknown} _createProgram
   * @param {[typescript.DiagnosticReporter?, typescript.WatchStatusReporter?]} rest
   */
  function createWatchCompilerHost(rootFiles, options, system, _createProgram, ...rest) {
    const { readFile } = system;
    system.readFile = (name, encoding) => {
      const text = readFile(name, encoding);
      return text && name.endsWith("/lib.es2023.array.d.ts") ? text + es2023 : text;
    };
    const repaired = {
      ...options,
      lib: ["lib.es2023.d.ts"],
      // No others' globals: a cell finds the types of what it imports.
      types: ["node"],
      sourceMap: true,
      noImplicitReturns: true,
    };
    return ts.createWatchCompilerHost(rootFiles, repaired, system, createBuilder, ...rest);
  }

  /**
   * What emits a program's files: its cell with the transformers below. TypeScript's own builders find out for each
   * program what its files depend on, with types; tslab makes two programs for a cell and asks only the second.
   * @type {typescript.CreateProgram<typescript.BuilderProgram>}
   */
  function createBuilder(...args) {
    builder = ts.createAbstractBuilder(...args);
    const program = builder.getProgram();
    /** @type {object | undefined} */
    let dependencies;
    builder.getAllDependencies = (file) => {
      dependencies ??= ts.BuilderState.create(program);
      return ts.BuilderState.getAllDependencies(dependencies, program, file);
    };
    builder.getSourceFile = (name) => {
      const file = program.getSourceFile(name);
      // tslab takes a cell's names from its first program, whose files nothing else has bound by then.
      if (file) ts.bindSourceFile(file, program.getCompilerOptions());
      return file;
    };
    const { emit } = builder;
    builder.emit = (file, write, token, onlyDeclarations, transformers) => {
      if (!file || !/\/__tslab__\.[jt]s$/.test(file.fileName))
        return emit(file, write, token, onlyDeclarations, transformers);
      /** @type {typescript.WriteFileCallback} */
      const keep = (name, text, ...more) => {
        if (name.endsWith(".js")) conversion.module = text;
        if (name.endsWith(".js.map")) conversion.maps.unshift(JSON.parse(text).mappings);
        write?.(name, text, ...more);
      };
      const afterDeclarations = transformers?.afterDeclarations;
      const own = { before: [references], after: [declared], afterDeclarations };
      return emit(file, keep, token, onlyDeclarations, own);
    };
    return builder;
  }

  /**
   * Makes variables of earlier cells properties of `exports`, and keeps the value of the last expression.
   * @type {typescript.TransformerFactory<typescript.SourceFile>}
   */
  function references(context) {
    const { factory } = context;
    const checker = builder.getProgram().getTypeChecker();
    return (file) => {
      // The file in which tslab declares what earlier cells have left.
      const earlier = file.parent;
      const isEarlier = (/** @type {typescript.Symbol | undefined} */ symbol) =>
        symbol?.declarations?.some((declaration) => declaration.getSourceFile() === earlier);
      /** @type {<Node extends typescript.Node>(node: Node) => Node} */
      const children = (node) => ts.visitEachChild(node, visit, context);
      const visited = (/** @type {typescript.Expression} */ node) =>
        /** @type {typescript.Expression} */ (ts.visitNode(node, visit));
      /** @param {string} object @param {string} name */
      const property = (object, name) =>
        factory.createPropertyAccessExpression(factory.createIdentifier(object), name);
      /** @param {string} name @param {typescript.Expression[]} args */
      const call = (name, ...args) =>
        factory.createCallExpression(property("__tslab__", name), undefined, args);
      const variable = (/** @type {typescript.Identifier} */ name) =>
        ts.setSourceMapRange(property("exports", name.text), name);
      /** @param {string} name @param {typescript.Expression} value */
      const pair = (name, value) =>
        factory.createPropertyAssignment(factory.createIdentifier(name), value);

      /** @param {typescript.Identifier} node */
      function identifier(node) {
        const isName = "name" in node.parent && node.parent.name === node;
        if (isName || !ts.isExpressionNode(node)) return node;
        if (!isEarlier(checker.getSymbolAtLocation(node))) return node;
        /** @type {typescript.Node} */
        let outer = node;
        while (ts.isOuterExpression(outer.parent)) outer = outer.parent;
        const { parent } = outer;
        const called = ts.isCallExpression(parent)
          ? parent.expression
          : ts.isTaggedTemplateExpression(parent) && parent.tag;
        if (called !== outer) return variable(node);
        // A call without a `this`, which `exports` would be otherwise.
        const value = factory.createComma(factory.createNumericLiteral(0), variable(node));
        return factory.createParenthesizedExpression(value);
      }

      /** @param {typescript.ShorthandPropertyAssignment} node */
      function shorthand(node) {
        if (!isEarlier(checker.getShorthandAssignmentValueSymbol(node))) return children(node);
        const value = variable(node.name);
        const preset =
          node.objectAssignmentInitializer && visited(node.objectAssignmentInitializer);
        return pair(node.name.text, preset ? factory.createAssignment(value, preset) : value);
      }

      /**
       * A function gets the name of the variable that it is assigned to, and none of a property.
       * @param {typescript.AssignmentExpression<typescript.AssignmentOperatorToken>} node
       */
      function assignment(node) {
        const { left, operatorToken, right } = node;
        if (!ts.isIdentifier(left) || !ts.isAnonymousFunctionDefinition(right))
          return children(node);
        const target = identifier(left);
        if (target === left) return children(node);
        const holder = factory.createObjectLiteralExpression([pair(left.text, visited(right))]);
        const named = factory.createPropertyAccessExpression(holder, left.text);
        return factory.updateBinaryExpression(node, target, operatorToken, named);
      }

      /** @param {typescript.AwaitExpression} node */
      function stoppableAwait(node) {
        const promise = call("waits", visited(node.expression));
        return call("goesOn", factory.updateAwaitExpression(node, promise));
      }

      /** @param {typescript.ForOfStatement} node */
      function stoppableLoop(node) {
        const { awaitModifier, initializer, expression, statement } = children(node);
        const check = factory.createExpressionStatement(call("goesOn"));
        const body = factory.createBlock([check, statement]);
        return factory.updateForOfStatement(node, awaitModifier, initializer, expression, body);
      }

      /**
       * @param {typescript.Node} node
       * @returns {typescript.Node}
       */
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

  /**
   * Takes out the list of a cell's names, which tslab puts at its end and which by now is without types.
   * @type {typescript.TransformerFactory<typescript.SourceFile>}
   */
  function declared({ factory }) {
    return (file) => {
      /** @type {Set<string>} */
      const imported = new Set();
      /** @type {string[]} */
      const names = [];
      const statements = file.statements.filter((statement) => {
        if (ts.isImportDeclaration(statement)) {
          const bindings = statement.importClause?.namedBindings;
          const all = bindings && ts.isNamedImports(bindings) ? bindings.elements : [bindings];
          for (const one of [statement.importClause, ...all])
            if (one?.name) imported.add(one.name.text);
        }
        if (!ts.isExportDeclaration(statement)) return true;
        const { exportClause } = statement;
        if (exportClause && ts.isNamedExports(exportClause))
          for (const { name } of exportClause.elements) names.push(name.text);
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

  /**
   * Makes a CommonJS module of what was emitted. The cell's first line is the links.
   * @param {string} input
   * @param {typescript.TranspileOptions} options
   */
  function transpileModule(input, options) {
    if (input !== conversion?.module) return ts.transpileModule(input, options);
    const compilerOptions = { ...options.compilerOptions, sourceMap: true };
    const { outputText, sourceMapText } = ts.transpileModule(
      `__tslab__.link({ ${conversion.links.join(", ")} });\n${withoutMap(input)}`,
      { ...options, compilerOptions },
    );
    conversion.maps.unshift(JSON.parse(/** @type {string} */ (sourceMapText)).mappings);
    return { outputText: `${withoutMap(outputText)}//# sourceURL=${conversion.script}\n` };
  }

  /** @type {TypeScript["getPreEmitDiagnosticsOfFiles"]} */
  function getPreEmitDiagnosticsOfFiles(program, files) {
    const diagnostics = [
      ...ts.getPreEmitDiagnosticsOfFiles(program, files).filter((one) => !isAllowed(one)),
      ...files
        .filter(({ fileName }) => /\/__tslab__\.ts$/.test(fileName))
        .flatMap(returnsOfNothing),
    ];
    // They come with another message about the same name, and speak of exports.
    const isEcho = (/** @type {typescript.Diagnostic} */ { code, messageText }) =>
      code >= 4000 && code < 5000 && /private name '[^']+'\.$/.test(String(messageText));
    return diagnostics
      .filter((one) => diagnostics.every(isEcho) || !isEcho(one))
      .map((diagnostic) => {
        // Await outside of an async function, which tslab lets pass if it is at the top, or in a method.
        const { code, file, start = 0, length = 0 } = diagnostic;
        if (code !== 1308 || !file) return diagnostic;
        const within = ts.findPrecedingToken(start + length, file);
        const isTop = !ts.findAncestor(
          within,
          (node) => ts.isFunctionLike(node) || ts.isClassLike(node),
        );
        return isTop ? diagnostic : { ...diagnostic, code: 0 };
      });
  }

  /** @param {Parameters<TypeScript["getQuickInfoAtPosition"]>} where */
  function getQuickInfoAtPosition(...where) {
    return inspect(ts, builder.getProgram(), ...where);
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

/** @param {string} text */
function withoutMap(text) {
  return text.replace(/\/\/# sourceMappingURL=.*\s*$/, "");
}

/**
 * A module with some functions replaced. Its own properties cannot be: they are getters.
 * @template {object} Module
 * @param {Module} module
 * @param {{ [Name in keyof Module]?: Function }} functions
 */
function replace(module, functions) {
  const names = /** @type {(keyof Module)[]} */ (Object.keys(module));
  const getters = names.map((name) => [
    name,
    { enumerable: true, get: () => functions[name] ?? module[name] },
  ]);
  return Object.defineProperties({}, Object.fromEntries(getters));
}
