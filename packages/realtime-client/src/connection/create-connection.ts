import type { ServerFrame, SubscribeFrame } from "@repo/core-realtime";
import type { ClientClock } from "../browser-clock.js";
import type { IRealtimeTransport } from "../realtime-transport.js";
import { OPEN_LIMIT_MS } from "../limits.js";
import { RealtimeRefusal } from "../realtime-refusal.js";
import { step, type ConnectionEvent } from "./connection-machine.js";
import type { ConnectionState } from "./connection-state.js";
import { openLink, type Link } from "./open-link.js";
import { createRenewal, type Identity } from "./renewal.js";

/** Why a token is requested: `"refused"` means that the last one is no longer taken. */
export type TokenReason = "connect" | "expiring" | "refused";

/** Returns the current token; undefined where a cookie identifies the user. */
export type TokenProvider = (reason: TokenReason) => Promise<string | undefined> | string | undefined;

/** What a connection works with, and its callbacks. */
export interface ConnectionDeps {
  readonly url: string;
  /** In the order of preference: one that closes before its first frame yields to the next. */
  readonly transports: readonly [IRealtimeTransport, ...IRealtimeTransport[]];
  readonly auth?: TokenProvider | undefined;
  readonly clock: ClientClock;
  readonly random: () => number;
  readonly nextId: () => string;
  readonly onState: (state: ConnectionState, before: ConnectionState) => void;
  /** The server has taken a new identity on this connection: what it refused to the old one may be requested again. */
  readonly onIdentity?: (() => void) | undefined;
  readonly onFrame: (frame: ServerFrame) => void;
  /** What is requested first on each connection. */
  readonly first?: (() => readonly SubscribeFrame[]) | undefined;
  /** What is not ours to handle: the app's token provider threw, or a transport could not be made. */
  readonly onError: (cause: unknown) => void;
}

/** A connection that comes back by itself. */
export interface Connection {
  readonly state: ConnectionState;
  readonly link: Link | undefined;
  readonly dispatch: (event: ConnectionEvent) => void;
  /** Sends the current identity to the server; where there is no connection, the next attempt begins at once. */
  readonly refresh: () => Promise<void>;
}

/** Carries out what the machine decides: links, timers, tokens. */
export function createConnection(deps: ConnectionDeps): Connection {
  let state: ConnectionState = { status: "idle" };
  let link: Link | undefined;
  let visit = 0; // counts links, open or to be opened: a token that arrives late belongs to none
  let lastToken: string | undefined;
  let lastCause: string | null | undefined; // reported once in an outage; null where it begins: the server was reached before, and a lost network is a state
  let choice = 0;
  let isReached = true; // whether the last link reached the server; if not, the next one sends no first frames: a proxy may refuse long headers
  let cancel: (() => void) | undefined;

  const dispatch = (event: ConnectionEvent): void => {
    const before = state;
    const moment = { now: deps.clock.now(), random: deps.random(), canRenew: deps.auth !== undefined };
    const [next, effect] = step(before, event, moment);
    state = next;
    const { status } = state;
    if (status !== before.status) cancel?.();
    if (effect === "probe") link?.probe();
    else if (effect !== undefined) {
      cancel?.();
      renewal.stop();
      link?.end();
      link = undefined;
      visit += 1;
      const giveUp = () => dispatch(effect === "renew" ? { type: "unrenewed", isLasting: false } : { type: "due" });
      if (effect === "renew") void withToken("refused", tryNew, giveUp);
      if (effect !== "close") cancel = deps.clock.after(effect === "renew" ? OPEN_LIMIT_MS : effect, giveUp);
      if (status === "connecting") void withToken("connect", open, giveUp);
    }
    if (state !== before) deps.onState(state, before);
  };

  const withToken = async (
    reason: TokenReason,
    use: (token: string | undefined) => void,
    onFailure: () => void,
  ): Promise<void> => {
    const mine = visit;
    try {
      const token = await deps.auth?.(reason);
      if (mine === visit) use(token);
    } catch (cause) {
      deps.onError(cause);
      if (mine === visit) onFailure();
    }
  };

  const open = (token: string | undefined): void => {
    lastToken = token;
    link = openLink({
      ...deps,
      token,
      first: isReached ? deps.first?.() : undefined,
      transport: deps.transports[choice] ?? deps.transports[(choice = 0)],
      onFrame: take,
      onClose(wasReached, code, error) {
        isReached = wasReached;
        if (wasReached) lastCause = null;
        else choice += 1;
        dispatch({ type: "closed", code, error });
      },
      onError(cause) {
        const isState = lastCause === null && cause instanceof TypeError; // what `fetch` throws where there is no network
        if (!isState && lastCause !== (lastCause = String(cause))) deps.onError(cause);
      },
    });
  };

  /** The server refuses until something changes: a new token is a change, the same one is not. */
  const tryNew = (token: string | undefined): void =>
    dispatch(token === lastToken ? { type: "unrenewed", isLasting: true } : { type: "renewed" });

  const take = (frame: ServerFrame): void => {
    if (frame.type === "connected" || frame.type === "draining") dispatch(frame);
    else if (frame.type === "expiring") renewal.warn(frame.expiresAt);
    else deps.onFrame(frame);
  };

  /** Offers a new token, or the cookie of the moment, in band; without a reply where the link breaks first. */
  const offer = (onReply: (identity: Identity | undefined) => void): Promise<void> =>
    withToken(
      "expiring",
      (token) =>
        link?.request({ type: "refresh", token }, (reply) => {
          if (reply.ok) dispatch({ type: "identified", userId: (reply.result as Identity).userId });
          else deps.onError(new RealtimeRefusal(reply.error));
          onReply(reply.ok ? (reply.result as Identity) : undefined);
        }),
      () => onReply(undefined),
    );
  const renewal = createRenewal({ ...deps, offer });

  return {
    get state() {
      return state;
    },
    get link() {
      return link;
    },
    dispatch,
    async refresh() {
      if (state.status === "connected") await offer((identity) => identity && deps.onIdentity?.());
      else dispatch({ type: "renewed" });
    },
  };
}
