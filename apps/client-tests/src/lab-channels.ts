import { defineRealtimeChannel } from "@repo/core-realtime";
import { z } from "zod";

/** A story that is recovered, told by the server; notes go back. */
export const story = defineRealtimeChannel({
  name: "stories.{storyId}",
  scope: "authenticated",
  payload: z.object({ line: z.number() }),
  inbound: z.object({ note: z.string() }),
  reply: z.object({ noted: z.number() }),
  history: { size: 1_000, ttlMs: 600_000 },
});

/** For staff alone. */
export const back = defineRealtimeChannel({ name: "back", scope: { role: "staff" }, payload: z.object({}) });

export type LabChannels = typeof story | typeof back;
