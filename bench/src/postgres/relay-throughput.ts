import { PgClient } from "@repo/realtime-postgres";
import { median } from "../median.js";
import { ChildProgram } from "./child-program.js";
import type { Measurement } from "./measurement.js";
import type { PostgresBed } from "./postgres-bed.js";

const PER_TRANSACTION = 500;
const CHANNELS = 100;
const WRITERS = 2;

/** How many publishes one relay numbers and logs per second, while writers publish as fast as they can. */
export async function relayThroughput(
  bed: PostgresBed,
  rounds: number,
  messages: number,
): Promise<readonly Measurement[]> {
  const { connectionString, close } = await bed.openDatabase();
  const client = new PgClient({ connectionString });
  const [node] = await ChildProgram.start("./fourgate-node.ts", [connectionString]);
  const rates: number[] = [];
  try {
    let published = 0;
    for (let round = 0; round <= rounds; round += 1) {
      const began = performance.now();
      await Promise.all(Array.from({ length: WRITERS }, () => publish(client, messages / WRITERS)));
      published += messages;
      await logged(client, published);
      if (round > 0) rates.push((messages * 1_000) / (performance.now() - began)); // the first one warms up
    }
  } finally {
    await node.close();
    await client.close();
    await close();
  }
  const rate = median(rates);
  return [
    {
      what: `publishes per second through one relay, ${PER_TRANSACTION} per transaction, until the last is in the log`,
      ours: Math.round(rate).toLocaleString("en"),
      peer: "",
      goal: "≥ 15 000",
      isMet: rate >= 15_000,
    },
  ];
}

async function publish(client: PgClient, messages: number): Promise<void> {
  for (let from = 0; from < messages; from += PER_TRANSACTION)
    await client.query(
      `select realtime.publish('bench:' || (number % ${CHANNELS}), 'changed', jsonb_build_object('number', number))
       from generate_series(1, ${PER_TRANSACTION}) as number`,
    );
}

async function logged(client: PgClient, count: number): Promise<void> {
  for (;;) {
    const [row] = await client.query<{ last: string }>("select last_seq as last from realtime.relay_state");
    if (Number(row?.last) >= count) return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
