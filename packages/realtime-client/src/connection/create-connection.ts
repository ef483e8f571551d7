import type { ServerFrame } from "@repo/core-realtime";
import type { ClientClock } from "../browser-clock.js";
import type { IRealtimeTransport } from "../realtime-transport.js";
import { step, type ConnectionEvent } from "./connection-machine.js";
import type { ConnectionState } from "./connection-state.js";
import { openLink, type Link } from "./open-link.js";

/** Why a token is asked for: `"refused"` means that the last one is no longer taken. */
export type TokenReason = "connect" | "expiring" | "refused";

/** Gives the token of the moment; undefined where a cookie says who it is. */
export type TokenProvider = (reason: TokenReason) => Promise<string | undefined> | string | undefined;

/** What a connection is made of, and whom it tells. */
export interface ConnectionDeps {
  readonly url: string;
  /** In the order of preference: one that closes before its first frame yields to the next. */
  readonly transports: readonly [IRealtimeTransport, ...IRealtimeTransport[]];
  readonly auth?: TokenProvider | undefined;
  readonly clock: ClientClock;
  readonly random: () => number;
  readonly nextId: () => string;
  readonly onState: (state: ConnectionState, before: ConnectionState) => void;
  readonly onFrame: (frame: ServerFrame) => void;
  /** What is not ours to handle: the app's token provider threw, or a transport could not be made. */
  readonly onError: (cause: unknown) => void;
}

/** A connection that comes back by itself. */
export interface Connection {
  readonly state: ConnectionState;
  readonly link: Link | undefined;
  readonly dispatch: (event: ConnectionEvent) => void;
  /** Shows the server who it is by now. */
  readonly refresh: () => Promise<void>;
}

/** Carries out what the machine decides: links, timers, tokens. */
export function createConnection(deps: ConnectionDeps): Connection {
  let state: ConnectionState = { status: "idle" };
  let link: Link | undefined;
  let visit = 0; // counts links, had or to be had: a token that comes late is for nobody
  let lastToken: string | undefined;
  let choice = 0;
  let cancel: (() => void) | undefined;

  const dispatch = (event: ConnectionEvent): void => {
    const before = state;
    const [next, effect] = step(before, event, { now: deps.clock.now(), random: deps.random() });
    state = next;
    if (state.status !== before.status) cancel?.();
    if (effect === "probe") link?.probe();
    else if (effect !== undefined) {
      link?.end();
      link = undefined;
      visit += 1;
      if (effect !== "close") cancel = deps.clock.after(effect, () => dispatch({ type: "due" }));
      if (state.status === "connecting") void withToken("connect", open);
      if (state.status === "stopped" && state.error?.retry === "refresh") void withToken("refused", tryNew);
    }
    if (state !== before) deps.onState(state, before);
  };

  const withToken = async (reason: TokenReason, use: (token: string | undefined) => void): Promise<void> => {
    const mine = visit;
    try {
      const token = await deps.auth?.(reason);
      if (mine === visit) use(token);
    } catch (cause) {
      deps.onError(cause);
      if (mine === visit && state.status === "connecting") dispatch({ type: "closed" });
    }
  };

  const open = (token: string | undefined): void => {
    lastToken = token;
    link = openLink({
      ...deps,
      token,
      transport: deps.transports[choice % deps.transports.length] ?? deps.transports[0],
      onFrame: take,
      onClose(wasHeard, code, error) {
        if (!wasHeard) choice += 1;
        dispatch({ type: "closed", code, error });
      },
    });
  };

  /** Told to stay away until something has changed: a new token is such a thing, the same one is not. */
  const tryNew = (token: string | undefined): void => {
    if (token !== lastToken) dispatch({ type: "connect" });
  };

  const take = (frame: ServerFrame): void => {
    if (frame.type === "connected" || frame.type === "draining") dispatch(frame);
    else if (frame.type === "expiring") void refresh();
    else deps.onFrame(frame);
  };

  const refresh = (): Promise<void> =>
    withToken("expiring", (token) =>
      link?.ask({ type: "refresh", token }, (reply) => {
        if (reply.ok) dispatch({ type: "identified", ...(reply.result as Identity) });
      }),
    );

  return {
    get state() {
      return state;
    },
    get link() {
      return link;
    },
    dispatch,
    refresh,
  };
}

interface Identity {
  readonly userId: string | null;
}
