import { WITHOUT_SSE, type ContenderName } from "../contender-name.js";
import { medians, withEmptyTestBeds, type Measured } from "../interleave.js";
import { pick } from "../scale.js";
import { defineScenario, type BenchCase, type BenchContext } from "../scenario.js";
import { atMostMore } from "../tables/goal.js";
import type { TestBed } from "../test-bed.js";

const SUBSCRIPTIONS = 10;
const MOST_REPEATS = 3; // each starts a process, and they differ little
// Else V8 enlarges it by up to 32 MB in the middle of a measurement, whatever the connections hold.
const FIXED_YOUNG_GENERATION = ["--min-semi-space-size=16", "--max-semi-space-size=16"];
const MORE_BYTES = 1_500; // for the session, its limits and its queue

interface MemoryCase extends BenchCase {
  readonly subscriptions: number;
  read(memory: Memory): number;
}

/** Bytes per connection. */
interface Memory {
  readonly heap: number;
  readonly resident: number;
}

const SUBSCRIBED: MemoryCase = {
  label: "connection with 10 subscriptions, heap",
  subscriptions: SUBSCRIPTIONS,
  read: ({ heap }) => heap,
};

/** What an idle connection and a subscription hold. */
export const memory = defineScenario<MemoryCase>({
  name: "memory",
  title: "Memory",
  unit: "bytes",
  note: "Connections with a browser's headers, after garbage collection, above a server that has some connections already, with a young generation of fixed size. Heap includes buffers outside it; resident memory is what the machine sees.",
  cases: (scale) => [
    { label: "idle connection, resident", subscriptions: 0, read: ({ resident }) => resident, goals: { "Fourgate ws": atMostMore(MORE_BYTES) } }, // prettier-ignore
    { label: "idle connection, heap", subscriptions: 0, read: ({ heap }) => heap },
    ...(scale === "quick" ? [] : [SUBSCRIBED]),
  ],
  async run(context, wanted) {
    const measured = new Map<number, Measured<Memory>>();
    for (const subscriptions of new Set(wanted.map((each) => each.subscriptions)))
      measured.set(subscriptions, await measureAll(context, subscriptions));
    return wanted.map(({ label, subscriptions, read, goals = {} }) => {
      return { label, goals, values: medians(measured.get(subscriptions) ?? new Map(), read) };
    });
  },
});

async function measureAll(context: BenchContext, subscriptions: number): Promise<Measured<Memory>> {
  const contenders = context.contenders.filter((name) => subscriptions === 0 || WITHOUT_SSE.includes(name));
  const few = pick(context.scale, { full: 1_000, quick: 500, smoke: 5 }); // code, caches and pools grow with the first ones
  const clients = pick(context.scale, { full: 4_000, quick: 1_500, smoke: 20 });
  const measured = new Map<ContenderName, Memory[]>(contenders.map((name) => [name, []]));
  const repeats = Math.min(context.repeats, MOST_REPEATS);
  for (let repeat = 0; repeat < repeats && (repeat === 0 || !context.isLate()); repeat += 1) {
    context.log(`${clients} connections with ${subscriptions} subscriptions`);
    await withEmptyTestBeds(
      { ...context, contenders },
      { clients, subscriptions, nodeArgs: FIXED_YOUNG_GENERATION },
      (beds) => Promise.all(beds.map(async (bed) => measured.get(bed.name)?.push(await measure(bed, few, clients)))),
    );
  }
  return measured;
}

async function measure(bed: TestBed, few: number, clients: number): Promise<Memory> {
  await bed.connect(few);
  const before = await bed.server.request({ kind: "memory" });
  await bed.connect(clients);
  const after = await bed.server.request({ kind: "memory" });
  return {
    heap: ((after.heapBytes ?? 0) - (before.heapBytes ?? 0)) / clients,
    resident: ((after.rssBytes ?? 0) - (before.rssBytes ?? 0)) / clients,
  };
}
