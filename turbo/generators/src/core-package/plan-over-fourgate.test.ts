import { expect, it } from "vitest";
import { applied, fileOf, planOn, type Files } from "../testing/generated.js";
import type { CorePackageRequest } from "./plan-core-package.js";

const REALTIME: { readonly generator: "core-package" } & CorePackageRequest = {
  generator: "core-package",
  name: "realtime",
  mode: "package",
  keep: [],
};
const STOCK: Files = {
  "package.json": `{ "name": "mine", "devDependencies": { "turbo": "^2.9.0" } }`,
  "pnpm-workspace.yaml": `packages:\n  - "apps/*"\n  - "packages/*"\n`,
  "turbo.json": `{\n  "tasks": {\n    "build": { "dependsOn": ["^build"] }\n  }\n}\n`,
  "apps/web/package.json": `{ "name": "web", "dependencies": { "next": "16.4.6" } }`,
  "apps/web/src/app/layout.tsx": "",
};

it("writes a package over fourgate, a feature, and the page of the app; a second run changes nothing", async () => {
  const after = applied(STOCK, await planOn(STOCK, REALTIME));
  expect(JSON.parse(fileOf(after, "packages/core-realtime/package.json"))).toMatchObject({
    name: "@repo/core-realtime",
    dependencies: { fourgate: expect.stringMatching(/^\^\d/) },
  });
  expect(fileOf(after, "packages/core-realtime/src/index.ts")).toBe(`export * from "fourgate";\n`);
  expect(JSON.parse(fileOf(after, "packages/core-realtime/turbo.json"))).toMatchObject({ tags: ["core"] });
  expect(Object.keys(after)).toEqual(
    expect.arrayContaining(["packages/polls/src/polls.channel.ts", "apps/web/src/app/realtime/route.ts"]),
  );
  const sources = Object.keys(after).filter((path) => path.startsWith("packages/core-realtime/src/"));
  expect(sources).toHaveLength(3); // re-exports, and no source of ours
  expect(await planOn(after, REALTIME)).toEqual([]);
});

it("writes at the root of an npm workspace too", async () => {
  const { "pnpm-workspace.yaml": _pnpm, ...files } = STOCK;
  const npm = { ...files, "package.json": `{ "workspaces": ["apps/*", "packages/*"] }` };
  const after = applied(npm, await planOn(npm, REALTIME));
  expect(JSON.parse(fileOf(after, "packages/polls/package.json"))).toMatchObject({
    dependencies: { "@repo/core-realtime": "*" },
  });
});

it.each([
  ["a file in the way", { "packages/polls/src/index.ts": "mine" }, "packages/polls/src/index.ts exists"],
  [
    "the sources in its place",
    { "packages/core-realtime/package.json": `{ "name": "@repo/core-realtime" }` },
    "does not depend on fourgate",
  ],
  ["packages/ that is no part of it", { "pnpm-workspace.yaml": "packages:\n  - apps/*\n" }, "does not list packages/*"],
])("refuses %s", async (_what, files, why) => {
  await expect(planOn({ ...STOCK, ...files }, REALTIME)).rejects.toThrow(why);
});

it("refuses another core package", async () => {
  await expect(planOn(STOCK, { ...REALTIME, name: "events" })).rejects.toThrow(
    `There is no core package "events"; there is: realtime.`,
  );
});
