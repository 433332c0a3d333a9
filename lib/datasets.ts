/** The data sets of the course: points inside or outside a circle, XOR, two spirals. */
import lessonPoints from "../data/circle.json" with { type: "json" };
import { requireNumbers, requireSome, requireWhole } from "./checks.js";
import { type Seed, seededRandom } from "./random.js";

/** One labelled point. */
export interface Sample {
  /** The inputs, one number each. */
  readonly x: readonly number[];
  /** The class. */
  readonly label: 0 | 1;
}

/**
 * The lesson's own 200 points of the circle data, a copy of those in `data/circle.json`.
 * @example lessonCircle().length // 200
 */
export function lessonCircle(): Sample[] {
  return lessonPoints.map(({ x, label }) => ({ x: [...x], label: label === 1 ? 1 : 0 }));
}

/**
 * Points drawn uniformly from the square [−2, 2]², labelled 1 inside x² + y² < 1.5 and 0 outside.
 * @throws RangeError if `n` is not a whole number above 0
 * @throws TypeError if `seed` is no seed (see `seededRandom`)
 * @example circle({ n: 5, seed: 1 }).length // 5
 */
export function circle({ n = 200, seed }: { n?: number; seed: Seed }): Sample[] {
  requireWhole("circle: n", n);
  const random = seededRandom(seed);
  return Array.from({ length: n }, () => {
    const x = random.uniform(-2, 2);
    const y = random.uniform(-2, 2);
    return { x: [x, y], label: x * x + y * y < 1.5 ? 1 : 0 };
  });
}

/**
 * The four points of exclusive or: label 1 where the two inputs differ.
 * @example xor()[1] // { x: [ 0, 1 ], label: 1 }
 */
export function xor(): Sample[] {
  return [
    { x: [0, 0], label: 0 },
    { x: [0, 1], label: 1 },
    { x: [1, 0], label: 1 },
    { x: [1, 1], label: 0 },
  ];
}

/**
 * Two interleaved spirals of one turn around the origin, label 1 half a turn behind label 0.
 * @throws RangeError if `n` is not a whole number above 1
 * @example spiral({ n: 2, seed: 1 }).map(({ label }) => label) // [ 0, 1 ]
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

export function requireLabel(name: string, value: number): void {
  if (value !== 0 && value !== 1) throw new RangeError(`${name} must be 0 or 1, got ${value}`);
}

/** At least one, each with `inputSize` finite numbers and a label. */
export function requireSamples(samples: readonly Sample[], inputSize: number): void {
  requireSome("samples", samples);
  for (const [index, sample] of samples.entries()) {
    requireNumbers(`samples[${index}].x`, sample?.x, inputSize);
    requireLabel(`samples[${index}].label`, sample.label);
  }
}

/** Whether a predicted probability of label 1 is on the label's side of 0.5. NaN is on neither. */
export function isCorrect(probability: number, label: 0 | 1): boolean {
  // Without a branch on the label, whose order may be random.
  return Number(probability >= 0.5) === label && !Number.isNaN(probability);
}
