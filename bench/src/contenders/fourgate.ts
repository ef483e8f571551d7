import { defineRealtimeChannel, type IRealtimeServer } from "@repo/core-realtime";
import { createRealtime } from "@repo/core-realtime/server";
import { z } from "zod";

const UNLIMITED = 1_000_000_000; // the bench measures the gates, and must not be stopped by them

const bench = defineRealtimeChannel({
  name: "bench.{n}",
  scope: "authenticated",
  payload: z.object({ text: z.string() }),
  inbound: z.object({ text: z.string() }),
  history: { size: 100, ttlMs: 300_000 },
});

/** One node with everything on: all four gates, envelopes, history positions, limits. */
export function fourgate() {
  const realtime = createRealtime({
    authenticator: { authenticate: () => ({ userId: "visitor", roles: [] }) },
    limits: { framesPerSecond: UNLIMITED, messagesPerSecond: UNLIMITED, messagesPerSecondPerUser: UNLIMITED },
  });
  const { broadcaster, registry } = realtime;
  registry.register(bench, async ({ address, payload, user }) => {
    await broadcaster.broadcast(address, payload, { sender: { type: "user", id: user.userId } });
  });
  return {
    serve: (transport: IRealtimeServer) => realtime.serve(transport),
    publish(channel: string, text: string): void {
      void broadcaster.broadcast(bench.at({ n: channel.slice("bench.".length) }), { text });
    },
  };
}
