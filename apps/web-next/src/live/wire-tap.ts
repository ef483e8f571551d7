import type { ClientFrame, ReplyFrame, ServerFrame } from "@repo/core-realtime";
import { FrameReader } from "@repo/core-realtime/frame-reader";
import type { IRealtimeTransport } from "@repo/realtime-client";

/** A frame as it went over the wire; a reply comes with the question that it answers. */
export type WireEvent =
  | { readonly kind: "asked"; readonly frame: ClientFrame }
  | { readonly kind: "answered"; readonly frame: ClientFrame; readonly reply: ReplyFrame }
  | { readonly kind: "heard"; readonly frame: ServerFrame };

/** Listens in on a transport, for pages that show what goes over the wire. It changes nothing. */
export class WireTap {
  readonly #listeners = new Set<(event: WireEvent) => void>();

  readonly listen = (listener: (event: WireEvent) => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** The same transport, overheard. */
  on(transport: IRealtimeTransport): IRealtimeTransport {
    const tell = (event: WireEvent) => [...this.#listeners].forEach((listener) => listener(event));
    return {
      get name() {
        return transport.name;
      },
      open(request, events) {
        const asked = new Map<string | undefined, ClientFrame>();
        const reader = new FrameReader(); // a transport hands over frames as they travel: abbreviated
        const link = transport.open(request, {
          ...events,
          onFrame(frame) {
            const read = reader.read(frame);
            if (read) tell(wireEvent(read, asked));
            events.onFrame(frame);
          },
        });
        return {
          send(frame) {
            if ("id" in frame) asked.set(frame.id, frame);
            tell({ kind: "asked", frame });
            link.send(frame);
          },
          close: () => link.close(),
        };
      },
    };
  }
}

function wireEvent(frame: ServerFrame, asked: Map<string | undefined, ClientFrame>): WireEvent {
  const question = frame.type === "reply" ? asked.get(frame.id) : undefined;
  if (frame.type !== "reply" || !question) return { kind: "heard", frame };
  asked.delete(frame.id);
  return { kind: "answered", frame: question, reply: frame };
}
