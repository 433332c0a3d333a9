/** What each of the threads runs. */

type Work = (item: unknown, module: unknown) => unknown;

let known: { source: string; work: Work } | undefined;

// It would end the thread without an answer, for which `onAllCores` would wait for ever.
process.exit = () => {
  throw new Error("process.exit ends nothing here: return from the function instead");
};

export default async function run({
  source,
  item,
  module,
}: {
  source: string;
  item: unknown;
  module: string;
}): Promise<unknown> {
  // Made once: a function made anew for each item would never be compiled to fast code.
  if (known?.source !== source) known = { source, work: functionFrom(source) };
  const exported = await import(module);
  let result: unknown;
  try {
    result = await known.work(item, exported);
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

/** @throws SyntaxError if the text is no function's */
function functionFrom(source: string): Work {
  try {
    return new Function(`return (${source})`)();
  } catch {
    // The text of a method, `double(x) { … }`, is a function only inside of an object.
    return Object.values<Work>(new Function(`return {${source}}`)())[0];
  }
}
