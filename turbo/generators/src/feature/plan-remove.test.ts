import { expect, it } from "vitest";
import type { GeneratorInput } from "../input.js";
import {
  channel,
  fileOf,
  generated,
  handler,
  ORDERS,
  planOn,
  shaped,
  twoBindFiles,
  type Files,
} from "../testing/generated.js";
import { APP_CHANNELS, APP_FEATURES, APP_PRESENCE } from "./anchors.js";

const CHANNEL = "packages/orders/src/realtime/status.channel.ts";
const HANDLER = "packages/orders/src/realtime/handlers/on-status.handler.ts";
const PING: GeneratorInput = { generator: "feature", feature: "ping" };
const APP: Files = {
  "apps/site/package.json": `{\n  "name": "site",\n  "dependencies": {\n    "zod": "catalog:"\n  }\n}\n`,
  "apps/site/src/app-channels.ts": `export type AppChannels = [\n  ${APP_CHANNELS.line}\n][number][number];\n`,
  "apps/site/src/features.ts": `export const features = [\n  ${APP_FEATURES.line}\n] as const;\n\nexport const presenceChannels = [\n  ${APP_PRESENCE.line}\n] as const;\n`,
};
const EVERYTHING = {
  events: ["tally", "closed"],
  inbound: ["vote"],
  reply: true,
  opening: true,
  history: true,
  presence: true,
};

function remove(what: string, slug: string, isForced = false): GeneratorInput {
  return { generator: "remove", what, feature: "orders", slug, isForced };
}

it.each([
  ["a plain channel", [channel("status")]],
  ["one user's own channel, with its handler", [channel("status", "user:ownerId"), handler("status")]],
  ["a room with an opening", [shaped("orders.{orderId}.status", { opening: true })]],
  ["a channel with a handler of its own", [shaped("status", { inbound: ["note", "undo"] }, "public")]],
])("takes out %s, and leaves what was there before", async (_what, requests) => {
  const others = [PING, ORDERS, channel("note"), shaped("memo", { inbound: ["add"] })];
  const before = await generated(others, APP);
  const after = await generated([...requests, remove("channel", "status")], before);
  expect(after).toEqual(before);
});

it.each([
  ["the only channel", []] as const,
  ["one of several", [channel("note"), shaped("memo", { inbound: ["add"] })]] as const,
])("takes out a channel with everything, %s, but for its dependency on presence", async (_which, others) => {
  const before = await generated([ORDERS, channel("first"), ...others], APP);
  const after = await generated([shaped("orders.{orderId}.status", EVERYTHING), remove("channel", "status")], before);
  const manifest = "packages/orders/package.json";
  expect({ ...after, [manifest]: "" }).toEqual({ ...before, [manifest]: "" });
  expect(fileOf(after, manifest)).toContain("@repo/realtime-presence");
});

it("takes a registration out of both bind files of a feature whose file for development does not call the other", async () => {
  const before = await generated([channel("note")], await twoBindFiles());
  const after = await generated([channel("status"), handler("status"), remove("channel", "status")], before);
  expect(after).toEqual(before);
});

it("takes out a handler, whose channel stays registered and keeps its inbound", async () => {
  const before = await generated([ORDERS, channel("status")]);
  const after = await generated([handler("status"), remove("handler", "status")], before);
  expect(fileOf(after, CHANNEL)).toContain("  inbound: z.strictObject");
  expect({ ...after, [CHANNEL]: "" }).toEqual({ ...before, [CHANNEL]: "" });
});

it("takes out a handler and keeps the opening of its channel", async () => {
  const before = await generated([ORDERS, shaped("status", { opening: true, inbound: ["note"] })]);
  const after = await generated([remove("handler", "status")], before);
  const binding = fileOf(after, "packages/orders/src/di/bind-production.ts");
  expect(binding).toContain("    context.registry.register(statusChannel, { opening: openStatus }),");
  expect(binding).not.toContain("traced");
});

it("takes out a feature, with its place on the lists of the apps", async () => {
  const before = await generated([PING], APP);
  const made = await generated([ORDERS, channel("status")], before);
  const after = await generated([remove("channel", "status"), remove("feature", "")], made);
  expect(after).toEqual({ ...before, "apps/site/src/app-channels.ts": after["apps/site/src/app-channels.ts"] });
  expect(fileOf(after, "apps/site/src/app-channels.ts")).toBe(APP["apps/site/src/app-channels.ts"]);
});

it.each([
  ["channel", "status", CHANNEL],
  ["channel", "status", HANDLER],
  ["handler", "status", HANDLER],
])("refuses to remove a %s that was changed by hand, unless it is forced", async (...[what, slug, path]) => {
  const files = await generated([ORDERS, channel("status"), handler("status")]);
  const changed = { ...files, [path]: `${fileOf(files, path)}// mine\n` };
  await expect(planOn(changed, remove(what, slug))).rejects.toThrow(`${path} was changed by hand. Add --force`);
  expect(Object.keys(await generated([remove(what, slug, true)], changed))).not.toContain(path);
});

it("takes a file with other line ends for the same", async () => {
  const files = await generated([ORDERS, channel("status")]);
  const saved = { ...files, [CHANNEL]: fileOf(files, CHANNEL).replaceAll("\n", "\r\n") };
  expect(Object.keys(await generated([remove("channel", "status")], saved))).not.toContain(CHANNEL);
});

it("refuses a feature that has more than its generator made", async () => {
  const files = await generated([ORDERS, channel("status")]);
  await expect(planOn(files, remove("feature", ""))).rejects.toThrow("packages/orders/src/index.ts");
  expect(Object.keys(await generated([remove("feature", "", true)], files))).toEqual([]);
});

it("refuses what other files use, and names them", async () => {
  const files = await generated([ORDERS, channel("status")]);
  const user = "packages/orders/src/use-cases/ship.ts";
  const used = { ...files, [user]: `import { statusChannel } from "../realtime/status.channel";\n` };
  await expect(planOn(used, remove("channel", "status"))).rejects.toThrow(`It is used in ${user}`);
  const elsewhere = { ...files, "apps/site/src/page.ts": `import { statusChannel } from "@repo/orders";\n` };
  await expect(planOn(elsewhere, remove("channel", "status"))).rejects.toThrow("It is used in apps/site/src/page.ts");
  const unrelated = { ...files, "apps/site/src/page.ts": `import { statusChannel } from "@repo/other";\n` };
  expect(await planOn(unrelated, remove("channel", "status"))).not.toEqual([]);
});

it("refuses what is not there, and what is no command", async () => {
  const files = await generated([ORDERS]);
  await expect(planOn(files, remove("channel", "status"))).rejects.toThrow(`${CHANNEL} is not there`);
  await expect(planOn(files, remove("handler", "status"))).rejects.toThrow(`${HANDLER} is not there`);
  await expect(planOn(files, remove("chanel", "status"))).rejects.toThrow(
    "Write what to remove: remove channel orders",
  );
});
