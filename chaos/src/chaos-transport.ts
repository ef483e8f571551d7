import type { Server } from "node:http";
import type { IRealtimeServer } from "@repo/core-realtime";
import type { OpenLink } from "./client/chaos-link";
import type { IRealtimeTransport } from "@repo/realtime-client";

/** A transport's two ends, as the suite needs them. */
export interface ChaosTransport {
  readonly name: string;
  /** The server's end, on this HTTP server. */
  serverOn(httpServer: Server): IRealtimeServer;
  /** The client's end: connects to this port of this machine as the bearer of the token. */
  linksTo(port: number, token: string): OpenLink;
  /** The client's end as the library's own client has it. */
  readonly ofLibrary: IRealtimeTransport;
}
