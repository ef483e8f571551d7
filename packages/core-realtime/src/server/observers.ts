import type { IRealtimeObserver, RealtimeObservation } from "../realtime-observer.js";

/** Shows every observation to every observer; a throw is reported to the others, never felt. */
export class Observers implements IRealtimeObserver {
  readonly #observers: readonly IRealtimeObserver[];

  constructor(observers: readonly IRealtimeObserver[]) {
    this.#observers = observers;
  }

  observe(observation: RealtimeObservation): void {
    for (const observer of this.#observers) {
      try {
        observer.observe(observation);
      } catch (cause) {
        this.#reportTo(cause, observer);
      }
    }
  }

  #reportTo(cause: unknown, failed: IRealtimeObserver): void {
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
