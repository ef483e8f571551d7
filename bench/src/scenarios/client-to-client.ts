import { setTimeout as passed } from "node:timers/promises";
import type { Arena } from "../arena.js";
import { channelName } from "../channel-name.js";
import { interleave, medians, withArenas } from "../contest.js";
import { DIALECTS } from "../dialects.js";
import { times } from "../goal.js";
import type { Scenario } from "../scenario.js";

const TEXT = "x".repeat(89);

/** Clients that speak with each other in pairs, as fast as the server lets them. */
export const clientToClient: Scenario = {
  name: "client-to-client",
  title: "Client to client: messages in pairs",
  unit: "µs of server CPU per message",
  note: "A client says 100 B to a channel of two, and again when it comes back. Ours passes all gates; the plain ones parse, look the room up and send.",
  async run(context) {
    const pairs = context.isQuick ? 51 : 251; // odd, so that of clients n and n + pairs one is even, and only even ones speak
    const label = `${pairs} pairs`;
    context.say(label);
    const costs = await withArenas(context, { clients: pairs * 2, channels: pairs }, (arenas) =>
      interleave(context, arenas, (arena) => costOfMessage(arena, context.isQuick ? 100 : 500)),
    );
    return [{ label, values: medians(costs, (cost) => cost), goals: { "Fourgate ws": times(1) } }];
  },
};

async function costOfMessage({ name, load, server }: Arena, ms: number): Promise<number> {
  await load.ask(`chat ${DIALECTS[name].chat(channelName("%d"), TEXT)}`);
  const [before = 0] = await load.ask("count");
  await server.ask({ kind: "begin" });
  await passed(ms);
  const { cpuMicros = 0 } = await server.ask({ kind: "spent" });
  const [after = 0] = await load.ask("count");
  await load.ask("chat");
  return cpuMicros / ((after - before) / 2);
}
