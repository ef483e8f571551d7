import { expect, it } from "vitest";
import { SqlError, type SqlClient } from "../client/sql-client.js";
import { onEachDatabase, openSqlNode } from "../testing/index.js";
import { outbox, run } from "../testing/seed-application.js";

const OPEN = `
  insert into realtime.channels (pattern) values ('room:%');
  create policy s on realtime.channels for select to public using (true);
  create policy p on realtime.messages for insert to public with check (true);`;

/** The client, whose next publish commits, while its reply is lost. */
function losingOneReply(client: SqlClient): SqlClient {
  let isLost = false;
  return {
    query: async <Row>(sql: string, values?: readonly unknown[]) => {
      const rows = await client.query<Row>(sql, values);
      const isPublish = sql.startsWith("call realtime.decide") && (values?.length ?? 0) > 4;
      if (isLost || !isPublish) return rows;
      isLost = true;
      throw new SqlError("The connection was lost.", { isUnavailable: true });
    },
    transaction: (work, isolation) => client.transaction(work, isolation),
    listen: (channel, listener) => client.listen(channel, listener),
    session: () => client.session(),
    close: () => client.close(),
  };
}

const ids = (client: SqlClient) => client.query<{ id: string }>("select id::text from realtime.messages");

onEachDatabase((_name, open) => {
  it("stores a message once when the reply of its commit was lost and the client sends it again", async () => {
    const { client } = await open();
    await run(client, OPEN);
    const { enter } = await openSqlNode(losingOneReply(client));
    const message = { type: "message", channel: "room:1", event: "e", payload: 1, id: "first" };
    const mia = enter("mia");
    await mia.subscribe("room:1");
    expect(await mia.request(message)).toMatchObject({ error: { code: "INTERNAL_ERROR", retry: "later" } });
    const again = enter("mia"); // after a reconnect
    await again.subscribe("room:1");
    const reply = await again.request(message);
    const [stored, ...others] = await ids(client);
    expect(others).toEqual([]);
    expect(reply).toMatchObject({ ok: true, result: { messageId: stored?.id } });
    expect(await outbox(client)).toHaveLength(1);
  });

  it("stores a message once that is sent again to another node, or in the same batch", async () => {
    const { client, newClient } = await open();
    await run(client, OPEN);
    const [here, there] = [await openSqlNode(client), await openSqlNode(newClient())];
    const message = { type: "message", channel: "room:1", event: "e", payload: 1, id: "first" };
    const [mia, again] = [here.enter("mia"), there.enter("mia")];
    for (const each of [mia, again]) await each.subscribe("room:1");
    const replies = await Promise.all([mia.request(message), again.request(message)]);
    const [stored, ...others] = await ids(client);
    expect(others).toEqual([]);
    for (const reply of replies) expect(reply).toMatchObject({ ok: true, result: { messageId: stored?.id } });
  });

  it("stores messages of other users, on other channels, with other ids, and without a user each", async () => {
    const { client } = await open();
    await run(client, OPEN);
    const { enter } = await openSqlNode(client);
    for (const token of ["mia", "sam", undefined, undefined]) {
      const one = enter(token);
      for (const channel of ["room:1", "room:2"]) {
        await one.subscribe(channel);
        for (const id of ["first", "second"]) await one.request({ type: "message", channel, event: "e", id });
      }
    }
    await expect.poll(() => ids(client)).toHaveLength(16); // two channels have replies with one id, and the first is waited for
  });

  it("lets a message be sent again that was refused", async () => {
    const { client } = await open();
    await run(
      client,
      OPEN,
      "create policy r on realtime.messages as restrictive for insert to anon, authenticated with check (1 / (select count(*) from pg_roles where rolname = 'none') = 0)",
    );
    const { enter } = await openSqlNode(client);
    const message = { type: "message", channel: "room:1", event: "e", payload: 1, id: "first" };
    const mia = enter("mia");
    await mia.subscribe("room:1");
    expect(await mia.request(message)).toMatchObject({ error: { code: "UNAUTHORIZED" } });
    await run(client, "drop policy r on realtime.messages");
    const elsewhere = (await openSqlNode(client)).enter("mia"); // this node remembers the refusal
    await elsewhere.subscribe("room:1");
    expect(await elsewhere.request(message)).toMatchObject({ ok: true });
  });
});
