import { existsSync, mkdirSync, symlinkSync } from "node:fs";
import { basename } from "node:path";
import { expect, it } from "vitest";
import { applyPlan } from "./apply-plan.js";
import { ProjectFolder } from "./project-folder.js";
import type { ProjectPlan } from "./project-plan.js";
import { filesOf, temporaryFolder } from "./testing/temporary-folder.js";
import { writeFiles } from "./write-files.js";

const NOTHING = { scripts: {}, dependencies: {}, devDependencies: {} };
const PLAN: ProjectPlan = {
  files: [
    { path: "src/a.ts", text: "a\n" },
    { path: "src/deep/b.ts", text: "b\n" },
  ],
  manifests: [
    {
      path: "package.json",
      fresh: { private: true, type: "module" },
      additions: {
        scripts: { test: "vitest run" },
        dependencies: { zod: "^4.0.0", fourgate: "^1.0.0" },
        devDependencies: { vitest: "^4.1.0" },
      },
    },
  ],
  edits: [],
};

it("writes every file, and a package.json that is named after the folder", () => {
  const folder = temporaryFolder();
  const { written, unchanged } = applyPlan(folder.path, PLAN);
  expect(written).toEqual(["src/a.ts", "src/deep/b.ts", "package.json"]);
  expect(unchanged).toEqual([]);
  expect(Object.keys(filesOf(folder))).toEqual(["package.json", "src/a.ts", "src/deep/b.ts"]);
  expect(folder.manifest()).toEqual({
    name: basename(folder.path).toLowerCase(),
    private: true,
    type: "module",
    scripts: { test: "vitest run" },
    dependencies: { fourgate: "^1.0.0", zod: "^4.0.0" },
    devDependencies: { vitest: "^4.1.0" },
  });
});

it("writes nothing in a dry run, and reports what it would write", () => {
  const folder = temporaryFolder();
  expect(applyPlan(folder.path, PLAN, { isDryRun: true }).written).toHaveLength(3);
  expect(filesOf(folder)).toEqual({});
});

it("writes nothing the second time", () => {
  const folder = temporaryFolder();
  applyPlan(folder.path, PLAN);
  const { written, unchanged } = applyPlan(folder.path, PLAN);
  expect(written).toEqual([]);
  expect(unchanged).toEqual(["src/a.ts", "src/deep/b.ts", "package.json"]);
});

it("names the files that exist with another content, and writes nothing", () => {
  const folder = temporaryFolder({ "src/deep/b.ts": "mine\n" });
  expect(() => applyPlan(folder.path, PLAN)).toThrow("Nothing was written: src/deep/b.ts exists with another content.");
  expect(filesOf(folder)).toEqual({ "src/deep/b.ts": "mine\n" });
});

it("leaves nothing behind where a file cannot be written", () => {
  const folder = temporaryFolder({ "src/deep": "a file where a folder has to be\n" });
  const plan = { ...PLAN, files: [{ path: "new/folder/c.ts", text: "c\n" }, ...PLAN.files] };
  expect(() => applyPlan(folder.path, plan)).toThrow();
  expect(existsSync(folder.pathOf("new"))).toBe(false);
  expect(filesOf(folder)).toEqual({ "src/deep": "a file where a folder has to be\n" });
});

it("undoes what it has moved into place where a later file cannot be", () => {
  const before = { "package.json": '{ "name": "mine" }\n', "src/a.ts/inside.ts": "a folder where a file has to be\n" };
  const folder = temporaryFolder(before);
  const manifest = { path: "package.json", text: '{ "name": "theirs" }\n' };
  const files = [manifest, { path: "new/c.ts", text: "c\n" }, { path: "src/a.ts", text: "a\n" }];
  expect(() => writeFiles(new ProjectFolder(folder.path), files)).toThrow(
    /^Nothing was written: src\/a\.ts cannot be written \(E[A-Z]+\)\.$/,
  );
  expect(filesOf(folder)).toEqual(before);
  expect(existsSync(folder.pathOf("new"))).toBe(false);
});

