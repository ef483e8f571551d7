import { Arena } from "../arena.js";
import type { ContenderName } from "../contender-name.js";
import { medians } from "../contest.js";
import { atMostMore } from "../goal.js";
import type { BenchContext, Row, Scenario } from "../scenario.js";

const SUBSCRIPTIONS = 10;
const MORE_BYTES = 2_000; // for the session, its limits and its outbox

interface Weight {
  readonly heap: number;
  readonly rss: number;
}

/** What a connection weighs that does nothing, and a subscription. */
export const memory: Scenario = {
  name: "memory",
  title: "Memory",
  unit: "bytes",
  note: "After garbage collection, over an empty server. Heap includes buffers outside it; resident memory is what the machine sees.",
  async run(context) {
    const clients = context.isQuick ? 200 : 2_000;
    const idle = await weighAll(context, { clients, subscriptions: 0 });
    const busy = await weighAll(context, { clients, subscriptions: SUBSCRIPTIONS });
    const heaps = medians(idle, ({ heap }) => heap);
    const subscribed = medians(busy, ({ heap }) => heap);
    const perSubscription = new Map(
      [...subscribed].map(([name, heap]) => [name, (heap - (heaps.get(name) ?? 0)) / SUBSCRIPTIONS]),
    );
    const rows: readonly Row[] = [
      { label: "idle connection, heap", values: heaps, goals: { "Fourgate ws": atMostMore(MORE_BYTES) } },
      { label: "idle connection, resident", values: medians(idle, ({ rss }) => rss) },
      { label: "subscription, heap", values: perSubscription },
    ];
    return rows;
  },
};

interface Crowd {
  readonly clients: number;
  readonly subscriptions: number;
}

async function weighAll(context: BenchContext, crowd: Crowd): Promise<ReadonlyMap<ContenderName, readonly Weight[]>> {
  context.say(`${crowd.clients} connections, ${crowd.subscriptions} subscriptions each`);
  const weights = new Map<ContenderName, Weight[]>(context.contenders.map((name) => [name, []]));
  for (let repeat = 0; repeat < context.repeats; repeat += 1)
    for (const name of context.contenders) weights.get(name)?.push(await weigh(context, name, crowd));
  return weights;
}

async function weigh({ programs }: BenchContext, name: ContenderName, crowd: Crowd): Promise<Weight> {
  const arena = await Arena.start(programs, name, crowd);
  try {
    const empty = await arena.server.ask({ kind: "weigh" });
    await arena.letIn(crowd.clients);
    const full = await arena.server.ask({ kind: "weigh" });
    return {
      heap: ((full.heapBytes ?? 0) - (empty.heapBytes ?? 0)) / crowd.clients,
      rss: ((full.rssBytes ?? 0) - (empty.rssBytes ?? 0)) / crowd.clients,
    };
  } finally {
    await arena.close();
  }
}
