import type { IRealtimeGuard, SubscribeRequest } from "@repo/core-realtime";
import { liveQueryChannel } from "./query/live-query-channel.js";
import type { OpenQueries } from "./open-queries.js";

/** Gate 2 of live queries, when it is passed again: an open query becomes the query of the connection's current user. */
export class LiveQueryGuard implements IRealtimeGuard {
  readonly name = "live query";
  readonly #open: OpenQueries;

  constructor(open: OpenQueries) {
    this.#open = open;
  }

  subscribe({ address, connectionId, user }: SubscribeRequest): Promise<void> | void {
    if (address.channel.name === liveQueryChannel.name) return this.#open.changeUser(connectionId, address.name, user);
  }
}
