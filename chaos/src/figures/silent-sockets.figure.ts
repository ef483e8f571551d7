import { connect } from "node:net";
import { eventually } from "../eventually";
import type { Figure, Finding } from "./figure";
import { NodeChild } from "./node-child";
import type { Ending } from "./node-orders";
import { DIALECTS, type Dialect, type Silence } from "./silent-peer";

const SOCKETS = { short: 100, full: 2_000 };
const BOUND_MS = { "no frame": 10_000, "no heartbeat": 33_000 } as const;
const FAREWELL_MS = 2_000; // a closed peer may read the reason
const SLACK_MS = 1_000; // of two busy processes; the bounds are the server's own timers
const REASONS = { "no frame": new Set(["IDLE"]), "no heartbeat": new Set(["HEARTBEAT_LOST"]) } as const;
const AT_ONCE = 100;

/** Two thousand peers connect and send nothing; the node closes all of them, by itself. */
export const silentSocketsFigure: Figure = async (transport, scale) => {
  const node = await (await NodeChild.start()).listen();
  const dialect = DIALECTS[transport.name];
  if (!dialect) throw new TypeError(`No dialect of ${transport.name}.`);
  const kinds: readonly Silence[] = scale === "full" ? ["no frame", "no heartbeat"] : ["no frame"]; // the other takes 33 s
  try {
    const findings = [];
    for (const silence of kinds) findings.push(hold({ node, dialect, silence }, SOCKETS[scale] / 2));
    const held = await Promise.all(findings);
    const { endings } = await node.obey({ kind: "report" });
    return kinds.map((silence, n) => finding(silence, { held: held[n] ?? [], endings }));
  } finally {
    await node.kill();
  }
};

interface Siege {
  readonly node: NodeChild;
  readonly dialect: Dialect;
  readonly silence: Silence;
}

/** Opens so many silent peers; resolves with how long each was held, `Infinity` for those that still are. */
async function hold({ node, dialect, silence }: Siege, count: number): Promise<readonly number[]> {
  const held: number[] = [];
  let opened = 0;
  let closed = 0;
  const sockets = [];
  while (sockets.length < count) {
    for (let n = 0; n < AT_ONCE && sockets.length < count; n += 1) {
      const socket = connect(node.port, "127.0.0.1");
      const index = held.push(Infinity) - 1;
      sockets.push(socket.on("error", () => undefined).resume());
      let lastPublishedAt = 0;
      const publish = (bytes: string | Buffer) => {
        lastPublishedAt = performance.now();
        if (bytes.length > 0) socket.write(bytes);
      };
      socket.once("connect", () => dialect({ socket, port: node.port, silence, publish }));
      socket.once("data", () => {
        opened += 1;
        publish(""); // a node that is busy with a thousand others reads it late
      });
      socket.once("close", () => {
        held[index] = performance.now() - lastPublishedAt;
        closed += 1;
      });
    }
    await eventually(() => opened === sockets.length, 10_000); // so that none waits in the kernel
  }
  await eventually(() => closed === count, BOUND_MS[silence] + 5_000);
  for (const socket of sockets) socket.destroy();
  return held;
}

function finding(
  silence: Silence,
  { held, endings }: { held: readonly number[]; endings: readonly Ending[] },
): Finding {
  const isOf = REASONS[silence];
  const lived = endings.filter(({ reason }) => isOf.has(reason)).map(({ livedMs = 0 }) => livedMs);
  const [boundMs, longest, shortest] = [BOUND_MS[silence], Math.max(...held), Math.min(...held)];
  return {
    figure: `silent sockets, ${silence}`,
    bound: `session ≤ ${boundMs / 1_000} s, its connection ≤ ${FAREWELL_MS / 1_000} s more`,
    measured: `${held.length} sockets: ${lived.length} sessions ended within ${seconds(Math.max(...lived, 0))}, connections held for ${seconds(shortest)} to ${seconds(longest)}`,
    isMet:
      Math.max(...lived) <= boundMs + SLACK_MS && longest <= boundMs + FAREWELL_MS + SLACK_MS && shortest > boundMs / 2, // sooner would not be silence but refusal
  };
}

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`;
}
