/**
 * The methods of lists that came with ES2023 and that Node 20 has. The kernel's TypeScript, 5.0, knows two of them,
 * `findLast` and `findLastIndex`; these are the others.
 */

const list = (/** @type {string} */ name) => `
interface ${name}<T> {
  /** A copy of the list, turned round. */
  toReversed(): T[];
  /** A sorted copy of the list. Without \`compare\` it is sorted as text, so that 10 comes before 9. */
  toSorted(compare?: (a: T, b: T) => number): T[];
  /** A copy of the list with \`deleteCount\` elements from \`start\` on replaced by \`items\`. */
  toSpliced(start: number, deleteCount: number, ...items: T[]): T[];
  toSpliced(start: number, deleteCount?: number): T[];
  /** A copy of the list with another value at \`index\`; a negative one counts from the end. */
  with(index: number, value: T): T[];
}`;

/** @param {string} name @param {string} element */
const typedList = (name, element) => `
interface ${name} {
  /** A copy, turned round. */
  toReversed(): ${name};
  /** A copy, sorted by size or by \`compare\`. */
  toSorted(compare?: (a: ${element}, b: ${element}) => number): ${name};
  /** A copy with another value at \`index\`; a negative one counts from the end. */
  with(index: number, value: ${element}): ${name};
}`;

const ofNumbers = "Int8 Uint8 Uint8Clamped Int16 Uint16 Int32 Uint32 Float32 Float64".split(" ");

module.exports = [
  ...["Array", "ReadonlyArray"].map(list),
  ...ofNumbers.map((kind) => typedList(`${kind}Array`, "number")),
  ...["BigInt64Array", "BigUint64Array"].map((name) => typedList(name, "bigint")),
].join("\n");
