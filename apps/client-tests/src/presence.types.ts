import { createRealtimeClient } from "@repo/realtime-client";
import { joinPresence } from "@repo/realtime-client/presence";
import { definePresenceChannel } from "@repo/realtime-presence";
import { z } from "zod";
import { log } from "./lab-channels.js";

// Must compile, or must not: `tsc` is the test.
const logPresence = definePresenceChannel(log, { meta: z.object({ at: z.string() }) });
const client = createRealtimeClient<typeof log | typeof logPresence>({ url: "/realtime" });
const handle = client.channel("logs.{logId}", { logId: "1" });
const presence = joinPresence(handle, client.channel("presence:logs.{logId}", { logId: "1" }));

export const at: string | undefined = presence.members[0]?.meta?.at;
void presence.update({ at: "page 7" });

// @ts-expect-error another meta
void presence.update({ at: 7 });
// @ts-expect-error no presence channel
joinPresence(handle, handle);
