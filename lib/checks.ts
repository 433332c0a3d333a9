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
    // Asked here too: training checks all its samples, and a name for each would take longer than the check.
    if (!Number.isFinite(values[i])) requireFinite(`${name}[${i}]`, values[i]);
  }
}

export function requireFinite(name: string, value: number): void {
  if (!Number.isFinite(value))
    throw new RangeError(`${name} must be a finite number, got ${value}`);
}

export function requireSome(name: string, values: readonly unknown[]): void {
  if (values.length === 0) throw new RangeError(`${name} is empty, give at least one`);
}
