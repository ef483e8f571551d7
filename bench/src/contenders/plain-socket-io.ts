import { Server } from "socket.io";
import type { Contender } from "./contender.js";

type Acknowledge = (reply: unknown) => void;

/** Rooms on Socket.IO as its README would have them. */
export function plainSocketIO(): Contender {
  const io = new Server({ transports: ["websocket"], serveClient: false });
  io.on("connection", (socket) => {
    socket.on("subscribe", async (channel: string, acknowledge: Acknowledge) => {
      await socket.join(channel);
      acknowledge(true);
    });
    // eslint-disable-next-line max-params -- an event's arguments
    socket.on("message", (channel: string, payload: unknown, _id?: string, acknowledge?: Acknowledge) => {
      io.to(channel).emit("message", { channel, payload });
      acknowledge?.(true);
    });
    socket.on("error", () => socket.disconnect(true));
  });
  return {
    attach: (httpServer) => void io.attach(httpServer),
    publish: (channel, text) => io.to(channel).emit("message", { channel, payload: { text } }),
  };
}
