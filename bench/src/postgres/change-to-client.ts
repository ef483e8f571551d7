import { SUBPROTOCOL } from "@repo/core-realtime";
import { PgClient } from "@repo/realtime-postgres";
import { ChildProgram } from "./child-program.js";
import { percentile, type Measurement } from "./measurement.js";
import type { PostgresBed } from "./postgres-bed.js";
import type { DelayReport, SubscribersSetUp } from "./subscribers.js";
import type { WriteOrder } from "./writers.js";

const PER_SECOND = 500;
const WRITERS = 4;
const CLIENTS = 1_000;
const ROOMS = 100;

interface Route {
  readonly kind: SubscribersSetUp["kind"];
  readonly node: string;
  /** The body of the trigger on each changed row. */
  readonly publish: string;
}

const ROUTES: readonly Route[] = [
  {
    kind: "fourgate",
    node: "./fourgate-node.ts",
    publish: "realtime.publish('bench:' || new.room, 'changed', jsonb_build_object('sent', new.sent))",
  },
  {
    kind: "echo",
    node: "./echo-node.ts",
    publish: "pg_notify('echo', jsonb_build_object('room', 'bench:' || new.room, 'sent', new.sent)::text)",
  },
];

/** From the statement of a committed change to its arrival at 1 000 subscribers, beside a bare LISTEN that echoes to plain `ws`. */
export async function changeToClient(bed: PostgresBed, rounds: number, ms: number): Promise<readonly Measurement[]> {
  const delays: Record<Route["kind"], number[]> = { fourgate: [], echo: [] };
  for (let round = 0; round < rounds; round += 1)
    for (const route of ROUTES) delays[route.kind].push(...(await measured(bed, route, ms)));
  const [ours, echo] = [delays.fourgate, delays.echo].map((values) => values.toSorted((a, b) => a - b));
  return (
    [
      ["p50", 0.5, 5],
      ["p99", 0.99, 25],
    ] as const
  ).map(([name, share, goalMs]) => {
    // prettier-ignore
    const [own, peer] = [percentile(ours ?? [], share) / 1_000, percentile(echo ?? [], share) / 1_000];
    return {
      what: `change → client, ${PER_SECOND} changes per second, 1 000 subscribers of ${ROOMS} channels, ${name}`,
      ours: `${own.toFixed(1)} ms`,
      peer: `bare NOTIFY echo ${peer.toFixed(1)} ms (${(own / peer).toFixed(2)}×)`,
      goal: `≤ ${goalMs} ms and ≤ 2×`,
      isMet: own <= goalMs && own <= 2 * peer,
    };
  });
}

async function measured(bed: PostgresBed, { kind, node, publish }: Route, ms: number): Promise<readonly number[]> {
  const { connectionString, close } = await bed.openDatabase();
  const client = new PgClient({ connectionString });
  await client.query("create table bench_rows (id bigint generated always as identity primary key, room int, sent bigint)"); // prettier-ignore
  await client.query(`create function bench_publish() returns trigger language plpgsql as
    $$ begin perform ${publish}; return null; end $$`);
  await client.query("create trigger bench_publish after insert on bench_rows for each row execute function bench_publish()"); // prettier-ignore
  const [server, { port }] = await ChildProgram.start<{ port: number }>(node, [connectionString]);
  const url = `ws://127.0.0.1:${port}${kind === "fourgate" ? "/realtime" : ""}`;
  const setUp: SubscribersSetUp = { kind, url, clients: CLIENTS, rooms: ROOMS, protocol: SUBPROTOCOL };
  const [subscribers] = await ChildProgram.start("./subscribers.ts", [JSON.stringify(setUp)]);
  const [writers] = await ChildProgram.start("./writers.ts", [connectionString]);
  const write: WriteOrder = {
    sql: `insert into bench_rows (sent, room) values ($1, $2::int % ${ROOMS})`,
    writers: WRITERS,
    ms,
    perSecond: PER_SECOND,
  };
  try {
    await writers.request({ ...write, ms: ms / 4 }); // warms up
    await subscribers.request<DelayReport>({});
    const { commits } = await writers.request<{ commits: number }>(write);
    const delays: number[] = [];
    const expected = (commits * CLIENTS) / ROOMS;
    for (let tries = 0; delays.length < expected && tries < 100; tries += 1) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      delays.push(...(await subscribers.request<DelayReport>({})).delays);
    }
    if (delays.length < expected) throw new Error(`${kind}: ${delays.length} of ${expected} messages arrived.`);
    return delays;
  } finally {
    await Promise.all([server.close(), subscribers.close(), writers.close()]);
    await client.close();
    await close();
  }
}
