import { expect, it } from "vitest";
import type { SqlClient } from "../client/sql-client.js";
import { PolicyGate } from "../permissions/policy-gate.js";
import { Retention } from "../retention/retention.js";
import { onEachDatabase } from "../testing/index.js";
import { run } from "../testing/seed-application.js";
import { migrate } from "./migrate.js";

const MIA = { userId: "mia", roles: [], claims: {} };

/** Functions and operators that raise, where the path has them before Postgres's own. */
const SHADOWS = `
  create schema shadow; grant usage on schema shadow to public;
  ${[
    ["cardinality(text[])", "integer"],
    ["format(text, text)", "text"],
    ["format(text, date)", "text"],
    ["array_fill(text, integer[])", "text[]"],
    ["array_append(text[], text)", "text[]"],
    ["starts_with(text, text)", "boolean"],
    ["to_char(date, text)", "text"],
    ["appended(text[], text)", "text[]", "||"],
    ["joined(text, text)", "text", "||"],
    ["differs(text, text)", "boolean", "<>"],
    ["resembles(text, text)", "boolean", "~~"],
    ["matches(name, text)", "boolean", "~"],
    ["equals(uuid, uuid)", "boolean", "="],
    ["greater(integer, integer)", "boolean", ">"],
    ["less(integer, integer)", "boolean", "<"],
    ["later(date, integer)", "date", "+"],
    ["earlier(date, integer)", "date", "-"],
  ]
    .map(([signature = "", type = "", operator]) => {
      const made = `create function shadow.${signature} returns ${type} language plpgsql as $$ begin raise 'shadowed: ${signature}'; end $$;`;
      const [, name = "", left = "", right = ""] = /^(\w+)\((.*), (.*)\)$/.exec(signature) ?? [];
      return operator === undefined
        ? made
        : `${made} create operator shadow.${operator} (function = shadow.${name}, leftarg = ${left}, rightarg = ${right});`;
    })
    .join("\n")}
  do $$ begin execute pg_catalog.format('alter database %I set search_path = shadow, pg_catalog', current_database()::pg_catalog.text); end $$;`;

onEachDatabase((name, open) => {
  const onServers = it.skipIf(name === "PGlite"); // no path of a database there

  async function shadowed(isMigrated: boolean): Promise<SqlClient> {
    const { client, newClient } = await open({ isMigrated });
    await run(client, SHADOWS);
    const other = newClient(); // its path is the new one
    await expect(other.query("select cardinality('{a}'::text[])")).rejects.toThrow("shadowed");
    return other;
  }

  onServers("decides with Postgres's own functions, whatever the path of the nodes has before them", async () => {
    const client = await shadowed(true);
    await run(
      client,
      `insert into realtime.channels (pattern) values ('a:%');
       create policy s on realtime.channels for select to authenticated using (true);
       create policy p on realtime.messages for insert to authenticated with check (true)`,
    );
    const gate = new PolicyGate(client);
    const decided = await Promise.all([
      ...["a:1", "b", "a:2"].map((channel) => gate.subscribe(MIA, channel)),
      ...["a:1", "b", "a:2"].map((channel) => gate.publish({ user: MIA, name: channel, event: "e", payload: "1" })),
    ]);
    const kinds = ["allowed", "disabled", "allowed"];
    expect(decided.map(({ kind }) => kind)).toEqual([...kinds, ...kinds]);
  });

  onServers("maintains with Postgres's own functions", async () => {
    const client = await shadowed(true);
    await client.query("select realtime.create_partition('2001-02-03')");
    await client.query("insert into realtime.refused values ($1, '2001-02-03', 'a', 'e', null, 'r')", [
      "00000000-0000-4000-8000-000000000001",
    ]);
    expect(await new Retention({ client }).run()).toEqual([
      "dropped the partition of 2001-02-03",
      "deleted 1 rows of refused",
    ]);
  });

  onServers("migrates with Postgres's own functions", async () => {
    const client = await shadowed(false);
    await migrate(client);
    expect(await new Retention({ client }).run()).toEqual([]);
  });
});
