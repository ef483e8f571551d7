import { expect, it } from "vitest";
import { applyPlan } from "./apply-plan.js";
import { workspaceSteps } from "./next-steps.js";
import { planWorkspace } from "./plan-workspace.js";
import { filesOf, temporaryFolder } from "./testing/temporary-folder.js";
import { turboFiles } from "./testing/turbo-files.js";

const VERSION = "1.2.3";
const NO_NEXT = { "apps/web/package.json": `{ "name": "web" }` };

it("writes a thin package over fourgate, a feature that imports it, and the page of the app", () => {
  const folder = temporaryFolder(turboFiles());
  const before = filesOf(folder);
  const { written } = applyPlan(folder.path, planWorkspace(folder, VERSION));
  expect(Object.keys(filesOf(folder))).toEqual([...new Set([...Object.keys(before), ...written])].sort());
  expect(written.filter((path) => before[path] !== undefined).sort()).toEqual([
    "apps/web/eslint.config.js",
    "apps/web/package.json",
    "turbo.json",
  ]);
  expect(folder.manifest("packages/core-realtime/package.json")).toMatchObject({
    name: "@repo/core-realtime",
    exports: { ".": "./src/index.ts", "./server": "./src/server.ts" },
    scripts: { "check-types": "tsc --noEmit", lint: "eslint --max-warnings 0" },
    dependencies: { fourgate: "^1.2.3" },
  });
  expect(folder.manifest("packages/polls/package.json")).toMatchObject({
    name: "@repo/polls",
    scripts: { test: "vitest run" },
    dependencies: { "@repo/core-realtime": "workspace:*" },
  });
  expect(folder.manifest("apps/web/package.json")).toMatchObject({
    dependencies: { "@repo/polls": "workspace:*", fourgate: "^1.2.3", next: "16.4.6" },
    devDependencies: { eslint: "^9.39.1", "eslint-plugin-realtime": "^1.2.3" },
  });
  expect(folder.read("packages/core-realtime/src/server.ts")).toBe('export * from "fourgate/server";\n');
});

it("tags the packages for turbo's boundaries and for lint, and leaves boundaries that are there", () => {
  const folder = temporaryFolder(turboFiles());
  applyPlan(folder.path, planWorkspace(folder, VERSION));
  expect(folder.read("packages/core-realtime/turbo.json")).toBe(`{ "extends": ["//"], "tags": ["core"] }\n`);
  expect(folder.read("packages/polls/turbo.json")).toBe(`{ "extends": ["//"], "tags": ["feature"] }\n`);
  expect(folder.read("turbo.json")).toContain(`"feature": { "dependencies": { "deny": ["feature", "app"] } }`);
  const theirs = temporaryFolder(turboFiles({ "turbo.json": `{ "tasks": { "test": {} }, "boundaries": {} }` }));
  expect(planWorkspace(theirs, VERSION).edits[0]?.text).toBe(theirs.read("turbo.json"));
});

it("writes no tags for a turbo that cannot read them", () => {
  const old = { "package.json": `{ "devDependencies": { "turbo": "^2.3.0" } }` };
  const { files, edits } = planWorkspace(temporaryFolder(turboFiles(old)), VERSION);
  expect(files.filter(({ path }) => path.endsWith("turbo.json"))).toEqual([]);
  expect(edits.filter(({ text }) => text.includes("boundaries"))).toEqual([]);
});

it("switches the rules on for every file of a package, its configuration too", () => {
  const { files } = planWorkspace(temporaryFolder(turboFiles()), VERSION);
  const config = files.find(({ path }) => path === "packages/polls/eslint.config.js")?.text;
  expect(config).toContain("export default [...config, realtime.configs.recommended];");
});

