import { expect, it } from "vitest";
import { clientOf, nodeUnderTest } from "./testing/node-under-test.js";
import { scriptedClient } from "./testing/scripted-client.js";
import { list } from "./testing/test-channels.js";

const NAME = "lists.7";
const pageOf = ({ client }: Pick<ReturnType<typeof scriptedClient>, "client">, page: number) =>
  client.channel("lists.{listId}", { listId: "7" }, { ask: { page } });
const at = (offset: number, rest: object = {}) => ({ channel: NAME, position: { epoch: "e", offset }, ...rest });

it("passes the ask, and receives the opening in pieces, which move no position", async () => {
  const node = await nodeUnderTest();
  const client = clientOf(node);
  const handle = client.channel("lists.{listId}", { listId: "7" }, { ask: { page: 2 } });
  const received: unknown[] = [];
  handle.subscribe({
    opening: ({ rows }) => received.push(...rows),
    message: ({ payload }) => received.push(payload.row),
  });
  await expect.poll(() => received).toEqual(["first of 2", "more of 2"]);
  expect(handle.state).toMatchObject({ opening: { rows: ["first of 2"] }, position: { offset: 0 } });
  await node.realtime.broadcaster.broadcast(list.at({ listId: "7" }), { row: "new" });
  await expect.poll(() => received).toEqual(["first of 2", "more of 2", "new"]);
  expect(handle.state.position?.offset).toBe(1);
  client.disconnect();
});

it("sends the ask with every subscribe of the channel", async () => {
  const stage = scriptedClient();
  pageOf(stage, 2).subscribe(() => undefined);
  await stage.connect();
  stage.transport.link.reply("subscribe", at(0));
  await stage.reconnect();
  expect(stage.transport.link.of("subscribe")).toMatchObject([{ ask: { page: 2 }, since: { offset: 0 } }]);
});

it("refuses a second ask beside listeners with another, and leaves theirs as it is", async () => {
  const stage = scriptedClient();
  pageOf(stage, 1).subscribe(() => undefined);
  pageOf(stage, 1).subscribe(() => undefined);
  await stage.connect();
  stage.transport.link.reply("subscribe", at(0));
  expect(() => pageOf(stage, 2).subscribe(() => undefined)).toThrow(
    new TypeError(`Channel "${NAME}" is in use with another ask; leave it first.`),
  );
  expect(stage.transport.link.of("subscribe").length).toBe(1);
  expect(pageOf(stage, 1).status).toBe("subscribed");
});

it("takes another ask where no listener is left, without a gap and with its opening", async () => {
  const stage = scriptedClient();
  const leave = pageOf(stage, 1).subscribe(() => undefined);
  await stage.connect();
  stage.transport.link.reply("subscribe", at(3, { opening: { rows: ["a"] } }));
  leave();
  const received: unknown[] = [];
  const second = pageOf(stage, 2);
  second.subscribe({ gap: () => received.push("GAP"), opening: ({ rows }) => received.push(...rows) });
  stage.clock.advance(1_000);
  expect(stage.transport.link.of("unsubscribe")).toEqual([]);
  expect(stage.transport.link.of("subscribe").slice(1)).toEqual([
    expect.objectContaining({ ask: { page: 2 }, since: undefined }),
  ]);
  expect(second.state).toMatchObject({ status: "subscribing", opening: undefined });
  stage.transport.link.reply("subscribe", at(3, { opening: { rows: ["b"] } }));
  expect(received).toEqual(["b"]);
});

it("counts only the reply to the last subscribe", async () => {
  const stage = scriptedClient();
  const leave = pageOf(stage, 1).subscribe(() => undefined);
  await stage.connect();
  const [first] = stage.transport.link.of("subscribe");
  leave();
  const received: unknown[] = [];
  pageOf(stage, 2).subscribe({ opening: ({ rows }) => received.push(...rows) });
  stage.transport.link.emit({ type: "reply", id: first?.id, ok: true, result: at(0, { opening: { rows: ["a"] } }) });
  stage.transport.link.reply("subscribe", at(0, { opening: { rows: ["b"] } }));
  expect(received).toEqual(["b"]);
});

it("joins with whatever ask is there where it gives none, and reports a gap where the first ask comes later", async () => {
  const stage = scriptedClient();
  const received: unknown[] = [];
  const plain = stage.client.channel("lists.{listId}", { listId: "7" }, { ask: undefined as never });
  plain.subscribe({ gap: () => received.push("GAP") });
  await stage.connect();
  stage.transport.link.reply("subscribe", at(3));
  pageOf(stage, 2).subscribe(() => undefined);
  expect(stage.transport.link.of("subscribe").at(-1)).toMatchObject({ ask: { page: 2 }, since: undefined });
  stage.transport.link.reply("subscribe", at(5));
  expect(received).toEqual(["GAP"]);
});

it("calls a function for the ask of each subscribe, also of the one that travels with the next connection's request", async () => {
  const stage = scriptedClient();
  let page = 1;
  const ask = () => ({ page });
  const handle = stage.client.channel.raw("lists.7", { ask });
  handle.subscribe(() => undefined);
  stage.client.channel.raw("lists.7", { ask: () => ({ page: 9 }) }).subscribe(() => undefined); // another function counts as the same ask
  await stage.connect();
  stage.transport.link.reply("subscribe", at(0));
  page = 2;
  await stage.reconnect();
  expect(stage.transport.link.of("subscribe")).toMatchObject([{ ask: { page: 2 } }]);
});
