import { createRealtimeClient } from "@repo/realtime-client";
import { joinPresence } from "@repo/realtime-client/presence";
import { definePresenceChannel } from "@repo/realtime-presence";
import { z } from "zod";
import { story } from "./lab-channels.js";

// Must compile, or must not: `tsc` is the test.
const storyPresence = definePresenceChannel(story, { meta: z.object({ at: z.string() }) });
const client = createRealtimeClient<typeof story | typeof storyPresence>({ url: "/realtime" });
const handle = client.channel("stories.{storyId}", { storyId: "1" });
const presence = joinPresence(handle, client.channel("presence:stories.{storyId}", { storyId: "1" }));

export const at: string | undefined = presence.members[0]?.meta?.at;
void presence.update({ at: "page 7" });

// @ts-expect-error another meta
void presence.update({ at: 7 });
// @ts-expect-error no presence channel
joinPresence(handle, handle);
