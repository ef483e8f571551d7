import { expect, it } from "vitest";
import { channel, fileOf, generated, handler, ORDERS, planOn, shaped } from "../testing/generated.js";
import { ANCHORS, APP_FEATURES, APP_PRESENCE } from "./anchors.js";

const BARREL = "packages/orders/src/index.ts";
const BINDING = "packages/orders/src/di/bind-production.ts";

const EVERYTHING = {
  events: ["tally", "poll:closed"],
  inbound: ["vote"],
  reply: true,
  opening: true,
  history: true,
  presence: true,
};

it("describes a room with events, inbound events, a reply, an opening and a history", async () => {
  const files = await generated([ORDERS, shaped("orders.{orderId}", EVERYTHING, "role:staff")]);
  expect(fileOf(files, "packages/orders/src/realtime/orders.channel.ts")).toContain(`
const message = z.strictObject({ text: z.string().max(280) });

/** orders.{orderId}: whoever has the role staff may join. */
export const ordersChannel = defineRealtimeChannel({
  name: "orders.{orderId}",
  scope: { role: "staff" },
  payload: { tally: message, "poll:closed": message },
  inbound: { vote: message },
  reply: z.strictObject({ accepted: z.boolean() }),
  opening: z.strictObject({ text: z.string() }),
  history: { size: 100, ttlMs: 300_000 }, // what a client missed while it was away, for five minutes
});
`);
});

it("registers its handler and its opening, and nothing has to be bound by hand", async () => {
  const files = await generated([ORDERS, shaped("orders.{orderId}", EVERYTHING)]);
  expect(fileOf(files, BINDING)).toContain(`
    context.registry.register(ordersChannel, {
      handler: traced(context, ordersHandlers.onOrders, onOrders),
      opening: openOrders,
    }),
    ${ANCHORS.production.line}
`);
  expect(fileOf(files, "packages/orders/src/di/symbols.ts")).toContain(`onOrders: "orders.on-orders",`);
  const handler = fileOf(files, "packages/orders/src/realtime/handlers/on-orders.handler.ts");
  expect(handler).toContain(`  await broadcast("tally", payload);\n  return { accepted: true };`);
  const test = fileOf(files, "packages/orders/src/realtime/handlers/on-orders.handler.test.ts");
  expect(test).toContain(`event: "vote"`);
  expect(test).toContain("expect(await onOrders(message)).toEqual({ accepted: true });");
});

it("registers an opening alone, and a handler alone", async () => {
  const opening = await generated([ORDERS, shaped("status", { opening: true })]);
  expect(fileOf(opening, BINDING)).toContain("context.registry.register(statusChannel, { opening: openStatus }),");
  const handler = await generated([ORDERS, shaped("status", { inbound: ["note", "undo"] })]);
  expect(fileOf(handler, BINDING)).toContain(
    "context.registry.register(statusChannel, traced(context, ordersHandlers.onStatus, onStatus)),",
  );
  expect(fileOf(handler, "packages/orders/src/realtime/handlers/on-status.handler.ts")).toContain(
    "await broadcast(payload);",
  );
});

it("puts a later handler beside the opening that is registered", async () => {
  const files = await generated([ORDERS, shaped("status", { opening: true }), handler("status")]);
  expect(fileOf(files, BINDING)).toContain(`
    context.registry.register(statusChannel, {
      handler: traced(context, ordersHandlers.onStatus, onStatus),
      opening: openStatus,
    }),
`);
});

it("exports and lists a presence channel, and puts it on the list of each app that keeps presence", async () => {
  const path = "apps/site/src/features.ts";
  const app = {
    "apps/site/package.json": `{ "name": "site" }`,
    [path]: `export const features = [\n  ${APP_FEATURES.line}\n];\nexport const presenceChannels = [\n  ${APP_PRESENCE.line}\n];\n`,
  };
  const files = await generated([ORDERS, shaped("orders.{orderId}", { presence: true })], app);
  expect(fileOf(files, BARREL)).toContain("ordersChannels = [ordersChannel, ordersPresence] as const;");
  expect(fileOf(files, path)).toContain(`  ordersPresence,\n  ${APP_PRESENCE.line}`);
  expect(fileOf(files, "packages/orders/package.json")).toContain(`"@repo/realtime-presence": "workspace:*"`);
  expect(fileOf(files, BINDING)).not.toContain("ordersPresence"); // createPresence registers it
});

it("plans nothing the second time, whatever was asked for", async () => {
  const request = shaped("orders.{orderId}", EVERYTHING);
  const files = await generated([ORDERS, request]);
  expect(await planOn(files, request)).toEqual([]);
});

it("refuses a reply without a message from a client", async () => {
  const files = await generated([ORDERS]);
  await expect(planOn(files, shaped("status", { reply: true }))).rejects.toThrow("add --inbound with its events");
});

it.each([
  [{ history: true }, "without `history`: add it there, by hand"],
  [{ inbound: ["note"] }, "without `inbound`: add it there, by hand"],
])("refuses %j for a channel that is there without it", async (shape, why) => {
  const files = await generated([ORDERS, channel("status")]);
  await expect(planOn(files, shaped("status", shape))).rejects.toThrow(why);
});

it.each(["orders.{orderId}", "{any}.status", "orders.status"])(
  "refuses %s beside orders.status, which could mean the same",
  async (name) => {
    const files = await generated([{ generator: "feature", feature: "ping" }, ORDERS, channel("status")]);
    const other = { generator: "channel", feature: "ping", slug: name, scope: "public" } as const;
    await expect(planOn(files, other)).rejects.toThrow(
      `"${name}" and "orders.status" in packages/orders/src/realtime/status.channel.ts could mean the same channel`,
    );
  },
);

it.each(["orders:{orderId}", "orders.{orderId}.status", "polls.{pollId}"])(
  "takes %s beside orders.status",
  async (name) => {
    const files = await generated([{ generator: "feature", feature: "ping" }, ORDERS, channel("status")]);
    expect(await planOn(files, { generator: "channel", feature: "ping", slug: name, scope: "public" })).not.toEqual([]);
  },
);

it("refuses another name for a channel that is there", async () => {
  const files = await generated([ORDERS, channel("status")]);
  await expect(planOn(files, shaped("orders.{orderId}.status", {}))).rejects.toThrow(
    `is there already, with the name "orders.status": change its name there, by hand.`,
  );
});
