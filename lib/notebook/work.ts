/** A function given as source text, at work on one item: what each thread does, in Node and in a page. */

type Work = (item: unknown, module: unknown) => unknown;

let known: { source: string; work: Work } | undefined;

/**
 * Calls the function with the item and with what a module exports.
 * @returns a copy of what it returns
 * @throws SyntaxError if the text is no function's
 * @throws what the function throws, and TypeError if its result is not plain data
 */
export async function callWork(source: string, item: unknown, module: unknown): Promise<unknown> {
  // Made once: a function made anew for each item would never be compiled to fast code.
  if (known?.source !== source) known = { source, work: functionFrom(source) };
  let result: unknown;
  try {
    result = await known.work(item, module);
  } catch (error) {
    // The pool takes an error such as null for none.
    throw error || new Error(`the function threw ${error}`);
  }
  try {
    return structuredClone(result);
  } catch (error) {
    // As what it is, a DOMException, the message would not get to the other thread.
    throw new TypeError((error as Error).message);
  }
}

function functionFrom(source: string): Work {
  try {
    return new Function(`return (${source})`)();
  } catch {
    // The text of a method, `double(x) { … }`, is a function only inside of an object.
    return Object.values<Work>(new Function(`return {${source}}`)())[0];
  }
}
