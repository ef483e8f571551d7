import { FakeClock } from "@repo/core-testing";
import { expect, it } from "vitest";
import { SqlError, type SqlClient } from "../client/sql-client.js";
import { onEachDatabase, openSqlNode } from "../testing/index.js";
import { run } from "../testing/seed-application.js";
import { PolicyGate } from "./policy-gate.js";

const user = (userId: string, claims: Readonly<Record<string, unknown>> = {}) => ({ userId, roles: [], claims });
const CHANNELS = "insert into realtime.channels (pattern) values ('a:%'), ('b')";

/** The client, with the number of statements that it was given. */
function counted(client: SqlClient) {
  const sent: string[] = [];
  const query: SqlClient["query"] = (sql, values) => {
    sent.push(sql);
    return client.query(sql, values);
  };
  return { sent, client: { query } as SqlClient };
}

onEachDatabase((_name, open) => {
  it("sends what arrives in one turn in one statement, for subscribes and publishes each", async () => {
    const database = await open();
    await run(
      database.client,
      CHANNELS,
      "create policy p on realtime.channels for select to public using (pattern = 'b')",
    );
    const { sent, client } = counted(database.client);
    const gate = new PolicyGate(client);
    const decided = await Promise.all([
      ...["a:1", "b", "c"].map((name) => gate.subscribe(user("mia"), name)),
      gate.subscribe(null, "b"),
      ...["a:1", "b"].map((name) => gate.publish({ user: null, name, event: "e", payload: "1" })),
    ]);
    expect(decided.map(({ kind }) => kind)).toEqual([
      "refused",
      "allowed",
      "disabled",
      "allowed",
      "refused",
      "refused",
    ]);
    expect(sent).toHaveLength(2);
  });

  it("refuses only the request whose policy raises, and shows the error to observers alone", async () => {
    const { client } = await open();
    await run(
      client,
      CHANNELS,
      `
      create policy p on realtime.channels for select to authenticated using (
        case auth.jwt() ->> 'sub' when 'zero' then 1 / (length(auth.jwt() ->> 'sub') - 4) = 1 when 'cast' then ('secret' || (auth.jwt() ->> 'sub'))::integer = 1 else true end)`,
    );
    const { enter, observer } = await openSqlNode(client);
    const replies = await Promise.all(["mia", "zero", "sam", "cast"].map((name) => enter(name).subscribe("b")));
    expect(replies.map((reply) => (reply.type === "reply" && !reply.ok ? reply.error : "ok"))).toEqual([
      "ok",
      { code: "UNAUTHORIZED", message: "You may not use this channel. (b)", retry: "never", detail: "b" },
      "ok",
      { code: "UNAUTHORIZED", message: "You may not use this channel. (b)", retry: "never", detail: "b" },
    ]);
    const causes = observer.observations.flatMap((each) => (each.kind === "refused" ? [each.error.cause] : []));
    expect(causes).toMatchObject([
      { name: "SqlError", code: "22012", message: expect.stringContaining("division by zero") },
      { name: "SqlError", code: "22P02", message: expect.stringContaining("secret") },
    ]);
  });

  it("leaves nothing of one request to the next: claims, settings, rows, roles", async () => {
    const { client } = await open();
    await run(
      client,
      CHANNELS,
      `
      create schema if not exists public;
      grant usage on schema public to anon, authenticated;
      create table seen (subject text);
      grant select, insert on seen to anon, authenticated;
      -- Remembers the first subject for the rest of the transaction, as an application might cache a tenant.
      create function remembered() returns text language plpgsql as $$ begin
        if coalesce(current_setting('app.subject', true), '') = '' then
          perform set_config('app.subject', coalesce(auth.jwt() ->> 'sub', 'none'), true);
        end if;
        insert into public.seen values (auth.jwt() ->> 'sub');
        return current_setting('app.subject');
      end $$;
      create policy p on realtime.channels for select to public using (
        remembered() = coalesce(auth.jwt() ->> 'sub', 'none') and (select count(*) from seen) = 0
        and current_user = auth.role() and realtime.channel_name() like 'a:%');
      create policy q on realtime.messages for insert to public with check (
        remembered() = coalesce(auth.jwt() ->> 'sub', 'none') and current_user = auth.role()
        and realtime.channel_name() = channel_name)`,
    );
    const gate = new PolicyGate(client);
    const people = [user("mia"), user("sam"), null, user("eve", { sub: "mia", role: "postgres" })];
    const subscribes = people.map((each, n) => gate.subscribe(each, `a:${n}`));
    const publishes = people.map((each, n) => gate.publish({ user: each, name: `a:${n}`, event: "e", payload: "1" }));
    expect((await Promise.all(subscribes)).map(({ kind }) => kind)).toEqual(Array(4).fill("allowed"));
    expect((await Promise.all(publishes)).map(({ kind }) => kind)).toEqual(Array(4).fill("allowed"));
    expect(await client.query("select sender_id from realtime.messages order by channel_name")).toEqual([
      { sender_id: "mia" },
      { sender_id: "sam" },
      { sender_id: null },
      { sender_id: "eve" },
    ]);
    expect(
      await client.query(
        `select current_user = session_user as is_owner, coalesce(current_setting('request.jwt.claims', true), '') as claims,
           coalesce(current_setting('app.subject', true), '') as subject`,
      ),
    ).toEqual([{ is_owner: true, claims: "", subject: "" }]);
  });

  it.each(["none", "nobody_has_this_role", "the owner", "'; drop table realtime.messages; --", "with\0zero"])(
    "refuses everything under the role %j",
    async (role) => {
      const { client } = await open();
      await run(client, CHANNELS, "create policy p on realtime.channels for select to public using (true)");
      const [owner] = await client.query<{ readonly name: string }>("select current_user as name");
      const gate = new PolicyGate(client, { roleOf: () => (role === "the owner" ? (owner?.name ?? "") : role) });
      const decision = await gate.subscribe(user("mia"), "b");
      expect(decision.kind).toBe(role.includes("\0") ? "refused" : "failed");
      expect((await gate.publish({ user: null, name: "b", event: "e", payload: "1" })).kind).toBe(decision.kind);
      if (decision.kind === "failed" && role === "nobody_has_this_role")
        expect(decision.error.message).toContain('role "nobody_has_this_role" does not exist. Create the role');
    },
  );

  it("passes the claims of the app's own options", async () => {
    const { client } = await open();
    await run(
      client,
      CHANNELS,
      "create policy p on realtime.channels for select to anon using (auth.jwt() ->> 'tier' = 'gold' and auth.role() = 'anon')",
    );
    const gate = new PolicyGate(client, {
      roleOf: () => "anon",
      claimsOf: (who) => ({ tier: who?.userId, role: "root" }),
    });
    expect((await gate.subscribe(user("gold"), "b")).kind).toBe("allowed");
    expect((await gate.subscribe(user("free"), "b")).kind).toBe("refused");
  });

  it("refuses with a code to come back while the database is away", async () => {
    const { client } = await open();
    await run(
      client,
      CHANNELS,
      "create policy p on realtime.channels for select to anon using (true); create policy q on realtime.messages for insert to anon with check (true)",
    );
    let isAway = false;
    const away: SqlClient = {
      query: (sql, values) =>
        isAway
          ? Promise.reject(new SqlError("connection refused", { isUnavailable: true }))
          : client.query(sql, values),
      transaction: (work) => client.transaction(work),
      listen: (channel, listener) => client.listen(channel, listener),
      session: async () => undefined,
      close: async () => undefined,
    };
    const clock = new FakeClock(); // nothing is checked again meanwhile
    const visitor = (await openSqlNode(away, { clock, onError: () => undefined })).enter();
    expect(await visitor.subscribe("b")).toMatchObject({ ok: true });
    isAway = true;
    const error = { code: "INTERNAL_ERROR", retry: "later", retryAfterMs: 1_000 };
    expect(await visitor.subscribe("a:1")).toMatchObject({ error });
    expect(await visitor.publish("b", "e", 1)).toMatchObject({ error });
    isAway = false;
    expect(await visitor.publish("b", "e", 1)).toMatchObject({ ok: true });
    expect(visitor.left()).toEqual([]);
  });
});
