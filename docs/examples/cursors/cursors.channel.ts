// cursors.channel.ts
import { defineRealtimeChannel } from "fourgate";
import { z } from "zod";

const place = { x: z.number().min(0).max(1), y: z.number().min(0).max(1) }; // of the page's width and height

/** Where everybody points. A slow reader receives the newest place of each, not every step of the way. */
export const cursorsChannel = defineRealtimeChannel({
  name: "boards.{boardId}.cursors",
  scope: "authenticated",
  payload: { moved: z.object({ ...place, connectionId: z.string(), userId: z.string() }) },
  inbound: { move: z.object(place) },
  overflow: { conflate: ({ connectionId }) => connectionId },
});
