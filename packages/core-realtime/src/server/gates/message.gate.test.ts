import { expect, it } from "vitest";
import { z } from "zod";
import { defineRealtimeChannel } from "../../index.js";
import { DeadlineQueue } from "./deadline-queue.js";
import { Guards } from "./guards.js";
import { withDefaults } from "../limits/limits.js";
import { messageGate, type MessageGateDeps } from "./message.gate.js";
import { Observers } from "../observers.js";
import { RealtimeHandlerRegistry } from "../realtime-handler-registry.js";
import { RealtimeSession } from "../session/realtime-session.js";
import { ReplyCache } from "../session/reply-cache.js";
import { systemClock } from "../system-clock.js";

const staff = defineRealtimeChannel({
  name: "staff",
  scope: { role: "staff" },
  payload: z.number(),
  inbound: z.number(),
});

it("asks authorize of every message: a subscription alone is not a right", async () => {
  const observer = new Observers([]);
  const registry = new RealtimeHandlerRegistry();
  registry.register(staff, ({ payload }) => payload);
  const replies = new ReplyCache(systemClock, withDefaults());
  const deps: MessageGateDeps = {
    registry,
    guards: new Guards([]),
    replies,
    observer,
    clock: systemClock,
    deadlines: new DeadlineQueue(systemClock),
    limits: withDefaults(),
  };
  const connection = {
    id: "1",
    send: () => undefined,
    join: () => undefined,
    leave: () => undefined,
    close: () => undefined,
  };
  const handshake = { transport: "memory", url: "/", headers: {} };
  const session = new RealtimeSession(connection, handshake, { observer, onClosed: () => undefined });
  const found = registry.resolve("staff");
  session.identify({ userId: "sam", roles: ["staff"] });
  if (found) session.join(found);
  const frame = { type: "message", channel: "staff", payload: 1 } as const;
  expect(await messageGate(frame, session, deps)).toBe(1);
  session.identify({ userId: "sam", roles: [] }); // the role is gone, the subscription still stands
  await expect(messageGate(frame, session, deps)).rejects.toMatchObject({ code: "UNAUTHORIZED" });
});
