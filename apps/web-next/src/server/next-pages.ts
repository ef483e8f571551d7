import type { RequestListener } from "node:http";
import { NextApp } from "@repo/realtime-next/server";
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

/** Prepares Next's pages, in the working directory. */
export async function prepareNextPages({
  production,
  host,
  basePath,
}: Pick<Environment, "production" | "host" | "basePath">): Promise<NextPages> {
  process.env["NEXT_TELEMETRY_DISABLED"] ??= "1"; // a demo does not phone home
  const app = await NextApp.prepare({ next, dev: !production, hostname: host });
  const hotReload: UpgradeRoute = {
    path: `${basePath}/_next`,
    upgrade: (request, socket, head) => {
      // Before the first page nobody listens yet, and a socket without a listener would hang.
      if (!app.handleUpgrade(request, socket, head)) refuseUpgrade(socket, 503);
    },
  };
  return { request: app.handleRequest, upgrades: production ? [] : [hotReload], close: () => app.close() };
}
