import { median } from "../median.js";
import type { Measurement } from "../postgres/measurement.js";
import { pick, type LiveUiScale } from "./live-ui-scale.js";
import { PagePrograms } from "./page-processes.js";

const SECRET = "a secret of the bench, longer than 32 bytes";
const GIB = 2 ** 30;
const GOAL = 75_000;

/** What a connection that shows a small page costs, its state in the server's memory. */
export async function pageMemory(scale: LiveUiScale): Promise<readonly Measurement[]> {
  const sockets = pick(scale, { full: [500, 2_000], short: [300, 300], smoke: [5, 5] } as const);
  const programs = await PagePrograms.build();
  const measured: PageMemory[] = [];
  try {
    for (let rounds = pick(scale, { full: 3, short: 1, smoke: 1 }); measured.length < rounds;)
      measured.push(await measureOnce(programs, sockets));
  } finally {
    await programs.remove();
  }
  const [resident, heap] = [median(measured.map((each) => each.resident)), median(measured.map((each) => each.heap))];
  const perGib = Math.round(GIB / resident);
  const all = measured.map((each) => Math.round(each.resident).toLocaleString("en")).join(", ");
  return [
    {
      what: `WebSockets that show a small page per GiB of resident memory, state in the server's memory: ${sockets[1].toLocaleString("en")} more beside ${sockets[0]}`,
      ours: `${perGib.toLocaleString("en")} (bytes each: ${all}; heap ${Math.round(heap).toLocaleString("en")})`,
      peer: "",
      goal: `≥ ${GOAL.toLocaleString("en")}`,
      isMet: perGib >= GOAL,
    },
  ];
}

/** Bytes per connection. */
interface PageMemory {
  readonly resident: number;
  readonly heap: number;
}

/** In a process of its own each time. Code, caches and pools grow with the first connections, which do not count. */
async function measureOnce(programs: PagePrograms, [few, count]: readonly [number, number]): Promise<PageMemory> {
  const server = await programs.server(SECRET);
  const clients = await programs.clients(server, "live");
  try {
    await clients.connect(few);
    const before = await server.memory();
    await clients.connect(count);
    const after = await server.memory();
    return {
      resident: (after.rss - before.rss) / count,
      heap: (after.heapUsed + after.external - before.heapUsed - before.external) / count,
    };
  } finally {
    await clients.close();
    await server.close();
  }
}
