// chat.channel.ts
import { defineRealtimeChannel } from "fourgate";
import { z } from "zod";

const line = z.object({ id: z.string(), from: z.string(), text: z.string() });

/** The messages of a room: the last ones at once, then each new one. */
export const chatChannel = defineRealtimeChannel({
  name: "chat.{roomId}",
  scope: "authenticated",
  payload: { posted: line },
  inbound: { post: z.object({ text: z.string().trim().min(1).max(2_000) }) },
  opening: z.array(line),
  history: { size: 200, ttlMs: 600_000 },
});

/** Who is typing. It keeps nothing, and a slow reader receives only the newest message of each person. */
export const typingChannel = defineRealtimeChannel({
  name: "chat.{roomId}.typing",
  scope: "authenticated",
  payload: { typing: z.object({ from: z.string(), isTyping: z.boolean() }) },
  inbound: { typing: z.object({ isTyping: z.boolean() }) },
  overflow: { conflate: ({ from }) => from },
});
