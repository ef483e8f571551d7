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

/** For all users, with a history that outlasts every outage of a run. */
export const hall = defineRealtimeChannel({
  name: "chaos.hall",
  scope: "authenticated",
  payload: numbered,
  inbound: numbered,
  history: { size: 2_000, ttlMs: HOUR_MS },
});

/** For all users, with a history so short that gaps must be reported. */
export const brief = defineRealtimeChannel({
  name: "chaos.brief",
  scope: "authenticated",
  payload: numbered,
  history: { size: 12, ttlMs: HOUR_MS },
});

/** For members alone. */
export const membersOnly = defineRealtimeChannel({
  name: "chaos.membersOnly",
  scope: { role: "member" },
  payload: numbered,
  inbound: numbered,
  history: { size: 2_000, ttlMs: HOUR_MS },
});

/** The presence of the members-only channel; each tab sends its name. */
export const membersOnlyPresence = definePresenceChannel(membersOnly, { meta: z.object({ tab: z.string() }) });

/** Without a history: at most once, each publisher in order. */
export const fleeting = defineRealtimeChannel({ name: "chaos.fleeting", scope: "authenticated", payload: numbered });

export const CHAOS_CHANNELS = [hall, brief, membersOnly, fleeting] as const;
