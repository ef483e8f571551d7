import type { RealtimeEnvelope, RealtimePosition, SubscribeResult, WireError } from "@repo/core-realtime";
import type { ClientClock } from "../browser-clock.js";
import { backOffMs } from "../connection/back-off.js";
import type { Connection } from "../connection/create-connection.js";
import { ListenerSet } from "../listeners.js";
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
  readonly connection: Pick<Connection, "link">;
  readonly clock: ClientClock;
  readonly random: () => number;
  readonly onRefused: (channel: string, error: RealtimeRefusal) => void;
  readonly onError: (cause: unknown) => void;
}

/** One channel of this client, whoever listens: what has come, in order and once, and what is missing. */
export interface Subscription {
  readonly state: ChannelState;
  readonly listeners: ListenerSet<ChannelListener>;
  /** The server has been asked on this connection and has not refused: what is said now finds us subscribed. */
  readonly isAsked: boolean;
  /** Asks the server, on a new connection or to repair a hole. */
  readonly attach: () => void;
  /** Somebody asks for it again, where it was refused; not before the server's own time for a retry. */
  readonly askAgain: () => void;
  /** The connection has gone; the next one attaches again. */
  readonly detach: () => void;
  /** The connection has gone, and none will come by itself. */
  readonly stop: (error: RealtimeRefusal) => void;
  readonly receive: (envelope: RealtimeEnvelope) => void;
  /** The server has ended it. */
  readonly left: (error: WireError) => void;
}

/** Makes the subscription of a channel; `attach` begins it. */
export function createSubscription(channel: string, options: JoinOptions, deps: SubscriptionDeps): Subscription {
  const { rewind, latest } = options;
  const listeners = new ListenerSet<ChannelListener>(deps.onError);
  let state: ChannelState = { status: "subscribing", position: options.since };
  let held: RealtimeEnvelope[] | undefined; // what comes before the answer to a subscribe belongs behind it
  let isAsked = false;
  let run = 0; // changes when the connection goes: what a listener has ended is not gone on with
  let wasAttached = false;
  let failures = 0;
  let cancelRetry: (() => void) | undefined;

  const attach = (waiting: RealtimeEnvelope[] = [], isQuiet = false): void => {
    const since = state.position;
    held = waiting;
    isAsked = true;
    cancelRetry?.();
    cancelRetry = undefined;
    deps.connection.link?.ask({ type: "subscribe", channel, since, rewind, latest }, (reply) => {
      if (reply.ok) attached(reply.result as SubscribeResult, since);
      else refuse(reply.error);
    });
    if (!isQuiet) set({ status: "subscribing", error: undefined });
  };

  const attached = (result: SubscribeResult, since: RealtimePosition | undefined): void => {
    const { messages = [], opening } = result;
    const waiting = held ?? [];
    const isMissing = since ? !result.recovered : wasAttached; // without history nobody knows what was said meanwhile
    held = undefined;
    failures = 0;
    wasAttached = true;
    inOneRun(
      () => isMissing && listeners.emit("gap"),
      ...messages.map((message) => () => deliver(message)),
      () => set({ status: "subscribed", error: undefined, opening, position: result.position }),
      () => opening !== undefined && listeners.emit("opening", opening),
      ...waiting.map((message) => () => receive(message)),
    );
  };

  const receive = (envelope: RealtimeEnvelope): void => {
    if (held) return void held.push(envelope);
    if (!isAsked) return;
    const placement = place(state.position, envelope.position);
    if (placement === "take" || (latest && placement !== "drop")) deliver(envelope);
    else if (placement === "hole") attach([envelope]);
    else if (placement === "epoch") attach(); // the answer says from where to go on; this message may be of either age
  };

  const deliver = (envelope: RealtimeEnvelope): void => {
    const { latest: last, position } = state;
    let message: RealtimeEnvelope | undefined;
    try {
      message = options.check?.(envelope) ?? envelope;
    } catch (cause) {
      deps.onError(cause);
    }
    const mine = run;
    set({ latest: message ?? last, position: envelope.position ?? position });
    if (mine !== run)
      set({ latest: last, position }); // not told to anybody: it is recovered on the next connection
    else if (message) listeners.emit("message", message);
  };

  /** Takes one step after the other, and no more once a listener has ended the connection. */
  const inOneRun = (...steps: readonly (() => unknown)[]): void => {
    const mine = run;
    for (const next of steps) if (mine === run) next();
  };

  const refuse = (wire: WireError): void => {
    const error = new RealtimeRefusal(wire);
    end();
    // withdrawn is withdrawn: a retry of ours would undo it
    if (error.retry === "later" && error.code !== "REVOKED" && listeners.size)
      cancelRetry = deps.clock.after((error.retryAfterMs ?? 0) + backOffMs(failures++, deps.random()), () => attach());
    set({ status: "refused", error });
    deps.onRefused(channel, error);
  };

  const end = (): void => {
    run += 1;
    isAsked = false;
    held = undefined;
    cancelRetry?.();
    cancelRetry = undefined;
  };

  const set = (news: Partial<ChannelState>): void => {
    state = { ...state, ...news };
    listeners.emit("change", state);
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
    askAgain() {
      if (state.error && !isAsked && !cancelRetry) attach([], true); // shown as refused until the reply
    },
    detach() {
      end();
      if (state.status === "subscribed") set({ status: "subscribing" });
    },
    stop(error) {
      end();
      set({ status: "refused", error });
      deps.onRefused(channel, error);
    },
    receive,
    left(error) {
      if (!held) refuse(error); // else it is the end of what we have asked for anew, and the answer to that is on its way
    },
  };
}
