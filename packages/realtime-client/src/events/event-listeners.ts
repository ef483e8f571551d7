import { ListenerSet } from "../listeners.js";

type Listener = (payload: never) => void;

interface Event {
  readonly listeners: ListenerSet<{ readonly event: Listener }>;
  readonly undos: Map<Listener, () => void>;
}

/** Listeners by the name of an event, as `on`, `off` and `emit` take them: the same function is added once. */
export class EventListeners {
  readonly #byEvent = new Map<string, Event>();
  readonly #onError: (cause: unknown) => void;

  constructor(onError: (cause: unknown) => void) {
    this.#onError = onError;
  }

  on(event: string, listener: Listener): void {
    const known = this.#byEvent.get(event) ?? { listeners: new ListenerSet(this.#onError), undos: new Map() };
    this.#byEvent.set(event, known);
    if (!known.undos.has(listener)) known.undos.set(listener, known.listeners.add({ event: listener }));
  }

  off(event: string, listener: Listener): void {
    const known = this.#byEvent.get(event);
    known?.undos.get(listener)?.();
    known?.undos.delete(listener);
  }

  emit(event: string, payload?: unknown): void {
    this.#byEvent.get(event)?.listeners.emit("event", payload);
  }
}
