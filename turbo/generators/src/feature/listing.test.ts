import { expect, it } from "vitest";
import { channel, generated, handler, ORDERS, shaped } from "../testing/generated.js";
import { MemoryTree } from "../workspace/memory-tree.js";
import { APP_FEATURES, APP_PRESENCE } from "./anchors.js";
import { listing } from "./listing.js";

const APP = {
  "apps/site/package.json": `{ "name": "site" }`,
  "apps/site/src/features.ts": `export const features = [\n  ${APP_FEATURES.line}\n];\nexport const presenceChannels = [\n  ${APP_PRESENCE.line}\n];\n`,
};

it("shows each channel's name, scope and handler, and that it is bound", async () => {
  const room = shaped("orders.{orderId}", { inbound: ["note"], presence: true }, "role:staff");
  const files = await generated([ORDERS, room, channel("status", "user:ownerId"), handler("status")], APP);
  expect(listing(new MemoryTree(files), "orders")).toBe(`orders: bound by apps/site
  orders.{orderId}         role:staff    on-orders       bound
  presence of orders       as that       createPresence  bound
  orders.status.{ownerId}  user:ownerId  on-status       bound
`);
});

it("shows what no app binds, what no file registers, and what it cannot read", async () => {
  const files = await generated([
    ORDERS,
    channel("note"),
    channel("status"),
    { generator: "feature", feature: "empty" },
  ]);
  const path = "packages/orders/src/realtime/";
  const unbound = {
    ...files,
    [`${path}lost.channel.ts`]: files[`${path}note.channel.ts`]?.replace("note", "lost") ?? "",
  };
  const own = { ...unbound, [`${path}own.channel.ts`]: "export const ownChannel = makeChannel();\n" };
  expect(listing(new MemoryTree(own), undefined)).toBe(`empty: bound by no app
  no channel yet

orders: bound by no app
  lost           ?              ?           ?
  orders.note    authenticated  no handler  registered, and bound by no app
  own            ?              ?           ?
  orders.status  authenticated  no handler  registered, and bound by no app
`);
});

it("says that there is no feature yet, and refuses one that there is not", () => {
  expect(listing(new MemoryTree({}), undefined)).toContain("There is no feature yet");
  expect(() => listing(new MemoryTree({}), "orders")).toThrow(`No feature "orders"`);
});
