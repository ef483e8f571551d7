import type { Server } from "node:http";

/** A server in the bench. */
export interface Contender {
  attach(httpServer: Server): Promise<void> | void;
  /** Publishes to all subscribers of a channel. */
  publish(channel: string, text: string): void;
}
