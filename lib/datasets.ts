/** The data sets of the course: points inside or outside a circle, XOR, two spirals. */
import { csvParseRows } from "d3-dsv";
import { requireWhole } from "./checks.js";
import { type Seed, seededRandom } from "./random.js";
import { readData } from "./reference.js";

/** One labelled point. */
export interface Sample {
  /** The inputs, one number each. */
  readonly x: readonly number[];
  /** The class. */
  readonly label: 0 | 1;
}

/** Points with x² + y² below this are inside (label 1). */
export const CIRCLE_RADIUS_SQUARED = 1.5;
/** Points are drawn from the square with corners (±this, ±this). */
export const CIRCLE_EXTENT = 2;

/** The lesson's own 200 points of the circle data, read from `data/circle.csv`. */
export function lessonCircle(): Sample[] {
  return readSamples("circle.csv");
}

/**
 * Points drawn uniformly from the square [−2, 2]², labelled 1 inside x² + y² < 1.5 and 0 outside.
 * @throws RangeError if `n` is not a whole number above 0
 * @throws TypeError if `seed` is no seed (see `seededRandom`)
 */
export function circle({ n = 200, seed }: { n?: number; seed: Seed }): Sample[] {
  requireWhole("circle: n", n);
  const random = seededRandom(seed);
  return Array.from({ length: n }, () => {
    const x = random.uniform(-CIRCLE_EXTENT, CIRCLE_EXTENT);
    const y = random.uniform(-CIRCLE_EXTENT, CIRCLE_EXTENT);
    return { x: [x, y], label: x * x + y * y < CIRCLE_RADIUS_SQUARED ? 1 : 0 };
  });
}

/** The four points of exclusive or: label 1 where the two inputs differ. Read from `data/xor.csv`. */
export function xor(): Sample[] {
  return readSamples("xor.csv");
}

/**
 * Two interleaved spirals of one turn around the origin, label 1 half a turn behind label 0.
 * @throws RangeError if `n` is not a whole number above 1
 */
export function spiral({ n = 200, seed }: { n?: number; seed: Seed }): Sample[] {
  if (!Number.isInteger(n) || n < 2)
    throw new RangeError(`spiral: n must be a whole number above 1, got ${n}`);
  const random = seededRandom(seed);
  return Array.from({ length: n }, (_, i) => {
    const turn = random.uniform();
    const radius = 0.2 + 1.8 * turn;
    const angle = 2 * Math.PI * turn + (i % 2) * Math.PI;
    const noise = () => random.normal(0, 0.05);
    const x = [radius * Math.cos(angle) + noise(), radius * Math.sin(angle) + noise()];
    return { x, label: i % 2 === 1 ? 1 : 0 };
  });
}

/**
 * Reads samples from CSV text: a header line, then one sample a line, `label` in the last column.
 * @param source name of the text, for messages
 * @throws Error naming the source, the line and the value if a line is malformed or none is there
 */
export function parseSamples(text: string, source: string): Sample[] {
  const [header = [], ...rows] = csvParseRows(text);
  if (header.length < 2 || header.at(-1) !== "label") {
    throw new Error(
      `${source}, line 1: expected columns of inputs and then "label", got "${header}"`,
    );
  }
  if (rows.length === 0) throw new Error(`${source}: no samples after the header line`);
  return rows.map((row, index) => {
    const where = `${source}, line ${index + 2}`;
    if (row.length !== header.length) {
      throw new Error(`${where}: expected ${header.length} values, got ${row.length}: "${row}"`);
    }
    const x = row.slice(0, -1).map((value, column) => {
      if (value.trim() === "" || !Number.isFinite(Number(value))) {
        throw new Error(`${where}: ${header[column]} must be a number, got "${value}"`);
      }
      return Number(value);
    });
    const label = row.at(-1);
    if (label !== "0" && label !== "1") {
      throw new Error(`${where}: label must be 0 or 1, got "${label}"`);
    }
    return { x, label: label === "1" ? 1 : 0 };
  });
}

function readSamples(file: string): Sample[] {
  return parseSamples(readData(file), `data/${file}`);
}
