import { setTimeout as passed } from "node:timers/promises";
import type { RealtimeObservation } from "@repo/core-realtime";
import { systemClock } from "@repo/core-realtime/server";
import { ChaosProxy } from "../network/chaos-proxy";
import { createRandom } from "../network/random";
import { joinPresence } from "@repo/realtime-client/presence";
import { createPresence, definePresenceChannel } from "@repo/realtime-presence";
import { z } from "zod";
import { news, startNode } from "../node-on-all-transports";
import { eventually, msUntil } from "../eventually";
import type { Figure } from "./figure";
import { listen, type Listener } from "./listener";

const newsPresence = definePresenceChannel(news, { meta: z.object({}) });
const NOTICED_MS = 20_000;
const CLEAN_MS = 2_000;
const PATIENCE_MS = 40_000;
const SILENT_DEATHS = 5; // at as many moments between two heartbeats
/** In CI everything goes ten times as fast. */
const TIMES = { short: 10, full: 1 };
/** What a busy machine adds is not a tenth there. */
const BUSY_MS = { short: 10_000, full: 0 };

/** A member unsubscribes, closes, falls silent; a watcher on a connection of its own sees it. With the limits of presence. */
export const presenceFigure: Figure = async (transport, scale) => {
  const times = TIMES[scale];
  const lostAt = new Map<string, number>();
  const note = (observation: RealtimeObservation) => {
    if (observation.kind === "disconnected") lostAt.set(observation.connection.connectionId, performance.now());
  };
  const presence = createPresence({
    channels: [newsPresence],
    clock: systemClock,
    nodeId: "figures",
    graceMs: CLEAN_MS / times,
    onError: (cause) => console.error(cause),
  });
  const { pingMs, pongMs } = presence.limits;
  const limits = { pingMs: pingMs / times, pongMs: pongMs / times };
  const observers = [presence.observer, { observe: note }];
  const node = await startNode({ options: { observers, guards: [presence.guard], limits } });
  const leave = presence.bind(node.realtime);
  const proxies = await Promise.all(
    Array.from({ length: SILENT_DEATHS }, (_, n) => ChaosProxy.open(node.port, createRandom(n))),
  );
  const [watcher, leaver, closer] = [node.port, node.port, node.port].map((port) => listen({ port, transport }));
  const silent: Listener[] = [];
  if (!watcher || !leaver || !closer) throw new Error("three came");
  const seen = joinPresence(watcher.client.channel(news), watcher.client.channel(newsPresence));
  const sees = (id: string) => seen.members.some(({ connectionId }) => connectionId === id);
  try {
    await eventually(() => seen.members.length === 3, PATIENCE_MS);
    const [leaverId, closerId] = [idOf(leaver), idOf(closer)];
    leaver.handle.unsubscribe();
    const unsubscribedMs = await msUntil(() => !sees(leaverId), PATIENCE_MS);
    closer.client.disconnect();
    const closedMs = await msUntil(() => !sees(closerId), PATIENCE_MS);

    const deaths = [];
    for (const [n, proxy] of proxies.entries()) {
      const victim = listen({ port: proxy.port, transport });
      silent.push(victim);
      await eventually(() => victim.isIn() && sees(idOf(victim)), PATIENCE_MS);
      const id = idOf(victim);
      await passed((n * pingMs) / times / SILENT_DEATHS);
      proxy.strike({ atMs: 0, aim: 0, fault: { kind: "blackout", forMs: 1 } });
      const diedAt = performance.now();
      victim.client.disconnect(); // its close is lost: for the server it has died in silence
      deaths.push(
        eventually(() => lostAt.has(id) && !sees(id), PATIENCE_MS).then(() => ({
          noticedMs: (lostAt.get(id) ?? Infinity) - diedAt,
          reportedMs: sees(id) ? Infinity : performance.now() - diedAt,
        })),
      );
    }
    const known = await Promise.all(deaths);
    const noticedMs = Math.max(...known.map((death) => death.noticedMs));
    const reportedMs = Math.max(...known.map((death) => death.reportedMs));
    const ghosts = seen.members.length - 1;
    const bound = NOTICED_MS / times + BUSY_MS[scale];
    return [
      {
        figure: "half-open peer noticed",
        bound: `≤ ${seconds(bound)}`,
        measured: `${SILENT_DEATHS} peers, the last after ${seconds(noticedMs)}`,
        isMet: noticedMs <= bound,
      },
      {
        figure: "presence after the last change",
        bound: `unsubscribe ≤ 2 s, close ≤ 2 s + grace, silent death ≤ ${seconds(bound)}, 0 ghosts`,
        measured: `${seconds(unsubscribedMs)}, ${seconds(closedMs)}, ${seconds(reportedMs)}, ${ghosts} ghosts`,
        isMet:
          unsubscribedMs <= CLEAN_MS + BUSY_MS[scale] &&
          closedMs <= 2 * CLEAN_MS + BUSY_MS[scale] &&
          reportedMs <= bound &&
          ghosts === 0,
      },
    ];
  } finally {
    for (const { client } of [watcher, leaver, closer, ...silent]) client.disconnect();
    await leave();
    await Promise.all(proxies.map((proxy) => proxy.close()));
    await node.stop();
  }
};

/** Nothing while it is not connected. */
function idOf({ client: { state } }: Listener): string {
  return state.status === "connected" ? (state.connectionId.split(".")[0] ?? "") : ""; // over SSE a secret follows
}

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(ms < 100 ? 3 : 2)} s`;
}
