import { interleave, medians, withArenas } from "../contest.js";
import { times } from "../goal.js";
import type { Scenario } from "../scenario.js";

const EVERY_MS = 50;
const BYTES = 100;
const ROUNDS_EACH = 4; // short ones and many: a neighbour's busy second spoils the p99 of a whole round

/** How long a delivery takes where nobody is busy. */
export const latency: Scenario = {
  name: "latency",
  title: "Latency at a moderate rate",
  unit: "µs from publishing to arrival",
  note: "20 publications a second to 1 000 subscribers, 100 B; the median of many short rounds; both ends read the machine's monotonic clock.",
  async run(context) {
    const clients = context.isQuick ? 100 : 1_000;
    const count = context.isQuick ? 10 : 20;
    const rounds = { ...context, repeats: context.repeats * (context.isQuick ? 1 : ROUNDS_EACH) };
    context.say(`${clients} subscribers`);
    const taken = await withArenas(context, { clients }, (arenas) =>
      interleave(rounds, arenas, async ({ load, server }) => {
        await load.ask("clock");
        await server.ask({ kind: "rate", everyMs: EVERY_MS, count, bytes: BYTES });
        const [, half = 0, most = 0] = await load.ask("times");
        return { half, most };
      }),
    );
    return [
      { label: "p50", values: medians(taken, ({ half }) => half) },
      { label: "p99", values: medians(taken, ({ most }) => most), goals: { "Fourgate ws": times(1) } },
    ];
  },
};
