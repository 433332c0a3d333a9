/**
 * The language's own functions, as they are when the library is loaded. An answer that changes one, such as
 * `Math.max` or `Array.prototype.map`, would change it for the check, too, and for all that comes later.
 */

interface Property {
  readonly owner: object;
  readonly key: PropertyKey;
  readonly descriptor: PropertyDescriptor;
  /** For messages. */
  readonly name: string;
}

/** Not of the language, and changed by whoever writes an error in words of their own. */
const OTHERS = ["Error.prepareStackTrace", "Error.stackTraceLimit"];

const NAMES = [
  ...["Array", "BigInt", "Boolean", "Date", "Error", "Float32Array", "Float64Array", "Function"],
  ...["Int32Array", "Iterator", "JSON", "Map", "Math", "Number", "Object", "Promise", "RangeError"],
  ...["Reflect", "RegExp", "Set", "String", "Symbol", "TypeError", "Uint8Array", "WeakMap"],
  ...["isFinite", "isNaN", "parseFloat", "parseInt", "structuredClone"],
];

/** Captured, because an answer may change these as well. */
const { defineProperty } = Reflect;
const isSame = Object.is;

const properties = listProperties();
const restored = new Set<string>();

function listProperties(): Property[] {
  const home = globalThis as unknown as Record<string, unknown>;
  const known = NAMES.filter((name) => home[name] !== undefined);
  const owners = known.flatMap((name): [object, string][] => {
    const value = home[name] as { prototype?: object };
    return value.prototype
      ? [
          [value, name],
          [value.prototype, `${name}.prototype`],
        ]
      : [[value, name]];
  });
  const nameless = [[][Symbol.iterator](), new Map().entries(), new Set().values()].map(
    (iterator): [object, string] => [Object.getPrototypeOf(iterator), "an iterator"],
  );
  const typedArray = Object.getPrototypeOf(Float64Array);
  owners.push(...nameless, [typedArray, "TypedArray"], [typedArray.prototype, "TypedArray"]);
  return [
    ...known.flatMap((name) => propertyOf(globalThis, name, name)),
    ...owners.flatMap(([owner, name]) =>
      Reflect.ownKeys(owner).flatMap((key) => propertyOf(owner, key, `${name}.${String(key)}`)),
    ),
  ];
}

/** Nothing if nobody can change it, or if it is no plain value. */
function propertyOf(owner: object, key: PropertyKey, name: string): Property[] {
  const descriptor = Object.getOwnPropertyDescriptor(owner, key);
  const isOpen = (descriptor?.configurable || descriptor?.writable) && !OTHERS.includes(name);
  return isOpen && "value" in descriptor ? [{ owner, key, descriptor, name }] : [];
}

/** Puts back what is no longer as it was. */
export function restoreBuiltIns(): void {
  // A plain loop, which needs none of them.
  for (let i = 0; i < properties.length; i++) {
    const { owner, key, descriptor, name } = properties[i];
    if (isSame((owner as Record<PropertyKey, unknown>)[key], descriptor.value)) continue;
    defineProperty(owner, key, descriptor);
    restored.add(name);
  }
}

/** What has been put back since this was asked last. */
export function takeRestored(): string[] {
  const names = [...restored];
  restored.clear();
  return names;
}
