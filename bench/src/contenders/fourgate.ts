import { defineRealtimeChannel, type IRealtimeServer } from "@repo/core-realtime";
import { createRealtime, type RealtimeLimits } from "@repo/core-realtime/server";
import { z } from "zod";

const UNLIMITED = 1_000_000_000; // the bench measures the gates, and must not be stopped by them
const text = z.object({ text: z.string() });

const history = defineRealtimeChannel({
  name: "bench.{n}",
  scope: "authenticated",
  payload: text,
  inbound: text,
  history: { size: 100, ttlMs: 300_000 },
});
const noHistory = defineRealtimeChannel({ name: "brief.{n}", scope: "authenticated", payload: text, inbound: text });

/** One node with everything on: all four gates, envelopes, history positions, limits. Each client is a user of its own. */
export function fourgate(limits: Partial<RealtimeLimits> = {}) {
  let users = 0;
  const realtime = createRealtime({
    authenticator: { authenticate: () => ({ userId: `user-${(users += 1)}`, roles: [] }) },
    limits: {
      framesPerSecond: UNLIMITED,
      messagesPerSecond: UNLIMITED,
      messagesPerSecondPerUser: UNLIMITED,
      maxConnections: UNLIMITED,
      maxConnectionsPerAddress: UNLIMITED, // all clients of the bench have one
      ...limits,
    },
  });
  const { broadcaster, registry } = realtime;
  for (const channel of [history, noHistory])
    registry.register(channel, async ({ address, payload, user }) => {
      await broadcaster.broadcast(address, payload, { sender: { type: "user", id: user.userId } });
    });
  return {
    serve: (transport: IRealtimeServer) => realtime.serve(transport),
    publish(name: string, text: string): void {
      const [prefix, n = ""] = name.split(".");
      void broadcaster.broadcast((prefix === "bench" ? history : noHistory).at({ n }), { text });
    },
  };
}
