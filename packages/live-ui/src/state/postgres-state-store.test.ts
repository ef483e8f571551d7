import { FakeClock } from "@repo/core-testing";
import type { SqlClient } from "@repo/realtime-postgres";
import { onEachDatabase } from "@repo/realtime-postgres/testing";
import { expect, it, onTestFinished } from "vitest";
import { stateStoreContract } from "../testing/state-store-contract.js";
import { pageWith, restored } from "./page-state-under-test.js";
import { PageState } from "./page-state.js";
import { PageTokens } from "./page-tokens.js";
import { PostgresStateStore, type PostgresStateStoreOptions } from "./postgres-state-store.js";

onEachDatabase((name, open) => {
  stateStoreContract(`PostgresStateStore on ${name}`, async () => {
    const { client, newClient } = await open();
    return { store: opened({ client }), other: opened({ client: newClient() }), pass: (ms) => pass(client, ms) };
  });

  it("changes a page exactly once per event while three nodes receive all of them", async () => {
    const { client, newClient } = await open();
    const tokens = new PageTokens({ secrets: ["a".repeat(32)] });
    const nodes = [client, newClient(), newClient()].map(
      (each) => new PageState({ tokens, store: opened({ client: each }) }),
    );
    const { token } = (await nodes[0]?.open(pageWith([]))) ?? {};
    const append = async (pages: PageState, eventId: string) => {
      let at = await restored(pages, token ?? "");
      if (!(await pages.claim(at, { eventId }))) return;
      for (;;) {
        const result = await pages.commit(at, { state: [...(at.state as string[]), eventId], eventId });
        if (result.outcome === "gone") throw new Error("gone");
        if (result.outcome !== "conflict") return;
        at = result.page;
      }
    };
    const events = Array.from({ length: 15 }, (_, n) => `e${n}`);
    for (const round of [1, 2]) {
      await Promise.all(nodes.flatMap((pages) => events.map((eventId) => append(pages, eventId))));
      for (const pages of nodes) {
        const { state, claims } = await restored(pages, token ?? "");
        expect((state as string[]).toSorted(), `round ${round}`).toEqual(events.toSorted());
        expect(claims.version).toBe(events.length);
      }
    }
  });

  it("deletes what has expired, every minute", async () => {
    const { client } = await open();
    const clock = new FakeClock();
    const store = opened({ client, clock });
    const record = { version: 0, fingerprint: "f", state: 1, events: [] };
    for (const id of ["old", "older"]) await store.create(id, record, 1_000);
    await store.claimOnce("old", 1_000);
    await pass(client, 2_000);
    await store.create("new", record, 60_000);
    await clock.advanceAsync(60_000);
    await expect
      .poll(() => client.query("select count(*)::int as count from realtime.page_states"))
      .toEqual([{ count: 1 }]);
    expect(await store.read("new")).toEqual(record);
  });

  it("grants nothing to others", async () => {
    const { client } = await open();
    const [row] = await client.query(`
      select relrowsecurity, relpersistence, (
        select count(*)::int from pg_catalog.aclexplode(relacl) where grantee <> relowner
      ) as grants from pg_catalog.pg_class where oid = 'realtime.page_states'::regclass`);
    expect(row).toEqual({ relrowsecurity: true, relpersistence: "p", grants: 0 });
  });
});

function opened(options: PostgresStateStoreOptions): PostgresStateStore {
  const store = new PostgresStateStore(options);
  onTestFinished(() => store.close());
  return store;
}

async function pass(client: SqlClient, ms: number): Promise<void> {
  await client.query("update realtime.page_states set expires_at = expires_at - $1::int * interval '1 millisecond'", [
    ms,
  ]);
}
