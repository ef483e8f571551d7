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
    [`${path}lost.channel.ts`]:
      files[`${path}note.channel.ts`]?.replaceAll("orders.note", "lost").replaceAll("noteChannel", "misnamed") ?? "",
  };
  const own = { ...unbound, [`${path}own.channel.ts`]: "export const ownChannel = makeChannel();\n" };
  expect(listing(new MemoryTree(own), undefined)).toBe(`empty: bound by no app
  no channel yet

orders: bound by no app
  lost           authenticated  no handler  not bound
  orders.note    authenticated  no handler  registered, and bound by no app
  own            ?              ?           ?
  orders.status  authenticated  no handler  registered, and bound by no app
`);
});

it("says that there is no feature yet, and refuses one that there is not", () => {
  expect(listing(new MemoryTree({}), undefined)).toContain("There is no feature yet");
  expect(() => listing(new MemoryTree({}), "orders")).toThrow(`No feature "orders"`);
});

it("shows channels that a capability describes, by the constants that are registered", async () => {
  const files = await generated([ORDERS], APP);
  const realtime = "packages/orders/src/realtime/";
  const made = {
    ...files,
    [`${realtime}card-entity.channel.ts`]: `export const cardEntity = defineEntityChannels({ entity: "card", scope: { role: "staff" } });
export const cardListChannel = cardEntity.all;
export const cardChannel = cardEntity.one;
`,
    [`${realtime}room-presence.channel.ts`]:
      "export const roomPresence = definePresenceChannel(cardListChannel, {});\n",
    "packages/orders/src/di/bind-cards.ts": "registry.register(cardListChannel, onCard);\n",
  };
  expect(listing(new MemoryTree(made), "orders")).toBe(`orders: bound by apps/site
  entity:card                  role:staff  its own         bound
  entity:card:{id}             role:staff  no handler      not bound
  presence of cardListChannel  as that     createPresence  not bound
`);
});

it("shows pages, tables and channels in SQL, with the files that make them", async () => {
  const orders = { feature: "orders" } as const;
  const files = await generated([
    ORDERS,
    { generator: "live", ...orders, page: "order-board" },
    { generator: "live-table", ...orders, table: "order_notes" },
    { generator: "sql-channel", ...orders, pattern: "order:%" },
  ]);
  expect(listing(new MemoryTree(files), "orders")).toBe(`orders: bound by no app
  /orders/order-board  page             src/order-board.page.ts             exported
  order_notes          live table       src/live/order-notes.live-table.ts  0001_order-notes-table.sql
  order:%              channels in SQL  migrations/0002_order-channel.sql
`);
});
