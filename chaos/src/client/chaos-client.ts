import type { RealtimeEnvelope, RealtimePosition } from "@repo/core-realtime";

/** A subscription that was accepted. `since` was requested; `recovered` is the reply to that. */
export interface Attachment {
  readonly channel: string;
  readonly since?: RealtimePosition | undefined;
  readonly position?: RealtimePosition | undefined;
  readonly recovered?: boolean | undefined;
  /** The channel's opening. */
  readonly opening?: unknown;
}

/** The events that an application receives from its client. */
export interface ChaosClientEvents {
  /** Subscribed, at first or anew. `recovered: false` reports to the application that it missed something. */
  onAttached(attachment: Attachment): void;
  onMessage(envelope: RealtimeEnvelope): void;
  /** The numbers jumped on a connection that held; the client repairs it, but the server should not have let it happen. */
  onHole(channel: string): void;
  /** Subscribed once more on a connection on which it was subscribed already. */
  onResubscribed(channel: string): void;
  /** A message of a channel that this client is not subscribed to. */
  onStray(envelope: RealtimeEnvelope): void;
  /** A frame that belongs to no channel to which this client ever subscribed. */
  onUnknown(frame: unknown): void;
  /** So many messages go again, since a connection ended before their replies arrived. */
  onResent(count: number): void;
  /** The server refused the subscription, or ended it. */
  onRefused(channel: string, code: string): void;
}

/** A client of the suite: stays subscribed, and keeps each message until it has a reply, whatever the network does. */
export interface ChaosClient {
  /** Resolves with the server's result, over as many connections as it takes; rejects where the message was refused. */
  publish(channel: string, payload: object, event?: string): Promise<unknown>;
  close(): void;
}
