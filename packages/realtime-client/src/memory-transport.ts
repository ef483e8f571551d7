import type { ServerFrame, WireError } from "@repo/core-realtime";
import type { IRealtimeTransport } from "./realtime-transport.js";

/** What this transport needs of `InMemoryRealtimeServer`. */
export interface MemoryServer {
  /** Connects a client. */
  connect(
    events: { onFrame(frame: ServerFrame): void; onClose(reason: string): void },
    handshake: { readonly token: string | undefined; readonly url: string; readonly first?: string | undefined },
  ): { send(frame: unknown): void; close(): void };
}

/** Frames to an `InMemoryRealtimeServer` of the same process, for tests: real gates, no port. */
export function memory(server: MemoryServer): IRealtimeTransport {
  return {
    name: "memory",
    carriesFirst: true,
    open({ url, token, first }, { onFrame, onClose }) {
      let isOver = false;
      const later = (run: () => void) => queueMicrotask(() => isOver || run()); // a network never calls back synchronously
      try {
        const peer = server.connect(
          { onFrame: (frame) => later(() => onFrame(frame)), onClose: () => later(() => onClose()) },
          { url, token, first },
        );
        return {
          send: (frame) => peer.send(frame),
          close() {
            isOver = true;
            peer.close();
          },
        };
      } catch (cause) {
        later(() => onClose(undefined, wireErrorOf(cause)));
        return { send: () => undefined, close: () => (isOver = true) };
      }
    },
  };
}

/** The server refuses a connection by throwing, where a network transport would reply 403. */
function wireErrorOf(cause: unknown): WireError {
  if (cause instanceof Error && "toWire" in cause && typeof cause.toWire === "function") return cause.toWire();
  throw cause;
}
