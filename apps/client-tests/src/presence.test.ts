import { randomUUID } from "node:crypto";
import { systemClock } from "@repo/core-realtime/server";
import type { RealtimeClient } from "@repo/realtime-client";
import { joinPresence } from "@repo/realtime-client/presence";
import { createPresence, definePresenceChannel } from "@repo/realtime-presence";
import { expect, it } from "vitest";
import { z } from "zod";
import { story } from "./lab-channels.js";
import { clientOf, serverUp } from "./stage.js";

const storyPresence = definePresenceChannel(story, { meta: z.object({ at: z.string() }) });
type Channels = typeof story | typeof storyPresence;

async function serverWithPresence() {
  const errors: unknown[] = [];
  const onError = (cause: unknown) => errors.push(cause);
  const presence = createPresence({
    channels: [storyPresence],
    clock: systemClock,
    nodeId: randomUUID(),
    graceMs: 200,
    onError,
  });
  const server = await serverUp({ observers: [presence.observer], guards: [presence.guard] });
  presence.bind(server.realtime);
  return { server, errors };
}

function arrive(client: RealtimeClient<Channels>) {
  const presence = joinPresence(
    client.channel("stories.{storyId}", { storyId: "1" }),
    client.channel("presence:stories.{storyId}", { storyId: "1" }),
  );
  const seen = () => presence.members.map(({ userId, meta }) => (meta ? `${userId} at ${meta.at}` : userId));
  return { client, presence, seen };
}

it("sees who is there, what they say of themselves, and who has gone", async () => {
  const { server, errors } = await serverWithPresence();
  const as = (token: string) => arrive(clientOf<Channels>(server, { auth: () => token }));
  const mia = as("mia");
  await expect.poll(mia.seen).toEqual(["mia"]);
  const tom = as("tom");
  await expect.poll(mia.seen).toEqual(["mia", "tom"]);
  await tom.presence.say({ at: "page 7" });
  for (const { seen } of [mia, tom]) await expect.poll(seen).toEqual(["mia", "tom at page 7"]);
  tom.presence.leave();
  await expect.poll(mia.seen).toEqual(["mia"]);
  expect(tom.seen()).toEqual([]);
  expect(errors).toEqual([]);
});

it("says it again on the next connection, which is another member", async () => {
  const { server } = await serverWithPresence();
  const as = (token: string) => arrive(clientOf<Channels>(server, { auth: () => token }));
  const [mia, tom] = [as("mia"), as("tom")];
  await expect.poll(() => mia.seen().toSorted()).toEqual(["mia", "tom"]);
  await tom.presence.say({ at: "page 7" });
  server.cut();
  await expect.poll(() => mia.seen().toSorted(), { timeout: 5_000 }).toEqual(["mia", "tom at page 7"]);
  await expect.poll(() => tom.seen().toSorted()).toEqual(["mia", "tom at page 7"]);
});
