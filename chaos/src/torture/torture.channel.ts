import { defineRealtimeChannel } from "@repo/core-realtime";
import { z } from "zod";

export const CHANNELS = 12;

/** What writers publish: the n-th message of a writer, over all channels. */
export const torture = defineRealtimeChannel({
  name: "torture.{id}",
  scope: "public",
  payload: z.object({ writer: z.string(), n: z.number() }),
  history: { size: 100_000, ttlMs: 3_600_000 },
});
