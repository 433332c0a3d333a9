/** `npm run serve`: shows the exported site on this machine. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { createServer } from "node:net";
import { inProject, python } from "./paths.mjs";
import { SetupError } from "./setup/failures.mjs";
import { afterSetUp } from "./setup.mjs";

await afterSetUp(async () => {
  if (!existsSync(inProject("exports", "index.html")))
    throw new SetupError("exports/ has no site yet: run npm run export first.");
  const port = process.argv[2] ?? "8000";
  if (!/^\d+$/.test(port) || Number(port) > 65_535)
    throw new SetupError(`${port} is no port: give a number up to 65535, or nothing for 8000.`);
  await requireFree(Number(port));
  console.log(`http://localhost:${port}/ shows the pages. Ctrl+C ends it.`);
  const server = spawn(
    python,
    ["-m", "http.server", port, "--bind", "127.0.0.1", "--directory", inProject("exports")],
    { stdio: "inherit" },
  );
  process.once("SIGINT", () => server.kill("SIGINT"));
  process.once("SIGTERM", () => server.kill("SIGTERM"));
  server.on("close", (code) => {
    process.exitCode = code ?? 0;
  });
});

/**
 * Python would say it with a traceback.
 * @param {number} port
 */
async function requireFree(port) {
  const probe = createServer().listen(port, "127.0.0.1");
  try {
    await once(probe, "listening");
  } catch {
    throw new SetupError(
      `Port ${port} is taken or not allowed: try another, as in npm run serve -- 8123.`,
    );
  }
  probe.close();
  await once(probe, "close");
}
