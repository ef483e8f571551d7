import { once } from "node:events";
import { readFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { RUN_OWNER, sharedDatabase } from "@repo/postgres-testing";
import { openDatabase } from "@repo/realtime-postgres";
import { WebSocket } from "undici";
import { expect, it, onTestFinished, vi } from "vitest";
import { followOrder } from "./follow-order";
import { page, sqlOfPage } from "./sql-of-page";
import { startNode } from "./order-node";

const GUIDE = "guides/realtime-from-postgres.md";
const A_NEW_DATABASE_MS = 120_000;

vi.stubGlobal("WebSocket", WebSocket); // as browsers have it, and Node since 22

it.each(["order-node.ts", "follow-order.ts"])("is the code of %s that the guide shows", (file) => {
  expect(page(GUIDE)).toContain(readFileSync(new URL(file, import.meta.url), "utf8"));
});

it.each(["Postgres", "PGlite"])(
  "does on %s what the guide says",
  async (database) => {
    const [orders = "", attempts = ""] = sqlOfPage(GUIDE);
    const [ship = "", giveAway = ""] = attempts.split("\n");
    const isServer = database === "Postgres";
    const { connectionString } = isServer ? await sharedDatabase({ owner: RUN_OWNER }) : { connectionString: "" };
    const client = await openDatabase({
      url: connectionString,
      prepare: (opened) => opened.transaction((each) => each.execute(orders)),
    });
    onTestFinished(() => client.close());
    await client.transaction((each) => each.execute(orders)); // as often as one likes
    const node = await startNode(client, 0);
    onTestFinished(() => node.close());
    if (!node.httpServer.listening) await once(node.httpServer, "listening");
    const url = `http://127.0.0.1:${(node.httpServer.address() as AddressInfo).port}/realtime`;

    const shown: string[] = [];
    const mia = followOrder(1, (status) => shown.push(status), { url, token: "mia" });
    const sam = followOrder(1, () => expect.unreachable(), { url, token: "sam" });
    onTestFinished(() => [mia, sam].forEach((one) => one.close()));
    await expect.poll(() => [mia.order.status, sam.order.status]).toEqual(["subscribed", "refused"]);
    await client.query(ship);
    await expect.poll(() => shown).toEqual(["shipped"]);

    expect(await mia.order.publish("note", { text: "Ring twice" })).toEqual({ messageId: expect.any(String) });
    await expect(mia.order.publish("UPDATE_order", { status: "paid" })).rejects.toMatchObject({ code: "UNAUTHORIZED" });
    expect(await client.query("select event_name, payload from realtime.messages where sender_type = 'user'")).toEqual([
      { event_name: "note", payload: { text: "Ring twice" } },
    ]);

    await client.query(giveAway);
    await expect.poll(() => mia.order.state.error).toMatchObject({ code: "UNAUTHORIZED" });
  },
  A_NEW_DATABASE_MS,
);
