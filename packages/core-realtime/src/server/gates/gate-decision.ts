import type { Clock } from "../../seams/clock.js";
import type { GateDecision } from "../../seams/observer.seam.js";
import { RealtimeError } from "../../wire/realtime-error.js";
import type { Observers } from "../observers.js";

/** Which check of a gate is under way: whoever throws, decided. Written by the gates, read where decisions are observed. */
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

/** Begins to measure a decision; where nobody observes decisions, nothing is built. */
export function beginDecision(
  undecided: () => Undecided,
  { observer, clock }: { readonly observer: Pick<Observers, "observe" | "wants">; readonly clock: Clock },
): PendingDecision {
  if (!observer.wants("decided")) return UNOBSERVED;
  const trace: GateTrace = { by: "" };
  const began = clock.monotonic();
  return {
    trace,
    end: (error) =>
      observer.observe({
        kind: "decided",
        ...undecided(),
        by: error === undefined ? "all" : trace.by,
        refusal: error === undefined ? undefined : error instanceof RealtimeError ? error.code : "INTERNAL_ERROR",
        durationMs: clock.monotonic() - began,
      }),
  };
}

const UNOBSERVED: PendingDecision = { trace: { by: "" }, end: () => undefined };
