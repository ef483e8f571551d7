import { defineRealtimeChannel } from "@repo/core-realtime";
import { RealtimeHandlerRegistry } from "@repo/core-realtime/server";
import { RecordingObserver } from "@repo/core-testing";
import { expect, it } from "vitest";
import { z } from "zod";
import { outboxGate } from "./outbox-gate.js";

const ticket = defineRealtimeChannel({ name: "ticket", scope: "public", payload: z.strictObject({ n: z.number() }) });

it("gives a reason that Postgres can store, whatever the schema repeats of the payload and wherever it is cut", async () => {
  const registry = new RealtimeHandlerRegistry();
  registry.registerChannel(ticket);
  const deps = { registry, observer: new RecordingObserver(), maxBytes: 10_000 };
  for (let length = 120; length < 200; length += 1) {
    const payload = JSON.stringify({ n: 1, [`${"k".repeat(length)}😀`]: 1, "\0": 1 });
    const row = { id: "1", channel: "ticket", event: "message", payload };
    const { reason = "" } = await outboxGate(row, deps);
    expect(reason).toContain("kkk");
    expect(reason).not.toMatch(/[\0\p{Surrogate}]/u);
  }
});
