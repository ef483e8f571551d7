import { expect, it } from "vitest";
import { fileOf, generated, ORDERS, planOn } from "../testing/generated.js";
import { ANCHORS } from "./anchors.js";

it("makes a whole package, with every anchor in its place", async () => {
  const files = await generated([ORDERS]);
  for (const { file, line } of Object.values(ANCHORS))
    expect(fileOf(files, `packages/orders/${file}`).split(line)).toHaveLength(2);
  expect(JSON.parse(fileOf(files, "packages/orders/turbo.json"))).toEqual({ extends: ["//"], tags: ["feature"] });
  expect(JSON.parse(fileOf(files, "packages/orders/package.json"))).toMatchObject({ name: "@repo/orders" });
});

it("leaves a feature that is there alone", async () => {
  const files = { ...(await generated([ORDERS])), "packages/orders/README.md": "mine" };
  expect(await planOn(files, ORDERS)).toEqual([]);
});

it("refuses the folder of another package", async () => {
  const files = { "packages/orders/turbo.json": `{ "tags": ["core"] }` };
  await expect(planOn(files, ORDERS)).rejects.toThrow("packages/orders is there already and is no feature");
});

it.each(["core-orders", "realtime-orders", "live-orders"])(
  "refuses %s, which would be another floor",
  async (feature) => {
    await expect(planOn({}, { generator: "feature", feature })).rejects.toThrow("those are the floors below it");
  },
);

it.each(["", "..", "Orders"])("refuses the name %j", async (feature) => {
  await expect(planOn({}, { generator: "feature", feature })).rejects.toThrow(/kebab-case/);
});
