import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createRealtime, serveNode } from "@repo/core-realtime/server";
import { createLivePages } from "@repo/live-ui";
import { WsRealtimeServer } from "@repo/realtime-ws";
import { bundleClient } from "./bundle-client.js";
import { fuzzLivePage } from "./fuzz-live-page.js";
import { FuzzStates } from "./fuzz-states.js";

const UNLIMITED = { perSecond: 1_000_000, burst: 1_000_000 }; // the rate is another test's

/** A server with the page that is fuzzed. */
export interface FuzzSite {
  readonly origin: string;
  /** What functions of the page have thrown. */
  readonly errors: readonly unknown[];
  close(): Promise<void>;
}

/** Opens a site; `client` is the file of `./browser` that runs in the page. */
export async function openFuzzSite(seed: number, client: string): Promise<FuzzSite> {
  const code = await bundleClient(client);
  const errors: unknown[] = [];
  const { page, push } = fuzzLivePage(new FuzzStates(seed));
  const authenticator = { authenticate: () => null };
  const pages = createLivePages({
    pages: [page],
    secrets: ["a secret of tests, longer than 32 bytes"],
    authenticator,
    rate: UNLIMITED,
    scripts: ["/client.js"],
    onError: (cause) => errors.push(cause),
  });
  const realtime = createRealtime({ authenticator, guards: [pages.guard] });
  const unbind = pages.bind(realtime.registry);
  const servePages = serveNode(pages.fetch);
  const httpServer = createServer((request, response) => {
    if (request.url === "/client.js") return response.writeHead(200, { "content-type": "text/javascript" }).end(code);
    if (request.url === "/favicon.ico") return response.writeHead(204).end();
    if (request.url !== "/push") return servePages(request, response);
    push();
    return response.writeHead(204).end();
  });
  await realtime.serve(new WsRealtimeServer({ httpServer, path: "/realtime" }));
  await new Promise<void>((resolve) => httpServer.listen(0, "127.0.0.1", resolve));
  const { port } = httpServer.address() as AddressInfo; // a string only for a pipe
  return {
    origin: `http://127.0.0.1:${port}`,
    errors,
    async close() {
      unbind();
      pages.close();
      await realtime.close({ drainMs: 1 });
      httpServer.closeAllConnections();
      await new Promise((resolve) => httpServer.close(resolve));
    },
  };
}
