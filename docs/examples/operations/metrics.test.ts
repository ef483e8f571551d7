import { defineRealtimeChannel } from "fourgate";
import { createRealtimeHarness } from "fourgate/testing";
import { expect, it } from "vitest";
import { z } from "zod";
import { MetricsObserver } from "./metrics.observer.js";

const news = defineRealtimeChannel({ name: "news", scope: { role: "staff" }, payload: z.string() });

it("counts connections, decisions by gate and code, and deliveries", async () => {
  const counted = new Map<string, number>();
  const observer = new MetricsObserver({
    add(name, value, labels = {}) {
      const key = [name, ...Object.values(labels)].join(" ");
      counted.set(key, (counted.get(key) ?? 0) + value);
    },
  });
  const harness = await createRealtimeHarness({ channels: [news], observers: [observer] });
  const mia = await harness.client({ userId: "mia", roles: ["staff"] });
  const sam = await harness.client({ userId: "sam", roles: [] });
  await mia.subscribe(news);
  await expect(sam.subscribe(news)).rejects.toMatchObject({ code: "UNAUTHORIZED" });
  await harness.realtime.broadcaster.broadcast(news, "Hello");
  await mia.roundTrip();
  await harness.close();
  expect(Object.fromEntries(counted)).toMatchObject({
    "connections_opened memory": 2,
    "connections_closed memory": 2,
    "decisions connect passed": 2,
    "decisions subscribe passed": 1,
    "decisions subscribe UNAUTHORIZED": 1,
    deliveries: 1,
  });
});
