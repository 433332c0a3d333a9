/** What answers are handed and what they return: kinds of values, copies of them, and their text. */

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

export function isPromise(value: unknown): boolean {
  return isRecord(value) && typeof value.then === "function";
}

/** Whether it has to be called with new. */
export function isClass(value: unknown): value is new () => unknown {
  return typeof value === "function" && /^class\b/.test(Function.prototype.toString.call(value));
}

/** A copy that shares nothing but functions. */
export function copy<Value>(value: Value): Value {
  if (Array.isArray(value)) return value.map(copy) as Value;
  if (!isRecord(value)) return value;
  const entries = Object.entries(value).map(([key, item]) => [key, copy(item)]);
  return Object.fromEntries(entries) as Value;
}

/** What was returned, as plain lists and objects: getters read, typed arrays as lists, three levels deep. */
export function toPlainValue(value: unknown, depth = 0): unknown {
  if (isPromise(value)) return value;
  if (depth > 3) return value;
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) {
    return Array.from(value as unknown as ArrayLike<number>);
  }
  if (Array.isArray(value)) {
    return value.length > 10_000 ? value : value.map((item) => toPlainValue(item, depth + 1));
  }
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.keys(value).map((key) => [key, toPlainValue(value[key], depth + 1)]),
  );
}

/** All numbers in lists and fields, in order. */
export function numbersIn(value: unknown): number[] {
  if (typeof value === "number") return [value];
  if (Array.isArray(value)) return value.flatMap(numbersIn);
  return isRecord(value) ? Object.values(value).flatMap(numbersIn) : [];
}

/** A value as short text, which for numbers and lists can be pasted into a cell. */
export function formatValue(value: unknown, depth = 0): string {
  if (typeof value === "number") return String(Number(value.toPrecision(7)));
  if (typeof value === "string") return JSON.stringify(shorten(value, 60));
  if (typeof value === "function") return `function ${value.name || "without a name"}`;
  if (isPromise(value)) return "a promise";
  if (Array.isArray(value)) {
    if (depth > 2) return "[…]";
    const shown = value.slice(0, 8).map((item) => formatValue(item, depth + 1));
    if (value.length > shown.length) shown.push(`… ${value.length - shown.length} more`);
    return `[${shown.join(", ")}]`;
  }
  if (isRecord(value)) {
    if (depth > 2) return "{…}";
    const shown = Object.entries(value).map(
      ([key, item]) => `${key}: ${formatValue(item, depth + 1)}`,
    );
    return shorten(`{ ${shown.join(", ")} }`, 300);
  }
  return String(value);
}

/** What stands for a value in a cell, for those that their contents would be no help to see. */
const codes = new WeakMap<object, string>();

/** Gives a value the code that a cell can write for it. */
export function withCode<Value extends object>(value: Value, code: string): Value {
  codes.set(value, code);
  return value;
}

/** An argument as short text: as code if it has some of its own. */
export function formatArgument(value: unknown): string {
  return codes.get(Object(value)) ?? formatValue(value);
}

/** A value as an expression, with all its digits and entries. */
export function toCode(value: unknown): string {
  const code = codes.get(Object(value));
  if (code !== undefined) return code;
  if (Object.is(value, -0)) return "-0";
  if (typeof value === "string") return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(toCode).join(", ")}]`;
  if (!isRecord(value)) return String(value);
  const fields = Object.entries(value).map(([key, item]) => `${key}: ${toCode(item)}`);
  return `{ ${fields.join(", ")} }`;
}

export function shorten(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length - 1)}…` : text;
}
