import { expect, it } from "vitest";
import { parseChannelName, placeholdersOf } from "./channel-name.js";

const MEMBERS = { kind: "role", role: "member" } as const;
const OWNER = { kind: "user", param: "ownerId" } as const;

it.each([
  ["status", MEMBERS, "status", "orders.status"],
  ["status", OWNER, "status", "orders.status.{ownerId}"],
  ["orders.{orderId}", MEMBERS, "orders", "orders.{orderId}"],
  ["orders.{orderId}.status", MEMBERS, "status", "orders.{orderId}.status"],
  ["orders.status", MEMBERS, "status", "orders.status"],
  ["board:{boardId}:order-notes", MEMBERS, "board-order-notes", "board:{boardId}:order-notes"],
  ["inbox.{ownerId}", OWNER, "inbox", "inbox.{ownerId}"],
])("reads %j", (text, scope, ...expected) => {
  const [slug, name] = expected;
  expect(parseChannelName("orders", text, scope)).toEqual({ slug, name });
});

it.each([
  ["orders.{order-id}", MEMBERS, `"orders.{order-id}" names no channel`],
  ["orders..status", MEMBERS, "names no channel"],
  ["orders.x{id}", MEMBERS, "names no channel"],
  ["{id}", MEMBERS, "names no channel"],
  ["Orders.{id}", MEMBERS, "names no channel"],
  ["../orders", MEMBERS, "names no channel"],
  ["a.{id}.{id}", MEMBERS, "uses the placeholder {id} twice"],
  ["orders.{orderId}", OWNER, "has no {ownerId}, which the scope user:ownerId compares with the user"],
  ["Status", MEMBERS, `"Status" names no channel`],
])("refuses %j and says what to write", (text, scope, why) => {
  expect(() => parseChannelName("orders", text, scope)).toThrow(why);
});

it("finds the placeholders of a name, in order", () => {
  expect(placeholdersOf("a.{one}.b:{two}")).toEqual(["one", "two"]);
});
