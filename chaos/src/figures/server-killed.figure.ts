import { setTimeout as passed } from "node:timers/promises";
import type { IRealtimeTransport } from "@repo/realtime-client";
import { eventually } from "../eventually";
import { socketIOByWebSocket, socketIOUpgrading } from "../transports/socket-io";
import type { Figure } from "./figure";
import { flawsIn, listen } from "./listener";
import { NodeChild } from "./node-child";

const CLIENTS = { short: 40, full: 400 };
const DOWN_MS = 500;
const BACK_MS = { short: 15_000, full: 5_000 }; // CI's machine has other things to do
const SLICE_MS = 50;
const LARGEST_SHARE = 0.6; // half a second of jitter puts a tenth into each slice, a starved process more, a stampede nearly all into one

/** A node is killed with -9 while it sends, and another takes its port with an empty memory. */
export const serverKilledFigure: Figure = async (requested, scale) => {
  const transport = requested === socketIOUpgrading ? socketIOByWebSocket : requested;
  const [first, second] = await Promise.all([NodeChild.start(), NodeChild.start()]);
  const { port } = await first.listen();
  const firstCalls = new Map<number, number>(); // by client, since the kill
  const listeners = Array.from({ length: CLIENTS[scale] }, (_, n) => {
    const open: IRealtimeTransport["open"] = (request, events) => {
      if (!firstCalls.has(n)) firstCalls.set(n, performance.now());
      return transport.ofLibrary.open(request, events);
    };
    return listen({ port, transport: { ...transport, ofLibrary: { name: transport.name, open } } });
  });
  const backAt: number[] = [];
  try {
    if (!(await eventually(() => listeners.every(({ isIn }) => isIn()), 30_000)))
      throw new Error("Not every client was subscribed.");
    await first.obey({ kind: "publish", from: 1, to: 20 });
    first.report({ kind: "publish", from: 21, to: 200 });
    firstCalls.clear();
    const killedAt = performance.now();
    await first.kill();
    for (const { handle } of listeners) {
      let wasIn = false;
      handle.subscribe({
        change({ status }) {
          if (status === "subscribed" && !wasIn) backAt.push(performance.now());
          wasIn = status === "subscribed";
        },
      });
    }
    await passed(DOWN_MS);
    await second.listen(port);
    const began = performance.now();
    await eventually(() => backAt.length >= listeners.length && listeners.every(({ isIn }) => isIn()), 30_000);
    await second.obey({ kind: "publish", from: 301, to: 320 });
    await eventually(() => listeners.every(({ received }) => received.at(-1) === 320), 30_000);

    const back = backAt.map((at) => at - began);
    const lastMs = back.length >= listeners.length ? Math.max(...back) : Infinity;
    const calls = [...firstCalls.values()].map((at) => Math.floor((at - killedAt) / SLICE_MS));
    const share = Math.max(...calls.map((slice) => calls.filter((other) => other === slice).length)) / listeners.length;
    const flaws = listeners.map(({ received }) => flawsIn(received));
    const sum = (of: (flaw: (typeof flaws)[number]) => number) => flaws.reduce((total, flaw) => total + of(flaw), 0);
    const unreported = flaws.filter(({ reported }) => reported === 0).length;
    const [silent, doubled] = [sum((flaw) => flaw.silent), sum((flaw) => flaw.doubled)];
    return [
      {
        figure: "server killed (-9), history in memory",
        bound: `0 silent gaps, every client is notified of the loss, back ≤ ${seconds(BACK_MS[scale])}`,
        measured: `${listeners.length} clients: ${silent} silent gaps, ${doubled} doubled, ${unreported} not notified, back ≤ ${seconds(lastMs)}`,
        isMet:
          silent + doubled + unreported === 0 &&
          lastMs <= BACK_MS[scale] &&
          listeners.every(({ received }) => received.at(-1) === 320),
      },
      {
        figure: `${CLIENTS.full} clients after kill -9`,
        bound: `all back ≤ ${seconds(BACK_MS[scale])}, spread by jitter`,
        measured: `${back.length} of ${listeners.length} back within ${seconds(lastMs)}; at most ${Math.round(share * 100)} % connected first in the same ${SLICE_MS} ms`,
        isMet: lastMs <= BACK_MS[scale] && share <= LARGEST_SHARE,
      },
    ];
  } finally {
    for (const { client } of listeners) client.disconnect();
    await Promise.all([first.kill(), second.kill()]);
  }
};

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`;
}
