import { randomUUID } from "node:crypto";
import type { IRealtimeAuthenticator } from "@repo/core-realtime";
import { systemClock } from "@repo/core-realtime/server";
import type { RealtimeClient } from "@repo/realtime-client";
import { joinPresence } from "@repo/realtime-client/presence";
import { createPresence, definePresenceChannel, type Presence, type PresenceOptions } from "@repo/realtime-presence";
import { z } from "zod";
import { log } from "./lab-channels.js";
import type { ServerUnderTest } from "./server-under-test.js";
import { serverUp } from "./stage.js";

export const logPresence = definePresenceChannel(log, { meta: z.object({ at: z.string() }) });
export type PresenceChannels = typeof log | typeof logPresence;

/** A token is its user's id. */
const BY_NAME: IRealtimeAuthenticator = {
  authenticate: ({ token }) => (token === undefined ? null : { userId: token, roles: [] }),
};

/** A server with presence on the log. */
export async function serverWithPresence(
  options: Partial<PresenceOptions> = {},
): Promise<{ readonly server: ServerUnderTest; readonly presence: Presence; readonly errors: readonly unknown[] }> {
  const errors: unknown[] = [];
  const onError = (cause: unknown) => errors.push(cause);
  const presence = createPresence({
    channels: [logPresence],
    clock: systemClock,
    nodeId: randomUUID(),
    graceMs: 200,
    tickMs: 20,
    onError,
    ...options,
  });
  const server = await serverUp({ authenticator: BY_NAME, observers: [presence.observer], guards: [presence.guard] });
  presence.bind(server.realtime);
  return { server, presence, errors };
}

/** Joins the log and watches it: which members the client sees, and which joins and leaves of others it received. */
export function arrive(client: RealtimeClient<PresenceChannels>, ownName?: string) {
  const handle = client.channel("presence:logs.{logId}", { logId: "1" });
  const received: string[] = [];
  const presence = joinPresence(client.channel("logs.{logId}", { logId: "1" }), handle);
  handle.subscribe((message) => {
    if (message.event !== "presence:join" && message.event !== "presence:leave") return;
    const { member, tabs } = message.payload;
    if (member.userId !== ownName) received.push(`${message.event} ${member.userId} ${tabs}`);
  });
  const seen = () => presence.members.map(({ userId, meta }) => (meta ? `${userId} at ${meta.at}` : userId)).toSorted();
  return { client, presence, seen, received };
}
