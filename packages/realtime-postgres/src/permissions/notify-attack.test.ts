import { FakeClock } from "@repo/core-testing";
import { expect, it } from "vitest";
import type { SqlClient } from "../client/sql-client.js";
import { onEachDatabase, openSqlNode } from "../testing/index.js";
import { notifiedFromNow } from "../testing/notified-from-now.js";
import { run } from "../testing/seed-application.js";

const ATTACKS = 1_000;
const OPEN = `
  create schema if not exists public;
  create table members (room text, user_id text);
  grant usage on schema public to authenticated;
  grant select on members to authenticated;
  insert into members values ('1', 'mia'), ('1', 'sam');
  insert into realtime.channels (pattern) values ('room:%');
  create policy members on realtime.channels for select to authenticated using (
    pattern = 'room:%' and exists (select 1 from members where room = (realtime.channel_params())[1] and user_id = auth.jwt() ->> 'sub'))`;

/** The client, with the number of its decisions. */
function counted(client: SqlClient) {
  let decisions = 0;
  const query: SqlClient["query"] = (sql, values) => {
    if (sql.startsWith("call realtime.decide")) decisions += 1;
    return client.query(sql, values);
  };
  return {
    decisions: () => decisions,
    client: { ...methodsOf(client), query },
  };
}

function methodsOf(client: SqlClient): Omit<SqlClient, "query"> {
  return {
    transaction: (work, isolation) => client.transaction(work, isolation),
    listen: (channel, listener) => client.listen(channel, listener),
    session: () => client.session(),
    close: () => client.close(),
  };
}

onEachDatabase((_name, open) => {
  async function attacked(payload: string) {
    const { client, newClient } = await open();
    await run(client, OPEN);
    const clock = new FakeClock();
    const { client: counting, decisions } = counted(client);
    const { enter } = await openSqlNode(counting, { clock });
    const [mia, sam] = [enter("mia"), enter("sam")];
    expect(await mia.subscribe("room:1")).toMatchObject({ ok: true });
    const notified = await notifiedFromNow(client);
    const before = decisions();
    await newClient().query(`do $$ begin
      for n in 1 .. ${ATTACKS} loop
        set local role anon; -- of no privilege at all
        perform pg_notify('realtime_permissions', ${payload});
        commit;
      end loop;
    end $$`);
    await expect.poll(() => notified).toHaveLength(ATTACKS);
    expect(await sam.subscribe("room:1")).toMatchObject({ ok: true }); // others are served meanwhile
    return { client, clock, mia, checks: () => decisions() - before - 1 };
  }

  it("checks subscriptions a bounded number of times, however often any role notifies, and loses no revocation", async () => {
    const { client, clock, mia, checks } = await attacked("case when n % 2 = 0 then 'room:%' else '' end");
    expect(checks()).toBeLessThanOrEqual(1);
    await clock.advanceAsync(25);
    expect(checks()).toBeLessThanOrEqual(2);
    await client.query("delete from members where user_id = 'mia'");
    await expect
      .poll(() => {
        clock.advance(25);
        return mia.left();
      })
      .toEqual([["room:1", "UNAUTHORIZED"]]);
  });

  it("ignores names that are no pattern", async () => {
    const { clock, checks } = await attacked("'nowhere:' || n");
    await clock.advanceAsync(1_000);
    expect(checks()).toBeLessThanOrEqual(1); // the start of the node notifies once, too
  });
});
