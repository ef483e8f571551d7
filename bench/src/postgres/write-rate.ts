import { PgClient } from "@repo/realtime-postgres";
import { median } from "../median.js";
import { ChildProgram } from "./child-program.js";
import type { Measurement } from "./measurement.js";
import type { PostgresBed } from "./postgres-bed.js";
import type { WriteOrder, WriteReport } from "./writers.js";

const WRITERS = 8;
const FLUSH_US = 2_000; // what replicated or network storage costs, so that the processor is not the bound
const TRIGGERS = {
  none: "",
  outbox: `create function bench_write() returns trigger language plpgsql as
    $$ begin perform realtime.publish('bench:1', 'changed', jsonb_build_object('sent', new.sent)); return null; end $$;
    create trigger bench_write after insert on bench_rows for each row execute function bench_write()`,
  notify: `create function bench_write() returns trigger language plpgsql as
    $$ begin perform pg_notify('echo', jsonb_build_object('sent', new.sent)::text); return null; end $$;
    create trigger bench_write after insert on bench_rows for each row execute function bench_write()`,
} as const;
type Capture = keyof typeof TRIGGERS;

/** What capture costs writers: their commits per second with no trigger, with the outbox, and with a NOTIFY per transaction. */
export async function writeRate(bed: PostgresBed, rounds: number, ms: number): Promise<readonly Measurement[]> {
  const { connectionString, close } = await bed.openDatabase();
  const client = new PgClient({ connectionString });
  await bed.asSuperuser(`alter system set commit_delay = ${FLUSH_US}`, "alter system set commit_siblings = 0", "select pg_reload_conf()"); // prettier-ignore
  const [node] = await ChildProgram.start("./fourgate-node.ts", [connectionString]);
  const [writers] = await ChildProgram.start("./writers.ts", [connectionString]);
  const rates: Record<Capture, number[]> = { none: [], outbox: [], notify: [] };
  try {
    await client.query("create table bench_rows (id bigint generated always as identity primary key, sent bigint)");
    for (let round = 0; round < rounds; round += 1)
      for (const capture of ["none", "outbox", "notify"] as const) {
        await client.query("drop trigger if exists bench_write on bench_rows");
        await client.query("drop function if exists bench_write");
        for (const statement of TRIGGERS[capture].split(/;\s*(?=create trigger)/).filter(Boolean)) await client.query(statement); // prettier-ignore
        const sql = "insert into bench_rows (sent) select $1::bigint where $2::int > 0";
        const report = await writers.request<WriteReport>({ sql, writers: WRITERS, ms } satisfies WriteOrder);
        rates[capture].push((report.commits * 1_000) / report.ms);
      }
  } finally {
    await Promise.all([node.close(), writers.close()]);
    await bed.asSuperuser("alter system reset commit_delay", "alter system reset commit_siblings", "select pg_reload_conf()"); // prettier-ignore
    await client.close();
    await close();
  }
  const [none, outbox, notify] = [median(rates.none), median(rates.outbox), median(rates.notify)];
  const share = outbox / none;
  const factor = outbox / notify;
  return [
    {
      what: `commits per second, ${WRITERS} writers, 2 ms commit flush, a trigger that publishes`,
      ours: `${outbox.toFixed(0)} (${(share * 100).toFixed(0)} %)`,
      peer: `no trigger ${none.toFixed(0)}`,
      goal: "≥ 80 % of no trigger",
      isMet: share >= 0.8,
    },
    {
      what: "the same beside a NOTIFY per transaction",
      ours: outbox.toFixed(0),
      peer: `NOTIFY ${notify.toFixed(0)} (${factor.toFixed(1)}×)`,
      goal: "≥ 5×",
      isMet: factor >= 5,
    },
  ];
}
