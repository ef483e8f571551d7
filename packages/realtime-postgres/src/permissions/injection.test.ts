import fc from "fast-check";
import { expect, it } from "vitest";
import { SqlError } from "../client/sql-client.js";
import { onEachDatabase, openSqlNode } from "../testing/index.js";
import { run } from "../testing/seed-application.js";
import { PolicyGate } from "./policy-gate.js";

const INPUTS = 700; // of each of the four kinds

const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        "'; insert into taken values (1); --",
        "$$; insert into taken values (1); $$",
        "$1",
        "\\'; select pg_sleep(9); --",
        "'||(insert into taken values (1) returning 1)||'",
        '"; drop table realtime.messages cascade; --',
        "'; set role none; --",
        "${1}",
        "%s",
        "%I",
        "\0",
        "\u{1f600}",
        "\ud800",
        "\\x00",
        "E'\\047",
        "/*",
        "*/",
        "\n\r\t",
        "a",
        ":",
        "%",
        "%%",
        "_",
        "{",
        "}",
        "(",
        "NULL",
        "__proto__",
      ),
      fc.string({ maxLength: 8, unit: "binary" }),
    ),
    { minLength: 1, maxLength: 5 },
  )
  .map((parts) => parts.join(""));

const sample = (seed: number): string[] => fc.sample(hostile, { numRuns: INPUTS, seed });

onEachDatabase((_name, open) => {
  async function application() {
    const database = await open();
    await run(
      database.client,
      `create schema if not exists public; create table taken (n integer); grant all on taken to public;
       grant usage on schema public to anon, authenticated;
       insert into realtime.channels (pattern) values ('a:%'), ('%%');
       create policy p on realtime.channels for select to public using (
         realtime.channel_name() is not null and auth.jwt() is not null and cardinality(realtime.channel_params()) > 0);
       create policy q on realtime.messages for insert to public with check (auth.jwt() is not null)`,
    );
    const state = () =>
      database.client.query(
        `select (select count(*) from taken) as taken, current_user = session_user as "isOwner",
           (select count(*) from pg_class where relnamespace = 'realtime'::regnamespace) as relations,
           (select count(*) from pg_policy) as policies, (select count(*) from pg_roles) > 0 as "hasRoles"`,
      );
    return { ...database, state, before: await state() };
  }

  it("executes nothing that stands in a channel's name, an event, a user's id or a claim", async () => {
    const { client, state, before } = await application();
    const gate = new PolicyGate(client, { claimsOf: (user) => user?.claims ?? {} });
    const [names, events, ids, claims] = [1, 2, 3, 4].map(sample) as [string[], string[], string[], string[]];
    const user = (index: number) => ({
      userId: ids[index] ?? "",
      roles: [],
      claims: { [claims[index] ?? ""]: claims[index], sub: claims[index] },
    });
    const decided = await Promise.all([
      ...names
        .filter((name) => !/[\0\p{Surrogate}]/u.test(name))
        .map((name, index) => gate.subscribe(user(index), name)),
      ...events.map((event, index) =>
        gate.publish({ user: user(index), name: "a:1", event, payload: JSON.stringify({ [event]: claims[index] }) }),
      ),
    ]);
    const kinds = new Set(decided.map(({ kind }) => kind));
    expect([...kinds].toSorted()).toEqual(["allowed", "disabled", "failed", "invalid", "refused"]);
    expect(await state()).toEqual(before);
    const stored = await client.query<{ readonly event: string; readonly sender: string }>(
      "select event_name as event, sender_id as sender from realtime.messages",
    );
    expect(stored.length).toBeGreaterThan(100);
    for (const { event, sender } of stored) {
      expect(events).toContain(event);
      expect(ids).toContain(sender);
    }
  });

  it("takes hostile names, events and payloads from a connection, and replies to each", async () => {
    const { client, state, before } = await application();
    const { enter } = await openSqlNode(client);
    for (const [index, text] of sample(5).slice(0, 60).entries()) {
      const mia = enter(`mia-${index}`);
      const reply = await mia.subscribe(text);
      expect(reply).toMatchObject({ type: "reply" });
      await mia.subscribe("a:1");
      expect(await mia.publish("a:1", text, { [text]: text })).toMatchObject({ type: "reply" });
    }
    expect(await state()).toEqual(before);
  });

  it("executes nothing that stands in a pattern or in an argument of realtime.publish", async () => {
    const { client, state, before } = await application();
    const refusals = new Set<string | undefined>();
    const attempt = async (sql: string, ...values: readonly unknown[]) => {
      const cause = await client.query(sql, values).then(
        () => undefined,
        (error: unknown) => error,
      );
      if (cause !== undefined && !(cause instanceof SqlError)) throw cause;
      refusals.add(cause?.code);
    };
    for (const text of sample(6))
      await attempt("insert into realtime.channels (pattern) values ($1) on conflict do nothing", text);
    for (const text of sample(7).slice(0, 200))
      await attempt("select realtime.publish($1, $2, to_jsonb($1::text))", text, text);
    for (const code of refusals) expect([undefined, "22021", "22023", "23514"]).toContain(code);
    expect(
      await client.query(
        "select count(*)::integer as count from realtime.channels where not realtime.is_pattern(pattern)",
      ),
    ).toEqual([{ count: 0 }]);
    expect(await state()).toEqual(before);
  });
});
