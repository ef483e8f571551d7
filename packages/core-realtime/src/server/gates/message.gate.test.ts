import { expect, it } from "vitest";
import { z } from "zod";
import { defineRealtimeChannel } from "../../index.js";
import { DeadlineQueue } from "./deadline-queue.js";
import { Guards } from "./guards.js";
import { withDefaults } from "../limits/limits.js";
import { messageGate, type MessageGateDeps } from "./message.gate.js";
import { ChannelTable } from "../delivery/channel-table.js";
import { InMemoryRealtimeServer } from "../memory/in-memory-realtime-server.js";
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

it("calls authorize for every message: a subscription alone is not a right", () => {
  const observer = new Observers([]);
  const registry = new RealtimeHandlerRegistry();
  registry.register(staff, ({ payload }) => payload);
  const replies = new ReplyCache(systemClock, withDefaults());
  const deps: MessageGateDeps = {
    registry,
    guards: new Guards([], observer),
    replies,
    observer,
    clock: systemClock,
    deadlines: new DeadlineQueue(systemClock),
    limits: withDefaults(),
    publish: async () => ({ id: "1", repeated: false }),
    direct: async () => false,
    isIsolated: () => false,
  };
  const connection = {
    id: "1",
    send: () => undefined,
    drop: () => undefined,
    close: () => undefined,
    drained: () => undefined,
  };
  const handshake = { transport: "memory", url: "/", headers: {} };
  const session = new RealtimeSession(connection, handshake, {
    server: new InMemoryRealtimeServer(),
    channels: new ChannelTable(observer, () => undefined),
    observer,
    since: 0,
    onClosed: () => undefined,
    pendingBeside: () => 0,
  });
  const found = registry.resolve("staff");
  session.identify({ userId: "sam", roles: ["staff"] });
  if (found) session.join(found, undefined, 1_000);
  const run = { frame: { type: "message", channel: "staff", payload: 1 }, session, trace: { by: "" } } as const;
  expect(messageGate(run, deps)).toBe("1"); // synchronous throughout: no promise
  session.identify({ userId: "sam", roles: [] }); // the role is gone, the subscription still stands
  expect(() => messageGate(run, deps)).toThrow(expect.objectContaining({ code: "UNAUTHORIZED" }));
});
