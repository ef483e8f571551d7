import type { ChannelAddress } from "../channel/channel-address.js";
import type { RealtimeErrorCode } from "../wire/error-codes.js";
import type { RealtimeError } from "../wire/realtime-error.js";
import type { SealedEnvelope } from "../wire/sealed-envelope.js";
import type { RealtimeHandshake } from "./handshake.js";
import type { RealtimeUser } from "./realtime-user.js";

/** The facts about one connection: frozen, without cookies or tokens. */
export interface ObservedConnection {
  /** The server's id of the connection. */
  readonly connectionId: string;
  /** The user; null for an anonymous visitor. */
  readonly user: RealtimeUser | null;
  /** `"socket.io"`, `"ws"`, `"sse"`, `"memory"`. */
  readonly transport: string;
  /** The network address of the client, as the socket sees it. */
  readonly remoteAddress: string | undefined;
  /** When it was opened, in milliseconds since 1970. */
  readonly since: number;
}

/** One connection of this node, as `realtime.connections()` lists it. */
export interface ListedConnection extends ObservedConnection {
  /** The concrete names of the channels. */
  readonly subscriptions: readonly string[];
  /** When its client last sent a frame, in milliseconds since 1970. */
  readonly lastActive: number;
}

/** The four gates. */
export type GateName = "connect" | "subscribe" | "message" | "broadcast";

/** What a gate decided, and which of its checks did. */
export interface GateDecision {
  readonly kind: "decided";
  /** Which gate. */
  readonly gate: GateName;
  /** `"origin"`, `"limits"`, `"authenticator"`, `"channel"`, `"scope"`, `"schema"`, `"handler"`, or a guard's name; `"all"` where every check passed. */
  readonly by: string;
  /** The code of the refusal; undefined where it was passed. */
  readonly refusal?: RealtimeErrorCode | undefined;
  /** How long the gate took, in ms. */
  readonly durationMs: number;
  /** The connection, where there is one. */
  readonly connectionId?: string | undefined;
  /** The channel, where there is one. */
  readonly channel?: string | undefined;
  /** The event, at the gates of messages. */
  readonly event?: string | undefined;
}

/** One event of a node, reported to the observers as it happens. */
export type RealtimeObservation =
  | { readonly kind: "connected"; readonly connection: ObservedConnection }
  | { readonly kind: "refreshed"; readonly connection: ObservedConnection; readonly before: RealtimeUser | null }
  | { readonly kind: "disconnected"; readonly connection: ObservedConnection; readonly reason: string }
  | { readonly kind: "subscribed"; readonly connection: ObservedConnection; readonly address: ChannelAddress }
  | {
      readonly kind: "left";
      readonly connection: ObservedConnection;
      readonly address: ChannelAddress;
      readonly why: LeaveReason;
    }
  | {
      readonly kind: "handled";
      readonly connection: ObservedConnection;
      readonly address: ChannelAddress;
      readonly event: string;
      readonly durationMs: number;
    }
  | {
      readonly kind: "refused";
      /** Undefined where the refusal came before there was a connection: at the upgrade or the first request. */
      readonly connection: ObservedConnection | undefined;
      readonly error: RealtimeError;
      readonly channel?: string | undefined;
      /** `"schema"` where INBOUND_REFUSED is the gate's: no inbound, no such event, or no handler. Undefined for every other refusal. */
      readonly by?: "schema" | undefined;
      /** The refused request, where there is no connection. */
      readonly handshake?: Pick<RealtimeHandshake, "transport" | "url" | "remoteAddress"> & {
        readonly origin?: string;
      };
    }
  | GateDecision
  | { readonly kind: "broadcast"; readonly envelope: SealedEnvelope }
  /** On every node that had subscribers: how many connections the message was queued for. */
  | { readonly kind: "delivered"; readonly envelope: SealedEnvelope; readonly audience: number }
  /**
   * A node missed messages: `"repaired"` from the history, or `"ended"` with GAP for its subscribers. `"lost"`: it may have missed some
   * of a channel that declares no history, and its subscribers are not notified.
   */
  | { readonly kind: "gap"; readonly channel: string; readonly outcome: "repaired" | "ended" | "lost" }
  | { readonly kind: "isolated" }
  | { readonly kind: "rejoined" }
  | { readonly kind: "failed"; readonly where: string; readonly cause: unknown; readonly channel?: string | undefined };

/** The kinds of observations. */
export type ObservationKind = RealtimeObservation["kind"];

/** Why a subscription ended. `unsubscribed`: by its client; `disconnected`: with its connection; `ended`: by the server, as a right or lease expired or was revoked, or messages were lost. */
export type LeaveReason = "unsubscribed" | "disconnected" | "ended";

/**
 * Seam 8: who observes?
 * MUST NOT change what it receives. A throw is reported to the other observers and has no other effect.
 */
export interface IRealtimeObserver {
  /** Only these are observed, and nothing is built for the others; all where left out. */
  readonly kinds?: readonly ObservationKind[];
  /** Called with each observation of the kinds. */
  observe(observation: RealtimeObservation): void;
}
