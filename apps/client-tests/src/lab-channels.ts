import { defineRealtimeChannel } from "@repo/core-realtime";
import { z } from "zod";

/** A log that is recovered, published by the server; notes go back. */
export const log = defineRealtimeChannel({
  name: "logs.{logId}",
  scope: "authenticated",
  payload: z.object({ n: z.number() }),
  inbound: z.object({ note: z.string() }),
  reply: z.object({ noted: z.number() }),
  history: { size: 1_000, ttlMs: 600_000 },
});

/** For staff alone. */
export const back = defineRealtimeChannel({ name: "back", scope: { role: "staff" }, payload: z.object({}) });

export type LabChannels = typeof log | typeof back;
