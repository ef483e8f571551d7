import { defineRealtimeChannel } from "@repo/core-realtime";
import { z } from "zod";

/** Published after each vote, for the nodes whose pages show the poll. No client subscribes to it. */
export const pollChanged = defineRealtimeChannel({
  name: "poll-changed",
  scope: { role: "server" },
  payload: z.null(),
});
