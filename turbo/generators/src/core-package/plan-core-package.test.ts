import { expect, it } from "vitest";
import { plan } from "../plan.js";
import { applied, fileOf, STYLE, type Files } from "../testing/generated.js";
import { REPOSITORY } from "../testing/temporary-workspace.js";
import { DiskTree } from "../workspace/disk-tree.js";
import { MemoryTree } from "../workspace/memory-tree.js";
import { workspacePackages } from "./workspace-packages.js";

const NAMES = [
  "core-realtime",
  "core-events",
  "core-observability",
  "core-testing",
  "live-query",
  "live-ui",
  "live-ui-client",
  "realtime-bridge",
].concat(["client", "presence", "react", "sse", "ws"].map((name) => `realtime-${name}`));

/** A small Fourgate: every package that is asked for, one that they need, and one that nobody does. */
const DONOR: Files = {
  ...Object.fromEntries(NAMES.map((name) => [`packages/${name}/package.json`, `{ "name": "@repo/${name}" }`])),
  "packages/realtime-socket-io/package.json": `{ "name": "@repo/realtime-socket-io", "dependencies": { "ws": "catalog:", "@repo/needed": "workspace:*" } }`,
  "packages/realtime-socket-io/src/index.ts": "socket",
  "packages/realtime-socket-io/dist/index.js": "built",
  "packages/realtime-socket-io/node_modules/ws/index.js": "installed",
  "packages/needed/package.json": `{ "name": "@repo/needed", "devDependencies": { "zod": "catalog:" }, "peerDependencies": { "zod": ">=4" } }`,
  "packages/ping/package.json": `{ "name": "@repo/ping" }`,
  "eslint-rules/package.json": `{ "name": "eslint-plugin-realtime" }`,
  "turbo/generators/package.json": `{ "name": "@repo/generators" }`,
  "pnpm-workspace.yaml": `allowBuilds:\n  esbuild: false\noverrides:\n  engine.io: "catalog:"\ncatalog:\n  engine.io: 6.6.11\n  turbo: 2.11.9\n  unasked: 1.0.0\n  ws: 8.23.0\n  zod: 4.6.7\n`,
  "package.json": `{ "packageManager": "pnpm@12.21.0" }`,
  "tsconfig.base.json": `{ "compilerOptions": { "module": "ESNext", "moduleResolution": "Bundler", "customConditions": ["@repo/source"], "noEmit": true, "noUnusedLocals": true } }`,
  "turbo.json": `{ "tasks": { "test": {} }, "boundaries": { "tags": { "core": {} } } }`,
  ".pnpmfile.mjs": "hooks",
};

const THEIRS: Files = { "package.json": `{ "name": "theirs" }`, "pnpm-workspace.yaml": "packages:\n  - apps/*\n" };

function planned(theirs: Files, donor: Files = DONOR, name = "realtime") {
  const options = { donor: new MemoryTree(donor), style: STYLE };
  return plan(new MemoryTree(theirs), { generator: "core-package", name }, options);
}

async function given(theirs: Files): Promise<Files> {
  const after = applied(theirs, await planned(theirs));
  expect(await planned(after)).toEqual([]); // a second run changes nothing
  return after;
}

it("copies the packages and what they need, and leaves what is built, installed or not asked for", async () => {
  const after = await given(THEIRS);
  expect(Object.keys(after)).toEqual(expect.arrayContaining(["packages/needed/package.json", ".pnpmfile.mjs"]));
  expect(fileOf(after, "packages/realtime-socket-io/src/index.ts")).toBe("socket");
  expect(Object.keys(after).filter((path) => /dist|node_modules|ping/.test(path))).toEqual([]);
});

it("copies the browser's side of pages too, and of this repository no package that asks for one which stays behind", async () => {
  const donor = new DiskTree(REPOSITORY);
  const changes = await plan(new MemoryTree(THEIRS), { generator: "core-package", name: "realtime" }, { donor, style: STYLE }); // prettier-ignore
  const copied = workspacePackages(new MemoryTree(applied(THEIRS, changes)));
  expect([...copied.keys()]).toContain("@repo/live-ui-client");
  for (const { name, needs } of copied.values()) {
    const behind = Object.keys(needs).filter((need) => needs[need]?.startsWith("workspace:") && !copied.has(need));
    expect({ name, behind }).toEqual({ name, behind: [] });
  }
});

it("makes the folders members and gives the catalog what is asked for", async () => {
  expect(fileOf(await given(THEIRS), "pnpm-workspace.yaml")).toBe(
    `packages:\n  - apps/*\n  - packages/*\n  - eslint-rules\n  - turbo/generators\npmOnFail: ignore\nallowBuilds:\n  esbuild: false\noverrides:\n  engine.io: "catalog:"\ncatalog:\n  engine.io: 6.6.11\n  turbo: 2.11.9\n  ws: 8.23.0\n  zod: 4.6.7\n`,
  );
});

