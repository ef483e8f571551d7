import { createHash } from "node:crypto";
import { expect, it } from "vitest";
import { plan } from "../plan.js";
import { applied, fileOf, STYLE, type Files } from "../testing/generated.js";
import { DONOR, THEIRS } from "../testing/small-fourgate.js";
import { MemoryTree } from "../workspace/memory-tree.js";

function planned(theirs: Files, donor: Files = DONOR, name = "realtime") {
  const history = { commit: "abc", readAt: () => undefined };
  const options = { donor: new MemoryTree(donor), history, style: STYLE };
  return plan(new MemoryTree(theirs), { generator: "core-package", name, mode: "eject", keep: [] }, options);
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
  expect(Object.keys(after).filter((path) => /dist|node_modules|ping|test\.ts|types|vitest/.test(path))).toEqual([]);
});

it("leaves out the script that runs tests, and has turbo keep what a build writes", async () => {
  const after = await given(THEIRS);
  const manifest = JSON.parse(fileOf(after, "packages/realtime-socket-io/package.json"));
  expect(manifest.scripts).toEqual({ build: "tsup" });
  expect(JSON.parse(fileOf(after, "packages/realtime-socket-io/turbo.json"))).toEqual({
    extends: ["//"],
    tags: ["adapter"],
    tasks: { build: { outputs: ["dist/**"] } },
  });
});

it("writes a manifest of the version, the commit and each file's hash", async () => {
  const after = await given(THEIRS);
  const { version, commit, files } = JSON.parse(fileOf(after, "fourgate.sources.json"));
  expect({ version, commit }).toEqual({ version: "1.2.3", commit: "abc" });
  const copied = Object.keys(after).filter((path) => /^(packages|eslint-rules|turbo\/)/.test(path));
  expect(Object.keys(files)).toEqual(copied.sort());
  expect(files["packages/realtime-socket-io/src/index.ts"]).toBe(createHash("sha256").update("socket").digest("hex"));
});

it("says that an update is due where the repository has moved on", async () => {
  const after = await given(THEIRS);
  const newer = { ...DONOR, "published/fourgate/package.json": `{ "version": "1.3.0" }` };
  expect(await planned(after, newer)).toEqual([]); // not one file is another
  await expect(planned(after, { ...newer, "packages/needed/src/new.ts": "new" })).rejects.toThrow(
    "The sources here are those of version 1.2.3; version 1.3.0 has changes in 1 of them: run this with --update.",
  );
});

it("makes the folders members and gives the catalog what is asked for", async () => {
  expect(fileOf(await given(THEIRS), "pnpm-workspace.yaml")).toBe(
    `packages:\n  - apps/*\n  - packages/*\n  - eslint-rules\n  - published/create-fourgate\n  - turbo/generators\npmOnFail: ignore\nallowBuilds:\n  esbuild: false\noverrides:\n  engine.io: "catalog:"\ncatalog:\n  engine.io: 6.6.11\n  turbo: 2.11.9\n  ws: 8.23.0\n  zod: 4.6.7\n`,
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

it("goes on where a run was killed in the middle: with all files, the manifest of all, and without its temporary files", async () => {
  const whole = await given(THEIRS);
  const copied = Object.keys(whole).filter((path) => path.startsWith("packages/"));
  const half = Object.fromEntries(
    copied.filter((_, index) => index % 2 === 0).map((path) => [path, fileOf(whole, path)]),
  );
  const left = "package.json.3f2b6f0e-5f0a-4b1c-9a53-0d1c2b3a4f5e.tmp";
  const after = await given({ ...THEIRS, ...half, [left]: "{", [`packages/needed/${left}`]: "{" });
  expect(after).toEqual(whole);
});

it.each([
  [
    "another package in the way",
    { "packages/core-events/package.json": `{ "name": "theirs" }` },
    "packages/core-events is there already and is not @repo/core-events",
  ],
  [
    "the package over fourgate in the way",
    {
      "packages/core-realtime/package.json": `{ "name": "@repo/core-realtime", "dependencies": { "fourgate": "^1.0.0" } }`,
    },
    "packages/core-realtime re-exports fourgate: delete it",
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

it("names where it has to run, what there is, and the option for the place of the sources", async () => {
  await expect(planned({ "package.json": "{}" })).rejects.toThrow("run this at the root of a pnpm workspace");
  await expect(planned({ "pnpm-workspace.yaml": "" })).rejects.toThrow("There is no package.json here");
  await expect(planned(THEIRS, DONOR, "events")).rejects.toThrow(`no core package "events"; there is: realtime`);
  const { "packages/core-testing/package.json": _gone, ...less } = DONOR;
  await expect(planned(THEIRS, less)).rejects.toThrow("@repo/core-testing cannot be copied from there. Give the place");
});