it("imports fourgate in packages/polls through @repo/core-realtime alone", () => {
  const { files } = planWorkspace(temporaryFolder(turboFiles()), VERSION);
  const feature = files.filter(({ path }) => path.startsWith("packages/polls/"));
  expect(feature.filter(({ text }) => text.includes('"fourgate'))).toEqual([]);
  expect(feature.filter(({ text }) => /from "\.[^"]*\.js"/.test(text))).toEqual([]);
  expect(feature.find(({ path }) => path.endsWith("polls.test.ts"))?.text).toContain('"@repo/core-realtime/testing"');
});

it("gives each package a file for each of its entries, and plans no path twice", () => {
  const { files, manifests, edits } = planWorkspace(temporaryFolder(turboFiles()), VERSION);
  const paths = [...files, ...manifests, ...edits].map(({ path }) => path);
  expect(new Set(paths).size).toBe(paths.length);
  for (const { path, fresh } of manifests)
    for (const entry of Object.values(fresh.exports ?? {}))
      expect(paths).toContain(path.replace("package.json", String(entry).slice(2)));
});

it("writes nothing in a dry run, and nothing the second time", () => {
  const folder = temporaryFolder(turboFiles());
  const before = filesOf(folder);
  const { written } = applyPlan(folder.path, planWorkspace(folder, VERSION), { isDryRun: true });
  expect(filesOf(folder)).toEqual(before);
  expect(applyPlan(folder.path, planWorkspace(folder, VERSION)).written).toEqual(written);
  const after = filesOf(folder);
  expect(applyPlan(folder.path, planWorkspace(folder, VERSION)).written).toEqual([]);
  expect(filesOf(folder)).toEqual(after);
});

it("keeps a version of fourgate that the package manager has raised", () => {
  const folder = temporaryFolder(turboFiles());
  applyPlan(folder.path, planWorkspace(folder, "2.0.0"));
  expect(applyPlan(folder.path, planWorkspace(folder, VERSION)).written).toEqual([]);
});

it("writes nothing at all where one file of the app has another content", () => {
  const folder = temporaryFolder(turboFiles({ "apps/web/app/polls/page.tsx": "mine\n" }));
  const before = filesOf(folder);
  expect(() => applyPlan(folder.path, planWorkspace(folder, VERSION))).toThrow("apps/web/app/polls/page.tsx exists");
  expect(filesOf(folder)).toEqual(before);
});

it("refuses a folder that another package has", () => {
  const folder = temporaryFolder(turboFiles({ "packages/polls/package.json": `{ "name": "@acme/polls" }` }));
  expect(() => planWorkspace(folder, VERSION)).toThrow("packages/polls/package.json is @acme/polls, not @repo/polls");
});

it("refuses a @repo/core-realtime that has the sources", () => {
  const sources = { "packages/core-realtime/package.json": `{ "name": "@repo/core-realtime" }` };
  expect(() => planWorkspace(temporaryFolder(turboFiles(sources)), VERSION)).toThrow("does not depend on fourgate");
});

it("leaves turbo.json and the lint of the app alone where they cannot be changed safely, and prints the lines", () => {
  const turbo = { "turbo.json": `{ "pipeline": {} }\n`, "apps/web/eslint.config.js": "export default [];\n" };
  const folder = temporaryFolder(turboFiles(turbo));
  const plan = planWorkspace(folder, VERSION);
  expect(plan.edits).toEqual([]);
  const text = workspaceSteps(".", plan);
  expect(text).toContain('"test": { "dependsOn": ["^test"] }');
  expect(text).toContain('import realtime from "eslint-plugin-realtime";');
  applyPlan(folder.path, plan);
  expect(folder.manifest("apps/web/package.json")?.devDependencies).toEqual({ eslint: "^9.39.1" });
});

it("writes the packages alone where apps/web is no Next app, and prints how to serve them", () => {
  const plan = planWorkspace(temporaryFolder(turboFiles(NO_NEXT)), VERSION);
  const paths = [...plan.files, ...plan.manifests, ...plan.edits].map(({ path }) => path);
  expect(paths.filter((path) => path.startsWith("apps/"))).toEqual([]);
  expect(workspaceSteps("mine", plan)).toContain("  1. cd mine\n  2. pnpm install\n\napps/web is no Next app.");
});

it("gives the packages no lint where there is no shared config", () => {
  const folder = temporaryFolder(turboFiles({ "packages/eslint-config/package.json": undefined }));
  const { files, manifests } = planWorkspace(folder, VERSION);
  expect(files.filter(({ path }) => path.startsWith("packages/") && path.includes("eslint"))).toEqual([]);
  expect(manifests.filter(({ additions }) => additions.scripts["lint"])).toEqual([]);
});

it("names the commands of the workspace's package manager", () => {
  const text = workspaceSteps(".", planWorkspace(temporaryFolder(turboFiles()), VERSION));
  expect(text).toBe(
    "Next:\n  1. pnpm install\n  2. pnpm run dev\n  3. open http://localhost:3000/polls in two windows",
  );
});
