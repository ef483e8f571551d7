import { PgBouncer, RUN_OWNER, sharedDatabase } from "@repo/postgres-testing";
import { expect, it, onTestFinished } from "vitest";
import { PgClient } from "./client/pg-client.js";
import { migrate } from "./migrations/migrate.js";
import { PolicyGate } from "./permissions/policy-gate.js";
import { PostgresPubSub } from "./pub-sub/postgres-pub-sub.js";
import { Retention } from "./retention/retention.js";
import { openNode } from "./testing/postgres-node.js";

/** Clients behind one PgBouncer in transaction mode, over a migrated database; undefined where there is none on this machine. */
async function pooled() {
  const { connectionString } = await sharedDatabase({ owner: RUN_OWNER }); // whose are the roles of clients
  const pooler = await PgBouncer.start({ connectionString, poolMode: "transaction" });
  if (!pooler) return undefined;
  onTestFinished(() => pooler.close());
  const newClient = (): PgClient => {
    const client = new PgClient({ connectionString: pooler.connectionString, pollMs: 20 });
    onTestFinished(() => client.close());
    return client;
  };
  const client = newClient();
  await migrate(client);
  return { client, newClient };
}

const POLICIES = `
  insert into realtime.channels (pattern) values ('room:%');
  create policy s on realtime.channels for select to authenticated using (auth.jwt() ->> 'sub' = 'mia');
  create policy p on realtime.messages for insert to authenticated with check (auth.jwt() ->> 'sub' = 'mia');`;

it("decides batches through PgBouncer, though the procedure ends transactions of its own", async ({ skip }) => {
  const { client } = (await pooled()) ?? {};
  if (!client) return skip("There is no PgBouncer.");
  await client.transaction((connection) => connection.execute(POLICIES));
  const gate = new PolicyGate(client);
  const users = ["mia", "sam"].map((userId) => ({ userId, roles: [] }));
  for (let round = 0; round < 20; round += 1) {
    const decided = await Promise.all([
      ...users.map((user) => gate.subscribe(user, "room:1")),
      ...users.map((user) => gate.publish({ user, name: "room:1", event: "e", payload: "1", messageId: `${round}` })),
    ]);
    expect(decided.map(({ kind }) => kind)).toEqual(["allowed", "refused", "allowed", "refused"]);
  }
  expect(await client.query("select count(*)::integer as count, current_setting('role') as role from realtime.messages")) // prettier-ignore
    .toEqual([{ count: 20, role: "none" }]);
});

it("runs retention through PgBouncer", async ({ skip }) => {
  const { client } = (await pooled()) ?? {};
  if (!client) return skip("There is no PgBouncer.");
  const [row] = await client.query<{ day: string }>("select ((now() at time zone 'UTC')::date - 8)::text as day");
  await client.query("select realtime.create_partition($1)", [row?.day]);
  expect(await new Retention({ client }).run()).toEqual([`dropped the partition of ${row?.day}`]);
});

it("carries texts between nodes through PgBouncer", async ({ skip }) => {
  const { newClient } = (await pooled()) ?? {};
  if (!newClient) return skip("There is no PgBouncer.");
  const [here, there] = [newClient(), newClient()].map((client) => new PostgresPubSub({ client }));
  if (!here || !there) throw new Error("no carriers");
  onTestFinished(async () => void (await Promise.all([here.close(), there.close()])));
  const received: string[] = [];
  await there.subscribe("topic", (text) => void received.push(text));
  for (const text of ["one", "two", "three"]) await here.publish("topic", text);
  await expect.poll(() => received).toEqual(["one", "two", "three"]);
});

it("serves a node through PgBouncer: what SQL publishes is numbered and delivered, by polling", async ({ skip }) => {
  const { client } = (await pooled()) ?? {};
  if (!client) return skip("There is no PgBouncer.");
  await client.query("insert into realtime.channels (pattern) values ('news')");
  await client.query("create policy s on realtime.channels for select to anon using (true)");
  const node = await openNode(client, []);
  const reader = await node.subscriber("news");
  for (const text of ["one", "two"])
    await client.query("select realtime.publish('news', 'posted', to_jsonb($1::text))", [text]);
  expect(await reader.received(2)).toMatchObject([
    { payload: "one", position: { offset: 1 } },
    { payload: "two", position: { offset: 2 } },
  ]);
});
