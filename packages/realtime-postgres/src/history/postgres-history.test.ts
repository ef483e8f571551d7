import { historyContract } from "@repo/core-testing/contracts";
import { expect } from "vitest";
import { RealtimeHandlerRegistry } from "@repo/core-realtime/server";
import { Relay } from "../relay/relay.js";
import { onEachDatabase } from "../testing/test-databases.js";
import { PostgresHistory } from "./postgres-history.js";

onEachDatabase((name, open) => {
  historyContract(`PostgresHistory on ${name}`, async () => {
    const { client } = await open();
    const observer = { observe: () => undefined };
    const relay = new Relay({ client, registry: new RealtimeHandlerRegistry(), observer, maxBytes: 65_536 });
    relay.start();
    const left = async () => {
      const [row] = await client.query<{ left: boolean }>(UNNUMBERED);
      return row?.left;
    };
    return {
      history: new PostgresHistory(client),
      async pass(ms) {
        await client.query("update realtime.messages set logged_at = logged_at - $1::integer * interval '1 ms'", [ms]);
        await client.query(
          "update realtime.idempotency_keys set expires_at = expires_at - $1::integer * interval '1 ms'",
          [ms],
        );
      },
      async forget(channel) {
        await client.query("delete from realtime.messages where channel_name = $1", [channel]);
        await client.query("delete from realtime.positions where channel_name = $1", [channel]);
      },
      async numbered() {
        await expect.poll(left, { interval: 2 }).toBe(false);
      },
      close: () => relay.stop(),
    };
  });
});

const UNNUMBERED = `select exists (
    select 1 from realtime.outbox o where not exists (select 1 from realtime.messages m where m.id = o.id)
  ) as left`;
