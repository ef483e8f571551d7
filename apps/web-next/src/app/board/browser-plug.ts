import type { IRealtimeTransport, TransportLink } from "@repo/realtime-client";

/** Cuts a transport as a pulled plug would: what was open is dead, what is opened never replies, and no event has a reason. */
export class BrowserPlug {
  readonly #watchers = new Set<() => void>();
  readonly #links = new Set<() => void>();
  #isPulled = false;

  get isPulled(): boolean {
    return this.#isPulled;
  }

  readonly pull = (): void => this.#become(true);
  readonly putBack = (): void => this.#become(false);

  readonly watch = (change: () => void): (() => void) => {
    this.#watchers.add(change);
    return () => this.#watchers.delete(change);
  };

  /** The same transport, behind this plug. */
  on(transport: IRealtimeTransport): IRealtimeTransport {
    const isPulled = () => this.#isPulled;
    const links = this.#links;
    return {
      get name() {
        return transport.name;
      },
      open(request, events) {
        let link: TransportLink | undefined;
        const onClose: typeof events.onClose = (...why) => {
          links.delete(cut);
          events.onClose(...why);
        };
        const cut = () => {
          link?.close();
          onClose();
        };
        links.add(cut);
        if (isPulled()) setTimeout(() => links.has(cut) && onClose());
        else link = transport.open(request, { ...events, onClose });
        return {
          send: (frame) => link?.send(frame),
          close() {
            links.delete(cut);
            link?.close();
          },
        };
      },
    };
  }

  #become(isPulled: boolean): void {
    this.#isPulled = isPulled;
    if (isPulled) for (const cut of [...this.#links]) cut();
    else globalThis.dispatchEvent(new Event("online")); // as a browser reports it: the client looks at once
    for (const change of [...this.#watchers]) change();
  }
}
