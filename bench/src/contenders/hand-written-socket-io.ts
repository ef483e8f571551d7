import { randomUUID } from "node:crypto";
import { Server } from "socket.io";
import type { Contender } from "./contender.js";
import { CheckedClient, FRAME, isOwnOrigin, RepliesById, type Frame, type Reply } from "./hand-written-checks.js";

type Acknowledge = (reply: Reply) => void;

const MAX_FRAME_BYTES = 64 * 1024;

/** Socket.IO with the checks of a careful team: schema, rate, authorisation and id per message. Heartbeats are its own. */
export function handWrittenSocketIO(): Contender {
  const io = new Server({ transports: ["websocket"], serveClient: false, maxHttpBufferSize: MAX_FRAME_BYTES });
  const replies = new RepliesById();
  let users = 0;

  const broadcast = (channel: string, payload: unknown, sender: string | null) =>
    io.to(channel).emit("message", { id: randomUUID(), channel, payload, sender, at: Date.now() });

  const check = (client: CheckedClient, frame: unknown): Frame | string => {
    const parsed = FRAME.safeParse(frame);
    return parsed.success ? (client.refusalOf(parsed.data) ?? parsed.data) : "FRAME_INVALID";
  };

  io.use((socket, next) => next(isOwnOrigin(socket.handshake.headers) ? undefined : new Error("ORIGIN_REFUSED")));
  io.on("connection", (socket) => {
    const client = new CheckedClient(`user-${(users += 1)}`);
    socket.on("subscribe", async (channel: unknown, acknowledge?: Acknowledge) => {
      const frame = check(client, { type: "subscribe", id: "", channel });
      if (typeof frame === "string") return acknowledge?.({ ok: false, error: frame });
      await socket.join(frame.channel);
      acknowledge?.({ ok: true });
    });
    // eslint-disable-next-line max-params -- an event's arguments
    socket.on("message", (channel: unknown, payload: unknown, id: unknown, acknowledge?: Acknowledge) => {
      const known = typeof id === "string" ? replies.of(client.userId, id) : undefined;
      if (known) return acknowledge?.(known);
      const frame = check(client, { type: "message", id, channel, payload });
      if (typeof frame === "string") return acknowledge?.({ ok: false, error: frame });
      if (frame.type === "message") broadcast(frame.channel, frame.payload, client.userId);
      replies.remember(client.userId, frame.id, { ok: true });
      acknowledge?.({ ok: true });
    });
    socket.on("error", () => socket.disconnect(true));
  });
  return {
    attach: (httpServer) => void io.attach(httpServer),
    publish: (channel, text) => void broadcast(channel, { text }, null),
  };
}
