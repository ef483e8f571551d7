import { expect, it } from "vitest";
import type { GeneratorInput } from "./input.js";
import { summary } from "./summary.js";
import type { Change } from "./workspace/change.js";

const LIVE: GeneratorInput = { generator: "live", feature: "orders", page: "order-board" };
const CHANGES: readonly Change[] = [
  { path: "packages/orders/src/order-board.page.ts", before: undefined, after: "new" },
  { path: "packages/orders/package.json", before: "old", after: "new" },
];

it("lists what was written, and says how an app serves a new page", () => {
  expect(summary(CHANGES, LIVE)).toBe(`created  packages/orders/src/order-board.page.ts
changed  packages/orders/package.json
Dependencies changed: run \`pnpm install\`.
Serve /orders/order-board from an app that depends on @repo/orders:
  import { orderBoardPage } from "@repo/orders";
  createLivePages({ pages: [orderBoardPage], … })
`);
});

it("lists what was removed", () => {
  const removed: Change = { path: "packages/orders/src/status.ts", before: "old", after: undefined };
  expect(summary([removed], { generator: "feature", feature: "orders" })).toBe(
    "removed  packages/orders/src/status.ts\n",
  );
});

it("says nothing about pages after another generator, and that there is nothing to do where nothing was written", () => {
  expect(summary(CHANGES, { generator: "feature", feature: "orders" })).not.toContain("createLivePages");
  expect(summary([], LIVE)).toBe("Nothing to do: it is all there.\n");
});
