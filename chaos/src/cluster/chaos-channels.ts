import { defineRealtimeChannel } from "@repo/core-realtime";
import { definePresenceChannel } from "@repo/realtime-presence";
import { z } from "zod";

const HOUR_MS = 3_600_000;

/** The payload everywhere: its publisher, its number, and at times some padding. */
export const numbered = z.object({
  on: z.string(),
  by: z.string(),
  n: z.number().int(),
  weight: z.string().optional(),
});

/** For everybody, with a history that outlasts every outage of a run. */
export const hall = defineRealtimeChannel({
  name: "chaos.hall",
  scope: "authenticated",
  payload: numbered,
  inbound: numbered,
  history: { size: 2_000, ttlMs: HOUR_MS },
});

/** For everybody, with a history so short that gaps must be reported. */
export const brief = defineRealtimeChannel({
  name: "chaos.brief",
  scope: "authenticated",
  payload: numbered,
  history: { size: 12, ttlMs: HOUR_MS },
});

/** For members alone. */
export const vault = defineRealtimeChannel({
  name: "chaos.vault",
  scope: { role: "member" },
  payload: numbered,
  inbound: numbered,
  history: { size: 2_000, ttlMs: HOUR_MS },
});

/** Who is in the vault; each tab sends its name. */
export const vaultPresence = definePresenceChannel(vault, { meta: z.object({ tab: z.string() }) });

/** Without a history: at most once, each speaker in order. */
export const fleeting = defineRealtimeChannel({ name: "chaos.fleeting", scope: "authenticated", payload: numbered });

export const CHAOS_CHANNELS = [hall, brief, vault, fleeting] as const;
