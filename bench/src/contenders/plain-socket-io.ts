import { Server } from "socket.io";
import type { Contender } from "./contender.js";

/** Rooms on Socket.IO as its README would have them. */
export function plainSocketIO(): Contender {
  const io = new Server({ transports: ["websocket"], serveClient: false });
  io.on("connection", (socket) => {
    socket.on("subscribe", async (channel: string, answer: (ok: boolean) => void) => {
      await socket.join(channel);
      answer(true);
    });
    socket.on("message", (channel: string, payload: unknown) => io.to(channel).emit("message", { channel, payload }));
    socket.on("error", () => socket.disconnect(true));
  });
  return {
    attach: (httpServer) => void io.attach(httpServer),
    publish: (channel, text) => io.to(channel).emit("message", { channel, payload: { text } }),
  };
}
