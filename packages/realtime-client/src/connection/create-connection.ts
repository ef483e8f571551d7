import type { ClientFrame, Clock, ServerFrame } from "@repo/core-realtime";
import type { IRealtimeTransport } from "../realtime-transport.js";
import { step, type ConnectionEvent } from "./connection-machine.js";
import type { ConnectionState } from "./connection-state.js";
import { openLink, type Ask, type Link } from "./open-link.js";

/** Why a token is asked for: `"refused"` means that the last one is no longer taken. */
export type TokenReason = "connect" | "expiring" | "refused";

/** Gives the token of the moment; undefined where a cookie says who it is. */
export type TokenProvider = (reason: TokenReason) => Promise<string | undefined> | string | undefined;

/** What a connection is made of, and whom it tells. */
export interface ConnectionDeps {
  readonly url: string;
  /** In the order of preference: one that closes before its first frame yields to the next. */
  readonly transports: readonly [IRealtimeTransport, ...IRealtimeTransport[]];
  readonly auth: TokenProvider;
  readonly clock: Clock;
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
  /** The transport in use, or to be tried next. */
  readonly transport: IRealtimeTransport;
  readonly latencyMs: number | undefined;
  readonly dispatch: (event: ConnectionEvent) => void;
  readonly send: (frame: ClientFrame) => void;
  readonly ask: Ask;
  /** Shows the server who it is by now. */
  readonly refresh: () => Promise<void>;
}

/** Carries out what the machine decides: links, timers, tokens. */
export function createConnection(deps: ConnectionDeps): Connection {
  const { transports, auth, clock, random, onState, onError } = deps;
  let state: ConnectionState = { status: "idle" };
  let link: Link | undefined;
  let attempt: object | undefined; // a token that comes late, for an attempt given up, is for nobody
  let lastToken: string | undefined;
  let choice = 0;
  let cancel: () => void = () => undefined;

  const chosen = () => transports[choice % transports.length] ?? transports[0];

  const dispatch = (event: ConnectionEvent): void => {
    const before = state;
    const [next, effect] = step(before, event, { now: clock.monotonic(), random: random() });
    state = next;
    if (state.status !== before.status) cancel();
    if (effect?.type === "probe") link?.probe();
    else if (effect) {
      link?.end();
      link = attempt = undefined;
      if ("ms" in effect) cancel = clock.after(effect.ms, () => dispatch({ type: "due" }));
      if (effect.type === "open") open().catch(onError);
      if (state.status === "stopped" && state.error.retry === "refresh") tryNewToken().catch(onError);
    }
    if (state !== before) onState(state, before);
  };

  const open = async (): Promise<void> => {
    const mine = (attempt = {});
    try {
      const token = await auth("connect");
      if (mine === attempt) link = linkWith(token);
    } catch (cause) {
      if (mine === attempt) dispatch({ type: "closed" });
      throw cause;
    }
  };

  const linkWith = (token: string | undefined): Link => {
    lastToken = token;
    return openLink({
      ...deps,
      token,
      transport: chosen(),
      onFrame: take,
      onClose(wasHeard, code, error) {
        if (!wasHeard) choice += 1;
        dispatch({ type: "closed", code, error });
      },
    });
  };

  const take = (frame: ServerFrame): void => {
    if (frame.type === "connected" || frame.type === "draining") dispatch(frame);
    else if (frame.type === "expiring") refresh().catch(onError);
    else deps.onFrame(frame);
  };

  const refresh = async (): Promise<void> => {
    const asking = link;
    const token = await auth("expiring");
    asking?.ask({ type: "refresh", token }, (reply) => {
      if (reply.ok) dispatch({ type: "identified", ...(reply.result as Identity) });
    });
  };

  /** Told to stay away until something has changed: a new token is such a thing, the same one is not. */
  const tryNewToken = async (): Promise<void> => {
    const token = await auth("refused");
    if (token !== lastToken && state.status === "stopped") dispatch({ type: "connect" });
  };

  return {
    get state() {
      return state;
    },
    get transport() {
      return chosen();
    },
    get latencyMs() {
      return link?.latencyMs;
    },
    dispatch,
    send: (frame) => link?.send(frame),
    ask: (question, answer) => link?.ask(question, answer),
    refresh,
  };
}

interface Identity {
  readonly userId: string | null;
}
