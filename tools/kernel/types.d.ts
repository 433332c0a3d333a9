/** What the kernel's files take from tslab and from one another. */
import type * as typescript from "@tslab/typescript-for-tslab";
import type { Converter, ConvertResult } from "tslab/dist/converter.js";
import type { createExecutor } from "tslab/dist/executor.js";

/** tslab's TypeScript, with what TypeScript has for itself and does not declare. */
export type TypeScript = typeof typescript & {
  bindSourceFile(file: typescript.SourceFile, options: typescript.CompilerOptions): void;
  decodeMappings(mappings: string): Iterable<Mapping>;
  isAnonymousFunctionDefinition(node: typescript.Node): boolean;
  isAssignmentExpression(
    node: typescript.Node,
  ): node is typescript.AssignmentExpression<typescript.AssignmentOperatorToken>;
  isExpressionNode(node: typescript.Node): boolean;
  isOuterExpression(node: typescript.Node): boolean;
  readonly BuilderState: {
    create(program: typescript.Program): object;
    getAllDependencies(
      state: object,
      program: typescript.Program,
      file: typescript.SourceFile,
    ): readonly string[];
  };
  readonly SignatureHelp: {
    getSignatureHelpItems(
      program: typescript.Program,
      file: typescript.SourceFile,
      position: number,
      reason: typescript.SignatureHelpTriggerReason,
      token: typescript.CancellationToken,
    ): typescript.SignatureHelpItems | undefined;
  };
};

/** A place in a text and, unless it is from none, that in the text which it was made from. Both count from 0. */
type Mapping = { generatedLine: number; generatedCharacter: number } & (
  | { sourceLine: number; sourceCharacter: number }
  | { sourceLine?: undefined }
);

/** A file that has been bound. */
export interface BoundFile extends typescript.SourceFile {
  locals: typescript.SymbolTable;
  parseDiagnostics: readonly typescript.DiagnosticWithLocation[];
}

/** What can stop a cell where it awaits. */
export interface Stops {
  /** Called with what the cell awaits. */
  waits(awaited: unknown): unknown;
  /** Called with what that gave. */
  goesOn(value?: unknown): unknown;
  /** Called when the cell is interrupted. */
  stop(): void;
}

/** What a cell has become. */
export interface Conversion extends ConvertResult {
  /** What it declares. */
  names: string[];
  /** From its JavaScript to its source, to be gone through in turn. */
  maps?: string[];
}

/** Converts a cell with tslab's converter. */
export type Convert = (
  converter: Converter,
  declarations: string,
  source: string,
  /** The name by which errors know the cell. */
  script: string,
) => Conversion;

export type CreateExecutor = typeof createExecutor;
