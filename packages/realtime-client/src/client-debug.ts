import type { ChannelTable } from "./channel/create-channel-table.js";
import type { Connection } from "./connection/create-connection.js";
import type { Outbox } from "./outbox.js";
import type { IRealtimeTransport } from "./realtime-transport.js";

/** The parts of a client that a debugger may look at; it MUST NOT change them. */
export interface ClientParts {
  /** The subscriptions by their channel's concrete name. */
  readonly table: Pick<ChannelTable, "byName">;
  /** The messages without a reply. */
  readonly outbox: Pick<Outbox, "waiting">;
  /** The listeners of each change of the connection's state. */
  readonly watchers: { add(watcher: { readonly change: () => void }): () => void };
}

/** What `createRealtimeClient({ debug })` takes: it receives every frame, and the parts of the client. */
export interface ClientDebug {
  /** Wraps the transports, before the first connection; the client uses what it returns. */
  transports(
    given: readonly [IRealtimeTransport, ...IRealtimeTransport[]],
  ): readonly [IRealtimeTransport, ...IRealtimeTransport[]];
  /** Receives the parts of the client, once. */
  attach(connection: Pick<Connection, "state" | "link" | "dispatch">, parts: ClientParts): void;
}
