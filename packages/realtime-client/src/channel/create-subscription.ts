import type {
  RealtimeEnvelope,
  RealtimePosition,
  SubscribeFrame,
  SubscribeResult,
  WireError,
} from "@repo/core-realtime";
import { backOffMs } from "../connection/back-off.js";
import { ListenerSet } from "../listeners.js";
import { RealtimeRefusal } from "../realtime-refusal.js";
import type { ChannelListener } from "./channel-listener.js";
import type { ChannelState, ChannelStatus } from "./channel-state.js";
import type { JoinOptions } from "./join-options.js";
import { place } from "./place.js";
import type { Subscription, SubscriptionDeps } from "./subscription.js";

/** Makes the subscription of a channel; `attach` begins it. */
export function createSubscription(channel: string, options: JoinOptions, deps: SubscriptionDeps): Subscription {
  const { rewind, latest } = options;
  const listeners = new ListenerSet<ChannelListener>(deps.onError);
  let state: ChannelState = { status: "subscribing", position: options.since };
  let held: RealtimeEnvelope[] | undefined; // what arrives before the reply to a subscribe belongs after it
  let isSent = false;
  let run = 0; // changes when the connection goes: a run that a listener has ended does not continue
  let wasAttached = false;
  let failures = 0;
  let { ask } = options;
  let askUses = 0;
  let cancelRetry: (() => void) | undefined;

  const request = (): SubscribeFrame => ({
    type: "subscribe",
    channel,
    since: state.position,
    rewind,
    latest,
    ask: typeof ask === "function" ? ask() : ask,
  });

  const attach = (waiting: RealtimeEnvelope[] = [], isQuiet = false): void => {
    const frame = request();
    held = waiting;
    isSent = true;
    cancelRetry?.();
    cancelRetry = undefined;
    deps.connection.link?.request(frame, (reply) => {
      if (held !== waiting) return; // subscribed anew meanwhile: the reply to that counts
      if (reply.ok) attached(reply.result as SubscribeResult, frame.since);
      else refuse(reply.error);
    });
    if (!isQuiet) set({ status: "subscribing", error: undefined });
  };

  const attached = (result: SubscribeResult, since: RealtimePosition | undefined): void => {
    const { messages = [] } = result;
    const opening = checked(result.opening, options.check?.opening);
    const waiting = held ?? [];
    const isMissing = since ? !result.recovered : wasAttached; // without history it is unknown what was published meanwhile
    held = undefined;
    failures = 0;
    wasAttached = true;
    inOneRun(
      () => isMissing && listeners.emit("gap"),
      ...messages.map((message) => () => deliver(message)),
      () => show("subscribed", undefined, { opening, position: result.position }),
      () => opening !== undefined && listeners.emit("opening", opening),
      ...waiting.map((message) => () => receive(message)),
    );
  };

  const receive = (envelope: RealtimeEnvelope): void => {
    if (held) return void held.push(envelope);
    if (!isSent) return;
    const placement = place(state.position, envelope.position);
    if (placement === "take" || (latest && placement !== "drop")) deliver(envelope);
    else if (placement === "hole") attach([envelope]);
    else if (placement === "epoch") attach(); // the reply has the position to continue from; this message may be older or newer
  };

  const deliver = (envelope: RealtimeEnvelope): void => {
    const { latest: last, position } = state;
    const message = checked(envelope, options.check?.message);
    const mine = run;
    set({ latest: message ?? last, position: envelope.position ?? position });
    if (mine !== run)
      set({ latest: last, position }); // not emitted: it is recovered on the next connection
    else if (message) listeners.emit("message", message);
  };

  /** A value as its schema reads it; undefined where it does not fit, which is reported. */
  const checked = <Value>(value: Value, check?: (value: Value) => Value): Value | undefined => {
    if (value === undefined || !check) return value;
    try {
      return check(value);
    } catch (cause) {
      deps.onError(cause);
      return undefined;
    }
  };

  /** Takes one step after the other, and no more once a listener has ended the connection. */
  const inOneRun = (...steps: readonly (() => unknown)[]): void => {
    const mine = run;
    for (const next of steps) if (mine === run) next();
  };

  const refuse = (wire: WireError): void => {
    const error = new RealtimeRefusal(wire);
    end();
    // a revoked right stays revoked: a retry would undo it
    const comesBack = error.retry === "later" && error.code !== "REVOKED" && listeners.size > 0;
    if (comesBack)
      cancelRetry = deps.clock.after((error.retryAfterMs ?? 0) + backOffMs(failures++, deps.random()), () => {
        attach();
        deps.onSent();
      });
    if (comesBack && wasAttached)
      show("subscribing", error, { isStale: true }); // what is published waits
    else giveUp(error);
  };

  const giveUp = (error: RealtimeRefusal): void => {
    show("refused", error);
    deps.onRefused(channel, error);
  };

  const end = (): void => {
    run += 1;
    isSent = false;
    held = undefined;
    cancelRetry?.();
    cancelRetry = undefined;
  };

  const show = (status: ChannelStatus, error?: RealtimeRefusal, rest?: Partial<ChannelState>): void =>
    set({ status, error, isStale: undefined, ...rest });

  const set = (news: Partial<ChannelState>): void => {
    state = { ...state, ...news };
    listeners.emit("change", state);
  };

  return {
    get state() {
      return state;
    },
    listeners,
    request,
    useAsk({ ask: wanted, since }) {
      if (wanted === undefined) return () => undefined;
      if (JSON.stringify(wanted) !== JSON.stringify(ask)) {
        if (askUses) throw new TypeError(`Channel "${channel}" is in use with another ask; leave it first.`);
        ask = wanted;
        const isAlone = !listeners.size;
        if (isAlone) wasAttached = false; // no listener misses anything
        set({ position: isAlone ? since : undefined, opening: undefined }); // no opening comes with what was missed
        if (isSent) attach();
      }
      askUses += 1;
      return () => (askUses -= 1);
    },
    get isSent() {
      return isSent;
    },
    attach: () => attach(),
    retry() {
      if (state.error && !isSent && !cancelRetry) attach([], true); // shown as refused until the reply
    },
    detach() {
      end();
      if (state.status === "subscribed") set({ status: "subscribing" });
    },
    stop(error) {
      end();
      giveUp(error);
    },
    receive,
    left(error) {
      if (!held) refuse(error); // else a new subscribe is in progress, and its reply is on its way
    },
  };
}
