import { defineRealtimeChannel } from "@repo/core-realtime";
import { expect, it } from "vitest";
import { z } from "zod";
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
});
