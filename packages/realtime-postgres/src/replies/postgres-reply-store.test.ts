import { FakeClock } from "@repo/core-testing";
import { replyStoreContract } from "@repo/core-testing/contracts";
import { expect, it, onTestFinished } from "vitest";
import type { SqlClient } from "../client/sql-client.js";
import { onEachDatabase } from "../testing/index.js";
import { PostgresReplyStore, type PostgresReplyStoreOptions } from "./postgres-reply-store.js";

onEachDatabase((name, open) => {
  replyStoreContract(`PostgresReplyStore on ${name}`, async () => {
    const { client, newClient } = await open();
    return { store: opened({ client }), other: opened({ client: newClient() }), pass: (ms) => pass(client, ms) };
  });

  it("forgets a user's oldest replies beyond that user's bound, and no other user's", async () => {
    const { client } = await open();
    const store = opened({ client, maxBytesPerUser: 10_000 });
    const keep = async (userId: string, n: number, length: number) => {
      const key = { userId, channel: "a", messageId: String(n) };
      const claim = { id: crypto.randomUUID(), ms: 60_000 };
      await store.claim(key, claim);
      await store.settle(key, claim.id, { reply: "x".repeat(length), keepMs: 120_000 });
    };
    for (let n = 0; n < 5; n += 1) await keep("sam", n, 1_000);
    for (let n = 0; n < 40; n += 1) await keep("mia", n, 1_000);
    const kept = async (userId: string) => {
      const known = Array.from({ length: 40 }, (_, n) =>
        store.claim({ userId, channel: "a", messageId: String(n) }, { id: crypto.randomUUID(), ms: 60_000 }),
      );
      return (await Promise.all(known)).flatMap(({ kind }, n) => (kind === "done" ? [n] : []));
    };
    expect(await kept("sam")).toEqual([0, 1, 2, 3, 4]);
    const mias = await kept("mia");
    expect(mias.length).toBeLessThanOrEqual(10);
    expect(mias.at(-1)).toBe(39);
  });

  it("deletes what has expired", async () => {
    const { client } = await open();
    const clock = new FakeClock();
    const store = opened({ client, clock });
    for (const messageId of ["old", "new"])
      await store.claim({ userId: "mia", channel: "a", messageId }, { id: crypto.randomUUID(), ms: 60_000 });
    await client.query("update realtime.replies set expires_at = clock_timestamp() where ctid = '(0,1)'");
    await clock.advanceAsync(5_000);
    await expect
      .poll(() => client.query("select count(*)::int as count from realtime.replies"))
      .toEqual([{ count: 1 }]);
  });
});

function opened(options: PostgresReplyStoreOptions): PostgresReplyStore {
  const store = new PostgresReplyStore(options);
  onTestFinished(() => store.close());
  return store;
}

async function pass(client: SqlClient, ms: number): Promise<void> {
  await client.query("update realtime.replies set expires_at = expires_at - $1::int * interval '1 millisecond'", [ms]);
}
