import { PLAIN_AND_OURS } from "../contender-name.js";
import { interleave, medians, withTestBeds } from "../interleave.js";
import { defineScenario, type BenchCase } from "../scenario.js";
import { times } from "../tables/goal.js";

const EVERY_MS = 50;
const BYTES = 100;

interface LatencyCase extends BenchCase {
  readonly label: "p50" | "p99";
}

/** How long a delivery takes where no process is busy. */
export const latency = defineScenario<LatencyCase>({
  name: "latency",
  title: "Latency at a moderate rate",
  unit: "µs from publishing to arrival",
  note: "20 publications a second to 1 000 subscribers, 100 B; the median of many short rounds; both ends read the machine's monotonic clock.",
  contenders: PLAIN_AND_OURS.filter((name) => !name.endsWith("SSE")),
  cases: (scale) => (scale === "quick" ? [] : [{ label: "p50" }, { label: "p99", goals: { "Fourgate ws": times(1) } }]),
  async run(context, wanted) {
    const isFull = context.scale === "full";
    const [clients, count] = isFull ? [1_000, 20] : [20, 2];
    const roundsEach = isFull ? 2 : 1; // short ones and many: a busy second of another process spoils the p99 of a whole round
    context.log(`${clients} subscribers`);
    const taken = await withTestBeds(context, { clients }, (beds) =>
      interleave({ ...context, repeats: context.repeats * roundsEach }, beds, async ({ load, server }) => {
        await load.request("clock");
        await server.request({ kind: "rate", everyMs: EVERY_MS, count, bytes: BYTES });
        const [, p50 = 0, p99 = 0] = await load.request("times");
        return { p50, p99 };
      }),
    );
    return wanted.map(({ label, goals = {} }) => ({ label, goals, values: medians(taken, (each) => each[label]) }));
  },
});
