import { once } from "node:events";
import { setTimeout as passed } from "node:timers/promises";
import { createRealtimeClient } from "@repo/realtime-client";
import { eventually } from "../eventually";
import { counted } from "./counted.channel";
import type { Figure } from "./figure";
import { NodeChild, startProgram } from "./node-child";

const ABUSE_MS = { short: 1_500, full: 6_000 };
const ASK_MS = 100;
const P99_MS = 50;
const IDLE_MS = 10; // of an idle process on an idle machine; what is over that is not ours
const SERVED_MS = 1_000;
const MINE = "otherClient ";

/** Twenty abusers flood the node from a process of their own; another client, connected before, continues to send. */
export const abuseFigure: Figure = async (transport, scale) => {
  const [node, idle] = await Promise.all([NodeChild.start(), NodeChild.start()]);
  await node.listen();
  const client = createRealtimeClient({
    url: `http://127.0.0.1:${node.port}/realtime`,
    transports: [transport.ofLibrary],
    auth: () => "otherClient",
  });
  const channel = client.channel(counted);
  const received: string[] = [];
  channel.subscribe((message) => {
    if (message.payload.startsWith(MINE)) received.push(message.payload);
  });
  try {
    if (!(await eventually(() => channel.status === "subscribed", 10_000)))
      throw new Error("The otherClient did not get in.");
    await Promise.all([node, idle].map((child) => child.obey({ kind: "watch" })));
    const abusers = await startProgram(new URL("./abuser-process.ts", import.meta.url), [
      transport.name,
      String(node.port),
      String(ABUSE_MS[scale]),
    ]);
    const outcome = once(abusers, "message").then(
      ([sent]) => sent as { readonly frames: number; readonly closes: number },
    );
    let isOver = false;
    void outcome.then(() => (isOver = true));
    const served: number[] = [];
    while (!isOver) {
      const began = performance.now();
      await Promise.race([channel.publish(`${MINE}${served.length}`), passed(10 * SERVED_MS)]);
      served.push(performance.now() - began);
      await passed(ASK_MS);
    }
    const { frames, closes } = await outcome;
    const { loopP99Ms, endings, refusals } = await node.obey({ kind: "report" });
    const { loopP99Ms: idleP99Ms } = await idle.obey({ kind: "report" }); // what the machine does to a process that does nothing
    const worst = Math.max(...served);
    const thrownOut = endings.filter(({ reason }) => /^[A-Z_]+$/.test(reason)).length; // by a code of ours
    return [
      {
        figure: "event loop under abuse",
        bound: "p99 ≤ 50 ms, another client is served within 1 s",
        measured: `${frames} hostile frames, ${closes} connections, ${refusals} refusals, ${thrownOut} thrown out: p99 ${loopP99Ms.toFixed(0)} ms (an idle process beside it: ${idleP99Ms.toFixed(0)} ms); another client sent ${served.length} times, served within ${worst.toFixed(0)} ms`,
        isMet:
          loopP99Ms <= P99_MS + Math.max(0, idleP99Ms - IDLE_MS) &&
          worst <= SERVED_MS &&
          received.length === served.length &&
          refusals > 0,
      },
    ];
  } finally {
    client.disconnect();
    await Promise.all([node.kill(), idle.kill()]);
  }
};
