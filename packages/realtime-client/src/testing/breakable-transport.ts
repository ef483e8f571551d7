import type { ClientFrame } from "@repo/core-realtime";
import type { IRealtimeTransport } from "../realtime-transport.js";

/** A transport whose link can be cut, and which records what the client sends. */
export class BreakableTransport implements IRealtimeTransport {
  readonly name = "breakable";
  readonly carriesFirst = true;
  readonly frames: ClientFrame[] = [];
  /** No link opens. */
  isOffline = false;
  readonly #inner: IRealtimeTransport;
  #held: (() => void)[] | undefined;
  #break: (() => void) | undefined;

  constructor(inner: IRealtimeTransport) {
    this.#inner = inner;
  }

  open: IRealtimeTransport["open"] = (request, events) => {
    if (this.isOffline) {
      queueMicrotask(() => events.onClose());
      return { send: () => undefined, close: () => undefined };
    }
    const onFrame: typeof events.onFrame = (frame) => {
      if (this.#held) this.#held.push(() => events.onFrame(frame));
      else events.onFrame(frame);
    };
    const link = this.#inner.open(request, { ...events, onFrame });
    this.#break = () => {
      link.close();
      events.onClose();
    };
    return {
      close: () => link.close(),
      send: (frame) => {
        this.frames.push(frame);
        link.send(frame);
      },
    };
  };

  /** What the server sends from now on is on its way, until the returned function is called. */
  hold(): () => void {
    const held: (() => void)[] = (this.#held = []);
    return () => {
      this.#held = undefined;
      held.forEach((arrive) => arrive());
    };
  }

  cut(): void {
    this.#break?.();
  }
}
