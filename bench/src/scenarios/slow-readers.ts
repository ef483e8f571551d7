import { PLAIN_AND_OURS, type ContenderName } from "../contender-name.js";
import { defineScenario, type BenchCase, type BenchContext } from "../scenario.js";
import { atMost } from "../tables/goal.js";
import { TestBed } from "../test-bed.js";

const BYTES = 1_000;
const EVERY_MS = 5;
const READERS = 10;
const CAP_BYTES = 2 * 1024 ** 3; // beyond that there is no bound, and the machine needs its memory
const MIB = 1024 ** 2;

interface SlowCase extends BenchCase {
  readonly stalled: number;
  readonly seconds: number;
}

/** Clients that never read, under a continuous broadcast. */
export const slowReaders = defineScenario<SlowCase>({
  name: "slow-readers",
  title: "Slow readers",
  unit: "MiB of resident memory at the peak, over an empty server",
  note: "Clients that subscribe and never read, and ten that do, under 200 publications of 1 kB a second. Stopped beyond 2 GiB.",
  contenders: PLAIN_AND_OURS.filter((name) => !name.endsWith("SSE")),
  cases(scale) {
    if (scale === "quick") return [];
    const [stalled, seconds] = scale === "full" ? [1_000, 20] : [10, 0.2];
    const bound = atMost(stalled); // 1 MiB may wait for each
    const goals = { "Fourgate ws": bound, "Fourgate Socket.IO": bound };
    return [{ label: `${stalled} clients that never read, up to ${seconds} s`, stalled, seconds, goals }];
  },
  async run(context, [wanted]) {
    if (!wanted) return [];
    const { label, goals = {} } = wanted;
    const values = new Map<ContenderName, number>();
    for (const name of context.contenders) {
      context.log(`${label}: ${name}`);
      values.set(name, await peakOf(context, name, wanted));
    }
    return [{ label, goals, values }];
  },
});

async function peakOf({ programs }: BenchContext, name: ContenderName, { stalled, seconds }: SlowCase) {
  const bed = await TestBed.start(programs, name, { clients: stalled + READERS });
  try {
    const { rssBytes = 0 } = await bed.server.request({ kind: "memory" });
    await bed.connect(stalled + READERS);
    await bed.load.request(`stall ${stalled}`);
    const order = { kind: "flood", everyMs: EVERY_MS, ms: seconds * 1_000, bytes: BYTES, capBytes: CAP_BYTES } as const;
    const { peakRssBytes = 0 } = await bed.server.request(order);
    return (peakRssBytes - rssBytes) / MIB;
  } finally {
    await bed.close();
  }
}
