import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { workspacePath } from "./workspace-path.ts";

let root = "";
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "workspace-path-"));
  mkdirSync(join(root, "packages/orders/src"), { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true }));

const file = "packages/orders/src/index.ts";
const write = (path: string, text: string): void => writeFileSync(join(root, path), text);

it.each(["", "packages/orders", "packages/orders/src", ".."])(
  "finds a pnpm workspace's root when started in ./%s",
  (start) => {
    write("pnpm-workspace.yaml", "packages: [packages/*]");
    write("packages/orders/package.json", "{}");
    expect(workspacePath({ cwd: join(root, start), filename: join(root, file) })).toBe(file);
  },
);

it("finds the root of an npm or yarn workspace", () => {
  write("package.json", JSON.stringify({ workspaces: ["packages/*"] }));
  write("packages/orders/package.json", JSON.stringify({ name: "orders", keywords: ["workspaces"] }));
  expect(workspacePath({ cwd: join(root, "packages/orders"), filename: join(root, file) })).toBe(file);
});

it("takes the nearest of two workspaces", () => {
  write("pnpm-workspace.yaml", "packages: [packages/*]");
  write("packages/orders/pnpm-workspace.yaml", "packages: []");
  expect(workspacePath({ cwd: root, filename: join(root, file) })).toBe("src/index.ts");
});

it("judges from the folder that lint was started in where nothing declares a workspace", () => {
  expect(workspacePath({ cwd: root, filename: join(root, file) })).toBe(file);
  expect(workspacePath({ cwd: join(root, "packages/orders"), filename: join(root, file) })).toBe("src/index.ts");
});

it("resolves a relative file name and a text without a file from where lint was started", () => {
  write("pnpm-workspace.yaml", "packages: [packages/*]");
  expect(workspacePath({ cwd: join(root, "packages/orders"), filename: "src/index.ts" })).toBe(file);
  expect(workspacePath({ cwd: join(root, "packages/orders"), filename: "<input>" })).toBe("packages/orders/<input>");
});
