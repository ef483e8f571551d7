import { reportCause } from "../report-error.js";

/** Listeners by the name of an event, as `on`, `off` and `emit` know them. */
export class EventListeners {
  readonly #byEvent = new Map<string, Set<(payload: unknown) => void>>();

  on(event: string, listener: (payload: never) => void): void {
    const listeners = this.#byEvent.get(event) ?? new Set();
    this.#byEvent.set(event, listeners.add(listener as (payload: unknown) => void)); // whoever emits knows what the event brings
  }

  off(event: string, listener: (payload: never) => void): void {
    this.#byEvent.get(event)?.delete(listener as (payload: unknown) => void);
  }

  emit(event: string, payload?: unknown): void {
    for (const listener of this.#byEvent.get(event) ?? [])
      try {
        listener(payload);
      } catch (cause) {
        reportCause(cause); // one listener's mistake is not the others'
      }
  }
}
