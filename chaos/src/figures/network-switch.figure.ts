import { ChaosProxy } from "../network/chaos-proxy";
import { createRandom } from "../network/random";
import { startNode } from "../node-on-all-transports";
import { eventually } from "../eventually";
import type { Figure } from "./figure";
import { fasterClock, flawsIn, listen } from "./listener";

const SWITCHES = { short: 1, full: 2 };
const CLIENTS = 10;
const SAY_MS = 25;
const STORY = 250; // fewer messages than are recovered at most, however long a switch takes
const PATIENCE_MS = 60_000;
const STRIKES = 3; // a client that opens its WebSocket at the moment of the strike goes on on that connection, which was not struck
const MOVED_MS = 20_000;
const TIMES_FASTER = 2;
const LIMITS = { pingMs: 3_000, pongMs: 120_000 }; // so that the server holds the old connections for all of the run

/** The clients' network changes: their old connections lose everything and stay open, and they reconnect on new ones. */
export const networkSwitchFigure: Figure = async (transport, scale) => {
  let open = 0;
  const count = { connected: 1, disconnected: -1 } as Readonly<Record<string, number>>;
  const observe = ({ kind }: { readonly kind: string }) => void (open += count[kind] ?? 0);
  const node = await startNode({ options: { limits: LIMITS, observers: [{ observe }] } });
  const proxy = await ChaosProxy.open(node.port, createRandom(1));
  const clock = fasterClock(TIMES_FASTER);
  const listeners = Array.from({ length: CLIENTS }, () => listen({ port: proxy.port, transport, clock }));
  let published = 0;
  try {
    await eventually(() => listeners.every(({ isIn }) => isIn()), PATIENCE_MS);
    let end = 0;
    const publishing = setInterval(() => void (published < end && node.publish((published += 1))), SAY_MS);
    for (let turn = 0; turn < SWITCHES[scale]; turn += 1) {
      end += STORY;
      const lives = listeners.map(({ client }) => client.state);
      const haveMoved = () => listeners.every(({ client, isIn }, n) => client.state !== lives[n] && isIn());
      for (let strikes = 0; strikes < STRIKES && !haveMoved(); strikes += 1) {
        proxy.strike({ atMs: 0, aim: 0, fault: { kind: "blackout", forMs: 1 } }); // every connection turns half-open; new ones get through
        await eventually(haveMoved, MOVED_MS);
      }
      await eventually(() => published === end, PATIENCE_MS);
    }
    clearInterval(publishing);
    await eventually(() => listeners.every(({ received }) => received.at(-1) === published), PATIENCE_MS);
    const flaws = listeners.map(({ received }) => flawsIn(received));
    const lost = listeners.reduce(
      (sum, { received }) => sum + published - new Set(received.filter((one) => one !== "gap")).size,
      0,
    );
    const doubled = flaws.reduce((sum, flaw) => sum + flaw.doubled, 0);
    const old = open - CLIENTS;
    return [
      {
        figure: "network switch, old connection still open",
        bound: "0 lost, 0 doubled",
        measured: `${CLIENTS * SWITCHES[scale]} switches, ${old} old connections still open: ${lost} of ${published * CLIENTS} lost, ${doubled} doubled`,
        isMet: published > 0 && lost === 0 && doubled === 0 && old >= CLIENTS * SWITCHES[scale],
      },
    ];
  } finally {
    for (const { client } of listeners) client.disconnect();
    await proxy.close();
    await node.stop();
  }
};
