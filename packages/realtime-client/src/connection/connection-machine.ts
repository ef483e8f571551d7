import type { WireError } from "@repo/core-realtime";
import { backOffMs } from "./back-off.js";
import type { ConnectionState } from "./connection-state.js";

/** What may happen to a connection. */
export type ConnectionEvent =
  | { readonly type: "connect" }
  | { readonly type: "disconnect" }
  | { readonly type: "connected"; readonly connectionId: string; readonly userId: string | null }
  | { readonly type: "identified"; readonly userId: string | null }
  | { readonly type: "draining"; readonly windowMs: number }
  | { readonly type: "closed"; readonly code?: number | undefined; readonly error?: WireError | undefined }
  /** The time of an `open` or a `wait` has passed. */
  | { readonly type: "due" }
  /** The network is back, or the page is shown again. */
  | { readonly type: "wake" }
  /** The network is said to be gone. */
  | { readonly type: "doubt" };

/** What is to be done. All but `probe` end the link that was there before; after `ms`, `due` is to be said. */
export type ConnectionEffect =
  | { readonly type: "open"; readonly ms: number }
  | { readonly type: "wait"; readonly ms: number }
  | { readonly type: "close" }
  /** The link may be dead: ask it. */
  | { readonly type: "probe" };

/** What a decision may know of the world. */
export interface Moment {
  /** By a clock that never jumps. */
  readonly now: number;
  /** From 0 up to 1. */
  readonly random: number;
}

/** What a connection becomes, and what is to be done for it. */
export type Step = readonly [state: ConnectionState, effect?: ConnectionEffect];

const OPEN_LIMIT_MS = 15_000; // the server's gate 1 answers within 10 s; more is a black hole
const STABLE_MS = 10_000; // a shorter life counts as a failed attempt, or a server that closes at once is asked in a tight loop

/** The whole life of a connection: pure, so that a table can hold it. */
export function step(state: ConnectionState, event: ConnectionEvent, moment: Moment): Step {
  const { status } = state;
  switch (event.type) {
    case "connect":
      return status === "idle" || status === "stopped" ? open(0) : [state];
    case "disconnect":
      return [{ status: "idle" }, { type: "close" }];
    case "connected": {
      if (status !== "connecting") return [state];
      const { connectionId, userId } = event;
      return [{ status: "connected", connectionId, userId, attempt: state.attempt, madeAt: moment.now }];
    }
    case "identified":
      return [status === "connected" ? { ...state, userId: event.userId } : state];
    case "draining":
      return [status === "connected" ? { ...state, windowMs: event.windowMs } : state];
    case "closed":
      return closed(state, event, moment);
    case "due":
      return status === "waiting" ? open(state.attempt) : closed(state, {}, moment);
    case "wake":
      return status === "waiting" ? open(0) : doubted(state);
    case "doubt":
      return doubted(state);
    default:
      return event satisfies never;
  }
}

function open(attempt: number): Step {
  return [
    { status: "connecting", attempt },
    { type: "open", ms: OPEN_LIMIT_MS },
  ];
}

function doubted(state: ConnectionState): Step {
  return state.status === "connected" ? [state, { type: "probe" }] : [state];
}

interface Closure {
  readonly code?: number | undefined;
  readonly error?: WireError | undefined;
}

function closed(state: ConnectionState, { code = 0, error }: Closure, { now, random }: Moment): Step {
  if (state.status !== "connecting" && state.status !== "connected") return [state];
  const atLeastMs = error?.retryAfterMs ?? 0;
  if (error && code >= 4500 && code < 4600 && !atLeastMs) return [{ status: "stopped", error }, { type: "close" }];
  const isStable = state.status === "connected" && now - state.madeAt >= STABLE_MS;
  const attempt = isStable ? 0 : state.attempt;
  const awayMs = "windowMs" in state ? state.windowMs * random : backOffMs(attempt, random);
  return [
    { status: "waiting", attempt: attempt + 1, error },
    { type: "wait", ms: atLeastMs + awayMs },
  ];
}
