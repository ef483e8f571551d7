import { interleave, medians, withArenas } from "../contest.js";
import { times } from "../goal.js";
import type { Scenario } from "../scenario.js";

const SUBSCRIBERS_EACH = 5;
const BYTES = 100;

/** Many channels with few subscribers each: nothing to share but the framing. */
export const manyChannels: Scenario = {
  name: "many-channels",
  title: "Many channels, five subscribers each",
  unit: "µs of server CPU per delivery",
  note: "One message on every channel at once, 100 B; the next round when everybody has his.",
  async run(context) {
    const channels = context.isQuick ? 100 : 1_000;
    const clients = channels * SUBSCRIBERS_EACH;
    const label = `${channels} channels × ${SUBSCRIBERS_EACH}`;
    context.say(label);
    const ms = context.isQuick ? 100 : 500;
    const costs = await withArenas(context, { clients, channels }, (arenas) =>
      interleave(context, arenas, async ({ load, server }) => {
        await load.ask("rounds 1");
        const { cpuMicros = 0, rounds = 0 } = await server.ask({
          kind: "rounds",
          channels,
          perRound: 1,
          bytes: BYTES,
          ms,
        });
        return cpuMicros / (rounds * clients);
      }),
    );
    return [{ label, values: medians(costs, (cost) => cost), goals: { "Fourgate ws": times(1.3) } }];
  },
};
