import { randomUUID } from "node:crypto";
import { systemClock } from "@repo/core-realtime/server";
import type { RealtimeClient } from "@repo/realtime-client";
import { joinPresence } from "@repo/realtime-client/presence";
import { createPresence, definePresenceChannel } from "@repo/realtime-presence";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { story } from "./lab-channels.js";
import { clientOf, serverUp } from "./stage.js";
import { TRANSPORTS } from "./transports-under-test.js";

const storyPresence = definePresenceChannel(story, { meta: z.object({ at: z.string() }) });
type Channels = typeof story | typeof storyPresence;

async function serverWithPresence(graceMs = 200) {
  const errors: unknown[] = [];
  const onError = (cause: unknown) => errors.push(cause);
  const presence = createPresence({
    channels: [storyPresence],
    clock: systemClock,
    nodeId: randomUUID(),
    graceMs,
    onError,
  });
  const server = await serverUp({ observers: [presence.observer], guards: [presence.guard] });
  presence.bind(server.realtime);
  return { server, errors };
}

/** Somebody who is there and watches: whom they see, and whose coming and going they were told of. */
function arrive(client: RealtimeClient<Channels>) {
  const members = client.channel("presence:stories.{storyId}", { storyId: "1" });
  const told: string[] = [];
  const presence = joinPresence(client.channel("stories.{storyId}", { storyId: "1" }), members);
  members.subscribe((message) => {
    if (message.event !== "presence:join" && message.event !== "presence:leave") return;
    const { member, tabs } = message.payload;
    told.push(`${message.event} ${member.userId} ${tabs}`);
  });
  const seen = () => presence.members.map(({ userId, meta }) => (meta ? `${userId} at ${meta.at}` : userId)).toSorted();
  return { client, presence, seen, told };
}

describe.each(Object.entries(TRANSPORTS))("over %s", (_, transport) => {
  const as = (server: Awaited<ReturnType<typeof serverWithPresence>>["server"], token: string) =>
    arrive(clientOf<Channels>(server, { transports: [transport()], auth: () => token }));

  it("sees who is there, what they say of themselves, and who has gone", async () => {
    const { server, errors } = await serverWithPresence();
    const mia = as(server, "mia");
    await expect.poll(mia.seen).toEqual(["mia"]);
    const tom = as(server, "tom");
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
    const [mia, tom] = [as(server, "mia"), as(server, "tom")];
    await expect.poll(mia.seen).toEqual(["mia", "tom"]);
    await tom.presence.say({ at: "page 7" });
    server.cut();
    await expect.poll(mia.seen, { timeout: 5_000 }).toEqual(["mia", "tom at page 7"]);
    await expect.poll(tom.seen).toEqual(["mia", "tom at page 7"]);
  });

  it("takes a reload for no coming and going, and a closed page for a going when its grace is over", async () => {
    const { server } = await serverWithPresence(1_500);
    const mia = as(server, "mia");
    await expect.poll(mia.seen).toEqual(["mia"]);
    const page = as(server, "tom");
    await expect.poll(() => mia.told).toEqual(["presence:join tom 1"]);
    page.client.disconnect();
    const reloaded = as(server, "tom");
    await expect
      .poll(() => mia.told, { timeout: 5_000 })
      .toEqual(["presence:join tom 1", "presence:join tom 2", "presence:leave tom 1"]);
    const closedAt = performance.now();
    reloaded.client.disconnect();
    await expect.poll(() => mia.told.at(-1), { timeout: 5_000 }).toBe("presence:leave tom 0");
    expect(performance.now() - closedAt).toBeGreaterThan(1_400);
    expect(mia.told).toHaveLength(4);
    expect(mia.seen()).toEqual(["mia"]);
  });
});
