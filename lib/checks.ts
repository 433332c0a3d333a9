/** Checks of arguments, in the same words everywhere: the argument's name, what it must be, what it is. */

export function requireWhole(name: string, value: number): void {
  if (!Number.isInteger(value) || value < 1) {
    throw new RangeError(`${name} must be a whole number above 0, got ${value}`);
  }
}

export function requirePositive(name: string, value: number): void {
  if (!(value > 0 && Number.isFinite(value))) {
    throw new RangeError(`${name} must be a finite number above 0, got ${value}`);
  }
}

export function requireLength(name: string, values: ArrayLike<unknown>, length: number): void {
  if (values?.length !== length) {
    throw new RangeError(
      `${name} must have length ${length}, got ${values?.length ?? String(values)}`,
    );
  }
}

/** Finite numbers, `length` of them, or at least one if no length is asked for. */
export function requireNumbers(name: string, values: ArrayLike<number>, length?: number): void {
  if (length !== undefined) requireLength(name, values, length);
  if (!(values?.length > 0)) {
    const got = values?.length ?? String(values);
    throw new RangeError(`${name} must have at least one number, got ${got}`);
  }
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i])) {
      throw new RangeError(`${name}[${i}] must be a finite number, got ${values[i]}`);
    }
  }
}

export function requireFunction(name: string, value: unknown): void {
  if (typeof value !== "function") {
    throw new TypeError(`${name} must be a function, got ${String(value)}`);
  }
}

/** At least one row of finite numbers, all of the length of the first, or of the one asked for. */
export function requireRows(
  name: string,
  rows: readonly (readonly number[])[],
  length?: number,
): void {
  if (!Array.isArray(rows) || rows.length === 0) {
    throw new RangeError(`${name} must have at least one row, got ${String(rows)}`);
  }
  // entries() goes through the holes of a sparse list too, which forEach leaves out.
  for (const [index, row] of rows.entries()) {
    requireNumbers(`${name}[${index}]`, row, index === 0 ? length : rows[0].length);
  }
}

export function requireOneOf(name: string, value: unknown, allowed: readonly unknown[]): void {
  if (allowed.includes(value)) return;
  throw new RangeError(`${name} must be one of ${allowed.join(", ")}, got ${String(value)}`);
}

export function requireSome(name: string, values: readonly unknown[]): void {
  if (values.length === 0) throw new RangeError(`${name} is empty, give at least one`);
}
