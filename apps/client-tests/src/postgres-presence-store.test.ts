import { PostgresPresenceStore } from "@repo/realtime-presence/postgres";
import { presenceStoreContract } from "@repo/realtime-presence/testing";
import type { SqlClient } from "@repo/realtime-postgres";
import { onEachDatabase } from "@repo/realtime-postgres/testing";
import { expect, it } from "vitest";

const WIDE = { maxTabs: 1_000, maxMembers: 1_000, maxListBytes: 1_000_000 };

onEachDatabase((name, open) => {
  presenceStoreContract(`PostgresPresenceStore on ${name}`, async () => {
    const { client } = await open();
    return { store: new PostgresPresenceStore(client), pass: (ms) => pass(client, ms) };
  });

  it("holds every bound and counts exactly, where two nodes write at the same time", async () => {
    const { newClient } = await open();
    const stores = [new PostgresPresenceStore(newClient()), new PostgresPresenceStore(newClient())];
    const bounds = { maxTabs: 3, maxMembers: 10, maxListBytes: 2_000 };
    for (let round = 0; round < 5; round += 1) {
      const channel = `race ${round}`;
      const members = Array.from({ length: 40 }, (_, n) => stored(`c${n}`, n % 2 ? "mia" : `user ${n}`));
      const puts = await Promise.all(members.map((member, n) => stores[n % 2]?.put(channel, member, bounds)));
      expect(puts.filter((put) => !put?.full)).toHaveLength(10);
      const { members: listed = [], total } = (await stores[0]?.list(channel)) ?? {};
      expect(total).toBe(10);
      const mias = listed.filter(({ userId }) => userId === "mia");
      expect(mias.length).toBeLessThanOrEqual(3);
      const left = await Promise.all(listed.map(({ connectionId }, n) => stores[n % 2]?.remove(channel, connectionId)));
      expect(left.filter((each) => each?.tabs === 0 && each.known?.userId === "mia")).toHaveLength(mias.length ? 1 : 0);
    }
  });

  it("takes no node as dead after an outage in which no node could beat", async () => {
    const { client } = await open();
    const store = new PostgresPresenceStore(client);
    for (const nodeId of ["n1", "n2"]) await store.beat(nodeId);
    await store.put("a", stored("c1", "mia"), WIDE);
    await pass(client, 60_000);
    await store.beat("n2"); // the first that reaches the database again
    expect(await store.reap(14_000)).toEqual([]);
    await pass(client, 9_000);
    await store.beat("n2");
    await pass(client, 6_000);
    expect(await store.reap(14_000)).toMatchObject([{ member: { connectionId: "c1" } }]); // n1 has had its time since
  });

  it("keeps any text of a member, and takes any text as a name", async () => {
    const { client } = await open();
    const store = new PostgresPresenceStore(client);
    const odd = "\0 \ud800 🜂 '\"\\ {}";
    const { member, ...rest } = stored("c1", odd);
    const sent = { ...member, meta: { [odd]: [odd] } };
    expect(await store.put("a", { ...rest, member: sent }, WIDE)).toEqual({ tabs: 1, known: undefined });
    expect(await store.list("a")).toEqual({ members: [sent], total: 1 });
    expect(await store.remove("a", "c1")).toEqual({ tabs: 0, known: sent });
  });

  it("forgets after a day a node that has no members", async () => {
    const { client } = await open();
    const store = new PostgresPresenceStore(client);
    for (const nodeId of ["gone", "gone with a member"]) await store.beat(nodeId);
    await store.put("a", { ...stored("c1", "mia"), nodeId: "gone with a member" }, WIDE);
    await client.query("update realtime.presence_nodes set beat_at = beat_at - interval '25 hours'");
    await store.beat("here");
    const nodes = await client.query("select node_id from realtime.presence_nodes order by node_id");
    expect(nodes).toEqual([{ node_id: "gone with a member" }, { node_id: "here" }]);
  });
});

/** Lets so many milliseconds pass for the nodes' beats. */
async function pass(client: SqlClient, ms: number): Promise<void> {
  const values = [ms];
  const earlier = "- $1::int * interval '1 millisecond'";
  await client.query(
    `update realtime.presence_nodes set beat_at = beat_at ${earlier}, since = since ${earlier}`,
    values,
  );
}

function stored(connectionId: string, userId: string) {
  return { nodeId: "n1", member: { connectionId, userId, joinedAt: 1, lastActive: 1 }, bytes: 100 };
}
