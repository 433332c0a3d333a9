// The reference run as it is recorded. That the library computes the same is tested with its functions.
import assert from "node:assert/strict";
import { cpSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { activations, lessonCircle } from "activation-lab";
import { readReference } from "activation-lab/course";
import { inProject } from "../tools/paths.mjs";
import { scratch, temporaryFolder } from "./support.mjs";

test("step 5: what the training starts from, and as many losses as epochs", () => {
  const { hiddenSize, learningRate, epochs, initial, losses } = readReference("training");
  assert.deepEqual([hiddenSize, learningRate, epochs], [8, 0.1, 200]);
  assert.deepEqual([initial.w1.length, initial.b1.length, initial.w2.length], [8, 8, 8]);
  assert.ok(initial.w1.every((row) => row.length === 2));
  assert.deepEqual([...initial.b1, initial.b2], [0, 0, 0, 0, 0, 0, 0, 0, 0]);
  assert.deepEqual(Object.keys(losses).sort(), ["gelu", "relu", "sigmoid"]);
  for (const series of Object.values(losses)) {
    assert.equal(series.length, epochs);
    assert.ok(series.every((loss) => loss > 0 && loss < 1));
  }
});

describe("reading it", () => {
  test("works where there is no other file of the project, as in somebody else's", async (t) => {
    const away = temporaryFolder(t, scratch);
    cpSync(inProject("lib", "dist"), path.join(away, "dist"), { recursive: true });
    writeFileSync(path.join(away, "package.json"), '{ "type": "module" }');
    const load = (/** @type {string} */ file) =>
      import(pathToFileURL(path.join(away, "dist", "lib", file)).href);
    const [small, course] = [await load("index.js"), await load("course/index.js")];
    assert.deepEqual(small.lessonCircle(), lessonCircle());
    assert.equal(course.readReference("training").epochs, 200);
  });

  test("anew each time: changing what one call returned changes no other", () => {
    readReference("gradient-scan").relu.healthy = -1;
    assert.notEqual(readReference("gradient-scan").relu.healthy, -1);
  });

  test("a part that is not there: an error that names it", () => {
    const name = /** @type {"training"} */ ("no-such-part");
    assert.throws(() => readReference(name), {
      name: "RangeError",
      message: /readReference: name must be one of .*training.*no-such-part/,
    });
  });

  test("has the lesson's six activations, and the course has them all", () => {
    const lessons = ["gelu", "leakyRelu", "relu", "sigmoid", "swish", "tanh"];
    for (const recorded of [
      readReference("gradient-scan"),
      readReference("signal-through-layers").magnitudes,
    ])
      assert.deepEqual(Object.keys(recorded).sort(), lessons);
    for (const key of lessons) assert.ok(key in activations, key);
  });
});
