import type { Arena } from "../arena.js";
import { interleave, medians, withArenas } from "../contest.js";
import { times } from "../goal.js";
import type { BenchContext, Goals, Row, Scenario } from "../scenario.js";

const SUBSCRIBERS = [100, 1_000, 5_000];
const BYTES = [100, 1_000];
const IN_FLIGHT = [1, 8, 128];
const GOALS: ReadonlyMap<string, Goals> = new Map([
  ["1000 subscribers, 100 B, 1 in flight", { "Fourgate ws": times(1.7) }],
  ["1000 subscribers, 100 B, 8 in flight", { "Fourgate ws": times(7), "Fourgate Socket.IO": times(4) }],
  ["1000 subscribers, 100 B, 128 in flight", { "Fourgate ws": times(30) }],
]);

interface Case {
  readonly subscribers: number;
  readonly bytes: number;
  readonly perRound: number;
}

/** One channel, many subscribers. */
export const fanOut: Scenario = {
  name: "fan-out",
  title: "Fan-out: one channel, many subscribers",
  unit: "µs of server CPU per delivery",
  note: "n in flight: n are published at once, the next n when the last subscriber has them all.",
  async run(context) {
    const rows: Row[] = [];
    for (const subscribers of context.isQuick ? SUBSCRIBERS.slice(0, 1) : SUBSCRIBERS)
      await withArenas(context, { clients: subscribers }, async (arenas) => {
        for (const bytes of context.isQuick ? BYTES.slice(0, 1) : BYTES)
          for (const perRound of context.isQuick ? IN_FLIGHT.slice(0, 2) : IN_FLIGHT)
            rows.push(await measure(context, arenas, { subscribers, bytes, perRound }));
      });
    return rows;
  },
};

async function measure(
  context: BenchContext,
  arenas: readonly Arena[],
  { subscribers, bytes, perRound }: Case,
): Promise<Row> {
  const label = `${subscribers} subscribers, ${bytes} B, ${perRound} in flight`;
  context.say(label);
  const ms = context.isQuick ? 100 : 300;
  const costs = await interleave(context, arenas, async ({ load, server }) => {
    await load.ask(`rounds ${perRound}`);
    const { cpuMicros = 0, rounds = 0 } = await server.ask({ kind: "rounds", channels: 1, perRound, bytes, ms });
    return cpuMicros / (rounds * perRound * subscribers);
  });
  return { label, values: medians(costs, (cost) => cost), goals: GOALS.get(label) ?? {} };
}
