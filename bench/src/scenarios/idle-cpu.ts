import { setTimeout as passed } from "node:timers/promises";
import { WITHOUT_SSE, type ContenderName } from "../contender-name.js";
import { medians, withTestBeds } from "../interleave.js";
import { pick } from "../scale.js";
import { defineScenario, type BenchCase } from "../scenario.js";
import { atMost } from "../tables/goal.js";

const MICROS_PER_SECOND = 2.2;

interface IdleCase extends BenchCase {
  readonly clients: number;
}

/** What connections cost on which nothing happens but heartbeats. */
export const idleCpu = defineScenario<IdleCase>({
  name: "idle-cpu",
  title: "CPU of idle connections",
  unit: "µs of server CPU per connection and second",
  note: "All servers at once, none with anything to do, over whole intervals of heartbeats: 25 s everywhere; plain `ws` has none.",
  contenders: WITHOUT_SSE,
  cases(scale) {
    const clients = pick(scale, { full: 4_000, quick: 1_000, smoke: 20 });
    return [{ label: `${clients} idle connections`, clients, goals: { "Fourgate ws": atMost(MICROS_PER_SECOND) } }];
  },
  async run(context, [wanted]) {
    if (!wanted) return [];
    const { label, clients, goals = {} } = wanted;
    const seconds = pick(context.scale, { full: 50, quick: 25, smoke: 0.2 });
    context.log(`${label}, ${seconds} s`);
    const costs = await withTestBeds(context, { clients, subscriptions: 0 }, async (beds) => {
      const measured = new Map<ContenderName, number[]>(beds.map(({ name }) => [name, []]));
      for (const { server } of beds) await server.request({ kind: "memory" }); // the garbage of the handshakes is not theirs
      await Promise.all(beds.map(({ server }) => server.request({ kind: "begin" })));
      await passed(seconds * 1_000);
      for (const { name, server, load } of beds) {
        const { cpuMicros = 0 } = await server.request({ kind: "spent" });
        const { gone } = await load.count();
        if (gone > 0) throw new Error(`${name} has closed ${gone} idle connections.`);
        measured.get(name)?.push(cpuMicros / clients / seconds);
      }
      return measured;
    });
    return [{ label, goals, values: medians(costs, (cost) => cost) }];
  },
});
