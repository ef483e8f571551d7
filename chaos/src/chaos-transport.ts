import type { Server } from "node:http";
import type { IRealtimeServer } from "@repo/core-realtime";
import type { OpenLink } from "@repo/core-testing/chaos";

/** A transport's two ends, as the suite needs them. */
export interface ChaosTransport {
  readonly name: string;
  /** The server's end, on this HTTP server. */
  serverOn(httpServer: Server): IRealtimeServer;
  /** The client's end: knocks at this port of this machine as the bearer of the token. */
  linksTo(port: number, token: string): OpenLink;
}
