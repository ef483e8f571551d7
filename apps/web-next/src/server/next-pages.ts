import { createServer, type RequestListener } from "node:http";
import { fileURLToPath } from "node:url";
import next from "next";
import type { Environment } from "./environment";
import { refuseUpgrade, type UpgradeRoute } from "./upgrade-router";

/** Next, as one of several guests of our HTTP server. */
export interface NextPages {
  readonly request: RequestListener;
  /** What Next wants of the upgrades: in development, its own socket for hot reloading. */
  readonly upgrades: readonly UpgradeRoute[];
  readonly close: () => Promise<void>;
}

const APP_DIR = fileURLToPath(new URL("../..", import.meta.url));

/**
 * Prepares Next's pages. Next is shown a decoy for the HTTP server: on its first request it adds an `upgrade` listener to whatever it is
 * given, and that listener ends every WebSocket whose path a page matches; with a catch-all page, all of them.
 */
export async function prepareNextPages({
  production,
  host,
  basePath,
}: Pick<Environment, "production" | "host" | "basePath">): Promise<NextPages> {
  process.env["NEXT_TELEMETRY_DISABLED"] ??= "1"; // a demo does not phone home
  const decoy = createServer();
  const app = next({ dev: !production, dir: APP_DIR, hostname: host, httpServer: decoy });
  await app.prepare();
  const handle = app.getRequestHandler();
  const hotReload: UpgradeRoute = {
    path: `${basePath}/_next`,
    upgrade: (request, socket, head) => {
      // Before the first page nobody listens yet, and a socket without a listener would hang.
      if (!decoy.emit("upgrade", request, socket, head)) refuseUpgrade(socket, 503);
    },
  };
  return {
    request: (request, response) => void handle(request, response),
    upgrades: production ? [] : [hotReload],
    close: () => app.close(),
  };
}
