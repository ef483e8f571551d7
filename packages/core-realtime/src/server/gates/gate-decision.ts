import type { Clock } from "../../seams/clock.js";
import type { GateDecision } from "../../seams/observer.seam.js";
import type { MessageFrame } from "../../wire/frames.js";
import { RealtimeError } from "../../wire/realtime-error.js";
import type { Observers } from "../observers.js";

/** The check of a gate that is in progress: where it throws, it has decided. Written by the gates, read where decisions are observed. */
export interface GateTrace {
  by: string;
}

/** A decision that is under way. */
export interface PendingDecision {
  readonly trace: GateTrace;
  /** The gate has let it pass, or thrown this. */
  readonly end: (error?: unknown) => void;
}

/** What is known of a decision before it is made. */
export type Undecided = Pick<GateDecision, "gate" | "connectionId" | "channel" | "event">;

/** Begins to measure a decision. Where decisions are not observed use `UNOBSERVED`: it builds nothing. */
export function beginDecision(
  undecided: Undecided,
  { observer, clock }: { readonly observer: Pick<Observers, "observe" | "isObserved">; readonly clock: Clock },
): PendingDecision {
  const trace: GateTrace = { by: "" };
  const began = clock.monotonic();
  return {
    trace,
    end: (error) =>
      observer.observe({
        kind: "decided",
        ...undecided,
        by: error === undefined ? "all" : trace.by,
        refusal: error === undefined ? undefined : error instanceof RealtimeError ? error.code : "INTERNAL_ERROR",
        durationMs: clock.monotonic() - began,
      }),
  };
}

/** The same for gate 3, on the path of every message. */
export function beginMessage(
  { channel, event }: MessageFrame,
  connectionId: string,
  deps: { readonly observer: Pick<Observers, "observe" | "isObserved">; readonly clock: Clock },
): PendingDecision {
  if (!deps.observer.isObserved("decided")) return UNOBSERVED;
  return beginDecision({ gate: "message", connectionId, channel, event }, deps);
}

/** Ends it when what it decides about has settled. */
export function endWith(result: PromiseLike<unknown>, { end }: PendingDecision): void {
  result.then(() => end(), end);
}

/** A decision that is not observed. */
export const UNOBSERVED: PendingDecision = { trace: { by: "" }, end: () => undefined };
