import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import type { Measurement } from "../postgres/measurement.js";
import type { PostgresBed } from "../postgres/postgres-bed.js";
import { median } from "../median.js";
import { openFedEngine, rowImage, type FedEngine } from "./fed-engine.js";

const PER_ROOM = 10; // queries that a change concerns
const BATCH = 200; // changes

/** How many changes a second one core applies to many open queries, and what a query costs in memory. */
export async function engineThroughput(
  bed: PostgresBed,
  { queries, changes }: { readonly queries: number; readonly changes: number },
): Promise<readonly Measurement[]> {
  const { connectionString, close } = await bed.openDatabase();
  const engine = await openFedEngine(connectionString);
  try {
    const rooms = queries / PER_ROOM;
    await engine.sql(
      `insert into public.live_members select r, 'user-' || u from generate_series(0, ${rooms - 1}) r, generate_series(0, ${PER_ROOM - 1}) u`,
    );
    collectGarbage();
    const before = process.memoryUsage().heapUsed;
    for (let room = 0; room < rooms; room += 1)
      await Promise.all(Array.from({ length: PER_ROOM }, (_, user) => engine.open(query(room), `user-${user}`)));
    collectGarbage();
    const bytes = (process.memoryUsage().heapUsed - before) / queries;
    await warmUp(engine, rooms);
    const sentBefore = engine.sent.count;
    const cpu = process.cpuUsage();
    for (let nth = 0; nth < changes; nth += BATCH)
      await engine.feed(
        Array.from({ length: BATCH }, (_, place) => {
          const id = ((nth + place) * 7919) % rooms;
          return { kind: "update" as const, before: rowImage(id, id, "0"), after: rowImage(id, id, `n${nth}`) };
        }),
      );
    const { user, system } = process.cpuUsage(cpu);
    const seconds = (user + system) / 1e6;
    const rate = changes / seconds;
    const patches = engine.sent.count - sentBefore;
    if (patches < changes * PER_ROOM * 0.99)
      throw new Error(`${patches} patches were sent instead of ${changes * PER_ROOM}.`);
    const goal = 20_000;
    return [
      {
        what: `changes per CPU-second with ${queries.toLocaleString("en")} open queries, ${PER_ROOM} of them changed by each, under row-level security (no network)`,
        ours: `${Math.round(rate).toLocaleString("en")}/s (${Math.round(patches / seconds).toLocaleString("en")} patches/s)`,
        peer: "",
        goal: `≥ ${goal.toLocaleString("en")}/s`,
        isMet: rate >= goal,
      },
      {
        what: "memory per open query, heap",
        ours: `${(bytes / 1024).toFixed(1)} KiB`,
        peer: "",
        goal: "≤ 8 KiB",
        isMet: bytes <= 8 * 1024,
      },
    ];
  } finally {
    await engine.close();
    await close();
  }
}

function collectGarbage(): void {
  setFlagsFromString("--expose-gc");
  (runInNewContext("gc") as () => void)();
}

/** Decides once about every room, and gives it a row. */
async function warmUp(engine: FedEngine, rooms: number): Promise<void> {
  for (let room = 0; room < rooms; room += BATCH)
    await engine.feed(
      Array.from({ length: Math.min(BATCH, rooms - room) }, (_, place) => ({
        kind: "insert" as const,
        before: undefined,
        after: rowImage(room + place, room + place, "0"),
      })),
    );
}

function query(room: number) {
  return { table: "live_items", where: ["room", "=", room], orderBy: [["id", "desc"]], limit: 50 } as const;
}

const SUBSCRIBERS = 1_000;

/** One change that a thousand users might see: how long the decisions take when they are known, and when they are not. */
export async function liveDecisions(bed: PostgresBed, rounds: number): Promise<readonly Measurement[]> {
  const { connectionString, close } = await bed.openDatabase();
  const engine = await openFedEngine(connectionString);
  try {
    await engine.sql(`insert into public.live_members select r, 'nobody' from generate_series(0, 99) r`); // no user may see the row: what is measured is the decision
    for (let nth = 0; nth < SUBSCRIBERS; nth += 100)
      await Promise.all(
        Array.from({ length: 100 }, (_, place) =>
          engine.open({ table: "live_items", where: ["kind", "=", "a"], limit: 50 }, `user-${nth + place}`),
        ),
      );
    const [cold, warm]: [number[], number[]] = [[], []];
    const timed = async (room: number) => {
      const began = performance.now();
      await engine.feed([{ kind: "insert", before: undefined, after: rowImage(room, room, "x") }]);
      return performance.now() - began;
    };
    await timed(-1);
    for (let room = 0; room < rounds; room += 1) {
      cold.push(await timed(room));
      for (let again = 0; again < 20; again += 1) warm.push(await timed(room));
    }
    const [coldMs, warmMs] = [median(cold), median(warm)];
    return [
      {
        what: "a change before 1 000 subscribed users, decisions known",
        ours: `${warmMs.toFixed(2)} ms`,
        peer: "",
        goal: "≤ 0.2 ms",
        isMet: warmMs <= 0.2,
      },
      {
        what: "a change before 1 000 subscribed users, decisions not known",
        ours: `${coldMs.toFixed(0)} ms`,
        peer: "",
        goal: "≤ 40 ms",
        isMet: coldMs <= 40,
      },
    ];
  } finally {
    await engine.close();
    await close();
  }
}
