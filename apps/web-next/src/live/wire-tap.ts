import type { ClientFrame, ReplyFrame, ServerFrame } from "@repo/core-realtime";
import { FrameReader } from "@repo/core-realtime/frame-reader";
import type { IRealtimeTransport } from "@repo/realtime-client";

/** A frame as it went over the wire; a reply has its request beside it. */
export type WireEvent =
  | { readonly kind: "sent"; readonly frame: ClientFrame }
  | { readonly kind: "replied"; readonly frame: ClientFrame; readonly reply: ReplyFrame }
  | { readonly kind: "received"; readonly frame: ServerFrame };

/** Listens in on a transport, for pages that show what goes over the wire. It changes nothing. */
export class WireTap {
  readonly #listeners = new Set<(event: WireEvent) => void>();

  readonly listen = (listener: (event: WireEvent) => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** The same transport, overheard. */
  on(transport: IRealtimeTransport): IRealtimeTransport {
    const report = (event: WireEvent) => [...this.#listeners].forEach((listener) => listener(event));
    return {
      get name() {
        return transport.name;
      },
      open(request, events) {
        const requests = new Map<string | undefined, ClientFrame>();
        const reader = new FrameReader(); // a transport hands over frames as they travel: abbreviated
        const link = transport.open(request, {
          ...events,
          onFrame(frame) {
            const read = reader.read(frame);
            if (read) report(wireEvent(read, requests));
            events.onFrame(frame);
          },
        });
        return {
          send(frame) {
            if ("id" in frame) requests.set(frame.id, frame);
            report({ kind: "sent", frame });
            link.send(frame);
          },
          close: () => link.close(),
        };
      },
    };
  }
}

function wireEvent(frame: ServerFrame, requests: Map<string | undefined, ClientFrame>): WireEvent {
  const request = frame.type === "reply" ? requests.get(frame.id) : undefined;
  if (frame.type !== "reply" || !request) return { kind: "received", frame };
  requests.delete(frame.id);
  return { kind: "replied", frame: request, reply: frame };
}
