import type { ClientFrame } from "@repo/core-realtime";
import type { IRealtimeTransport } from "@repo/realtime-client";

/** A transport that writes down what the client sends. */
export function recorded(transport: IRealtimeTransport, frames: ClientFrame[]): IRealtimeTransport {
  return {
    name: transport.name,
    open(request, events) {
      const link = transport.open(request, events);
      return {
        close: () => link.close(),
        send(frame) {
          frames.push(frame);
          link.send(frame);
        },
      };
    },
  };
}
