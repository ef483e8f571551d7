import type { Clock, RealtimeEnvelope, RealtimePosition, SubscribeResult, WireError } from "@repo/core-realtime";
import { backOffMs } from "../connection/back-off.js";
import type { Ask } from "../connection/open-link.js";
import { RealtimeRefusal } from "../realtime-refusal.js";
import type { ChannelListener } from "./channel-listener.js";
import type { ChannelState } from "./channel-state.js";
import { place } from "./place.js";

/** What a first attach asks for. */
export interface AttachOptions {
  /** Everything after this position, such as that of data preloaded by a server. */
  readonly since?: RealtimePosition | undefined;
  /** The last n messages, 1 to 100. */
  readonly rewind?: number | undefined;
  /** The last message is the whole state: what lies between is not wanted. */
  readonly latest?: boolean | undefined;
}

/** Reads a payload before anyone sees it; throws where it does not fit. */
export type PayloadCheck = (envelope: RealtimeEnvelope) => RealtimeEnvelope;

/** How the first who listens joins a channel. */
export interface JoinOptions extends AttachOptions {
  readonly check?: PayloadCheck | undefined;
}

/** What a subscription stands on. */
export interface SubscriptionDeps {
  readonly clock: Clock;
  readonly random: () => number;
  readonly ask: Ask;
  readonly onRefused: (channel: string, error: RealtimeRefusal) => void;
  readonly onError: (cause: unknown) => void;
}

/** One channel of this client, whoever listens: what has come, in order and once, and what is missing. */
export interface Subscription {
  readonly state: ChannelState;
  readonly listeners: Set<ChannelListener>;
  /** The server has been asked on this connection and has not refused: what is said now finds us subscribed. */
  readonly isAsked: boolean;
  /** Asks the server, on a new connection or to repair a hole. */
  attach(): void;
  /** The connection has gone; the next one attaches again. */
  detach(): void;
  receive(envelope: RealtimeEnvelope): void;
  /** The server ended it, or did not let it begin. */
  refuse(error: WireError): void;
}

/** Makes the subscription of a channel; `attach` begins it. */
export function createSubscription(channel: string, options: JoinOptions, deps: SubscriptionDeps): Subscription {
  const { since: first, rewind, latest, check } = options;
  const { clock, random, ask, onRefused, onError } = deps;
  const listeners = new Set<ChannelListener>();
  let state: ChannelState = { status: "subscribing" };
  let position = first;
  let held: RealtimeEnvelope[] | undefined; // what comes before the answer to a subscribe belongs behind it
  let isAsked = false;
  let wasAttached = false;
  let failures = 0;
  let cancelRetry: () => void = () => undefined;

  const attach = (waiting: RealtimeEnvelope[] = []): void => {
    const since = position;
    held = waiting;
    isAsked = true;
    cancelRetry();
    ask({ type: "subscribe", channel, since, rewind: since ? undefined : rewind, latest }, (reply) => {
      if (reply.ok) return attached(reply.result as SubscribeResult, since);
      const { retry, retryAfterMs = 0 } = reply.error;
      refuse(reply.error);
      if (retry === "later" && listeners.size)
        cancelRetry = clock.after(retryAfterMs + backOffMs(failures++, random()), attach);
    });
    set({ status: "subscribing", error: undefined });
  };

  const attached = (result: SubscribeResult, since: RealtimePosition | undefined): void => {
    const waiting = held ?? [];
    const isMissing = since ? !result.recovered : wasAttached; // without history nobody knows what was said meanwhile
    const { opening } = result;
    held = undefined;
    failures = 0;
    wasAttached = true;
    if (isMissing) tell("gap");
    result.messages?.forEach(deliver);
    position = result.position;
    set({ status: "subscribed", opening });
    if (opening !== undefined) tell("opening", opening);
    waiting.forEach(receive);
  };

  const receive = (envelope: RealtimeEnvelope): void => {
    if (held) return void held.push(envelope);
    if (!isAsked) return;
    const placement = place(position, envelope.position);
    if (placement === "take" || (latest && placement !== "drop")) deliver(envelope);
    else if (placement === "hole") attach([envelope]);
    else if (placement === "epoch") attach(); // the answer says from where to go on; this message may be of either age
  };

  const deliver = (envelope: RealtimeEnvelope): void => {
    position = envelope.position ?? position;
    try {
      const message = check?.(envelope) ?? envelope;
      set({ latest: message });
      tell("message", message);
    } catch (cause) {
      onError(cause);
    }
  };

  const refuse = (wire: WireError): void => {
    const error = new RealtimeRefusal(wire);
    isAsked = false;
    held = undefined;
    set({ status: "refused", error });
    onRefused(channel, error);
  };

  const set = (news: Partial<ChannelState>): void => {
    state = { ...state, ...news };
    tell("change", state);
  };

  const tell = (kind: keyof ChannelListener, news?: unknown): void => {
    for (const listener of listeners)
      try {
        (listener[kind] as ((news: unknown) => void) | undefined)?.(news);
      } catch (cause) {
        onError(cause); // one listener's mistake is not the others'
      }
  };

  return {
    get state() {
      return state;
    },
    listeners,
    get isAsked() {
      return isAsked;
    },
    attach: () => attach(),
    detach() {
      isAsked = false;
      cancelRetry();
      if (state.status === "subscribed") set({ status: "subscribing" });
    },
    receive,
    refuse,
  };
}
