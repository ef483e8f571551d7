import { interleave, medians, withEmptyArenas } from "../contest.js";
import type { Scenario } from "../scenario.js";

/** What it costs to let somebody in and to a channel. */
export const connect: Scenario = {
  name: "connect",
  title: "Connect and subscribe",
  unit: "µs of server CPU per client",
  note: "Upgrade, gate 1, one subscribe with its reply; 128 at a time.",
  async run(context) {
    const clients = context.isQuick ? 100 : 500;
    context.say(`${clients} clients`);
    const costs = await withEmptyArenas(context, { clients }, (arenas) =>
      interleave(context, arenas, async (arena) => {
        await arena.server.ask({ kind: "begin" });
        await arena.letIn(clients);
        const { cpuMicros = 0 } = await arena.server.ask({ kind: "spent" });
        return cpuMicros / clients;
      }),
    );
    return [{ label: `${clients} more clients`, values: medians(costs, (cost) => cost) }];
  },
};
