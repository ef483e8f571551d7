import type { Clock } from "../../seams/clock.js";
import type { IRealtimeObserver, RealtimeObservation } from "../../seams/observer.seam.js";
import { DevelopmentLog } from "./development-log.js";
import { FailureLog } from "./failure-log.js";
import { callerOf, InstanceWatch } from "./instance-watch.js";
import type { KnownChannels } from "./log-line.js";
import { writeToConsole, writeToLogger, type RealtimeLogger } from "./log-writer.js";

/** What failed on the server, and where. */
export type RealtimeFailure = Omit<Extract<RealtimeObservation, { readonly kind: "failed" }>, "kind">;

/** The app's options for its log. */
export interface LogOptions {
  readonly observers?: readonly IRealtimeObserver[] | undefined;
  readonly onError?: ((failure: RealtimeFailure) => void) | undefined;
  readonly logger?: RealtimeLogger | undefined;
}

/** What the choice of a log depends on. */
export interface DefaultObserversDeps {
  readonly clock: Clock;
  readonly channels: KnownChannels;
  /** No broker of the app's connects this instance with others. */
  readonly isAlone: boolean;
  /** The function that the app called. */
  readonly below: (...given: never) => unknown;
}

/**
 * The app's observers, `onError`, and a log: on the logger where there is one, else on the console unless an observer takes failures
 * (in production `onError` too). A handler that throws would otherwise show nothing on the server.
 */
export function withDefaultObservers(
  { observers = [], onError, logger }: LogOptions,
  { clock, channels, isAlone, below }: DefaultObserversDeps,
): { readonly observers: readonly IRealtimeObserver[]; readonly close: () => void } {
  const own = onError ? [...observers, failureObserver(onError)] : observers;
  const isProduction = process.env.NODE_ENV === "production";
  const isTaken = (isProduction ? own : observers).some(({ kinds }) => kinds === undefined || kinds.includes("failed"));
  if (!logger && isTaken) return { observers: own, close: () => undefined };
  const write = logger ? writeToLogger(logger) : writeToConsole;
  if (isProduction) return { observers: [...own, new FailureLog({ clock, channels, write })], close: () => undefined };
  const instance = isAlone ? new InstanceWatch(callerOf(below)) : undefined;
  return { observers: [...own, new DevelopmentLog({ channels, write, instance })], close: () => instance?.close() };
}

function failureObserver(onError: (failure: RealtimeFailure) => void): IRealtimeObserver {
  return {
    kinds: ["failed"],
    observe(observation) {
      if (observation.kind !== "failed") return;
      const { kind: _, ...failure } = observation;
      return onError(failure); // where it is asynchronous, its rejection is reported as any observer's
    },
  };
}
