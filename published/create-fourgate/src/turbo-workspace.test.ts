import { expect, it } from "vitest";
import { temporaryFolder } from "./testing/temporary-folder.js";
import { turboFiles } from "./testing/turbo-files.js";
import { isTurboWorkspace, readTurboWorkspace } from "./turbo-workspace.js";

const NPM = { "pnpm-workspace.yaml": undefined, "package.json": `{ "workspaces": ["apps/*", "packages/*"] }` };
const withTask = (task: string) => turboFiles({ "turbo.json": `{ "tasks": { "${task}": {} } }` });

it("takes a folder with turbo.json and workspaces for a workspace", () => {
  expect(isTurboWorkspace(temporaryFolder(turboFiles()))).toBe(true);
  expect(isTurboWorkspace(temporaryFolder(turboFiles(NPM)))).toBe(true);
  expect(isTurboWorkspace(temporaryFolder(turboFiles({ "turbo.json": undefined, "turbo.jsonc": "{}" })))).toBe(true);
});

it("takes neither a workspace without turbo nor an app with turbo.json for one", () => {
  expect(isTurboWorkspace(temporaryFolder(turboFiles({ "turbo.json": undefined })))).toBe(false);
  expect(isTurboWorkspace(temporaryFolder(turboFiles({ "pnpm-workspace.yaml": undefined })))).toBe(false);
  expect(isTurboWorkspace(temporaryFolder())).toBe(false);
});

it("reads what the packages have to agree with", () => {
  expect(readTurboWorkspace(temporaryFolder(turboFiles()))).toEqual({
    packageManager: "pnpm",
    own: "workspace:*",
    turboFile: "turbo.json",
    hasTags: true,
    typesTask: "check-types",
    typescript: "5.9.2",
    hasSharedLint: true,
    eslint: "^9.39.1",
    nextFolder: "apps/web/",
  });
});

it.each([
  ["npm", {}],
  ["yarn", { "yarn.lock": "" }],
  ["bun", { "bun.lock": "" }],
])("gives * for a package of the workspace with %s", (packageManager, lock) => {
  const workspace = readTurboWorkspace(temporaryFolder(turboFiles({ ...NPM, ...lock })));
  expect(workspace).toMatchObject({ packageManager, own: "*", typescript: "^5.9.0" });
});

it.each([
  ["^2.3.4", false],
  ["1.13.0", false],
  ["2.4.0", true],
  ["latest", true],
  ["^3.0.0", true],
])("sees by turbo %s whether it reads tags: %s", (turbo, hasTags) => {
  const files = turboFiles({ "package.json": JSON.stringify({ devDependencies: { turbo } }) });
  expect(readTurboWorkspace(temporaryFolder(files)).hasTags).toBe(hasTags);
});

it("takes the task for types that turbo.json has", () => {
  expect(readTurboWorkspace(temporaryFolder(withTask("types"))).typesTask).toBe("types");
  expect(readTurboWorkspace(temporaryFolder(withTask("build"))).typesTask).toBe("check-types");
});

it("finds the code of a Next app below src, and no app where there is none", () => {
  const inSource = turboFiles({ "apps/web/src/app/layout.tsx": "" });
  expect(readTurboWorkspace(temporaryFolder(inSource)).nextFolder).toBe("apps/web/src/");
  const vite = turboFiles({ "apps/web/package.json": `{ "dependencies": { "vite": "^8.0.0" } }` });
  expect(readTurboWorkspace(temporaryFolder(vite)).nextFolder).toBeUndefined();
});

it.each([
  ["another name", { "packages/eslint-config/package.json": `{ "name": "@acme/eslint-config" }` }],
  ["no base", { "packages/eslint-config/package.json": `{ "name": "@repo/eslint-config", "exports": {} }` }],
  ["another export", { "packages/eslint-config/base.js": "export default [];" }],
])("uses no shared lint that has %s", (_, changes) => {
  expect(readTurboWorkspace(temporaryFolder(turboFiles(changes))).hasSharedLint).toBe(false);
});

it.each([
  ["pnpm-workspace.yaml", { "pnpm-workspace.yaml": "packages:\n  - apps/*\n" }],
  ["package.json", { ...NPM, "package.json": `{ "workspaces": ["apps/*"] }` }],
])("refuses a workspace whose %s does not list packages/*", (file, changes) => {
  expect(() => readTurboWorkspace(temporaryFolder(turboFiles(changes)))).toThrow(
    `Nothing was written: ${file} does not list packages/*`,
  );
});

it("reads quoted and plain globs of pnpm, and workspaces as an object", () => {
  for (const glob of ["packages/*", "'packages/*'", '"./packages/**"']) {
    const files = turboFiles({ "pnpm-workspace.yaml": `packages:\n- ${glob}\n` });
    expect(readTurboWorkspace(temporaryFolder(files)).packageManager).toBe("pnpm");
  }
  const yarn = { ...NPM, "package.json": `{ "workspaces": { "packages": ["packages/*"] } }` };
  expect(readTurboWorkspace(temporaryFolder(turboFiles(yarn))).packageManager).toBe("npm");
});
