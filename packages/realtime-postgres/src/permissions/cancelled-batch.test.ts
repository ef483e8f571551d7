import { expect, it } from "vitest";
import { onEachDatabase } from "../testing/index.js";
import { run } from "../testing/seed-application.js";
import { refusalOfDecision } from "./decision.js";
import { PolicyGate } from "./policy-gate.js";

const MIA = { userId: "mia", roles: [], claims: {} };

/** Ends the running statement, as `statement_timeout` does, for names that end in `slow`. */
const SLOW = `
  create schema app; grant usage on schema app to public;
  create function app.is_allowed(name text) returns boolean language plpgsql security definer as $$
    begin
      if name like '%slow' then
        perform pg_cancel_backend(pg_backend_pid());
        perform pg_sleep(600);
      end if;
      return true;
    end
  $$;
  insert into realtime.channels (pattern) values ('a:%');
  create policy s on realtime.channels for select to authenticated using (app.is_allowed(realtime.channel_name()));
  create policy p on realtime.messages for insert to authenticated with check (app.is_allowed(channel_name));`;

const NAMES = ["a:1", "a:2-slow", "a:3"];

onEachDatabase((name, open) => {
  const onServers = it.skipIf(name === "PGlite"); // it cancels nothing

  onServers(
    "keeps what was published before the statement was cancelled, and lets the rest be tried again",
    async () => {
      const { client } = await open();
      await run(client, SLOW);
      const gate = new PolicyGate(client);
      const decided = await Promise.all(
        NAMES.map((channel) => gate.publish({ user: MIA, name: channel, event: "e", payload: "1" })),
      );
      expect(decided.map(({ kind }) => kind)).toEqual(["allowed", "failed", "failed"]);
      expect(await client.query("select channel_name from realtime.messages")).toEqual([{ channel_name: "a:1" }]);
      for (const decision of decided.slice(1)) {
        expect(refusalOfDecision(decision, "a:3")).toMatchObject({ code: "INTERNAL_ERROR", cause: { code: "57014" } });
        expect(refusalOfDecision(decision, "a:3")?.retryAfterMs).toBeGreaterThan(0);
      }
    },
  );

  onServers("keeps what was decided of subscribes before the statement was cancelled", async () => {
    const { client } = await open();
    await run(client, SLOW);
    const gate = new PolicyGate(client);
    const decided = await Promise.all(NAMES.map((channel) => gate.subscribe(MIA, channel)));
    expect(decided.map(({ kind }) => kind)).toEqual(["allowed", "failed", "failed"]);
    for (const decision of decided.slice(1)) {
      expect(refusalOfDecision(decision, "a:3")).toMatchObject({ code: "INTERNAL_ERROR", cause: { code: "57014" } });
    }
  });
});
