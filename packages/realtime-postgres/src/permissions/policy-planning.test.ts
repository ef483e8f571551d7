import { expect, it } from "vitest";
import { onEachDatabase } from "../testing/index.js";
import { APPLICATION, CHANNELS, MIA, ORDER, POLICIES, run } from "../testing/seed-application.js";
import { PolicyGate } from "./policy-gate.js";

const user = (userId: string) => ({ userId, roles: [] });

onEachDatabase((_name, open) => {
  it("refuses everything, with the reason, where a restrictive policy applies to the nodes' own role", async () => {
    const { client, connectionString } = await open();
    await run(
      client,
      `insert into realtime.channels (pattern) values ('a:%'), ('b')`,
      `
      create policy p on realtime.channels for select to authenticated using (true);
      create policy hides on realtime.channels as restrictive for select using (pattern <> 'a:%')`,
    );
    const gate = new PolicyGate(client);
    const decision = await gate.subscribe(user("mia"), "b");
    if (connectionString === undefined) return expect(decision.kind).toBe("allowed"); // PGlite's one role bypasses policies
    expect(decision).toMatchObject({
      kind: "failed",
      error: { message: expect.stringContaining("alter policy hides on realtime.channels to") },
    });
    await run(client, "alter policy hides on realtime.channels to anon, authenticated");
    expect((await gate.subscribe(user("mia"), "b")).kind).toBe("allowed");
    expect((await gate.subscribe(user("mia"), "a:1")).kind).toBe("refused");
  });

  it("decides by one policy, where another, about another pattern, cannot read the name", async () => {
    const { client } = await open();
    await run(
      client,
      APPLICATION,
      CHANNELS,
      POLICIES,
      `
      insert into realtime.channels (pattern) values ('user:%');
      create policy own on realtime.channels for select to authenticated using (
        pattern = 'user:%' and split_part(realtime.channel_name(), ':', 2) = 'mia');
      create policy post on realtime.messages for insert to authenticated with check (
        channel_name like 'user:%' and not exists (select 1 from orders where id = split_part(realtime.channel_name(), ':', 3)::uuid))`,
    );
    const gate = new PolicyGate(client);
    for (let round = 0; round < 3; round += 1) {
      const decided = await Promise.all(
        ["user:mia", `order:${ORDER}`, "user:mia", "user:sam", "order:mia"].map((name) =>
          gate.subscribe(user(MIA), name),
        ),
      );
      expect(decided.map(({ kind }) => kind)).toEqual(["allowed", "allowed", "allowed", "refused", "failed"]);
      await client.query("analyze orders"); // the statement is planned anew
    }
  });
});
