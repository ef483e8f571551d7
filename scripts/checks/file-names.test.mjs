import { expect, it } from "vitest";
import { repeatedNames } from "./file-names.mjs";

it("finds a name that one package uses twice", () => {
  expect(repeatedNames(["packages/ping/src/main.ts", "packages/ping/src/figures/main.ts"])).toEqual([
    "the same name twice: packages/ping/src/main.ts, packages/ping/src/figures/main.ts",
  ]);
});

it("accepts a name in two packages, an index per folder, and the names that an app's framework demands", () => {
  const files = [
    "packages/ping/src/main.ts",
    "chaos/src/main.ts",
    "chaos/src/index.ts",
    "chaos/src/transports/index.ts",
    "apps/web/app/page.tsx",
    "apps/web/app/orders/page.tsx",
    "chaos/README.md",
  ];
  expect(repeatedNames(files)).toEqual([]);
});
