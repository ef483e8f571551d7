import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { once } from "node:events";
import type { HostSite } from "./host-site.js";

/** A site on a host. */
export interface HostUnderTest {
  readonly origin: string;
  close(): Promise<void>;
}

/** A site on a server of Node's. */
export async function listen(server: Server, site: HostSite): Promise<HostUnderTest> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, // a string only for a pipe
    async close() {
      await site.close();
      server.close();
      server.closeAllConnections();
    },
  };
}
