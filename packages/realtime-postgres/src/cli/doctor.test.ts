import { expect, it } from "vitest";
import type { SqlClient } from "../client/sql-client.js";
import { asIfFsynced } from "../testing/as-if-fsynced.js";
import { onEachDatabase } from "../testing/index.js";
import { doctor, examine } from "./doctor.js";
import type { Finding } from "./doctor/finding.js";

/** Roles belong to a whole server: those of one test are no other test's. */
const clientRoles: readonly string[] = [];

onEachDatabase((name, open) => {
  /** A database in which nothing is wrong. */
  const setUp = async () => {
    const database = await open();
    await database.client.query("update realtime.relay_state set lease_until = now() + interval '1 hour'");
    return { ...database, client: asIfFsynced(database.client) };
  };
  const found = async (client: SqlClient): Promise<readonly Finding[]> => examine({ client, clientRoles });

  it("finds nothing wrong with a migrated database that has a relay and the roles", async () => {
    const { client } = await setUp();
    const lines: string[] = [];
    const code = await doctor({ client }, (line) => lines.push(line));
    expect([code, lines]).toEqual([0, ["Nothing is wrong."]]);
  });

  it.each([
    [
      "no row-level security",
      "alter table realtime.channels disable row level security",
      { severity: "error", sentence: /off on realtime\.channels/, repair: /alter table realtime\.channels enable row/ },
    ],
    [
      "row-level security that is not forced",
      "alter table realtime.messages no force row level security",
      { severity: "warning", sentence: /not forced on realtime\.messages/, repair: /force row level security/ },
    ],
    [
      "channels without a policy",
      "insert into realtime.channels (pattern) values ('order:%')",
      { severity: "warning", sentence: /no SELECT policy/, repair: /create policy/ },
    ],
    [
      "no relay",
      "update realtime.relay_state set lease_until = now() - interval '1 s'",
      { severity: "warning", sentence: /No relay is running/, repair: /createPostgresRealtime/ },
    ],
    [
      "messages that wait",
      "insert into realtime.outbox (channel_name, event_name, created_at) values ('a', 'b', now() - interval '1 minute')",
      {
        severity: "error",
        sentence: /^1 messages wait for their number, the oldest for 6\d s/,
        repair: /Start a node/,
      },
    ],
    [
      "messages that were refused",
      "insert into realtime.refused (id, channel_name, event_name, reason) values (gen_random_uuid(), 'order:1', 'placed', 'total: expected number')",
      { severity: "warning", sentence: /"placed" on "order:1": total: expected number/, repair: /realtime\.refused/ },
    ],
    [
      "no partition for tomorrow",
      "do $$ begin execute format('drop table realtime.messages_%s', to_char((now() at time zone 'UTC')::date + 1, 'YYYYMMDD')); end $$",
      { severity: "warning", sentence: /for tomorrow/, repair: /call realtime\.maintain/ },
    ],
    [
      "messages in the default partition",
      "insert into realtime.messages (channel_name, event_name, seq, logged_at) values ('a', 'b', 1, now() + interval '1 year')",
      { severity: "warning", sentence: /^1 messages lie in the default partition/, repair: /call realtime\.maintain/ },
    ],
    [
      "days that retention left",
      "select realtime.create_partition((now() at time zone 'UTC')::date - 6)",
      { severity: "warning", sentence: /^1 partitions .* older than 3 days/, repair: /call realtime\.maintain/ },
    ],
    [
      "webhooks without a receiver",
      `insert into realtime.webhook_deliveries (webhook_id, message_id, logged_at, seq, channel_name, event_name, url, body, next_at)
       values ('w', gen_random_uuid(), now(), 1, 'a', 'b', 'https://a.example.com/', 'null', now() - interval '2 minutes')`,
      { severity: "error", sentence: /^1 webhooks are due/, repair: /webhooks: \{ secrets \}/ },
    ],
    [
      "dead letters",
      `insert into realtime.webhook_deliveries (webhook_id, message_id, logged_at, seq, channel_name, event_name, url, body, state, last_error)
       values ('w', gen_random_uuid(), now(), 1, 'a', 'b', 'https://a.example.com/', 'null', 'dead', 'The receiver replied 500.')`,
      {
        severity: "warning",
        sentence: /could not be delivered; the last: The receiver replied 500/,
        repair: /realtime\.redeliver/,
      },
    ],
    [
      "a disabled URL",
      "select realtime.disable_webhook('https://a.example.com/it''s', 'gone')",
      {
        severity: "warning",
        sentence: /is disabled: gone/,
        repair: "select realtime.enable_webhook('https://a.example.com/it''s');",
      },
    ],
    [
      "a policy that calls a function of hidden contents",
      `create function may_see(id text) returns boolean language plpgsql stable as $$ begin return true; end $$;
       create policy see on realtime.channels for select to public using (may_see(realtime.channel_name()))`,
      { severity: "warning", sentence: /"see" calls .*may_see\(text\)/, repair: /BEGIN ATOMIC.*realtime\.depends_on/ },
    ],
    [
      "a policy that compares a column without an index",
      `create table members (room text, member text);
       insert into members select n::text, n::text from generate_series(1, 5000) n;
       create policy see on realtime.channels for select to public using (exists (select from members m where m.room = realtime.channel_name()))`,
      {
        severity: "warning",
        sentence: /members has no index .* "see"/,
        repair: /create index concurrently on members \(room\)/,
      },
    ],
    [
      "a publish policy that compares a column without an index",
      `create table members (room text, member text);
       insert into members select n::text, n::text from generate_series(1, 5000) n;
       create policy send on realtime.messages for insert to public with check (exists (select from members m where m.member = channel_name))`,
      { severity: "warning", sentence: /members has no index .* "send"/, repair: /on members \(member\)/ },
    ],
  ])("finds %s", async (_what, breaking, finding) => {
    const { client } = await setUp();
    await client.transaction((connection) => connection.execute(breaking));
    const matching = Object.fromEntries(
      Object.entries(finding).map(([key, value]) => [
        key,
        value instanceof RegExp ? expect.stringMatching(value) : value,
      ]),
    );
    expect(await found(client)).toEqual([matching]);
  });

  it("has nothing against a function that is declared or atomic, nor against a small or indexed table", async () => {
    const { client } = await setUp();
    await client.transaction((connection) =>
      connection.execute(`
        create table members (room text, member text);
        create table big (room text primary key);
        insert into big select n::text from generate_series(1, 5000) n;
        create function hidden(name text) returns boolean language plpgsql stable as $$ begin return true; end $$;
        create function open_(name text) returns boolean language sql stable begin atomic select exists (select from members where room = name); end;
        create policy a on realtime.channels for select to public using (pattern = 'order:%' and hidden(realtime.channel_name()));
        create policy b on realtime.channels for select to public using (open_(realtime.channel_name()));
        create policy c on realtime.channels for select to public using (exists (select from big where room = realtime.channel_name()));
        select realtime.depends_on('order:%', 'members');
      `),
    );
    expect(await found(client)).toEqual([]);
  });

  it("finds a database without tables, one that is behind, and one that is ahead", async () => {
    const { client } = await open({ isMigrated: false });
    const lines: string[] = [];
    expect(await doctor({ client }, (line) => lines.push(line))).toBe(1);
    expect(lines).toEqual([
      expect.stringMatching(/^error .*no tables.*\n.*fourgate-postgres migrate/),
      "1 error, 0 warnings.",
    ]);
    const behind = await (name === "PGlite" ? reopened(client) : setUp());
    await behind.client.query("update realtime.migrations set name = '9999_later.sql' where name = '0006_stats.sql'");
    expect(await found(behind.client)).toEqual([
      expect.objectContaining({
        severity: "error",
        sentence: expect.stringContaining("lacks the migrations 0006_stats.sql"),
      }),
      expect.objectContaining({
        severity: "error",
        sentence: expect.stringContaining("does not know 9999_later.sql"),
      }),
    ]);
  });

  it("finds a clock that differs", async () => {
    const { client } = await setUp();
    expect(await examine({ client, clientRoles, now: () => Date.now() + 5_000 })).toEqual([
      expect.objectContaining({ sentence: expect.stringMatching(/clock is \d+\.\d s behind/) }),
    ]);
  });
});

async function reopened(client: SqlClient): Promise<{ readonly client: SqlClient }> {
  const { migrate } = await import("../migrations/migrate.js");
  await migrate(client);
  return { client };
}
