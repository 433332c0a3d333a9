/** `npm run serve`: shows the exported site on this machine. */
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import path from "node:path";
import { inProject } from "./paths.mjs";
import { SetupError } from "./setup/failures.mjs";
import { setUp } from "./setup.mjs";

/** @param {string[]} args the port, if not 8000 */
export async function main([port = "8000"]) {
  if (!/^\d+$/.test(port) || Number(port) > 65_535)
    throw new SetupError(`${port} is no port: give a number up to 65535, or nothing for 8000.`);
  await setUp();
  if (!existsSync(inProject("exports", "index.html")))
    throw new SetupError("exports/ has no site yet: run npm run export first.");
  const server = await serve(inProject("exports"), Number(port));
  console.log(`${server.address} shows the pages. Ctrl+C ends it.`);
  for (const name of /** @type {const} */ (["SIGINT", "SIGTERM"]))
    process.once(name, () => process.exit());
}

/**
 * Serves a folder to this machine.
 * @param {string} folder
 * @param {number} port 0 for one that is free
 * @throws SetupError if the port is taken
 */
export async function serve(folder, port) {
  // Here, because the set-up, which installs it, comes first.
  const { default: sirv } = await import("sirv");
  /** The site's own page for what is not there, if it has one. */
  const onNoMatch = (
    /** @type {import("node:http").IncomingMessage} */ _request,
    /** @type {import("node:http").ServerResponse} */ response,
  ) => {
    const page = path.join(folder, "404.html");
    response.writeHead(404, { "Content-Type": "text/html; charset=utf-8" });
    response.end(existsSync(page) ? readFileSync(page) : "Not found");
  };
  // `dev`: a site that is exported anew is shown anew.
  const server = createServer(sirv(folder, { dev: true, onNoMatch }));
  try {
    await once(server.listen(port, "127.0.0.1"), "listening");
  } catch {
    throw new SetupError(
      `Port ${port} is taken or not allowed: try another, as in npm run serve -- 8123.`,
    );
  }
  const { port: open } = /** @type {import("node:net").AddressInfo} */ (server.address());
  return { address: `http://localhost:${open}/`, close: () => server.close() };
}
