import { PLAIN_AND_OURS } from "../contender-name.js";
import { interleave, medians, withTestBeds } from "../interleave.js";
import { pick } from "../scale.js";
import { defineScenario, type BenchCase } from "../scenario.js";
import { times } from "../tables/goal.js";

const SUBSCRIBERS_EACH = 5;
const BYTES = 100;

interface ManyChannelsCase extends BenchCase {
  readonly channels: number;
}

/** Many channels with few subscribers each: nothing to share but the framing. */
export const manyChannels = defineScenario<ManyChannelsCase>({
  name: "many-channels",
  title: "Many channels, five subscribers each",
  unit: "µs of server CPU per delivery",
  note: "One message on every channel at once, 100 B; the next round when every subscriber has its message.",
  contenders: PLAIN_AND_OURS.filter((name) => !name.endsWith("SSE")),
  cases(scale) {
    const channels = pick(scale, { full: 1_000, quick: 300, smoke: 10 });
    return [{ label: `${channels} channels × ${SUBSCRIBERS_EACH}`, channels, goals: { "Fourgate ws": times(1.2) } }];
  },
  async run(context, [wanted]) {
    if (!wanted) return [];
    const { label, channels, goals = {} } = wanted;
    const clients = channels * SUBSCRIBERS_EACH;
    const cpuMs = pick(context.scale, { full: 500, quick: 250, smoke: 10 });
    const order = { kind: "rounds", channels, perRound: 1, bytes: BYTES, cpuMs } as const;
    context.log(label);
    const costs = await withTestBeds(context, { clients, channels }, (beds) =>
      interleave(context, beds, async ({ load, server }) => {
        await load.request("rounds 1");
        const { cpuMicros = 0, rounds = 0 } = await server.request(order);
        return cpuMicros / (rounds * clients);
      }),
    );
    return [{ label, goals, values: medians(costs, (cost) => cost) }];
  },
});
