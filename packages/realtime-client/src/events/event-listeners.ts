import { ListenerSet } from "../listeners.js";

type Heard = (payload: never) => void;

interface Event {
  readonly listeners: ListenerSet<{ readonly heard: Heard }>;
  readonly undos: Map<Heard, () => void>;
}

/** Listeners by the name of an event, as `on`, `off` and `emit` know them: the same function listens once. */
export class EventListeners {
  readonly #byEvent = new Map<string, Event>();
  readonly #onError: (cause: unknown) => void;

  constructor(onError: (cause: unknown) => void) {
    this.#onError = onError;
  }

  on(event: string, listener: Heard): void {
    const known = this.#byEvent.get(event) ?? { listeners: new ListenerSet(this.#onError), undos: new Map() };
    this.#byEvent.set(event, known);
    if (!known.undos.has(listener)) known.undos.set(listener, known.listeners.add({ heard: listener }));
  }

  off(event: string, listener: Heard): void {
    const known = this.#byEvent.get(event);
    known?.undos.get(listener)?.();
    known?.undos.delete(listener);
  }

  emit(event: string, payload?: unknown): void {
    this.#byEvent.get(event)?.listeners.emit("heard", payload);
  }
}
