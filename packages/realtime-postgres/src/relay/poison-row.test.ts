import { defineRealtimeChannel } from "@repo/core-realtime";
import { RealtimeHandlerRegistry } from "@repo/core-realtime/server";
import { RecordingObserver } from "@repo/core-testing";
import { expect, it, onTestFinished } from "vitest";
import { z } from "zod";
import type { SqlClient } from "../client/sql-client.js";
import { onEachDatabase } from "../testing/test-databases.js";
import { Relay } from "./relay.js";

const price = defineRealtimeChannel({
  name: "price:{id}",
  scope: "public",
  payload: z.object({ cents: z.number() }),
  history: { size: 10, ttlMs: 60_000 },
});

/** A trigger that makes numbering fail for some messages; also for a user's own message, which the policies have allowed. */
const POISON = `
  create schema app;
  create function app.taste() returns trigger language plpgsql as $$
    begin
      if new.seq is not null and (new.event_name = 'poison' or new.payload = '{"cents": 13}') then raise exception 'poison'; end if;
      return new;
    end $$;
  create trigger taste before insert or update on realtime.messages for each row execute function app.taste();`;

onEachDatabase((_name, open) => {
  async function poisoned() {
    const { client } = await open();
    await client.transaction((connection) => connection.execute(POISON));
    const observer = new RecordingObserver();
    const registry = new RealtimeHandlerRegistry();
    registry.registerChannel(price);
    const relay = new Relay({ client, registry, observer, maxBytes: 1_000 });
    onTestFinished(() => relay.stop());
    return { client, observer, start: () => relay.start() };
  }

  it("sets aside the rows that cannot be numbered, with the reason, and numbers the others", async () => {
    const { client, observer, start } = await poisoned();
    await publish(client, ["a", "good"], ["a", "poison"], ["b", "poison"], ["b", "good"]);
    await publish(
      client,
      ["price:1", "message", { cents: 13 }],
      ["price:1", "message", { cents: 2 }],
      ["price:1", "message", {}],
    );
    await client.query("insert into realtime.messages (channel_name, event_name, payload) values ('c', 'poison', '9')");
    await publish(client, ["c", "good"]);
    start();
    await expect
      .poll(() =>
        client.query(
          'select channel_name, event_name, seq, "offset" from realtime.messages where seq > 0 order by seq',
        ),
      )
      .toMatchObject([
        { channel_name: "a", event_name: "good", seq: "1", offset: "1" },
        { channel_name: "b", event_name: "good", seq: "2", offset: "1" },
        { channel_name: "price:1", event_name: "message", seq: "3", offset: "1" },
        { channel_name: "c", event_name: "good", seq: "4", offset: "1" },
      ]);
    expect(await client.query("select channel_name, payload, reason from realtime.refused order by 1, 3 desc")).toEqual(
      [
        { channel_name: "a", payload: 1, reason: "poison (P0001)" },
        { channel_name: "b", payload: 1, reason: "poison (P0001)" },
        { channel_name: "c", payload: 9, reason: "poison (P0001)" },
        { channel_name: "price:1", payload: { cents: 13 }, reason: "poison (P0001)" },
        { channel_name: "price:1", payload: {}, reason: expect.stringContaining("cents") },
      ],
    );
    expect(await client.query("select 1 from realtime.messages where seq is null")).toEqual([]); // its day could not be dropped
    expect(observer.of("failed")).not.toEqual([]);
    await publish(client, ["a", "good"]);
    await expect.poll(() => client.query("select 1 from realtime.messages where seq = 5")).toHaveLength(1);
  });

  it("sets nothing aside while nothing at all can be numbered", async () => {
    const { client, observer, start } = await poisoned();
    await publish(client, ["a", "poison"], ["b", "poison"]);
    start();
    await observer.seen("failed");
    expect(await client.query("select 1 from realtime.refused")).toEqual([]);
    await client.query("drop trigger taste on realtime.messages");
    await expect.poll(() => client.query("select channel_name from realtime.messages where seq > 0")).toHaveLength(2);
  });
});

async function publish(
  client: SqlClient,
  ...messages: readonly (readonly [string, string, unknown?])[]
): Promise<void> {
  for (const [channel, event, payload = 1] of messages)
    await client.query("insert into realtime.outbox (channel_name, event_name, payload) values ($1, $2, $3)", [
      channel,
      event,
      JSON.stringify(payload),
    ]);
}
