import { PLAIN_AND_OURS } from "../contender-name.js";
import { interleave, medians, withTestBeds } from "../interleave.js";
import { pick, type Scale } from "../scale.js";
import { defineScenario, type BenchCase, type BenchContext, type Goals, type Row } from "../scenario.js";
import { times } from "../tables/goal.js";
import type { TestBed } from "../test-bed.js";

interface FanOutCase extends BenchCase {
  readonly subscribers: number;
  readonly bytes: number;
  readonly inFlight: number;
}

/** One channel, many subscribers. */
export const fanOut = defineScenario<FanOutCase>({
  name: "fan-out",
  title: "Fan-out: one channel, many subscribers",
  unit: "µs of server CPU per delivery",
  note: "n in flight: n are published at once, the next n when the last subscriber has them all.",
  contenders: PLAIN_AND_OURS,
  cases,
  async run(context, wanted) {
    const rows: Row[] = [];
    for (const subscribers of new Set(wanted.map((each) => each.subscribers))) {
      if (context.isOver()) break;
      const same = wanted.filter((each) => each.subscribers === subscribers);
      await withTestBeds(context, { clients: subscribers }, async (beds) => {
        for (const each of same) if (!context.isOver()) rows.push(await measure(context, beds, each));
      });
    }
    return rows;
  },
});

const GOALS: Readonly<Record<number, Goals>> = {
  1: { "Fourgate ws": times(1.2) },
  8: { "Fourgate ws": times(9.5), "Fourgate Socket.IO": times(5.5), "Fourgate SSE": times(5) },
  128: { "Fourgate ws": times(75) },
};

function cases(scale: Scale): readonly FanOutCase[] {
  if (scale === "smoke") return [fanOutCase(20, 100, 1), fanOutCase(20, 100, 8)];
  const measured = [1, 8, 128].map((inFlight) => fanOutCase(1_000, 100, inFlight));
  const others = [fanOutCase(1_000, 1_000, 8), fanOutCase(100, 100, 8), fanOutCase(5_000, 100, 8)];
  return scale === "quick" ? measured : [...measured, ...others];
}

function fanOutCase(subscribers: number, bytes: number, inFlight: number): FanOutCase {
  const label = `${subscribers} subscribers, ${bytes} B, ${inFlight} in flight`;
  const goals = subscribers === 1_000 && bytes === 100 ? (GOALS[inFlight] ?? {}) : {};
  return { label, subscribers, bytes, inFlight, goals };
}

async function measure(context: BenchContext, beds: readonly TestBed[], each: FanOutCase): Promise<Row> {
  const { label, goals = {}, subscribers, bytes, inFlight: perRound } = each;
  context.log(label);
  const cpuMs = pick(context.scale, { full: 300, quick: 150, smoke: 10 });
  const costs = await interleave(context, beds, async ({ load, server }) => {
    await load.request(`rounds ${perRound}`);
    const { cpuMicros = 0, rounds = 0 } = await server.request({ kind: "rounds", channels: 1, perRound, bytes, cpuMs });
    return cpuMicros / (rounds * perRound * subscribers);
  });
  return { label, goals, values: medians(costs, (cost) => cost) };
}
