import { WITHOUT_SSE } from "../contender-name.js";
import { interleave, medians, withEmptyTestBeds } from "../interleave.js";
import { pick } from "../scale.js";
import { defineScenario, type BenchCase } from "../scenario.js";
import { times } from "../tables/goal.js";

interface ConnectCase extends BenchCase {
  readonly clients: number;
}

/** What it costs to connect a client and to subscribe it. */
export const connect = defineScenario<ConnectCase>({
  name: "connect",
  title: "Connect and subscribe",
  unit: "µs of server CPU per client (1 000 000 divided by it: clients per second of CPU)",
  note: "Upgrade with a browser's headers, gate 1, one subscribe with its reply; 128 at a time.",
  contenders: WITHOUT_SSE,
  cases(scale) {
    const clients = pick(scale, { full: 1_000, quick: 500, smoke: 20 });
    return [{ label: `${clients} more clients`, clients, goals: { "Fourgate ws": times(1) } }];
  },
  async run(context, [wanted]) {
    if (!wanted) return [];
    const { label, clients, goals = {} } = wanted;
    context.log(label);
    const costs = await withEmptyTestBeds(context, { clients }, (beds) =>
      interleave(context, beds, async (bed) => {
        await bed.server.request({ kind: "begin" });
        await bed.connect(clients);
        const { cpuMicros = 0 } = await bed.server.request({ kind: "spent" });
        return cpuMicros / clients;
      }),
    );
    return [{ label, goals, values: medians(costs, (cost) => cost) }];
  },
});
