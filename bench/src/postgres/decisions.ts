import { createPostgresRealtime, PgClient } from "@repo/realtime-postgres";
import { median } from "../median.js";
import type { Measurement } from "./measurement.js";
import type { PostgresBed } from "./postgres-bed.js";

const DECISIONS = 1_000;
const HANDSHAKE = { transport: "memory", url: "/", headers: {} };
const SET_UP = [
  "create table bench_members (room text not null, user_id text not null, primary key (room, user_id))",
  "insert into bench_members select (n % 200)::text, 'user-' || n from generate_series(1, 1000) as n",
  "grant select on bench_members to authenticated",
  `create policy bench_members_read on realtime.channels for select to authenticated using (pattern = 'bench:%'
    and exists (select from bench_members m where m.room = split_part(realtime.channel_name(), ':', 2) and m.user_id = auth.jwt() ->> 'sub'))`,
];

/** How long gate 2 needs for 1 000 subscribes that arrive in one turn of the event loop, each for another user. */
export async function decisions(bed: PostgresBed, rounds: number): Promise<readonly Measurement[]> {
  const { connectionString, close } = await bed.openDatabase();
  const client = new PgClient({ connectionString });
  const postgres = createPostgresRealtime({ client, nodes: "one", webhooks: false, retention: false });
  const times: number[] = [];
  try {
    for (const statement of SET_UP) await client.query(statement);
    const node = { onEnvelope() {}, onCommand() {}, onGap() {}, onIsolated() {}, onRejoined() {} };
    await postgres.broker.join("bench", node);
    const [guard] = postgres.guards;
    for (let round = 0; round <= rounds; round += 1) {
      const began = performance.now();
      const allowed = await Promise.all(
        Array.from({ length: DECISIONS }, async (_, index) => {
          const name = `bench:${(index + (index % 10 === 9 ? 1 : 0) + 1) % 200}`; // one of ten is no member
          const address = postgres.registry.resolve(name)?.address;
          if (!address) throw new Error(`${name} is not declared.`);
          const user = { userId: `user-${index + 1}`, roles: [] };
          const request = { connectionId: `${index}`, user, handshake: HANDSHAKE, address, subscriptions: 0 };
          return Promise.resolve(guard?.subscribe?.(request))
            .then(() => true)
            .catch(() => false);
        }),
      );
      if (round > 0) times.push(performance.now() - began);
      const count = allowed.filter(Boolean).length;
      if (count !== DECISIONS * 0.9) throw new Error(`${count} of ${DECISIONS} were allowed instead of nine of ten.`);
    }
  } finally {
    await postgres.close();
    await client.close();
    await close();
  }
  const ms = median(times);
  return [
    {
      what: "1 000 subscribe decisions of 1 000 users under row-level security, together",
      ours: `${ms.toFixed(0)} ms`,
      peer: "",
      goal: "≤ 50 ms",
      isMet: ms <= 50,
    },
  ];
}
