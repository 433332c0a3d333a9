/** Matrices of random weights, a row a unit, and the length of a vector. */
import type { Random } from "../random.js";

/** Draws from N(0, 1). */
export function normalRows(rows: number, columns: number, random: Random): number[][] {
  return Array.from({ length: rows }, () => Array.from({ length: columns }, () => random.normal()));
}

/** Draws from N(0, 2 / (rows + columns)). X. Glorot and Y. Bengio (2010), AISTATS. */
export function glorotRows(rows: number, columns: number, random: Random): number[][] {
  const deviation = Math.sqrt(2 / (rows + columns));
  return normalRows(rows, columns, random).map((row) => row.map((draw) => draw * deviation));
}

/** Makes rows orthonormal by modified Gram–Schmidt: from each, what it shares with those above is taken away. */
export function orthonormal(rows: readonly (readonly number[])[]): number[][] {
  const basis: number[][] = [];
  for (const row of rows) {
    let vector = [...row];
    for (const other of basis) {
      const shared = other.reduce((sum, value, j) => sum + value * vector[j], 0);
      vector = vector.map((value, j) => value - shared * other[j]);
    }
    const length = Math.hypot(...vector);
    basis.push(vector.map((value) => value / length));
  }
  return basis;
}

/** Euclidean length, by way of the largest entry: the square of 1e-200 would be 0. */
export function lengthOf(vector: Iterable<number>): number {
  let largest = 0;
  for (const value of vector) largest = Math.max(largest, Math.abs(value));
  if (largest === 0 || largest === Number.POSITIVE_INFINITY) return largest;
  let squares = 0;
  for (const value of vector) squares += (value / largest) ** 2;
  return largest * Math.sqrt(squares);
}
