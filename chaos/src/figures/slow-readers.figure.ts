import { ChaosProxy } from "../network/chaos-proxy";
import { createRandom } from "../network/random";
import { createRealtimeClient } from "@repo/realtime-client";
import { eventually } from "../eventually";
import { flood } from "./counted.channel";
import type { Figure } from "./figure";
import { NodeChild } from "./node-child";

const READERS = 8;
const MIB = 1024 * 1024;
const MESSAGE_BYTES = 64 * 1024;
const MESSAGES = { short: 320, full: 640 }; // 20 MiB, 40 MiB
const EVERY_MS = 5;
const DROPPED_MS = 5_000;
const LATEST_MS = 1_000;

/** Readers stop reading, and are sent 40 MiB each; beside them another client continues to read. */
export const slowReadersFigure: Figure = async (transport, scale) => {
  const node = await (await NodeChild.start()).listen();
  const proxy = await ChaosProxy.open(node.port, createRandom(8));
  const join = (port: number) => {
    const client = createRealtimeClient({
      url: `http://127.0.0.1:${port}/realtime`,
      transports: [transport.ofLibrary],
    });
    const handle = client.channel(flood);
    const received: { readonly n: number; readonly lateMs: number }[] = [];
    handle.subscribe(({ payload: { n, at } }) => received.push({ n, lateMs: Date.now() - at }));
    return { client, handle, received };
  };
  const readers = Array.from({ length: READERS }, () => join(proxy.port));
  const otherClient = join(node.port);
  const all = [...readers, otherClient];
  try {
    if (!(await eventually(() => all.every(({ handle }) => handle.status === "subscribed"), 10_000)))
      throw new Error("Not every client was subscribed.");
    for (let n = 0; n < 4 * READERS; n += 1)
      // every connection of every reader
      proxy.strike({ atMs: 0, aim: n / (4 * READERS), fault: { kind: "stall", forMs: 60_000 } });
    const count = MESSAGES[scale];
    const { endings, heldBytes } = await node.obey({ kind: "flood", count, bytes: MESSAGE_BYTES, everyMs: EVERY_MS });
    await eventually(() => otherClient.received.length >= count, 5_000);
    const dropped = endings.filter(({ reason }) => reason === "SLOW_CONSUMER");
    const lastMs = Math.max(...dropped.map(({ afterMs }) => afterMs));
    const lateMs = Math.max(...otherClient.received.map((one) => one.lateMs));
    const isWhole =
      otherClient.received.length === count && otherClient.received.every(({ n }, index) => n === index + 1);
    const held = heldBytes / READERS / MIB;
    return [
      {
        figure: `${READERS} readers that never read, ${(MESSAGES.full * MESSAGE_BYTES) / MIB} MiB each`,
        bound: "≤ 1 MiB held each, dropped ≤ 5 s, the others unharmed",
        measured: `${held.toFixed(2)} MiB held each, ${dropped.length} of ${READERS} dropped within ${(lastMs / 1_000).toFixed(1)} s; another client received ${otherClient.received.length} of ${count}, at most ${lateMs} ms late`,
        isMet:
          held <= 1 &&
          dropped.length === READERS &&
          endings.length === READERS &&
          lastMs <= DROPPED_MS &&
          isWhole &&
          lateMs <= LATEST_MS,
      },
    ];
  } finally {
    for (const { client } of all) client.disconnect();
    await proxy.close();
    await node.kill();
  }
};
