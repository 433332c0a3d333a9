/**
 * List methods that Node 20 has and that the kernel's TypeScript, 5.0, does not offer in a cell.
 * They are declared here, so that a notebook which imports this package can use them.
 */
interface NewListMethods<T> {
  findLast(isWanted: (value: T, index: number) => unknown): T | undefined;
  findLastIndex(isWanted: (value: T, index: number) => unknown): number;
  toSorted(compare?: (a: T, b: T) => number): T[];
  toReversed(): T[];
}

declare global {
  interface Array<T> extends NewListMethods<T> {}
  interface ReadonlyArray<T> extends NewListMethods<T> {}
}

export {};
