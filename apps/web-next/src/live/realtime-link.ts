import type { ClientFrame, ReplyFrame, ServerFrame } from "@repo/core-realtime";
import { io } from "socket.io-client";

/** Who hears what comes over a link. */
export interface LinkListener {
  heard(frame: ServerFrame): void;
  lost(why: string): void;
}

/** A connection to our server that comes back by itself, unless it was told to stay away. */
export interface RealtimeLink {
  /** Asks, and waits for the answer; undefined where none came. */
  request(frame: ClientFrame): Promise<ReplyFrame | undefined>;
  close(): void;
}

export type OpenLink = (listener: LinkListener) => RealtimeLink;

const ANSWER_MS = 15_000; // longer than the server's own deadline for a handler
const STAY_AWAY = 4500; // close codes from here on
const COME_BACK_WITHIN_MS = 3_000; // spread over this window, so that a restart does not bring all back in one instant

/** Plain Socket.IO as a link: an event's name is the frame's type, its argument the rest, the acknowledgement the reply. */
export const openRealtimeLink: OpenLink = ({ heard, lost }) => {
  const socket = io({ transports: ["websocket", "polling"], tryAllTransports: true, autoConnect: false });
  let knock = setTimeout(() => socket.connect()); // a turn later: React's strict mode opens and closes once before it means it

  socket.onAny((type: string, frame: object) => {
    const received = { ...frame, type } as ServerFrame; // our own server's wire
    heard(received);
    if (received.type === "close" && received.closeCode >= STAY_AWAY) socket.disconnect();
  });
  socket.on("connect_error", (error) => lost(`The server cannot be reached (${error.message}).`));
  socket.on("disconnect", (reason) => {
    if (reason === "io client disconnect") return;
    lost("The connection broke.");
    // Socket.IO leaves it to us to come back where the server hung up; a broken line it mends by itself.
    if (!socket.active) knock = setTimeout(() => socket.connect(), Math.random() * COME_BACK_WITHIN_MS);
  });

  return {
    async request({ type, ...rest }) {
      if (!socket.connected) return undefined; // Socket.IO would keep it and send it later, when nobody waits any more
      try {
        return await socket.timeout(ANSWER_MS).emitWithAck(type, rest);
      } catch {
        return undefined; // no answer in time, which is what undefined says
      }
    },
    close() {
      clearTimeout(knock);
      socket.disconnect();
    },
  };
};
