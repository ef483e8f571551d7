import { expect, it } from "vitest";
import { z } from "zod";
import { defineRealtimeChannel } from "../../index.js";
import { InMemoryRealtimeBroadcaster } from "./in-memory-realtime-broadcaster.js";

it("refuses a broadcast whose schema never resolves, and keeps nothing of it", async () => {
  const payload = z.number().refine(async () => new Promise<boolean>(() => undefined));
  const channel = defineRealtimeChannel({ name: "slow", scope: "public", payload });
  const broadcaster = new InMemoryRealtimeBroadcaster({ handlerMs: 10 });
  await expect(broadcaster.broadcast(channel, 1)).rejects.toMatchObject({ code: "HANDLER_TIMEOUT" });
  expect(broadcaster.broadcasts).toEqual([]);
});
