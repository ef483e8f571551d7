import type { WireError } from "@repo/core-realtime";
import { AWAY_MS, OPEN_LIMIT_MS, STABLE_MS } from "../limits.js";
import { backOffMs } from "./back-off.js";
import type { ConnectingState, ConnectionState } from "./connection-state.js";

/** What may happen to a connection. */
export type ConnectionEvent =
  | { readonly type: "connect" }
  | { readonly type: "disconnect" }
  | { readonly type: "connected"; readonly connectionId: string; readonly userId: string | null }
  | { readonly type: "identified"; readonly userId: string | null }
  | { readonly type: "draining"; readonly windowMs: number }
  | ClosedEvent
  /** The time of the last effect has passed. */
  | { readonly type: "due" }
  /** The network has changed, or the page is shown again: check at once. */
  | { readonly type: "wake" }
  /** The app has a new sign-in: whatever was begun with the old one begins again. */
  | { readonly type: "renewed" }
  /** No new token is available; `isLasting`: nor will be, until a user signs in. */
  | { readonly type: "unrenewed"; readonly isLasting: boolean };

/** The link is dead, or never came to be. */
export interface ClosedEvent {
  readonly type: "closed";
  readonly code?: number | undefined;
  readonly error?: WireError | undefined;
}

/**
 * What is to be done. `probe`: check that the link is alive. `close`: end it. `renew`: request a new token, and dispatch `renewed`
 * or `unrenewed`. A number: end the link, and a `connecting` opens another; when so many ms have passed, dispatch `due`.
 */
export type ConnectionEffect = "probe" | "close" | "renew" | number;

/** The input of a decision. */
export interface Moment {
  /** By a clock that never jumps. */
  readonly now: number;
  /** From 0 up to 1. */
  readonly random: number;
  /** The app has a token provider. */
  readonly canRenew?: boolean;
}

/** What a connection becomes, and what is to be done for it. */
export type Step = readonly [state: ConnectionState, effect?: ConnectionEffect];

type Status = ConnectionState["status"];
type In<S extends Status> = Extract<ConnectionState, { readonly status: S }>;
type On<E extends ConnectionEvent["type"]> = Extract<ConnectionEvent, { readonly type: E }>;
type Table = {
  readonly [S in Status]: {
    readonly [E in ConnectionEvent["type"]]?: (state: In<S>, event: On<E>, moment: Moment) => Step;
  };
};

const open = ({ attempt, error }: Omit<ConnectingState, "status">): Step => [
  { status: "connecting", attempt, error },
  OPEN_LIMIT_MS,
];
const openAfresh = () => open({ attempt: 0 });
const probe = (state: ConnectionState): Step => [state, "probe"];

/** What is not in the table changes nothing. */
const TABLE: Table = {
  idle: { connect: openAfresh },
  connecting: {
    connected: ({ attempt }, { type: _, ...news }, { now }) => [{ ...news, status: "connected", attempt, madeAt: now }],
    closed,
    due: closed,
    renewed: open,
  },
  connected: {
    identified: learn,
    draining: learn,
    wake: probe,
    closed,
  },
  waiting: {
    due: tryAgain,
    wake: (state, _, { now }) => (now < (state.notBefore ?? 0) ? [state] : tryAgain({ ...state, attempt: 0 })),
    renewed: open,
    unrenewed: (state, { isLasting }, { random }) =>
      isLasting
        ? [{ status: "stopped", error: state.error }, "close"]
        : [{ ...state, attempt: state.attempt + 1 }, backOffMs(state.attempt, random)],
  },
  stopped: { connect: openAfresh, renewed: openAfresh },
};

/** All states of a connection and the changes between them: pure, so that tests can run through them. */
export function step(state: ConnectionState, event: ConnectionEvent, moment: Moment): Step {
  if (event.type === "disconnect") return [{ status: "idle" }, "close"];
  const row: { readonly [E in ConnectionEvent["type"]]?: unknown } = TABLE[state.status];
  const entry = row[event.type] as ((...given: readonly unknown[]) => Step) | undefined; // the table's type has checked each entry
  return entry?.(state, event, moment) ?? [state];
}

/** The facts of an event, as part of the state. */
function learn(state: In<"connected">, { type: _, ...news }: On<"identified" | "draining">): Step {
  return [{ ...state, ...news }];
}

/** A refused identity is renewed first: with the old one the server would refuse again. */
function tryAgain(state: In<"waiting">): Step {
  return state.error?.retry === "refresh" ? [state, "renew"] : open(state);
}

/**
 * 45xx: stay away, for `retryAfterMs`, or until there is a new token, or else until the app acts.
 * Everything else: come back, with full jitter.
 */
function closed(
  state: In<"connecting" | "connected">,
  { code = 0, error }: Omit<ClosedEvent, "type"> & { readonly type: string },
  { now, random, canRenew }: Moment,
): Step {
  const mustStay = code >= 4500;
  const retry = error?.retry ?? "never";
  const atLeastMs = error?.retryAfterMs ?? (mustStay && retry === "later" ? AWAY_MS : 0);
  if (mustStay && !atLeastMs && !(retry === "refresh" && canRenew)) return [{ status: "stopped", error }, "close"];
  const wasStable = "madeAt" in state && now - state.madeAt >= STABLE_MS;
  const attempt = wasStable ? 0 : state.attempt;
  const windowMs = "windowMs" in state && state.windowMs;
  const isRenewed = retry === "refresh" && attempt === 0; // an expired session does not have to wait
  const awayMs = isRenewed ? 0 : windowMs ? windowMs * random : backOffMs(attempt, random);
  const waiting = { status: "waiting", attempt: attempt + 1, error } as const;
  return [atLeastMs ? { ...waiting, notBefore: now + atLeastMs } : waiting, atLeastMs + awayMs];
}
