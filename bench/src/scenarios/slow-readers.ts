import { Arena } from "../arena.js";
import type { ContenderName } from "../contender-name.js";
import { atMost } from "../goal.js";
import type { BenchContext, Row, Scenario } from "../scenario.js";

const BYTES = 1_000;
const EVERY_MS = 5;
const READERS = 10;
const CAP_BYTES = 2 * 1024 ** 3; // who is beyond that has no bound, and the machine has other things to do
const MIB = 1024 ** 2;

/** Clients that never read, under a broadcast that goes on. */
export const slowReaders: Scenario = {
  name: "slow-readers",
  title: "Slow readers",
  unit: "MiB of resident memory at the peak, over an empty server",
  note: "Clients that join and never read, and ten that do, under 200 publications of 1 kB a second. Stopped beyond 2 GiB.",
  async run(context) {
    const stalled = context.isQuick ? 50 : 1_000;
    const seconds = context.isQuick ? 2 : 60;
    const label = `${stalled} clients that never read, up to ${seconds} s`;
    const values = new Map<ContenderName, number>();
    for (const name of context.contenders) {
      context.say(`${label}: ${name}`);
      values.set(name, await peakOf(context, name, { stalled, seconds }));
    }
    const bound = atMost(stalled); // 1 MiB may wait for each
    const rows: readonly Row[] = [{ label, values, goals: { "Fourgate ws": bound, "Fourgate Socket.IO": bound } }];
    return rows;
  },
};

interface Flood {
  readonly stalled: number;
  readonly seconds: number;
}

async function peakOf({ programs }: BenchContext, name: ContenderName, { stalled, seconds }: Flood): Promise<number> {
  const arena = await Arena.start(programs, name, { clients: stalled + READERS });
  try {
    const { rssBytes = 0 } = await arena.server.ask({ kind: "weigh" });
    await arena.letIn(stalled + READERS);
    await arena.load.ask(`stall ${stalled}`);
    const order = { kind: "flood", everyMs: EVERY_MS, ms: seconds * 1_000, bytes: BYTES, capBytes: CAP_BYTES } as const;
    const { peakRssBytes = 0 } = await arena.server.ask(order);
    return (peakRssBytes - rssBytes) / MIB;
  } finally {
    await arena.close();
  }
}
