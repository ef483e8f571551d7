import { expect, it } from "vitest";
import { Refusal } from "../refusal.js";
import { fileOf, generated, ORDERS, planOn } from "../testing/generated.js";
import { sqlPattern } from "./sql-pattern.js";

const sqlChannel = (pattern: string) => ({ generator: "sql-channel", feature: "orders", pattern }) as const;
const MIGRATION = "packages/orders/migrations/0001_order-channel.sql";

it("writes a migration whose policies admit nobody, and its test", async () => {
  const files = await generated([ORDERS, sqlChannel("order:%")]);
  expect(fileOf(files, MIGRATION)).toContain("insert into realtime.channels (pattern) values ('order:%')");
  expect(fileOf(files, MIGRATION)).toContain("using (pattern = 'order:%' and false)");
  const test = fileOf(files, "packages/orders/src/realtime/order.sql-channel.test.ts");
  expect(test).toContain(`"../../migrations/0001_order-channel.sql"`);
  expect(fileOf(files, "packages/orders/package.json")).toContain(`"@repo/realtime-postgres": "workspace:*"`);
});

it("numbers the next one after those that are there", async () => {
  const files = await generated([ORDERS, sqlChannel("order:%"), sqlChannel("chat:%:messages")]);
  expect(fileOf(files, "packages/orders/migrations/0002_chat-messages-channel.sql")).toContain(
    "chat_messages_subscribe",
  );
});

it("plans nothing the second time, and leaves a migration that is there to its author", async () => {
  const files = await generated([ORDERS, sqlChannel("order:%")]);
  expect(await planOn(files, sqlChannel("order:%"))).toEqual([]);
  expect(await planOn({ ...files, [MIGRATION]: "-- mine" }, sqlChannel("order:%"))).toEqual([]);
});

it.each(["", "%", "order:", "order:%%:x", "or%der", "order:'; drop table x --", "order:%\n"])(
  "refuses the pattern %j",
  (pattern) => {
    expect(() => sqlPattern(pattern)).toThrow(Refusal);
  },
);

it("names files after the literal segments", () => {
  expect(sqlPattern("Chat_Room:%:log:%%")).toEqual({
    pattern: "Chat_Room:%:log:%%",
    slug: "chat-room-log",
    example: "Chat_Room:1:log:1",
  });
});
