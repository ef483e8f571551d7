import { createRealtimeHarness } from "@repo/core-testing";
import { defineRealtimeChannel } from "@repo/core-realtime";
import { expect, it, onTestFinished } from "vitest";
import { z } from "zod";
import { entityGuard } from "./entity.guard.js";
import { rowEntity } from "./testing/row-entity.js";

const users = { mia: { userId: "mia", roles: [] }, sam: { userId: "sam", roles: ["staff"] } };
const news = defineRealtimeChannel({ name: "news", scope: "public", payload: z.string() });
const mias = rowEntity.one.at({ id: "mia's" });

async function open() {
  const owners = new Map([["mia's", "mia"]]);
  const guard = entityGuard({
    channels: rowEntity,
    mayRead: async (user, id) => owners.get(id) === user?.userId,
    mayReadAll: (user) => user?.roles.includes("staff") === true,
  });
  const harness = await createRealtimeHarness({
    users,
    guards: [guard],
    channels: [rowEntity.all, rowEntity.one, news],
  });
  onTestFinished(() => harness.close());
  return { harness, owners };
}

it("lets users who may read a record subscribe to it, and refuses the others", async () => {
  const { harness } = await open();
  const [mia, sam] = [await harness.client("mia"), await harness.client("sam")];
  await expect(mia.subscribe(mias)).resolves.toMatchObject({ channel: mias.name });
  await expect(sam.subscribe(mias)).rejects.toMatchObject({ code: "UNAUTHORIZED" });
});

it("lets only users who may read all records subscribe to all", async () => {
  const { harness } = await open();
  const [mia, sam] = [await harness.client("mia"), await harness.client("sam")];
  await expect(mia.subscribe(rowEntity.all)).rejects.toMatchObject({ code: "UNAUTHORIZED" });
  await expect(sam.subscribe(rowEntity.all)).resolves.toMatchObject({ channel: "entity:row" });
});

it("lets no user subscribe to all records without mayReadAll", async () => {
  const guard = entityGuard({ channels: rowEntity, mayRead: () => true });
  const harness = await createRealtimeHarness({ users, guards: [guard], channels: [rowEntity.all, rowEntity.one] });
  onTestFinished(() => harness.close());
  const sam = await harness.client("sam");
  await expect(sam.subscribe(rowEntity.all)).rejects.toMatchObject({ code: "UNAUTHORIZED" });
  await expect(sam.subscribe(mias)).resolves.toMatchObject({ channel: mias.name });
});

it("checks again at recovery: messages sent meanwhile are not delivered", async () => {
  const { harness, owners } = await open();
  const mia = await harness.client("mia");
  const { position } = await mia.subscribe(mias);
  await mia.unsubscribe(mias);
  const record = { id: "mia's", title: "secret", version: 2 };
  await harness.realtime.broadcaster.broadcast(mias, "entity:updated", { id: "mia's", record, version: 2 });
  const since = position && { since: position };
  await expect(mia.subscribe(mias, since)).resolves.toMatchObject({ recovered: true, messages: [{}] });
  await mia.unsubscribe(mias);
  owners.clear();
  await expect(mia.subscribe(mias, since)).rejects.toMatchObject({ code: "UNAUTHORIZED" });
});

it("checks again after a refresh, and the client receives a left frame", async () => {
  const { harness } = await open();
  const client = await harness.client("mia");
  await client.subscribe(mias);
  await client.refresh(harness.tokenOf("sam"));
  expect(await client.next("left")).toMatchObject({ channel: mias.name, error: { code: "UNAUTHORIZED" } });
  const record = { id: "mia's", title: "secret", version: 2 };
  await harness.realtime.broadcaster.broadcast(mias, "entity:updated", { id: "mia's", record, version: 2 });
  await client.roundTrip();
  expect(client.received(mias)).toEqual([]);
});

it("ignores other channels", async () => {
  const { harness } = await open();
  const visitor = await harness.client();
  await expect(visitor.subscribe(news)).resolves.toMatchObject({ channel: "news" });
});
