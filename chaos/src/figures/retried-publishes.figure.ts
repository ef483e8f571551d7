import { setTimeout as passed } from "node:timers/promises";
import { ChaosProxy } from "../network/chaos-proxy";
import { between, createRandom } from "../network/random";
import { createRealtimeClient, type RealtimeClientOptions } from "@repo/realtime-client";
import { startNode } from "../node-on-all-transports";
import { counted } from "./counted.channel";
import { eventually } from "../eventually";
import type { Figure } from "./figure";
import { fasterClock } from "./listener";

const KILLS = { short: 10, full: 45 };
const PUBLISHERS = 6;
const KILL_MS = 90;
const PATIENCE_MS = 45_000;
const MOST_WAITING = 60;
const SAY_MS = 60; // the client itself keeps to 18 a second
const TIMES_FASTER = 2;

/** Connections break between a message and its reply, so that clients repeat what the server has received. */
export const retriedPublishesFigure: Figure = async (transport, scale) => {
  const runs: string[] = [];
  const node = await startNode({
    options: { authenticator: { authenticate: ({ token }) => ({ userId: token ?? "", roles: [] }) } },
  });
  node.realtime.registry.register(counted, async ({ payload }) => {
    runs.push(payload);
    await node.realtime.broadcaster.broadcast(counted, payload);
  });
  const random = createRandom(45);
  const proxy = await ChaosProxy.open(node.port, random);
  const join = (port: number, options: Partial<RealtimeClientOptions>) => {
    const client = createRealtimeClient({
      url: `http://127.0.0.1:${port}/realtime`,
      transports: [transport.ofLibrary],
      ...options,
    });
    const channel = client.channel(counted);
    const received: string[] = [];
    channel.subscribe((message) => received.push(message.payload));
    return { client, channel, received };
  };
  const clock = fasterClock(TIMES_FASTER);
  const publishers = Array.from({ length: PUBLISHERS }, (_, n) => join(proxy.port, { clock, auth: () => `p${n}` }));
  const listener = join(node.port, { auth: () => "listener" });
  const all = [...publishers, listener];
  const replied: Promise<unknown>[] = [];
  let published = 0;
  try {
    await eventually(() => all.every(({ channel }) => channel.status === "subscribed"), PATIENCE_MS);
    const publishing = setInterval(() => {
      for (const { channel } of publishers) {
        if (published - runs.length > MOST_WAITING) return; // the client itself keeps a hundred, and no more
        replied.push(channel.publish(`${(published += 1)}`));
      }
    }, SAY_MS);
    for (let turn = 0; proxy.kills < KILLS[scale] && turn < 50 * KILLS[scale]; turn += 1) {
      const fault =
        turn % 3 === 0 ? ({ kind: "cut" } as const) : ({ kind: "fade", forMs: between(random, 20, 120) } as const);
      proxy.strike({ atMs: 0, aim: random(), fault });
      await passed(KILL_MS);
    }
    clearInterval(publishing);
    const outcomes = await Promise.race([Promise.allSettled(replied), passed(PATIENCE_MS, undefined, { ref: false })]);
    const acknowledged = (outcomes ?? []).filter(({ status }) => status === "fulfilled").length;
    await eventually(() => listener.received.length >= acknowledged, PATIENCE_MS);
    const twiceRun = runs.length - new Set(runs).size;
    const receivedTwice = listener.received.length - new Set(listener.received).size;
    return [
      {
        figure: "retried publishes over 45 kills",
        bound: "each run once and received once",
        measured: `${proxy.kills} kills, ${published} sent, ${acknowledged} acknowledged: ${twiceRun} run twice, ${receivedTwice} received twice, ${acknowledged - new Set(listener.received).size} lost`,
        isMet:
          proxy.kills >= KILLS[scale] &&
          acknowledged === published &&
          twiceRun + receivedTwice === 0 &&
          listener.received.length === published,
      },
    ];
  } finally {
    for (const { client } of all) client.disconnect();
    await proxy.close();
    await node.stop();
  }
};
