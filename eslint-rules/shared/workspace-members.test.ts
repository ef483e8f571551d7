import { afterEach, expect, it } from "vitest";
import { packagesOf, temporaryWorkspace, type TemporaryWorkspace } from "../testing/temporary-workspace.ts";
import { workspaceAt } from "./workspace-members.ts";

let workspace: TemporaryWorkspace | undefined;
afterEach(() => workspace?.remove());

const ORDERS = packagesOf([{ folder: "packages/orders", name: "@acme/orders", tags: ["feature"] }]);
const WEB = packagesOf([{ folder: "apps/web", name: "web" }]);
const NESTED = packagesOf([{ folder: "packages/deep/one", name: "one" }]);

function foldersIn(files: Readonly<Record<string, string>>): readonly string[] {
  workspace = temporaryWorkspace({ ...WEB, ...ORDERS, ...NESTED, ...files });
  return workspaceAt(workspace.root)
    .members.map(({ folder }) => folder)
    .sort();
}

it.each([
  ["a folder and a wildcard", `packages: [apps/web, "packages/*"]`, ["apps/web", "packages/orders"]],
  ["every depth", `packages: ["packages/**"]`, ["packages/deep/one", "packages/orders"]],
  ["an exclusion", `packages:\n- '*/*'\n- '!packages/orders'`, ["apps/web"]],
  ["a path that begins and ends with a mark", `packages: ["./apps/*/"]`, ["apps/web"]],
  ["no list", "catalog: {}", []],
])("reads %s of pnpm-workspace.yaml", (_, text, folders) => {
  expect(foldersIn({ "pnpm-workspace.yaml": text })).toEqual(folders);
});

it.each([
  ["a list", { workspaces: ["apps/*"] }],
  ["an object", { workspaces: { packages: ["apps/*"] } }],
])("reads workspaces of package.json that are %s", (_, manifest) => {
  workspace = temporaryWorkspace({
    "apps/web/package.json": `{ "name": "web" }`,
    "package.json": JSON.stringify(manifest),
  });
  expect(workspaceAt(workspace.root).members).toEqual([{ name: "web", folder: "apps/web", tags: [] }]);
});

it("finds a package by a file in it and by an import of it, whatever its folder is called", () => {
  workspace = temporaryWorkspace(packagesOf([{ folder: "libs/first", name: "@acme/orders", tags: ["feature", "x"] }]));
  const found = { name: "@acme/orders", folder: "libs/first", tags: ["feature", "x"] };
  const { memberOfPath, memberOfSpecifier } = workspaceAt(workspace.root);
  expect(memberOfPath("libs/first/src/deep/index.ts")).toEqual(found);
  expect(memberOfSpecifier("@acme/orders/testing")).toEqual(found);
  expect(memberOfPath("libs/index.ts")).toBeUndefined();
  expect(memberOfSpecifier("@acme/order")).toBeUndefined();
});

it("looks into no node_modules", () => {
  const hidden = { "packages/node_modules/hidden/package.json": "{}", "node_modules/a/package.json": "{}" };
  expect(foldersIn({ ...hidden, "pnpm-workspace.yaml": `packages: ["**"]` })).toEqual([
    "apps/web",
    "packages/deep/one",
    "packages/orders",
  ]);
});
