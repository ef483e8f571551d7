import { expect, it } from "vitest";
import { onEachDatabase } from "../testing/test-databases.js";

/** Functions with a kind of plan turned off: a plan that has it nevertheless counts as so dear that it would always be compiled. */
const COMPILED = `select p.proname as name from pg_catalog.pg_proc p
  where p.pronamespace = 'realtime'::regnamespace and array_to_string(p.proconfig, ',') ~ 'enable_\\w+=off'
    and not 'jit=off' = any (p.proconfig)`;

onEachDatabase((_name, open) => {
  it("compiles no plan whose cost says nothing", async () => {
    const { client } = await open();
    const control = `create function realtime.control() returns void language sql set enable_seqscan = off as ''`;
    expect(await client.query(COMPILED)).toEqual([]);
    await client.transaction((connection) => connection.execute(control));
    expect(await client.query(COMPILED)).toEqual([{ name: "control" }]);
  });
});
