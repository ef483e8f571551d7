// chat-node.ts
import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import type { IRealtimeAuthenticator } from "fourgate";
import { createRealtime } from "fourgate/server";
import { WsRealtimeServer } from "fourgate/ws";
import { chatChannel, typingChannel } from "./chat.channel.js";

interface Line {
  readonly id: string;
  readonly from: string;
  readonly text: string;
}

/** Serves the chat on a port. */
export async function startChat({ port, authenticator }: { port: number; authenticator: IRealtimeAuthenticator }) {
  const rooms = new Map<string, readonly Line[]>(); // your database
  const realtime = createRealtime({ authenticator });

  realtime.registry.register(chatChannel, {
    opening: ({ params }) => [...(rooms.get(params.roomId) ?? [])],
    async handler({ params, payload, user, messageId, broadcast }) {
      const line = { id: messageId ?? randomUUID(), from: user.userId, text: payload.text };
      rooms.set(params.roomId, [...(rooms.get(params.roomId) ?? []), line].slice(-50));
      await broadcast("posted", line);
      return { id: line.id };
    },
  });
  realtime.registry.register(typingChannel, async ({ payload, user, broadcast }) => {
    await broadcast("typing", { from: user.userId, isTyping: payload.isTyping });
  });

  const httpServer = createServer();
  await realtime.serve(new WsRealtimeServer({ httpServer }));
  await new Promise<void>((resolve) => httpServer.listen(port, resolve));
  return { httpServer, realtime };
}