it("wires the root: a script, tools, tasks, the compiler's base and a lint config", async () => {
  const after = await given(THEIRS);
  expect(JSON.parse(fileOf(after, "package.json"))).toMatchObject({
    name: "theirs",
    packageManager: "pnpm@12.21.0",
    scripts: { "gen:realtime": "node turbo/generators/generate.mjs" },
    devDependencies: { turbo: "catalog:", "eslint-plugin-realtime": "workspace:*" },
  });
  for (const path of ["tsconfig.base.json", "turbo.json"]) expect(fileOf(after, path)).toBe(DONOR[path]);
  expect(fileOf(after, "eslint.config.mjs")).toContain(`import { realtimeLint } from "./eslint.realtime.mjs";`);
});

it("pins no package manager where one is pinned", async () => {
  const after = await given({ ...THEIRS, "package.json": `{ "packageManager": "pnpm@11.0.0" }` });
  expect(JSON.parse(fileOf(after, "package.json"))).toMatchObject({ packageManager: "pnpm@11.0.0" });
  expect(fileOf(after, "pnpm-workspace.yaml")).not.toContain("pmOnFail");
});

it("adds to a compiler's base what the packages cannot do without, and no stricter rule", async () => {
  const base = `{ "compilerOptions": { "strict": true, "customConditions": ["mine"] } }`;
  const after = await given({ ...THEIRS, "tsconfig.base.json": base });
  expect(JSON.parse(fileOf(after, "tsconfig.base.json"))).toEqual({
    compilerOptions: {
      strict: true,
      customConditions: ["mine", "@repo/source"],
      module: "ESNext",
      moduleResolution: "Bundler",
      noEmit: true,
    },
  });
});

it("adds its tasks and tags to turbo's and keeps theirs", async () => {
  const after = await given({ ...THEIRS, "turbo.json": `{ "tasks": { "test": { "cache": false } } }` });
  expect(JSON.parse(fileOf(after, "turbo.json"))).toEqual({
    tasks: { test: { cache: false } },
    boundaries: { tags: { core: {} } },
  });
});

it.each([
  [`export default [\n  js,\n];\n`, `export default [\n  js,\n  ...realtimeLint,\n];\n`],
  [`export default defineConfig([js]);\n`, `export default defineConfig([js, ...realtimeLint]);\n`],
  [`export default defineConfig(js, ts);\n`, `export default defineConfig(js, ts, ...realtimeLint);\n`],
  [`export default [js] satisfies Config;\n`, `export default [js, ...realtimeLint] satisfies Config;\n`],
])("takes its rules into %j", async (before, after) => {
  const files = await given({ ...THEIRS, "eslint.config.ts": before });
  expect(fileOf(files, "eslint.config.ts")).toBe(`import { realtimeLint } from "./eslint.realtime.mjs";\n\n${after}`);
});

it("leaves a lint config that has the plugin", async () => {
  const config = `import realtime from "eslint-plugin-realtime";\n`;
  const after = await given({ ...THEIRS, "eslint.config.js": config });
  expect(fileOf(after, "eslint.config.js")).toBe(config);
  expect(after["eslint.realtime.mjs"]).toBeUndefined();
});

it("leaves a package that is there", async () => {
  const path = "packages/core-events/package.json";
  const mine = `{ "name": "@repo/core-events", "version": "9.0.0" }`;
  expect(fileOf(await given({ ...THEIRS, [path]: mine }), path)).toBe(mine);
});

it.each([
  [
    "another package in the way",
    { "packages/core-events/package.json": `{ "name": "theirs" }` },
    "packages/core-events is there already and is not @repo/core-events",
  ],
  ["a folder in the way", { "packages/core-events/x.ts": "x" }, "packages/core-events is there already"],
  [
    "another major in the catalog",
    { "pnpm-workspace.yaml": "packages:\n  - a\ncatalog:\n  zod: ^3.25.0\n" },
    "The catalog has zod ^3.25.0, and these packages need 4.6.7",
  ],
  [
    "an older way to find modules",
    { "tsconfig.base.json": `{ "compilerOptions": { "moduleResolution": "node10" } }` },
    `has "moduleResolution": "node10", and these packages need "Bundler"`,
  ],
  [
    "a lint config that is no list",
    { "eslint.config.js": "export default config;\n" },
    "  ...realtimeLint // the last entry",
  ],
])("refuses %s", async (_what, more, why) => {
  await expect(planned({ ...THEIRS, ...more })).rejects.toThrow(why);
});

it("keeps a version of the same major", async () => {
  const files = { ...THEIRS, "pnpm-workspace.yaml": "packages:\n  - a\ncatalog:\n  zod: ^4.0.0\n" };
  expect(fileOf(await given(files), "pnpm-workspace.yaml")).toContain("zod: ^4.0.0\n");
});

it("says where it must be run, what there is, and how to say where from", async () => {
  await expect(planned({ "package.json": "{}" })).rejects.toThrow("run this at the root of a pnpm workspace");
  await expect(planned({ "pnpm-workspace.yaml": "" })).rejects.toThrow("There is no package.json here");
  await expect(planned(THEIRS, DONOR, "events")).rejects.toThrow(`no core package "events"; there is: realtime`);
  const { "packages/core-testing/package.json": _gone, ...less } = DONOR;
  await expect(planned(THEIRS, less)).rejects.toThrow(
    "@repo/core-testing cannot be copied from there. Say where they are",
  );
});
