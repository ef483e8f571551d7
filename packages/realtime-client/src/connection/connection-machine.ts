import type { WireError } from "@repo/core-realtime";
import { OPEN_LIMIT_MS, STABLE_MS } from "../limits.js";
import { backOffMs } from "./back-off.js";
import type { ConnectionState } from "./connection-state.js";

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
  /** The network has changed, or the page is shown again: look at once. */
  | { readonly type: "wake" };

/** The link is dead, or never came to be. */
export interface ClosedEvent {
  readonly type: "closed";
  readonly code?: number | undefined;
  readonly error?: WireError | undefined;
}

/**
 * What is to be done. `probe`: ask the link whether it lives. `close`: end it. A number: end it, and a `connecting` opens
 * another; when so many ms have passed, `due` is to be said.
 */
export type ConnectionEffect = "probe" | "close" | number;

/** What a decision may know of the world. */
export interface Moment {
  /** By a clock that never jumps. */
  readonly now: number;
  /** From 0 up to 1. */
  readonly random: number;
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

const open = (attempt: number): Step => [{ status: "connecting", attempt }, OPEN_LIMIT_MS];
const openAfresh = () => open(0);
const probe = (state: ConnectionState): Step => [state, "probe"];

/** What is not in the table changes nothing. */
const TABLE: Table = {
  idle: { connect: openAfresh },
  connecting: {
    connected: ({ attempt }, { type: _, ...news }, { now }) => [{ ...news, status: "connected", attempt, madeAt: now }],
    closed,
    due: closed,
  },
  connected: {
    identified: learn,
    draining: learn,
    wake: probe,
    closed,
  },
  waiting: { due: ({ attempt }) => open(attempt), wake: openAfresh },
  stopped: { connect: openAfresh },
};

/** The whole life of a connection: pure, so that tests can walk it. */
export function step(state: ConnectionState, event: ConnectionEvent, moment: Moment): Step {
  if (event.type === "disconnect") return [{ status: "idle" }, "close"];
  const row: { readonly [E in ConnectionEvent["type"]]?: unknown } = TABLE[state.status];
  const entry = row[event.type] as ((...given: readonly unknown[]) => Step) | undefined; // the table's type has checked each entry
  return entry?.(state, event, moment) ?? [state];
}

/** What an event says becomes part of the state. */
function learn(state: In<"connected">, { type: _, ...news }: On<"identified" | "draining">): Step {
  return [{ ...state, ...news }];
}

/** 45xx: stay away, unless it was said for how long. Everything else: come back, with full jitter. */
function closed(
  state: In<"connecting" | "connected">,
  { code = 0, error }: Omit<ClosedEvent, "type"> & { readonly type: string },
  { now, random }: Moment,
): Step {
  const atLeastMs = error?.retryAfterMs ?? 0;
  if (code >= 4500 && !atLeastMs) return [{ status: "stopped", error }, "close"];
  const wasStable = "madeAt" in state && now - state.madeAt >= STABLE_MS;
  const attempt = wasStable ? 0 : state.attempt;
  const windowMs = "windowMs" in state && state.windowMs;
  const awayMs = windowMs ? windowMs * random : backOffMs(attempt, random);
  return [{ status: "waiting", attempt: attempt + 1, error }, atLeastMs + awayMs];
}
