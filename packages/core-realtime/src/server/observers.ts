import type { IRealtimeObserver, RealtimeObservation } from "../seams/observer.seam.js";

/** Shows every observation to every observer; a throw is reported to the others, never felt. */
export class Observers implements IRealtimeObserver {
  readonly #observers: readonly IRealtimeObserver[];

  constructor(observers: readonly IRealtimeObserver[]) {
    this.#observers = observers;
  }

  observe(observation: RealtimeObservation): void {
    for (const observer of this.#observers) {
      try {
        const watched: unknown = observer.observe(observation);
        if (watched instanceof Promise) watched.catch((cause: unknown) => this.#report(cause, observer)); // an async observer compiles
      } catch (cause) {
        this.#report(cause, observer);
      }
    }
  }

  #report(cause: unknown, failed: IRealtimeObserver): void {
    if (this.#observers.length === 1)
      process.emitWarning(`A realtime observer failed, and there is no other to tell: ${String(cause)}`);
    for (const observer of this.#observers) {
      if (observer === failed) continue;
      try {
        observer.observe({ kind: "failed", where: "observer", cause });
      } catch {
        continue; // two broken observers cannot report each other; the rest still hear of the first
      }
    }
  }
}
