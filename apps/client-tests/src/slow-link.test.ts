import { defineRealtimeChannel } from "@repo/core-realtime";
import { createRealtimeClient } from "@repo/realtime-client";
import { expect, it, onTestFinished } from "vitest";
import { z } from "zod";
import { slowLinkTo } from "./slow-link.js";
import { serverUp } from "./stage.js";
import { TRANSPORTS } from "./transports-under-test.js";

const feed = defineRealtimeChannel({
  name: "feeds.{id}",
  scope: "authenticated",
  payload: z.string(),
  history: { size: 300, ttlMs: 600_000 },
});
const TEXT = "x".repeat(1_600);
const PATIENCE = { timeout: 20_000, interval: 20 };

it.each(Object.entries(TRANSPORTS))(
  "recovers several channels at once over a slow link by %s, without being closed as a slow reader",
  { timeout: 60_000 },
  async (_, transport) => {
    const ended: string[] = [];
    const server = await serverUp({
      limits: { recoveryBytesPerSecond: 1e9, recoveryBytesPerSecondPerUser: 1e9 }, // the budget is another test's matter
      observers: [{ observe: (seen) => seen.kind === "disconnected" && ended.push(seen.reason) }],
    });
    server.realtime.registry.registerChannel(feed);
    const link = await slowLinkTo(server.origin, 20_000_000);
    const client = createRealtimeClient<typeof feed>({
      url: `${link.origin}/realtime`,
      transports: [transport()],
      auth: () => "mia",
      random: () => 0.1,
    });
    onTestFinished(() => client.disconnect());
    const received = new Map<string, number>();
    const ids = Array.from({ length: 40 }, (_, id) => `${id}`);
    let gaps = 0;
    const handles = ids.map((id) => {
      const handle = client.channel("feeds.{id}", { id });
      handle.subscribe({ message: () => received.set(id, (received.get(id) ?? 0) + 1), gap: () => (gaps += 1) });
      return handle;
    });
    await expect.poll(() => handles.map(({ status }) => status), PATIENCE).toEqual(ids.map(() => "subscribed"));
    link.cut();
    await expect.poll(() => client.state.status, PATIENCE).not.toBe("connected");
    for (let n = 0; n < 280; n += 1)
      for (const id of ids) await server.realtime.broadcaster.broadcast(feed.at({ id }), TEXT); // 18 MB: more than the kernel takes at once, and what may wait
    link.mend();
    await expect.poll(() => [...received], PATIENCE).toEqual(expect.arrayContaining(ids.map((id) => [id, 280])));
    expect([gaps, ended.length]).toEqual([0, 1]); // the one that was cut, for whatever reason; no later one
  },
);
