import { defineRealtimeChannel } from "@repo/core-realtime";
import { expect, it, onTestFinished } from "vitest";
import { z } from "zod";
import type { SqlClient } from "./client/sql-client.js";
import { createPostgresRealtime } from "./create-postgres-realtime.js";
import { openNode } from "./testing/postgres-node.js";
import { onEachDatabase } from "./testing/test-databases.js";

const board = defineRealtimeChannel({
  name: "board:{id}",
  scope: "public",
  payload: { moved: z.object({ to: z.number() }) },
  history: { size: 100, ttlMs: 60_000 },
});

onEachDatabase((_name, open) => {
  it("delivers what a broadcast commits, with its position and the receipt's id", async () => {
    const { client } = await open();
    const node = await openNode(client, [board]);
    const reader = await node.subscriber("board:7");
    const receipt = await node.realtime.broadcaster.broadcast(board.at({ id: "7" }), "moved", { to: 3 });
    const [message] = await reader.received(1);
    expect(message).toMatchObject({
      id: receipt.id,
      channel: "board:7",
      event: "moved",
      payload: { to: 3 },
      position: { offset: 1 },
      sender: { type: "system" },
    });
  });

  it("delivers a row that SQL inserts into the outbox", async () => {
    const { client, newClient } = await open();
    const node = await openNode(client, [board]);
    const reader = await node.subscriber("board:7");
    await newClient().query(
      "insert into realtime.outbox (channel_name, event_name, payload) values ('board:7', 'moved', '{\"to\":4}')",
    );
    expect(await reader.received(1)).toMatchObject([{ event: "moved", payload: { to: 4 }, position: { offset: 1 } }]);
  });

  it("holds what SQL publishes to the schema of a channel in code, where a pattern matches its name too", async () => {
    const { client } = await open();
    await client.query("insert into realtime.channels (pattern) values ('board:%'), ('news')");
    const node = await openNode(client, [board]);
    const reader = await node.subscriber("board:7%20%C3%A9");
    const publish = (channel: string, payload: object) =>
      client.query("select realtime.publish($1, 'moved', $2::text::jsonb)", [channel, JSON.stringify(payload)]);
    await publish("board:7 é", { to: "nowhere" });
    await publish("news", { to: "everybody" });
    await publish("board:7 é", { to: 4 });
    expect(await reader.received(1)).toMatchObject([{ event: "moved", payload: { to: 4 }, position: { offset: 1 } }]);
    expect(await client.query("select channel_name from realtime.refused")).toEqual([{ channel_name: "board:7 é" }]);
    expect(await client.query("select channel_name from realtime.messages order by seq")).toEqual([
      { channel_name: "news" },
      { channel_name: "board:7 é" },
    ]);
  });

  it("starts once for nodes that join at the same time", async () => {
    const { client } = await open();
    const { counted, listeners } = counting(client);
    const postgres = createPostgresRealtime({ client: counted, nodes: "one" });
    onTestFinished(() => postgres.close());
    await Promise.all(["a", "b"].map((id) => postgres.broker.join(id, NODE)));
    expect(listeners.filter((name) => name === "realtime_channels")).toHaveLength(1);
  });

  it("stops what it has started where the start fails, and starts anew with the next join", async () => {
    const { client } = await open();
    const { counted, listeners } = counting(client);
    const postgres = createPostgresRealtime({ client: counted, nodes: "one" });
    await client.query("alter table realtime.channels rename to away");
    await expect(postgres.broker.join("a", NODE)).rejects.toThrow("channels");
    expect(listeners).toEqual([]);
    await client.query("alter table realtime.away rename to channels");
    await postgres.broker.join("a", NODE);
    await client.query("insert into realtime.channels (pattern) values ('news')");
    await expect.poll(() => postgres.registry.listChannels().map(({ name }) => name)).toEqual(["news"]);
    await postgres.close();
    expect(listeners).toEqual([]);
  });

  it("cannot be joined when it is closed", async () => {
    const { client } = await open();
    const postgres = createPostgresRealtime({ client, nodes: "one" });
    const joining = postgres.broker.join("a", NODE);
    await Promise.all([postgres.close(), expect(joining).rejects.toThrow(TypeError)]);
    await expect(postgres.broker.join("b", NODE)).rejects.toThrow("createPostgresRealtime again");
  });
});

const nothing = (): void => undefined;
const NODE = { onEnvelope: nothing, onCommand: nothing, onGap: nothing, onIsolated: nothing, onRejoined: nothing };

/** The client, and the names that are listened to at this moment. */
function counting(client: SqlClient): { readonly counted: SqlClient; readonly listeners: readonly string[] } {
  const listeners: string[] = [];
  const counted: SqlClient = {
    query: (sql, values) => client.query(sql, values),
    transaction: (work, isolation) => client.transaction(work, isolation),
    session: () => client.session(),
    async listen(name, listener) {
      const unlisten = await client.listen(name, listener);
      listeners.push(name);
      return async () => {
        if (listeners.includes(name)) listeners.splice(listeners.indexOf(name), 1);
        await unlisten();
      };
    },
    close: () => client.close(),
  };
  return { counted, listeners };
}
