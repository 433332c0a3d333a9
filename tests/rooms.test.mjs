// The library's rooms: what may import what, what the small library may know, and what the doors let out.
import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, test } from "node:test";
import { inProject } from "../tools/paths.mjs";
import { assertCompiles, doors, runNode, scratch, temporaryFolder } from "./support.mjs";

const biome = inProject("node_modules", "@biomejs", "biome", "bin", "biome");

const smallLibrary = readdirSync(inProject("lib")).filter((name) => name.endsWith(".ts"));

/**
 * What Biome says of a file that stood in `lib/` beside those it may want to import.
 * @param {import("node:test").TestContext} context the test's
 * @param {string} file
 * @param {string} text
 */
function complaintsAbout(context, file, text) {
  const folder = temporaryFolder(context, scratch);
  const others = {
    "lib/small.ts": "export const small = 1;\n",
    "lib/charts/chart.ts": "export const chart = 1;\n",
    "lib/charts/line.ts":
      'import type { chart } from "./chart.js";\nexport type Line = typeof chart;\n',
    "lib/course/lesson.ts": "export const lesson = 1;\n",
    "lib/exercises/exercise.ts": "export const exercise = 1;\n",
    "lib/notebook/leaf.ts": "export const leaf = 1;\n",
  };
  for (const [name, content] of Object.entries({ ...others, [file]: text })) {
    const place = path.join(folder, name);
    mkdirSync(path.dirname(place), { recursive: true });
    writeFileSync(place, content);
  }
  const rules = JSON.parse(readFileSync(inProject("biome.json"), "utf8"));
  writeFileSync(
    path.join(folder, "biome.json"),
    JSON.stringify({ ...rules, $schema: undefined, root: true, vcs: { enabled: false } }),
  );
  const { stdout, stderr } = runNode([biome, "lint", "--reporter=github", "."], { cwd: folder });
  return stdout + stderr;
}

describe("what `npm test` refuses", () => {
  /** @param {string} name @param {string} from */
  const importOf = (name, from) => `import { ${name} } from "${from}";\nconsole.log(${name});\n`;
  /** @type {Record<string, [string, string, RegExp]>} */
  const refused = {
    "the small library, to import charts": [
      "lib/new.ts",
      importOf("chart", "./charts/chart.js"),
      /stands on its own/,
    ],
    "the small library, to import what only Node has": [
      "lib/new.ts",
      importOf("leaf", "./notebook/leaf.js"),
      /stands on its own/,
    ],
    "charts, to import the course": [
      "lib/charts/new.ts",
      importOf("lesson", "../course/lesson.js"),
      /no other room/,
    ],
    "charts, to import what only Node has": [
      "lib/charts/new.ts",
      importOf("leaf", "../notebook/leaf.js"),
      /no other room/,
    ],
    "the course, to import the exercises": [
      "lib/course/new.ts",
      importOf("exercise", "../exercises/exercise.js"),
      /stand above the course/,
    ],
    "what only Node has, to import the small library": [
      "lib/notebook/new.ts",
      importOf("small", "../small.js"),
      /is a leaf/,
    ],
    "what a page has, to import the small library": [
      "lib/notebook/browser/new.ts",
      importOf("small", "../../small.js"),
      /is a leaf/,
    ],
    "what a page has, to import from Node": [
      "lib/notebook/browser/new.ts",
      importOf("readFileSync", "node:fs"),
      /noNodejsModules/,
    ],
    "the course, to import from Node": [
      "lib/course/new.ts",
      importOf("readFileSync", "node:fs"),
      /noNodejsModules/,
    ],
    "the exercises, to use a global of Node's": [
      "lib/exercises/new.ts",
      "console.log(process.env.HOME);\n",
      /noRestrictedGlobals/,
    ],
    "a circle, be it of types only": [
      "lib/charts/chart.ts",
      'import type { Line } from "./line.js";\nexport const chart: Line = 1;\n',
      /noImportCycles/,
    ],
    "a door that lets everything out": [
      "lib/charts/index.ts",
      'export * from "./chart.js";\n',
      /noReExportAll/,
    ],
  };
  for (const [what, [file, text, complaint]] of Object.entries(refused)) {
    test(what, (t) => assert.match(complaintsAbout(t, file, text), complaint));
  }

  test("and what it allows: downwards, and Node in its own room", (t) => {
    /** @type {[string, string][]} */
    const allowed = [
      ["lib/exercises/new.ts", importOf("lesson", "../course/lesson.js")],
      ["lib/course/new.ts", importOf("chart", "../charts/chart.js")],
      ["lib/course/new.ts", importOf("leaf", "../notebook/leaf.js")],
      ["lib/charts/new.ts", importOf("small", "../small.js")],
      ["lib/notebook/new.ts", importOf("readFileSync", "node:fs")],
    ];
    for (const [file, text] of allowed)
      assert.doesNotMatch(complaintsAbout(t, file, text), /::error/);
  });
});

describe("the small library", () => {
  test("is read in one sitting: 1,000 lines at most", () => {
    const lines = smallLibrary.flatMap((name) =>
      readFileSync(inProject("lib", name), "utf8").trimEnd().split("\n"),
    );
    assert.ok(smallLibrary.length >= 7 && lines.length <= 1000, `${lines.length} lines`);
  });

  test("compiles where there is no global but the language's own", () => {
    const nothingElse = ["--types", "", "--lib", "ES2022"];
    assertCompiles(inProject("lib", "index.ts"), "--resolveJsonModule", ...nothingElse);
  });

  test("is explained file by file in its README", () => {
    const readme = readFileSync(inProject("lib", "README.md"), "utf8");
    for (const name of smallLibrary) assert.ok(readme.includes(`\`${name}\``), name);
  });
});

describe("doors", () => {
  test("each is found by Node and, with its types, by the kernel", () => {
    const { exports, typesVersions } = JSON.parse(
      readFileSync(inProject("lib", "package.json"), "utf8"),
    );
    assert.deepEqual(Object.keys(exports), [
      ...doors.map((door) => door.replace("activation-lab", ".")),
      // Notebook 00 asks for the version.
      "./package.json",
    ]);
    const rooms = doors.slice(1).map((door) => path.posix.basename(door));
    assert.deepEqual(Object.keys(typesVersions["*"]), rooms);
    for (const room of rooms) {
      assert.deepEqual(typesVersions["*"][room], [
        exports[`./${room}`].replace(/^\.\/|\.js$/g, "").concat(".d.ts"),
      ]);
    }
  });

  test("no name goes through two of them", async () => {
    const names = await Promise.all(doors.map(async (door) => Object.keys(await import(door))));
    const all = names.flat();
    assert.deepEqual([...new Set(all)], all);
  });
});
