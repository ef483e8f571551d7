import type { ChannelAddress } from "../channel/channel-address.js";
import type { RealtimeEnvelope } from "../wire/envelope.js";
import type { RealtimeError } from "../wire/realtime-error.js";
import type { RealtimeHandshake } from "./handshake.js";
import type { RealtimeUser } from "./realtime-user.js";

/** Whom an event is about. */
export interface ObservedConnection {
  readonly connectionId: string;
  readonly user: RealtimeUser | null;
  readonly handshake: RealtimeHandshake;
}

/** Everything worth knowing, as it happens. */
export type RealtimeObservation =
  | { readonly kind: "connected"; readonly connection: ObservedConnection }
  | { readonly kind: "refreshed"; readonly connection: ObservedConnection }
  | { readonly kind: "disconnected"; readonly connection: ObservedConnection; readonly reason: string }
  | { readonly kind: "subscribed"; readonly connection: ObservedConnection; readonly address: ChannelAddress }
  | {
      readonly kind: "left";
      readonly connection: ObservedConnection;
      readonly address: ChannelAddress;
      readonly why: LeaveReason;
    }
  | {
      readonly kind: "answered";
      readonly connection: ObservedConnection;
      readonly address: ChannelAddress;
      readonly event: string;
      readonly durationMs: number;
    }
  | {
      readonly kind: "refused";
      readonly connection: ObservedConnection;
      readonly error: RealtimeError;
      readonly channel?: string | undefined;
    }
  | {
      /** Refused at the HTTP request, before there was a connection. */
      readonly kind: "refused";
      readonly connection?: undefined;
      readonly handshake: RealtimeHandshake;
      readonly error: RealtimeError;
      readonly channel?: undefined;
    }
  | { readonly kind: "broadcast"; readonly envelope: RealtimeEnvelope }
  | { readonly kind: "failed"; readonly where: string; readonly cause: unknown; readonly channel?: string | undefined };

/** `asked`: the client said so; `closed`: with its connection; `lapsed`: a right or lease ended. */
export type LeaveReason = "asked" | "closed" | "lapsed";

/**
 * Seam 8: who watches?
 * MUST NOT touch what it is shown. A throw is reported to the others, never felt by anyone.
 */
export interface IRealtimeObserver {
  observe(observation: RealtimeObservation): void;
}
