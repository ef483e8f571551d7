import { defineRealtimeChannel } from "@repo/core-realtime";
import { RealtimeHandlerRegistry, TimedBroadcastGate } from "@repo/core-realtime/server";
import { FakeClock, RecordingObserver } from "@repo/core-testing";
import { expect, it } from "vitest";
import { z } from "zod";
import { outboxGate } from "./outbox-gate.js";

const ticket = defineRealtimeChannel({ name: "ticket", scope: "public", payload: z.strictObject({ n: z.number() }) });

it("gives a reason that Postgres can store, whatever the schema repeats of the payload and wherever it is cut", async () => {
  const registry = new RealtimeHandlerRegistry();
  registry.registerChannel(ticket);
  const limits = { handlerMs: 1_000, maxBroadcastBytes: 10_000 };
  const gate = new TimedBroadcastGate({ clock: new FakeClock(), limits });
  const deps = { registry, observer: new RecordingObserver(), gate };
  for (let length = 120; length < 200; length += 1) {
    const payload = JSON.stringify({ n: 1, [`${"k".repeat(length)}😀`]: 1, "\0": 1 });
    const row = { id: "1", channel: "ticket", event: "message", payload };
    const { reason = "" } = await outboxGate(row, deps);
    expect(reason).toContain("kkk");
    expect(reason).not.toMatch(/[\0\p{Surrogate}]/u);
  }
});

it("refuses a message whose schema never resolves", async () => {
  const slow = defineRealtimeChannel({
    name: "slow",
    scope: "public",
    payload: z.object({}).refine(() => new Promise<boolean>(() => undefined)),
  });
  const registry = new RealtimeHandlerRegistry();
  registry.registerChannel(slow);
  const clock = new FakeClock();
  const gate = new TimedBroadcastGate({ clock, limits: { handlerMs: 1_000, maxBroadcastBytes: 10_000 } });
  const row = { id: "1", channel: "slow", event: "message", payload: "{}" };
  const result = outboxGate(row, { registry, observer: new RecordingObserver(), gate });
  clock.advance(1_000);
  await expect(result).resolves.toMatchObject({ reason: expect.any(String) });
});
