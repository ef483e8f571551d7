import { defineRealtimeChannel, type Schema } from "@repo/core-realtime";

/** What the channels of these tests carry: any JSON at all. */
const anything: Schema<unknown> = { "~standard": { version: 1, vendor: "test", validate: (value) => ({ value }) } };

/** Remembers its last five messages. */
export const log = defineRealtimeChannel({
  name: "logs.{logId}",
  scope: "authenticated",
  payload: anything,
  inbound: anything,
  history: { size: 5, ttlMs: 60_000 },
});

/** For all clients. */
export const lobby = defineRealtimeChannel({ name: "lobby", scope: "public", payload: anything, inbound: anything });

/** Only the newest counts. */
export const state = defineRealtimeChannel({
  name: "state",
  scope: "public",
  payload: anything,
  overflow: "conflate",
});

/** May be missed. */
export const cursors = defineRealtimeChannel({ name: "cursors", scope: "public", payload: anything, overflow: "drop" });
