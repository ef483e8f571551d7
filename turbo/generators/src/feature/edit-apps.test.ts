import { expect, it } from "vitest";
import { channel, fileOf, generated, ORDERS, planOn, type Files } from "../testing/generated.js";
import { APP_CHANNELS, APP_FEATURES } from "./anchors.js";

const LIST = "apps/site/src/live/app-channels.ts";
const MANIFEST = "apps/site/package.json";
const FEATURES = "apps/site/src/server/features.ts";
const BOUND = `import { bindDevSeedPing, bindProductionPing } from "@repo/ping";

export const features = [
  { production: bindProductionPing, development: bindDevSeedPing },
  ${APP_FEATURES.line}
] as const;
`;
const APP: Files = {
  [MANIFEST]: `{\n  "name": "site",\n  "dependencies": {\n    "@repo/ping": "workspace:*"\n  }\n}\n`,
  [LIST]: `import type { pingChannels } from "@repo/ping";

export type AppChannels = [
  typeof pingChannels,
  ${APP_CHANNELS.line}
][number][number];
`,
  "apps/other/package.json": `{ "name": "other" }\n`,
};

it("puts a feature on the app's list with its first channel, as types and as a dependency", async () => {
  const files = await generated([ORDERS, channel("status")], APP);
  expect(fileOf(files, LIST)).toBe(`import type { ordersChannels } from "@repo/orders";
import type { pingChannels } from "@repo/ping";

export type AppChannels = [
  typeof pingChannels,
  typeof ordersChannels,
  ${APP_CHANNELS.line}
][number][number];
`);
  expect(fileOf(files, MANIFEST)).toContain(`"@repo/orders": "workspace:*"`);
  expect(fileOf(files, "apps/other/package.json")).toBe(APP["apps/other/package.json"]);
});

it("leaves the list alone with the feature's next channel, which the type knows already", async () => {
  const files = await generated([ORDERS, channel("status")], APP);
  const changes = await planOn(files, channel("order-note"));
  expect(changes.map(({ path }) => path).filter((path) => path.startsWith("apps/"))).toEqual([]);
});

it("begins an empty list", async () => {
  const empty = `export type AppChannels = [\n  ${APP_CHANNELS.line}\n][number][number];\n`;
  const files = await generated([ORDERS, channel("status")], { ...APP, [LIST]: empty });
  expect(fileOf(files, LIST)).toContain(`AppChannels = [\n  typeof ordersChannels,\n  ${APP_CHANNELS.line}\n]`);
});

it.each([
  ["has lost its anchor", (text: string) => text.replace(APP_CHANNELS.line, "")],
  ["has the same anchor on lines", (text: string) => text + APP_CHANNELS.line],
  ["has its anchor in the wrong place", (text: string) => text.replace(APP_CHANNELS.line, "") + APP_CHANNELS.line],
])("refuses a list that %s, and writes nothing", async (why, spoil) => {
  const files = await generated([ORDERS], APP);
  const spoilt = { ...files, [LIST]: spoil(fileOf(files, LIST)) };
  await expect(planOn(spoilt, channel("status"))).rejects.toThrow(`${LIST} ${why}`);
});

it("binds a new feature in the app, and makes it a dependency", async () => {
  const files = await generated([ORDERS], { ...APP, [FEATURES]: BOUND });
  expect(fileOf(files, FEATURES)).toBe(`import { bindDevSeedOrders, bindProductionOrders } from "@repo/orders";
import { bindDevSeedPing, bindProductionPing } from "@repo/ping";

export const features = [
  { production: bindProductionPing, development: bindDevSeedPing },
  { production: bindProductionOrders, development: bindDevSeedOrders },
  ${APP_FEATURES.line}
] as const;
`);
  expect(fileOf(files, MANIFEST)).toContain(`"@repo/orders": "workspace:*"`);
  expect(fileOf(files, LIST)).toBe(APP[LIST]); // its channels are known with the first of them
  expect(await planOn(files, ORDERS)).toEqual([]);
});

it("binds a feature that is there already and that the app does not bind, with its next channel too", async () => {
  const files = { ...(await generated([ORDERS], APP)), [FEATURES]: BOUND };
  for (const request of [ORDERS, channel("status")])
    expect(fileOf(await generated([request], files), FEATURES)).toContain("production: bindProductionOrders");
});

it("leaves a features.ts alone that is about something else", async () => {
  const flags = "export const features = { dark: true };\n";
  const files = await generated([ORDERS, channel("status")], { ...APP, [FEATURES]: flags });
  expect(fileOf(files, FEATURES)).toBe(flags);
});

it("refuses a list of features that has lost its anchor, and writes nothing", async () => {
  const spoilt = { ...APP, [FEATURES]: BOUND.replace(APP_FEATURES.line, "") };
  await expect(planOn(spoilt, ORDERS)).rejects.toThrow(`${FEATURES} has lost its anchor. Paste this line`);
});