it("names a folder that is in a file's place", () => {
  const folder = temporaryFolder({ "src/a.ts/inside.ts": "" });
  expect(() => applyPlan(folder.path, PLAN)).toThrow("Nothing was written: src/a.ts cannot be read (EISDIR).");
});

it("overwrites what a run that was killed has left beside the files", () => {
  const folder = temporaryFolder({ "src/a.ts.fourgate-new": "half a", "src/deep/b.ts.fourgate-new": "" });
  expect(applyPlan(folder.path, PLAN).written).toHaveLength(3);
  expect(Object.keys(filesOf(folder))).toEqual(["package.json", "src/a.ts", "src/deep/b.ts"]);
});

it("follows no link out of the folder", () => {
  const [folder, elsewhere] = [temporaryFolder(), temporaryFolder({ "a.txt": "" })];
  symlinkSync(elsewhere.path, folder.pathOf("src"));
  expect(() => applyPlan(folder.path, PLAN)).toThrow(
    "Nothing was written: src is a link that leads out of this folder.",
  );
  expect(filesOf(elsewhere)).toEqual({ "a.txt": "" });
});

it("reads a package.json with a byte order mark", () => {
  const folder = temporaryFolder({ "package.json": '\uFEFF{ "name": "mine" }' });
  applyPlan(folder.path, PLAN);
  expect(folder.manifest()).toMatchObject({ name: "mine", dependencies: { zod: "^4.0.0" } });
});

it("keeps the versions, the scripts, the unknown fields and the indentation of a package.json", () => {
  const existing = {
    name: "mine",
    license: "MIT",
    scripts: { test: "jest" },
    dependencies: { zod: "4.0.1" },
    devDependencies: { fourgate: "file:../fourgate" },
    browserslist: ["defaults"],
  };
  const folder = temporaryFolder({ "package.json": JSON.stringify(existing, undefined, "\t") });
  applyPlan(folder.path, PLAN);
  expect(folder.manifest()).toEqual({
    ...existing,
    dependencies: { zod: "4.0.1", fourgate: "^1.0.0" },
    devDependencies: { fourgate: "file:../fourgate", vitest: "^4.1.0" },
  });
  expect(folder.read("package.json")).toContain('\n\t"license": "MIT",\n');
});

it("adds no development dependency that is a dependency already", () => {
  const folder = temporaryFolder({ "package.json": JSON.stringify({ dependencies: { vitest: "^3.0.0" } }) });
  applyPlan(folder.path, PLAN);
  expect(folder.manifest()?.devDependencies).toBeUndefined();
});

it("names a package below the root as the plan says, and writes edits over what is there", () => {
  const folder = temporaryFolder({ "turbo.json": "{}\n" });
  const manifest = { path: "packages/a/package.json", fresh: { name: "@repo/a" }, additions: NOTHING };
  const edits = [{ path: "turbo.json", text: '{ "tasks": {} }\n' }];
  expect(applyPlan(folder.path, { files: [], manifests: [manifest], edits }).written).toEqual([
    "turbo.json",
    "packages/a/package.json",
  ]);
  expect(folder.manifest("packages/a/package.json")?.name).toBe("@repo/a");
  expect(folder.read("turbo.json")).toBe('{ "tasks": {} }\n');
});

it.each([
  ["[]", "package.json holds no object"],
  ["{", "package.json is not JSON"],
])("writes nothing where package.json is %s", (text, message) => {
  const folder = temporaryFolder({ "package.json": text });
  expect(() => applyPlan(folder.path, PLAN)).toThrow(message);
  expect(filesOf(folder)).toEqual({ "package.json": text });
});

it("makes a package name of a folder's name", () => {
  const folder = temporaryFolder();
  mkdirSync(folder.pathOf("_My App!"));
  applyPlan(folder.pathOf("_My App!"), PLAN);
  expect(folder.manifest("_My App!/package.json")?.name).toBe("my-app-");
});
