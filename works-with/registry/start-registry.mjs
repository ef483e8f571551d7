import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { runServer } from "verdaccio";

/**
 * A registry on loopback that holds what is published to it, and gives everything else from the registry that npm is configured with.
 * Returns its address and a function that ends it.
 */
export async function startRegistry(folder) {
  const storage = join(folder, "storage");
  mkdirSync(storage, { recursive: true });
  const uplink = execFileSync("npm", ["config", "get", "registry"], { encoding: "utf8" }).trim();
  const ours = { access: "$all", publish: "$all" };
  const app = await runServer({
    self_path: folder,
    storage,
    uplinks: { outside: { url: uplink, timeout: "60s", maxage: "60m", cache: true } },
    packages: {
      fourgate: ours,
      "create-fourgate": ours,
      "eslint-plugin-realtime": ours,
      "**": { access: "$all", proxy: "outside" },
    },
    web: { enable: false },
    log: { type: "stdout", level: "fatal" },
    max_body_size: "50mb",
    userRateLimit: { windowMs: 1000, max: 100_000 },
  });
  const server = app.listen ? app : createServer(app);
  await new Promise((resolve, reject) => server.once("error", reject).listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${server.address().port}/`;
  const close = () => {
    server.closeAllConnections?.();
    return new Promise((resolve) => server.close(resolve));
  };
  return { url, close };
}
