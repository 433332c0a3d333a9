// biome-ignore-all lint/suspicious/noExplicitAny: as in @types/node, which this stands for.
/** What a cell finds on a page: in the place of @types/node, which would be more than half of the kernel. */
interface Console {
  log(...values: any[]): void;
  info(...values: any[]): void;
  debug(...values: any[]): void;
  warn(...values: any[]): void;
  error(...values: any[]): void;
  dir(value: any, options?: object): void;
}
declare var console: Console;
declare var process: {
  readonly version: string;
  readonly versions?: { readonly node: string };
  readonly env: Record<string, string | undefined>;
  readonly stdout: { write(text: string): void };
};
declare var require: { (name: string): any; resolve(name: string): string };
declare function setTimeout(
  work: (...args: any[]) => void,
  milliseconds?: number,
  ...args: any[]
): any;
declare function setInterval(
  work: (...args: any[]) => void,
  milliseconds?: number,
  ...args: any[]
): any;
declare function setImmediate(work: (...args: any[]) => void, ...args: any[]): any;
declare function clearTimeout(timer: any): void;
declare function clearInterval(timer: any): void;
declare function queueMicrotask(work: () => void): void;
declare function structuredClone<T>(value: T): T;
declare var performance: { now(): number };
interface AbortSignal {
  readonly aborted: boolean;
  readonly reason: any;
  throwIfAborted(): void;
}
declare class URL {
  constructor(address: string, base?: string);
  readonly href: string;
}
