// The API reference: every public function is explained with an example, and every example is true.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { after, before, describe, mock, test } from "node:test";
import { inspect } from "node:util";
import { writeReference } from "../tools/reference.mjs";
import {
  assertCompiles,
  doors,
  loadTypeScript,
  ownProgressFile,
  scratch,
  temporaryFolder,
} from "./support.mjs";

const ts = loadTypeScript();
/** @type {any} its constructor takes parameters and code, as that of Function does */
const AsyncFunction = (async () => {}).constructor;
const folder = temporaryFolder({ after }, scratch);
/** @type {Record<string, unknown>[]} */
const rooms = await Promise.all(doors.map((door) => import(door)));
const names = Object.assign({}, ...rooms);

/** What can be called, made or read by name: each is to have an example. */
const documented = await readEntries();

/** @returns {Promise<Entry[]>} */
async function readEntries() {
  const file = path.join(folder, "reference.json");
  await writeReference({ json: file });
  const { children } = JSON.parse(readFileSync(file, "utf8"));
  return /** @type {any[]} */ (children)
    .flatMap((module) => module.children)
    .filter(({ name }) => name in names)
    .map(({ name, comment, signatures }) => ({
      name,
      comment: signatures?.[0]?.comment ?? comment,
    }));
}

/**
 * @typedef {{ tag: string, content: { text: string }[] }} BlockTag
 * @typedef {{ name: string, comment?: { summary: unknown[], blockTags?: BlockTag[] } }} Entry
 */

/**
 * The code of an entry's examples.
 * @param {Entry} entry
 */
function examplesOf({ comment }) {
  return (comment?.blockTags ?? [])
    .filter(({ tag }) => tag === "@example")
    .map(({ content }) => content.map(({ text }) => text).join(""))
    .map((text) => text.replace(/^```ts\n|\n```$/g, ""));
}

/**
 * The example with each `expression // result` as a call of `check`.
 * @param {string} example
 */
function withChecks(example) {
  const source = ts.createSourceFile("example.ts", example, ts.ScriptTarget.ES2022, true);
  return source.statements
    .map((statement) => {
      const [comment] = ts.getTrailingCommentRanges(example, statement.end) ?? [];
      const text = statement.getText(source);
      if (!comment) return text;
      const result = example.slice(comment.pos, comment.end).replace(/^\/\/ /, "");
      return `check(${text.replace(/;$/, "")}, ${JSON.stringify(result)});`;
    })
    .join("\n");
}

test("covers every door", () => {
  assert.deepEqual(documented.map(({ name }) => name).sort(), Object.keys(names).sort());
});

describe("what it says of", () => {
  before(() => mock.method(console, "log", () => {}));
  // Examples show and note progress, and not this developer's.
  ownProgressFile({ after });

  for (const entry of documented) {
    test(`${entry.name}: a summary, and an example that is true`, async () => {
      assert.ok(entry.comment?.summary.length, "no summary");
      const examples = examplesOf(entry);
      assert.ok(examples.length > 0, "no @example");
      for (const example of examples) {
        const { outputText } = ts.transpileModule(withChecks(example), {
          compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ES2022 },
        });
        /** @type {[string, string][]} */
        const results = [];
        const check = (/** @type {unknown} */ value, /** @type {string} */ expected) =>
          results.push([inspect(value), expected]);
        await new AsyncFunction(...Object.keys(names), "check", outputText)(
          ...Object.values(names),
          check,
        );
        for (const [received, expected] of results) assert.equal(received, expected);
      }
    });
  }
});

test("its examples pass the compiler, as strictly as the library", () => {
  const imports = rooms.map(
    (room, index) => `import { ${Object.keys(room).join(", ")} } from "${doors[index]}";`,
  );
  const cells = documented.flatMap(examplesOf).map((example) => `async () => {\n${example}\n};`);
  const file = path.join(folder, "examples.ts");
  writeFileSync(file, [...imports, ...cells].join("\n"));
  assertCompiles(file);
});
