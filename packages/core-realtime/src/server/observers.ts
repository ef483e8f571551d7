import type { IRealtimeObserver, ObservationKind, RealtimeObservation } from "../seams/observer.seam.js";
import { runReported } from "../thenable.js";

/** Passes every observation to every observer of its kind; a throw is reported to the others and has no other effect. */
export class Observers implements IRealtimeObserver {
  readonly #observers: readonly IRealtimeObserver[];
  readonly #byKind = new Map<ObservationKind, readonly IRealtimeObserver[]>();

  constructor(observers: readonly IRealtimeObserver[]) {
    this.#observers = observers;
  }

  /** False where no observer takes this kind: then it need not be built. */
  isObserved(kind: ObservationKind): boolean {
    return this.#of(kind).length > 0;
  }

  /** Passes an observation to every observer of its kind. */
  observe(observation: RealtimeObservation): void {
    for (const observer of this.#of(observation.kind)) {
      runReported(
        () => observer.observe(observation),
        (cause) => this.#report(cause, observer),
      );
    }
  }

  #of(kind: ObservationKind): readonly IRealtimeObserver[] {
    const known = this.#byKind.get(kind);
    if (known) return known;
    const observers = this.#observers.filter(({ kinds }) => kinds === undefined || kinds.includes(kind));
    this.#byKind.set(kind, observers);
    return observers;
  }

  #report(cause: unknown, failed: IRealtimeObserver): void {
    const others = this.#of("failed").filter((observer) => observer !== failed);
    if (others.length === 0)
      process.emitWarning(`A realtime observer failed, and there is no other to report it to: ${String(cause)}`);
    const ignore = () => undefined; // two broken observers cannot report each other; the rest still receive the first
    for (const observer of others)
      runReported(() => observer.observe({ kind: "failed", where: "observer", cause }), ignore);
  }
}
